"""Requests to read lie on the desks of exactly those who may consent; no line says what a petition says."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from findings import services
from findings.models import Opening
from findings.selectors.desk import desk_items
from tests.access.roles import EVERYONE
from tests.findings.petitions import keepers, petitions
from tests.findings.petitions.test_recovery import made, rewrap

pytestmark = pytest.mark.django_db


def kinds(cast, role):
    return [item.kind for item in desk_items(getattr(cast, role), cast.round)]


def desks(cast, kind):
    return {role for role in EVERYONE if kind in kinds(cast, role)}


def test_a_request_lies_with_those_who_may_consent_and_nobody_else(cast):
    keepers.asked(cast)
    assert desks(cast, "查阅待批准") == {
        "office_head",
        "office_clerk",
    }  # the clerk keeps a key, the member asked
    services.approve_opening(actor=cast.office_head, opening=Opening.objects.get())
    assert desks(cast, "查阅待批准") == set()
    assert desks(cast, "查阅已批准") == {"member"}


def test_the_office_sees_a_request_and_is_not_asked_where_it_may_not_consent(cast):
    keepers.keeper(cast, cast.member)
    petition = petitions.registered(cast)
    services.seal_petition(actor=cast.member, petition=petition, texts=keepers.TEXTS)
    opening = keepers.asked(cast, petitions.reload(petition))
    assert Opening.objects.visible_to(cast.office_clerk).filter(pk=opening.pk).exists()
    assert desks(cast, "查阅待批准") == {"office_head"}


def test_a_line_says_nothing_of_what_was_reported(cast):
    opening = keepers.asked(cast)
    for role in ("office_head", "office_clerk"):
        text = str(desk_items(getattr(cast, role), cast.round))
        assert opening.petition.no in text
        for secret in (opening.reason, opening.petition.summary, *keepers.TEXTS.values()):
            assert secret not in text


def test_an_approval_that_ran_out_is_said_so_for_a_day(cast):
    opening = keepers.approved(cast)
    Opening.objects.filter(pk=opening.pk).update(approved_at=clock.now() - dt.timedelta(minutes=16))
    assert "查阅已过期" in kinds(cast, "member")
    Opening.objects.filter(pk=opening.pk).update(approved_at=clock.now() - dt.timedelta(days=2))
    assert "查阅已过期" not in kinds(cast, "member")


def test_the_key_in_the_safe_is_on_the_desk_until_all_is_well(cast):
    keepers.sealed_petition(cast)

    def titles(role):
        items = desk_items(getattr(cast, role), cast.round)
        return [item.title for item in items if item.kind == "恢复密钥"]

    assert titles("office_head") == ["还没有恢复密钥"]
    key = made(cast)
    assert (titles("office_head"), titles("member")) == ([], ["1件封存内容还没有授给恢复密钥"])
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    assert (titles("office_head"), titles("member")) == ([], [])
    rewrap(cast, recovery=key)
    assert titles("office_head") == ["恢复密钥应更换"]


def test_the_desk_takes_as_many_queries_with_three_requests_as_with_one(cast):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            keepers.asked(cast)
        with CaptureQueriesContext(connection) as queries:
            desk_items(cast.office_head, cast.round)
        counts.append(len(queries))
    assert counts[0] == counts[1]
