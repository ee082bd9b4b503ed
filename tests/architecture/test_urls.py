"""Every address has a name in its app's namespace, and every name stands in the access matrix."""

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from tests.architecture.source import ORDER

# Addresses that are served before anybody is anybody, outside of every app.
BARE = {"healthz"}


def walk(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Every pattern as (namespace, name, route); a missing name is an empty string."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append((":".join(namespaces), pattern.name or "", str(pattern.pattern)))
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            found += walk(pattern, inner)
    return found


def url_violations(patterns: list[tuple[str, str, str]]) -> list[str]:
    """Sentences on patterns without a name, without a namespace, or with a name used twice."""
    found = []
    seen = set()
    for namespace, name, route in patterns:
        if not name:
            found.append(f"{route!r} has no name")
        elif namespace not in ORDER and name not in BARE:
            found.append(f"{name} is in no app's namespace")
        elif (namespace, name) in seen:
            found.append(f"{namespace}:{name} names two addresses")
        seen.add((namespace, name))
    return found


def full_names(patterns: list[tuple[str, str, str]]) -> set[str]:
    """Names as ``reverse`` takes them."""
    return {f"{namespace}:{name}" if namespace else name for namespace, name, _ in patterns}


def test_every_address_has_a_name_in_a_namespace():
    assert url_violations(walk(get_resolver())) == []


def test_every_address_stands_in_the_access_matrix():
    matrix = pytest.importorskip("tests.access.matrix", reason="the access matrix is not written yet")
    names = full_names(walk(get_resolver()))
    decided = set(matrix.MATRIX) | matrix.OPEN
    assert names - decided == set(), "addresses nobody has decided about"
    assert decided - names == set(), "decisions about addresses that no longer exist"


def _view(request):
    return HttpResponse()


def _resolver(*patterns):
    class Conf:
        urlpatterns = list(patterns)

    return URLResolver(get_resolver().pattern, Conf)


def test_an_address_without_a_name_is_found():
    assert "has no name" in url_violations(walk(_resolver(path("x/", _view))))[0]


def test_an_address_without_a_namespace_is_found():
    assert "namespace" in url_violations(walk(_resolver(path("x/", _view, name="x"))))[0]


def test_a_name_used_twice_is_found():
    twice = include(([path("a/", _view, name="a"), path("b/", _view, name="a")], "findings"))
    assert "two addresses" in url_violations(walk(_resolver(path("", twice))))[0]


def test_a_named_address_in_a_namespace_is_left_alone():
    good = include(([path("a/", _view, name="a"), path("b/", _view, name="b")], "findings"))
    patterns = walk(_resolver(path("mou/", good)))
    assert url_violations(patterns) == []
    assert full_names(patterns) == {"findings:a", "findings:b"}
