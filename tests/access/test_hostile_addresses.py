"""Whatever the address of a list asks for is answered: rows, none, or the page for what cannot be read."""

import base64
import inspect
import json
import re
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from inspection.settings import BASE_DIR
from tests.access.matrix import MATRIX, OPEN

pytestmark = pytest.mark.django_db

_NAMED = re.compile(r'\b(?:GET|given|query|data)\.get(?:list)?\(\s*"([a-z_]+)"')
APPS = [
    "core",
    "villages",
    "prep",
    "surveys",
    "findings",
    "reports",
    "rectification",
    "archives",
    "inspection",
]


def views(patterns, space=""):
    """The view behind the name of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}", inspect.unwrap(pattern.callback)


@cache
def pages():
    """Lists, and of the pages of a record those whose view looks at what stands behind the question mark."""
    view = dict(views(get_resolver().url_patterns))
    asked = {name: entry for name, entry in MATRIX.items() if entry.method == "get" and entry.may}
    return [
        name for name, entry in sorted(asked.items())
        if entry.objects is None or "request.GET" in inspect.getsource(view[name])
    ]  # fmt: skip


@cache
def names():
    """Every name of a choice that a view or selector asks an address for."""
    found = {"cursor"}
    for path in (path for app in APPS for path in Path(BASE_DIR, app).rglob("*.py")):
        text = path.read_text()
        found.update(_NAMED.findall(text))
        if "def read(cls" in text:
            module = import_module(".".join(path.relative_to(BASE_DIR).with_suffix("").parts))
            for kind in filter(is_dataclass, vars(module).values()):
                found.update(kind.__dataclass_fields__ if hasattr(kind, "read") else ())
    return sorted(found)


def everywhere(value):
    """``value``, percent-encoded, as every choice at once."""
    return "&".join(f"{name}={value}" for name in names())


def cursor(*values):
    text = json.dumps([0, list(values)])
    return urlencode({"cursor": base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")})


def answers(cast, client, query):
    """The answer of every page to ``query``, asked by one who may see it; each record is gone before the next."""
    for name in pages():
        entry = MATRIX[name]
        role = next(role for role in ("leader", "office_head", *sorted(entry.may)) if role in entry.may)
        with transaction.atomic():
            address = reverse(name, kwargs=entry.objects(cast, "own") if entry.objects else {})
            if name not in OPEN:
                client.force_login(getattr(cast, role))
            yield name, client.get(f"{address}?{query}")
            transaction.set_rollback(True)


def test_the_choices_of_the_lists_are_known():
    assert {"q", "cursor", "village", "status", "town"} <= set(names()) and len(pages()) > 60
    assert {"scope", "holder", "trait", "class"} <= set(names())
    assert {"prep:watch_list", "findings:topic", "findings:loans"} <= set(pages())


@pytest.mark.parametrize(
    "query",
    [
        everywhere("%ED%A0%80%FF%EF%BF%BE"),
        everywhere("9" * 40),
        everywhere(quote("٣²")),
        cursor("a\0", "0198f0a0-0000-7000-8000-000000000000"),
        cursor(10**30, "0198f0a0-0000-7000-8000-000000000000"),
    ],
)
def test_whatever_can_be_read_is_answered_with_what_there_is(cast, client, query):
    for name, answer in answers(cast, client, query):
        assert answer.status_code in (200, 302, 400, 404), name
