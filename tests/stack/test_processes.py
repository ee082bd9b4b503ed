"""The processes of the compose file work together: proxy, web, worker, beat, PostgreSQL, Redis."""

import socket
import ssl
import subprocess
import time
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.architecture.source import ROOT
from tests.stack.deployment import HOST, ROLE_PREFIX, Deployment

pytestmark = pytest.mark.stack


def ask(
    stack: Deployment, path: str, host: str = HOST, post: str = "", **headers: str
) -> tuple[HTTPResponse, str]:
    """One request through the proxy, over TLS."""
    context = ssl.create_default_context(cafile=str(stack.folder / "secrets" / "tls_certificate"))
    context.check_hostname = False
    connection = HTTPSConnection("127.0.0.1", stack.ports["https"], context=context, timeout=10)
    sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request("POST" if post else "GET", path, post or None, sent)
    response = connection.getresponse()
    return response, response.read().decode("utf-8", errors="replace")


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_health_check_of_a_running_process_passes_and_without_it_fails(stack, service):
    assert stack.healthy(service)
    elsewhere = stack.environment(service) | {
        "WEB_BIND": "unix:/nowhere",
        "BEAT_SCHEDULE": "/nowhere/schedule",
    }
    if service == "worker":
        elsewhere["REDIS_URL_FILE"] = "/dev/null"
    command = [str(ROOT / "deploy/bin/health"), service]
    assert subprocess.run(command, cwd=ROOT, env=elsewhere, capture_output=True, check=False).returncode != 0


def test_the_health_page_answers_through_the_proxy(stack):
    response, body = ask(stack, "/healthz")
    assert (response.status, '"ok": true' in body) == (200, True)


def test_the_sign_in_page_comes_with_the_headers_that_protect_it(stack):
    response, body = ask(stack, "/cun/denglu/")
    assert response.status == 200
    assert "csrfmiddlewaretoken" in body
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert int(response.headers["Strict-Transport-Security"].split("=")[1].split(";")[0]) >= 31_536_000
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    cookies = response.headers.get_all("Set-Cookie") or []
    assert cookies and all("Secure" in c and "HttpOnly" in c and c.startswith("__Host-") for c in cookies)
    assert "nginx/" not in response.headers["Server"]


def test_every_asset_of_the_sign_in_page_is_served_compressed_under_a_lasting_name(stack):
    _, body = ask(stack, "/cun/denglu/")
    assets = {
        word.split('"')[0] for word in body.split('"') if word.startswith("/static/") and "#" not in word
    }
    assert assets
    for path in assets:
        response, _ = ask(stack, path, Accept_Encoding="br, gzip")
        assert response.status == 200, path
        assert "immutable" in response.headers["Cache-Control"], path


def test_the_first_account_is_made_on_the_command_line_and_must_choose_its_own_password(stack):
    stack.manage("web", "seed_reference", "--district", "990101", "青岚区", "青")
    told = stack.manage("web", "create_account", "first", "程立言", "--office", "区委巡察办")
    page, body = ask(stack, "/cun/denglu/")
    token = body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    cookie = page.headers["Set-Cookie"].split(";")[0]
    form = {"csrfmiddlewaretoken": token, "username": "first", "password": told.split()[-1]}
    answer, _ = ask(
        stack,
        "/cun/denglu/",
        post=urlencode(form),
        Cookie=cookie,
        Referer=f"https://{HOST}/cun/denglu/",
        Content_Type="application/x-www-form-urlencoded",
    )
    assert answer.status == 302
    signed_in = answer.headers["Set-Cookie"].split(";")[0]
    assert signed_in != cookie, "the session gets a new name at sign-in"
    desk, _ = ask(stack, "/", Cookie=signed_in)
    assert (desk.status, desk.headers["Location"]) == (302, "/cun/mima/")


def test_plain_http_is_sent_to_https(stack):
    connection = HTTPConnection("127.0.0.1", stack.ports["http"], timeout=10)
    connection.request("GET", "/cun/denglu/", headers={"Host": HOST})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/cun/denglu/")


def test_a_foreign_host_name_is_refused(stack):
    assert ask(stack, "/cun/denglu/", host="elsewhere.example.org")[0].status == 400


def test_an_unknown_page_tells_nothing_about_the_inside(stack):
    response, body = ask(stack, "/no-such-page/")
    assert response.status in (302, 404)
    assert "Traceback" not in body and "DEBUG" not in body


def test_fifty_phones_that_never_finish_their_request_do_not_hold_up_anybody(stack):
    context = ssl.create_default_context(cafile=str(stack.folder / "secrets" / "tls_certificate"))
    context.check_hostname = False
    slow = []
    try:
        for _ in range(50):
            raw = socket.create_connection(("127.0.0.1", stack.ports["https"]), timeout=10)
            phone = context.wrap_socket(raw)
            phone.sendall(
                f"POST /cun/denglu/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n\r\nx".encode()
            )
            slow.append(phone)
        start = time.monotonic()
        assert ask(stack, "/healthz")[0].status == 200
        assert time.monotonic() - start < 2
    finally:
        for phone in slow:
            phone.close()


def test_the_web_role_can_change_rows_but_not_the_schema(stack):
    code = (
        "from django.db import connection, DatabaseError\n"
        "for s in ('CREATE TABLE x (i int)', 'TRUNCATE core_auditentry', 'DROP TABLE core_auditentry',"
        " 'ALTER TABLE core_auditentry DISABLE TRIGGER ALL', 'CREATE ROLE x', 'SET ROLE postgres'):\n"
        "    try:\n"
        "        connection.cursor().execute(s)\n"
        "        print('allowed:', s)\n"
        "    except DatabaseError as error:\n"
        "        assert error.__cause__.pgcode == '42501', error\n"
        "print('role', connection.cursor().execute('SELECT 1') or connection.settings_dict['USER'])\n"
    )
    answer = stack.manage("web", "shell", "--no-imports", "-c", code)
    assert "allowed" not in answer
    assert f"role {ROLE_PREFIX}_web" in answer


def test_a_start_with_the_database_superuser_is_refused(stack):
    environment = stack.environment("web")
    del environment["DATABASE_URL_FILE"]
    user, server = stack.admin.username or "postgres", f"{stack.admin.hostname}:{stack.admin.port or 5432}"
    environment["DATABASE_URL"] = f"postgres://{user}@{server}/postgres"
    result = subprocess.run(
        ["deploy/bin/web"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert result.returncode != 0
    assert "wuzijue.E012" in result.stderr


def test_no_secret_is_seen_in_an_environment_a_command_line_or_a_log(stack):
    names = [
        p.name for p in (stack.folder / "secrets").iterdir() if p.name not in ("tls_key", "tls_certificate")
    ]
    secrets = {stack.secret(name).removeprefix("requirepass ").strip() for name in names}
    seen = ""
    for process in stack.processes.values():
        for part in ("environ", "cmdline"):
            seen += Path(f"/proc/{process.pid}/{part}").read_bytes().decode(errors="replace")
    seen += "".join(stack.log(service) for service in stack.processes)
    assert [secret[:4] for secret in secrets if secret in seen] == []


def test_redis_refuses_whoever_does_not_know_the_password(stack):
    with socket.create_connection(("127.0.0.1", stack.ports["redis"]), timeout=5) as plain:
        plain.sendall(b"PING\r\n")
        assert plain.recv(100).startswith(b"-NOAUTH")


def test_redis_keeps_its_queue_on_disk_and_never_throws_a_message_away(stack):
    settings = (stack.folder / "redis.conf").read_text()
    assert "appendonly yes" in settings and "maxmemory-policy noeviction" in settings
    assert any((stack.folder / "data").glob("appendonlydir/*"))
