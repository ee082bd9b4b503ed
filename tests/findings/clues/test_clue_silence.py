"""With twenty clues about a village every page of those who know of none is, byte for byte, the one with no clue."""

import contextlib
import re

import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import Error, transaction
from django.urls import reverse

from core import clock
from core.errors import ServiceError
from findings.models import Clue, Disposal
from findings.models.clue import ClueQuerySet
from tests.access.matrix import MATRIX, OPEN
from tests.access.test_matrix import body
from tests.findings import papers
from tests.findings.clues import clues
from tests.findings.clues.test_clue_canaries import twenty
from villages.models import Recusal

pytestmark = pytest.mark.django_db

# The inspected side; a deputy and a member of the team who were not named; the office's clerk. The deputy stands aside.
WHO_KNOW_OF_NONE = ("town", "village", "deputy", "member", "office_clerk")
CANNOT_STAND_THERE = (
    ServiceError,
    Error,
    ObjectDoesNotExist,
    MultipleObjectsReturned,
    LookupError,
    AttributeError,
)
# Tokens, and the moment of the crawl's own sign-in.
_NONCE = re.compile(
    rb'nonce-[A-Za-z0-9+/=_-]+|name="_key" value="[0-9a-f]+"|"token": "[A-Za-z0-9]{64}"|'
    + "<dt>上次登录</dt><dd>[^<]*".encode()
)


def addresses(cast):
    """Pages of records that stand side by side, by role, as far as the matrix lets it in; what cannot is left out."""
    found, left_out = {role: [reverse("inspection:desk")] for role in WHO_KNOW_OF_NONE}, []
    for entry in MATRIX.values():
        if entry.method != "get" or entry.as_json or entry.name in OPEN:
            continue
        if entry.objects is not None and entry.name.startswith("findings:clue"):
            continue
        # The page that says no is one and the same; what it says is compared by the matrix itself.
        let_in = (entry.may | entry.sees).intersection(WHO_KNOW_OF_NONE)
        if not let_in:
            continue
        try:
            with transaction.atomic():
                kwargs = entry.objects(cast, "own") if entry.objects else {}
        except CANNOT_STAND_THERE:
            left_out.append(entry.name)
            continue
        for role in let_in:
            found[role].append(reverse(entry.name, kwargs=kwargs))
    paper = papers.draft(cast, disposal=Disposal.TRANSFER)
    for role in ("member", "deputy", "office_clerk"):
        found[role].append(reverse("findings:finding", args=[paper.pk]))
    assert len(left_out) < 40, left_out
    return found


def crawl(cast, client, places):
    """Every page as it is at ten o'clock, as some forms begin with the moment; what a visit writes is undone."""
    with clock.held(clock.today()), transaction.atomic():
        seen = _crawl(cast, client, places)
        transaction.set_rollback(True)
    return seen


def _crawl(cast, client, places):
    seen = {}
    for role, own in places.items():
        client.force_login(clues.fresh(getattr(cast, role)))
        for place in own:
            response = client.get(place)
            # A file is streamed; its bytes are compared as well.
            content = b"".join(response.streaming_content) if response.streaming else body(response)
            seen[role, place] = response.status_code, _NONCE.sub(b"", content)
    return seen


def differing(one, other):
    return sorted(key for key in one if one[key] != other[key])


@pytest.fixture
def world(cast):
    with contextlib.suppress(ServiceError):
        Recusal.objects.create(user=cast.deputy, village=cast.village_place, relation="kin")
    return cast


def test_pages_are_the_same_bytes_with_no_clue_and_with_twenty(world, client):
    places = addresses(world)
    without = crawl(world, client, places)
    assert sum(status == 200 for status, _ in without.values()) > 100
    assert len(twenty(world)) == Clue.objects.count() == 20
    assert differing(without, crawl(world, client, places)) == []


def test_a_list_open_to_the_team_would_differ(world, client, monkeypatch):
    names = [reverse(name) for name in ("inspection:desk", "findings:clues")]
    places = dict.fromkeys(WHO_KNOW_OF_NONE, names)
    without = crawl(world, client, places)
    twenty(world)
    assert differing(without, crawl(world, client, places)) == []
    monkeypatch.setattr(ClueQuerySet, "_visible", lambda rows, user: rows)
    assert ("member", reverse("findings:clues")) in differing(without, crawl(world, client, places))
    assert ("member", reverse("inspection:desk")) in differing(without, crawl(world, client, places))
