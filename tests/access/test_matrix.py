"""The matrix, called cell by cell through HTTP."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from archives.services import catalogue
from core.models import VisibleQuerySet
from rectification.models import ItemQuerySet
from reports.models import TownRowQuerySet
from tests.access.matrix import MATRIX, OPEN
from tests.access.roles import EVERYONE
from villages.models import SpineQuerySet
from villages.views import places as places_views

pytestmark = pytest.mark.django_db


def call(client, entry, kwargs):
    address = reverse(entry.name, kwargs=kwargs)
    if entry.as_json:
        return client.post(address, json.dumps(entry.post), content_type="application/json")
    return client.post(address, entry.post) if entry.method == "post" else client.get(address)


def outcome(response):
    """``in`` for a page, a redirect inside or an incomplete form; the status otherwise."""
    return "in" if response.status_code < 400 or response.status_code == 422 else str(response.status_code)


def expected(entry, role, whose):
    may, sees = (entry.may, entry.sees) if whose == "own" else (entry.may_foreign, entry.sees_foreign)
    if entry.objects is None:
        return "in" if role in entry.may else "403"
    return "in" if role in may else "403" if role in sees else "404"


def missing(kwargs):
    """The same address with keys that belong to nothing."""
    return {k: uuid.uuid4() if isinstance(v, uuid.UUID) else f"{v}x" for k, v in kwargs.items()}


def body(response):
    """The page without what differs by nature: tokens and keys."""
    return re.sub(rb'(value=|content=|nonce=|"X-CSRFToken": )"[A-Za-z0-9+/=_-]{20,}"', b"", response.content)


def wrong_cells(name, cast, client):
    """Every cell of one address that answers otherwise than decided, in words.

    What is not one's own must be the very page of what does not exist.
    """
    entry, wrong = MATRIX[name], []
    kwargs = {"own": {}}
    if entry.objects:
        kwargs = {whose: entry.objects(cast, whose) for whose in ("own", "foreign")}
    for role in sorted(EVERYONE):
        # Everybody has a browser of his own; what does not exist comes first, before a step leaves a word to be shown.
        client.cookies.clear()
        client.force_login(getattr(cast, role))
        nothing = call(client, entry, missing(kwargs["own"])) if entry.objects else None
        answers = {whose: call(client, entry, kwargs[whose]) for whose in sorted(kwargs)}
        for whose, answer in answers.items():
            got, decided = outcome(answer), expected(entry, role, whose)
            if got != decided:
                wrong.append(f"{role} on {whose}: {got}, decided {decided}")
        if nothing and nothing.status_code != 404:
            wrong.append(f"{role} on what does not exist: {nothing.status_code}")
        elif nothing and answers["foreign"].status_code == 404 and body(answers["foreign"]) != body(nothing):
            wrong.append(f"{role}: what is foreign and what does not exist are different pages")
    return wrong


@pytest.mark.parametrize("name", sorted(set(MATRIX) - OPEN))
def test_each_cell_answers_as_decided(name, cast, client):
    assert wrong_cells(name, cast, client) == []


def everything(rows, user):
    return rows


def never_refused(verdict):
    return None


@pytest.mark.parametrize(
    ("owner", "rule", "lax", "name"),
    [
        (VisibleQuerySet, "visible_to", everything, "findings:finding"),
        (SpineQuerySet, "_visible", everything, "findings:finding"),
        (SpineQuerySet, "_visible", everything, "prep:village"),
        (ItemQuerySet, "_visible", everything, "rectification:portal_item"),
        (TownRowQuerySet, "_visible", everything, "reports:report"),
        (catalogue, "demand", never_refused, "archives:gather"),
        (places_views, "demand", never_refused, "villages:village_create"),
    ],
)
def test_a_rule_that_lets_everybody_in_turns_the_matrix_red(
    owner, rule, lax, name, cast, client, monkeypatch
):
    monkeypatch.setattr(owner, rule, lax)
    assert wrong_cells(name, cast, client) != []


@pytest.mark.parametrize("name", sorted(set(MATRIX) - OPEN))
def test_without_an_account_every_closed_page_sends_to_the_sign_in(name, cast, client):
    entry = MATRIX[name]
    kwargs = entry.objects(cast, "own") if entry.objects else {}
    response = call(client, entry, kwargs)
    assert response.status_code == 302
    assert response.url.startswith(reverse("villages:login"))


def test_an_account_that_was_switched_off_is_signed_out_at_once(cast, client):
    client.force_login(cast.member)
    type(cast.member).objects.filter(pk=cast.member.pk).update(is_active=False)
    response = client.get(reverse("inspection:desk"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("villages:login"))
