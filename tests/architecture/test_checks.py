"""A half-configured production refuses to start and says why, by number."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from inspection import checks
from tests.architecture.source import ROOT

KEY = "kX2vN8qLr5TzWm1YbHs6JdCf9GpAe3Ru7QoVi4ZxMnKtBw0ElSyDhFjPgUcO"


@pytest.fixture
def production(tmp_path):
    """Environment of a rightly configured production; nothing is contacted by the checks that do not ask to."""
    for name, value in {"secret_key": KEY, "survey_key": KEY[::-1], "clue_key": KEY.swapcase()}.items():
        (tmp_path / name).write_text(value)
    (tmp_path / "data").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "WUZIJUE_MODE": "production",
        "WUZIJUE_DATA": str(tmp_path / "data"),
        "SECRET_KEY_FILE": str(tmp_path / "secret_key"),
        "SURVEY_KEY_FILE": str(tmp_path / "survey_key"),
        "CLUE_KEY_FILE": str(tmp_path / "clue_key"),
        "DATABASE_URL": "postgres://web:db-password@127.0.0.1:5432/wuzijue",
        "REDIS_URL": "redis://:redis-password@127.0.0.1:6379/0",
        "ALLOWED_HOSTS": "xuncha.example.org",
        "TRUSTED_PROXY": "unix",
        "VAULT_SOCKET": "/run/wuzijue-vault/vault.sock",
    }


def run_check(environment, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_complete_production_starts_and_passes_the_deploy_check(production):
    result = run_check(production, "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_no_environment_at_all_starts(tmp_path):
    result = run_check({"PATH": os.environ["PATH"], "WUZIJUE_DATA": str(tmp_path / "new")})
    assert result.returncode == 0, result.stderr


BROKEN = [
    ("wuzijue.E001", {"SECRET_KEY_FILE": None}),
    ("wuzijue.E001", {"SECRET_KEY_FILE": None, "SECRET_KEY": "django-insecure-" + KEY}),
    ("wuzijue.E001", {"SECRET_KEY_FILE": None, "SECRET_KEY": "short"}),
    ("wuzijue.E001", {"SECRET_KEY_FILE": None, "SECRET_KEY": "ab" * 40}),
    ("wuzijue.E002", {"SURVEY_KEY_FILE": None}),
    ("wuzijue.E003", {"SURVEY_KEY_FILE": None, "SURVEY_KEY": KEY}),
    ("wuzijue.E016", {"CLUE_KEY_FILE": None}),
    ("wuzijue.E003", {"REDIS_URL": "redis://:db-password@127.0.0.1:6379/0"}),
    ("wuzijue.E004", {"DEBUG": "1"}),
    ("wuzijue.E005", {"ALLOWED_HOSTS": None}),
    ("wuzijue.E005", {"ALLOWED_HOSTS": "*"}),
    ("wuzijue.E005", {"ALLOWED_HOSTS": ".example.org"}),
    ("wuzijue.E006", {"WUZIJUE_HTTPS": "0"}),
    ("wuzijue.E007", {"TRUSTED_PROXY": None}),
    ("wuzijue.E008", {"DATABASE_URL": None}),
    ("wuzijue.E009", {"REDIS_URL": None}),
    ("wuzijue.E010", {"REDIS_URL": "redis://127.0.0.1:6379/0"}),
    ("wuzijue.E014", {"VAULT_SOCKET": None}),
    ("wuzijue.E011", {"WUZIJUE_DATA": "/proc/nowhere"}),
]


@pytest.mark.parametrize(("number", "change"), BROKEN, ids=[f"{n}-{','.join(c)}" for n, c in BROKEN])
def test_a_broken_production_is_refused_by_number(production, number, change):
    environment = {k: v for k, v in (production | change).items() if v is not None}
    result = run_check(environment)
    assert result.returncode != 0
    assert number in result.stderr
    assert "Traceback" not in result.stderr


def test_a_debug_page_open_to_others_is_refused_in_every_mode(tmp_path):
    environment = {"PATH": os.environ["PATH"], "WUZIJUE_DATA": str(tmp_path), "DEBUG": "1"}
    assert run_check(environment | {"ALLOWED_HOSTS": "127.0.0.1"}).returncode == 0
    assert "wuzijue.E004" in run_check(environment | {"ALLOWED_HOSTS": "xuncha.example.org"}).stderr


def test_a_database_that_does_not_answer_is_named_without_a_traceback(production):
    nobody = production | {"DATABASE_URL": "postgres://web:db-password@127.0.0.1:9/wuzijue"}
    result = run_check(nobody, "--database", "default")
    assert result.returncode != 0
    assert "wuzijue.E013" in result.stderr
    assert "Traceback" not in result.stderr and "db-password" not in result.stderr


def test_an_old_python_is_pointed_out(monkeypatch, settings):
    settings.PRODUCTION = True
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert [message.id for message in checks.check_python()] == ["wuzijue.I001"]
    monkeypatch.setattr(sys, "version_info", (3, 11, 8))
    assert checks.check_python() == []


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_database_superuser_is_refused(settings):
    settings.PRODUCTION = True
    ids = [message.id for message in checks.check_database(databases=["default"])]
    assert ids == ["wuzijue.E012"], "the test database is reached as a superuser"


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_clock_that_differs_is_warned_about(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setattr(checks.timezone, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert "wuzijue.W001" in [message.id for message in checks.check_database(databases=["default"])]
