"""The lists of packages are true: what is imported is listed, what is listed is used, the locks agree."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOT, committed_files, imported, is_own, parse, product_modules

# Packages that no line of ours imports, each with who uses it.
USED_BY_OTHERS = {
    "tzdata": "zoneinfo, where the system has no zone files",
    "psycopg2-binary": "Django's PostgreSQL backend",
    "gunicorn": "the web process of the compose file",
    "whitenoise": "named in the middleware list",
    "django-csp": "named in the middleware list",
    "django-crispy-forms": "templates load its tags",
    "crispy-bootstrap5": "named in the settings",
    "django-htmx": "named in the middleware list",
    "argon2-cffi": "Django's Argon2 hasher",
    "redis": "kombu; listed to pin the major version",
}

# Parts of a listed package that come as packages of their own.
PART_OF = {"kombu": "celery"}


def normal(name: str) -> str:
    """Package name as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed(path: str) -> set[str]:
    """Packages of a .in file."""
    lines = (ROOT / path).read_text().splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line and line[0] not in "#-")
    return {normal(match.group()) for match in names if match}


def pins(path: str) -> dict[str, str]:
    """Pinned packages of a lock with their versions."""
    return {
        normal(n): v for n, v in re.findall(r"^([a-zA-Z0-9._-]+)==(\S+)", (ROOT / path).read_text(), re.M)
    }


def imported_packages(modules) -> dict[str, str]:
    """Distribution of every third-party import in the modules, with one module that imports it."""
    owners = packages_distributions()
    found = {}
    for module in modules:
        for node in ast.walk(module.tree):
            for name in imported(module, node):
                top = name.split(".")[0]
                if top and not (is_own(top) or (ROOT / top).is_dir()) and top not in sys.stdlib_module_names:
                    package = normal(owners.get(top, [top])[0])
                    found[PART_OF.get(package, package)] = module.name
    return found


def test_everything_the_product_imports_is_in_its_list():
    missing = set(imported_packages(product_modules())) - listed("requirements.in")
    assert missing == set()


def test_everything_in_the_list_is_used():
    unused = listed("requirements.in") - set(imported_packages(product_modules())) - set(USED_BY_OTHERS)
    assert unused == set()


def test_every_package_used_by_others_is_still_listed():
    assert set(USED_BY_OTHERS) - listed("requirements.in") == set()


def test_an_import_nobody_listed_is_found():
    assert imported_packages([parse("core.x", "import pytest, json, core.audit")]) == {"pytest": "core.x"}


def test_the_locks_hold_every_listed_package():
    assert listed("requirements.in") - set(pins("requirements.txt")) == set()
    assert listed("requirements-dev.in") - set(pins("requirements-dev.txt")) == set()


def test_both_locks_pin_the_same_versions():
    runtime, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_index_and_every_pin_has_a_hash(path):
    text = (ROOT / path).read_text()
    assert re.findall(r"^\s*(--(?!hash)\S+|-[a-z]\b)|://|^\s*[./]\S*", text, re.M) == []
    blocks = re.split(r"\n(?=[a-z])", text[text.index("\n\n") if "\n\n" in text else 0 :])
    assert [
        b.splitlines()[0] for b in blocks if "==" in b.splitlines()[0] and "--hash=sha256:" not in b
    ] == []


def test_no_list_of_packages_lies_outside_of_the_front_door():
    lists = {f.relative_to(ROOT).as_posix() for f in committed_files() if f.name.startswith("requirements")}
    assert lists == {"requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"}
