"""Slips that do not count are slowed, address by address; slips that are good never are, however many share one."""

import datetime as dt
import json
import secrets

import pytest
from django.urls import reverse

from core import clock
from core.audit import SYSTEM
from core.models import AuditEntry
from surveys import services
from surveys.models import InvalidTry, Waiting
from surveys.services import guard
from tests.surveys.polls import ITEMS, issue, open_survey

pytestmark = pytest.mark.django_db
HALL = "203.0.113.77"


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch):
    """Ten minutes must not end in the middle of a test."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


def post(client, token, address=HALL, submission="", name="surveys:phone_submit"):
    body = {"token": token, "submission": submission or secrets.token_hex(16), "group": "villager",
            "answers": "2" * ITEMS, "comment": ""}  # fmt: skip
    return client.post(reverse(name), json.dumps(body), content_type="application/json", REMOTE_ADDR=address)


def tries(client, number, address=HALL):
    return [post(client, secrets.token_hex(13), address).status_code for _ in range(number)]


def test_after_thirty_invalid_slips_an_address_is_asked_to_wait(client, cast):
    open_survey(cast)
    assert tries(client, 32) == [409] * 30 + [429, 429]
    assert tries(client, 1, "198.51.100.5") == [409]
    refused = post(client, "x")
    assert "过几分钟再试" in refused.json()["message"]
    assert refused.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in refused.headers


def test_asking_for_the_questions_counts_like_answering(client, cast):
    open_survey(cast)
    codes = [post(client, "x", name="surveys:phone_questionnaire").status_code for _ in range(31)]
    assert codes == [409] * 30 + [429]
    assert post(client, "y").status_code == 429


def test_a_whole_hall_behind_one_address_is_never_slowed(client, cast):
    survey = open_survey(cast)
    cards = issue(survey, 120)
    tries(client, 40)
    assert {post(client, card.token).status_code for card in cards} == {200}
    assert Waiting.objects.count() == 120


def test_a_retry_of_an_answer_that_arrived_is_no_invalid_try(client, cast):
    card, submission = issue(open_survey(cast), 1)[0], secrets.token_hex(16)
    for _ in range(40):
        assert post(client, card.token, submission=submission).status_code == 200
    assert not InvalidTry.objects.exists()


def test_all_addresses_together_are_bounded(client, cast, monkeypatch):
    monkeypatch.setattr(guard, "FROM_ALL_A_MINUTE", 20)
    survey = open_survey(cast)
    codes = [tries(client, 1, f"198.51.100.{n}")[0] for n in range(22)]
    assert codes == [409] * 20 + [429] * 2
    assert post(client, issue(survey, 1)[0].token).status_code == 200


def test_a_new_stretch_of_minutes_begins_anew(client, cast, monkeypatch):
    open_survey(cast)
    tries(client, 31)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(minutes=10))
    assert tries(client, 1) == [409]


def test_the_counters_hold_nothing_but_a_digest_a_number_and_a_day(client, cast):
    open_survey(cast)
    before = AuditEntry.objects.count()
    tries(client, 5)
    rows = list(InvalidTry.objects.values())
    assert [row["count"] for row in rows] == [5, 5]
    assert HALL not in str(rows) and {len(row["key"]) for row in rows} == {64}
    assert AuditEntry.objects.count() == before


def test_a_flood_is_no_flood_of_writes(client, cast, django_assert_num_queries):
    open_survey(cast)
    for _ in range(30):
        services.count_invalid(actor=SYSTEM, address=HALL)
    # A savepoint around one look.
    with django_assert_num_queries(3):
        assert services.count_invalid(actor=SYSTEM, address=HALL)
