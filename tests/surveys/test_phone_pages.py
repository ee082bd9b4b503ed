"""The open pages: nothing but a slip is asked for, no cookie is set, no line is written, no address kept."""

import json
import logging
import secrets

import pytest
from django.urls import reverse

from core.models import AuditEntry
from surveys.models import Waiting
from tests.surveys.polls import ITEMS, issue, open_survey

pytestmark = pytest.mark.django_db

PAGES = ["surveys:phone", "surveys:phone_why"]
FROM = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Phone/1.0"}


def post(client, name, body):
    return client.post(reverse(name), json.dumps(body), content_type="application/json", **FROM)


def submission(token, **over):
    return {
        "token": token, "submission": secrets.token_hex(16), "group": "villager", "answers": "2" * ITEMS, "comment": "",
    } | over  # fmt: skip


@pytest.fixture
def survey(cast):
    return open_survey(cast)


def test_the_items_are_given_for_a_slip_that_is_good(client, survey):
    card = issue(survey, 1)[0]
    paper = post(client, "surveys:phone_questionnaire", {"token": card.token}).json()
    assert paper["village"] == "云溪村"
    assert [question["number"] for question in paper["questions"]] == list(range(1, ITEMS + 1))
    assert paper["questions"][0]["choices"][4] == ["5", "不了解"]
    # Looking does not use the slip up.
    assert post(client, "surveys:phone_questionnaire", {"token": card.token}).status_code == 200


def test_an_answer_is_taken_once_and_a_retry_is_told_so(client, survey):
    body = submission(issue(survey, 1)[0].token)
    assert post(client, "surveys:phone_submit", body).json() == {"outcome": "received"}
    again = post(client, "surveys:phone_submit", body)
    assert (again.status_code, again.json()) == (200, {"outcome": "already"})
    assert Waiting.objects.count() == 1


def test_every_slip_that_does_not_count_gets_the_very_same_answer(client, survey, cast):
    card = issue(survey, 1)[0]
    post(client, "surveys:phone_submit", submission(card.token))
    refusals = [
        post(client, "surveys:phone_submit", submission(token))
        for token in (card.token, card.code, "0" * 26, "0" * 12, "", "短", "x" * 5000, "\ud800", "\x00")
    ]
    refusals += [post(client, "surveys:phone_questionnaire", {"token": card.token})]
    assert {(r.status_code, r.content, tuple(sorted(r.headers))) for r in refusals} == {
        (409, refusals[0].content, tuple(sorted(refusals[0].headers)))
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"token": {"a": 1}}', b"[" * 100_000, b'"' + b"a" * 20_000],
)
def test_what_is_no_request_is_refused_quietly(client, survey, content):
    for name in ("surveys:phone_questionnaire", "surveys:phone_submit"):
        response = client.post(reverse(name), content, content_type="application/json", **FROM)
        assert response.status_code in (409, 422)


def test_an_answer_that_cannot_be_read_says_what_to_do_and_keeps_the_slip(client, survey):
    card = issue(survey, 1)[0]
    refused = post(client, "surveys:phone_submit", submission(card.token, answers="0" * ITEMS))
    assert refused.status_code == 422 and "至少回答一题" in refused.json()["message"]
    assert post(client, "surveys:phone_submit", submission(card.token)).status_code == 200


# --- no trace ---------------------------------------------------------------------------------------------


def test_no_page_sets_a_cookie_or_is_kept_by_the_browser(client, survey):
    card = issue(survey, 1)[0]
    answers = [client.get(reverse(name), **FROM) for name in PAGES]
    answers.append(post(client, "surveys:phone_questionnaire", {"token": card.token}))
    answers.append(post(client, "surveys:phone_submit", submission(card.token)))
    answers.append(post(client, "surveys:phone_submit", submission(card.token)))
    for answer in answers:
        assert answer.cookies == {} and "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.cookies == {}


def test_no_page_reaches_outside(client, survey):
    for name in PAGES:
        assert "//" not in client.get(reverse(name)).content.decode().replace("://www.w3.org", "")


def test_nothing_is_logged_about_a_villager(client, survey, caplog):
    cards = issue(survey, 22)
    with caplog.at_level(logging.DEBUG):
        for card in cards:
            post(client, "surveys:phone_questionnaire", {"token": card.token})
            post(client, "surveys:phone_submit", submission(card.token))
        post(client, "surveys:phone_submit", submission(cards[0].token))
        post(client, "surveys:phone_submit", {"token": "x"})
    lines = [line for line in caplog.records if not line.name.startswith("django.db")]
    assert lines == []


def test_the_trail_keeps_no_villagers_address(client, survey):
    for card in issue(survey, 20):
        post(client, "surveys:phone_submit", submission(card.token))
    assert not AuditEntry.objects.filter(source=FROM["REMOTE_ADDR"]).exists()


def test_the_token_never_reaches_the_server_in_an_address(client, survey, cast):
    client.force_login(cast.member)
    sent = {"count": "1", "address": "https://xuncha.example.org"}
    page = client.post(reverse("surveys:slips", kwargs={"pk": survey.pk}), sent)
    assert page.context["base"] == "https://xuncha.example.org/w/"
