"""The compose file says what the tests start: the same commands, the same settings, the same secrets."""

import copy
import os
import re
import subprocess

import pytest

from tests.architecture.compose import APP_SERVICES, compose, filled, script_names, settings_names
from tests.architecture.source import ROOT

BROUGHT_BY_PEOPLE = {"tls_certificate", "tls_key"}
LOOKS_SECRET = re.compile(r"(PASSWORD|SECRET|_KEY|_URL|TOKEN)$")


def compose_violations(file: dict) -> list[str]:
    """Sentences on every service that is not closed, not bounded, not watched, or set up by hand."""
    found = []
    for name, service in file["services"].items():
        found += [f"{name}: {what}" for what in _hardening(name, service, file)]
        found += [f"{name}: {what}" for what in _secrets(service, file)]
        if name in APP_SERVICES:
            found += [f"{name}: {what}" for what in _application(service)]
    return found


def _hardening(name: str, service: dict, file: dict) -> list[str]:
    found = []
    if not service.get("read_only"):
        found.append("root file system is writable")
    if service.get("cap_drop") != ["ALL"] or "no-new-privileges:true" not in service.get("security_opt", []):
        found.append("keeps capabilities or may gain privileges")
    if service.get("user", "root").split(":")[0] in ("root", "0"):
        found.append("runs as root")
    if "mem_limit" not in service:
        found.append("has no memory limit")
    if "healthcheck" not in service and name != "migrate":
        found.append("has no health check")
    if name != "proxy":
        if "ports" in service:
            found.append("publishes a port")
        if not all(file["networks"][n].get("internal") for n in service["networks"]):
            found.append("is on a network that leads outside")
    return found


def _secrets(service: dict, file: dict) -> list[str]:
    found = [
        f"{name} stands in the environment"
        for name in service.get("environment", {})
        if LOOKS_SECRET.search(name)
    ]
    granted = set(service.get("secrets", []))
    found += [f"secret {name} is not declared" for name in granted - set(file["secrets"])]
    for name, value in service.get("environment", {}).items():
        if name.endswith("_FILE") and value.removeprefix("/run/secrets/") not in granted:
            found.append(f"{name} points to a secret it is not given")
    return found


def _application(service: dict) -> list[str]:
    script = service["command"][0]
    if len(service["command"]) != 1 or not script.startswith("deploy/bin/"):
        return ["is not started by one of deploy/bin"]
    known = settings_names() | script_names(script)
    return [f"{n} is read by nobody" for n in service["environment"] if n.removesuffix("_FILE") not in known]


def test_every_service_is_closed_bounded_watched_and_set_up_by_files():
    assert compose_violations(compose()) == []


def test_only_the_proxy_publishes_ports():
    assert [name for name, service in compose()["services"].items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize(
    ("service", "change", "expected"),
    [
        ("web", {"read_only": False}, "root file system"),
        ("web", {"cap_drop": []}, "capabilities"),
        ("db", {"user": "root"}, "runs as root"),
        ("worker", {"mem_limit": None}, ""),
        ("db", {"ports": ["5432:5432"]}, "publishes a port"),
        ("redis", {"networks": ["outer"]}, "leads outside"),
        ("web", {"environment": {"SECRET_KEY": "x"}}, "stands in the environment"),
        ("web", {"secrets": []}, "not given"),
        ("web", {"command": ["gunicorn", "inspection.wsgi"]}, "deploy/bin"),
        ("web", {"environment": {"ALOWED_HOSTS": "x"}}, "read by nobody"),
    ],
)
def test_an_open_service_is_found(service, change, expected):
    file = copy.deepcopy(compose())
    file["services"][service] |= change
    if change.get("mem_limit", 0) is None:
        del file["services"][service]["mem_limit"]
        expected = "memory limit"
    assert expected in " ".join(compose_violations(file))


def test_every_start_script_is_executable_and_used_by_a_service_or_the_image():
    scripts = {path.name for path in (ROOT / "deploy" / "bin").iterdir()}
    assert [name for name in scripts if not os.access(ROOT / "deploy" / "bin" / name, os.X_OK)] == []
    assert scripts == {*APP_SERVICES, "health", "collectstatic"}


def test_every_secret_is_drawn_by_one_command_and_none_twice(tmp_path):
    command = ["sh", str(ROOT / "deploy" / "make-secrets"), str(tmp_path / "secrets")]
    subprocess.run(command, check=True, capture_output=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(compose()["secrets"]) - BROUGHT_BY_PEOPLE
    assert len(set(made.values())) == len(made)
    assert [name for name, text in made.items() if name != "redis_auth" and text != text.strip()] == []
    subprocess.run(command, check=True, capture_output=True)
    assert made == {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}


def test_every_declared_secret_lies_in_the_folder_git_ignores():
    assert {s["file"] for s in compose()["secrets"].values()} == {
        f"./secrets/{name}" for name in compose()["secrets"]
    }
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_every_mounted_file_is_in_the_repository():
    mounts = [v.split(":")[0] for s in compose()["services"].values() for v in s.get("volumes", [])]
    assert [m for m in mounts if m.startswith("./") and not (ROOT / m).is_file()] == []


def test_the_proxy_and_the_web_process_meet_on_one_socket():
    web = re.search(r"WEB_BIND:-unix:(\S+?)\}", (ROOT / "deploy/bin/web").read_text())
    proxy = re.search(r"server unix:(\S+)", (ROOT / "deploy/nginx.conf").read_text())
    assert web and proxy and web.group(1) == proxy.group(1)
    assert "socket:/run/wuzijue" in compose()["services"]["web"]["volumes"]
    assert "socket:/run/wuzijue:ro" in compose()["services"]["proxy"]["volumes"]


def test_the_vault_and_the_web_process_meet_on_one_socket_and_share_nothing_else():
    services = compose()["services"]
    web, vault = services["web"], services["vault"]
    assert vault["environment"]["VAULT_SOCKET"] == web["environment"]["VAULT_SOCKET"]
    assert vault["environment"]["VAULT_SOCKET"].startswith("/run/wuzijue-vault/")
    assert "vault:/run/wuzijue-vault:ro" in web["volumes"]
    assert vault["volumes"] == ["vault:/run/wuzijue-vault"]
    assert vault["user"].split(":")[0] != web["user"].split(":")[0]
    assert vault["user"].split(":")[1] == web["user"].split(":")[1]
    holders = [name for name, one in services.items() if "db_vault_url" in one.get("secrets", [])]
    assert holders == ["vault"]


def test_the_image_installs_the_lock_and_runs_without_rights():
    text = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.txt" in text
    assert "deploy/bin/collectstatic" in text
    assert re.search(r"^USER 10001:10001$", text, re.M)
    assert text.index("USER 10001") > text.index("collectstatic")


@pytest.mark.parametrize("process", ["web", "worker", "beat", "vault"])
def test_the_systemd_unit_starts_the_same_script_with_the_same_settings(process):
    unit = (ROOT / f"deploy/systemd/wuzijue-{process}.service").read_text()
    given = (ROOT / "deploy/systemd/environment.example").read_text()
    assert re.search(rf"^ExecStart=.*/opt/wuzijue/deploy/bin/{process}$", unit, re.M)
    names = set(re.findall(r"^(?:Environment=)?([A-Z_]+)=", given + unit, re.M)) - {
        "PATH",
        "STATIC_ROOT",
        "BEAT_SCHEDULE",
    }
    tuned = {"WEB_WORKERS", "WORKER_CONCURRENCY"}
    assert names == set(compose()["services"][process]["environment"]) - tuned
    assert f"wuzijue-{process}.service" in (ROOT / "deploy/systemd/wuzijue.target").read_text()


def test_a_value_is_filled_in_as_compose_does():
    assert filled("${A:-1}:${B:-2}", {"B": "3"}) == "1:3"
    with pytest.raises(KeyError):
        filled("${ALLOWED_HOSTS:?the host}", {})
