"""An answer from a phone counts once, with a slip that is used up, however often it is sent."""

import secrets

import pytest

from core.errors import ServiceError
from core.models import Job
from surveys import services
from surveys.models import AnswerSheet, Receipt, Slip, Waiting
from surveys.services.phone import Outcome
from surveys.services.slips import typed
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import issue, open_survey, reload, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast):
    return open_survey(cast)


def test_an_answer_uses_up_its_slip_and_waits_sealed(survey):
    card = issue(survey, 1)[0]
    assert send(card.token, comment="路灯坏了") is Outcome.RECEIVED
    assert not Slip.objects.exists()
    sealed = bytes(Waiting.objects.get().sealed)
    assert "路灯".encode() not in sealed and b"1111" not in sealed
    assert not AnswerSheet.objects.exists()


def test_the_same_submission_sent_again_is_told_that_it_arrived(survey):
    card, submission = issue(survey, 1)[0], secrets.token_hex(16)
    assert send(card.token, submission) is Outcome.RECEIVED
    for _ in range(3):
        assert send(card.token, submission) is Outcome.ALREADY
    assert Waiting.objects.count() == Receipt.objects.count() == 1


def test_a_used_slip_is_refused_like_one_that_never_was(survey):
    card = issue(survey, 1)[0]
    send(card.token)
    assert send(card.token) is Outcome.REFUSED
    assert send(secrets.token_hex(13)) is Outcome.REFUSED
    assert send("") is Outcome.REFUSED
    assert Waiting.objects.count() == 1


def test_token_and_short_code_are_one_slip(survey):
    card = issue(survey, 1)[0]
    assert send(card.shown_code.lower()) is Outcome.RECEIVED
    assert send(card.token) is Outcome.REFUSED


def test_misread_letters_and_blanks_do_not_matter_when_typing(survey):
    assert typed(" o1l-i ab ") == "0111AB"


def test_tokens_are_long_random_and_never_stored(survey):
    cards = issue(survey, 200)
    assert len({card.token for card in cards}) == len({card.code for card in cards}) == 200
    stored = str(list(Slip.objects.values_list()))
    assert not any(card.token in stored or card.code in stored for card in cards)
    assert {len(card.token) for card in cards} == {26}


def test_slips_lie_in_another_order_than_they_are_printed(survey):
    cards = issue(survey, 100)
    stored = list(Slip.objects.order_by("pk").values_list("token_hmac", flat=True))
    printed = [services.slips.keyed("slip", card.token) for card in cards]
    assert sorted(stored) == sorted(printed) and stored != printed


@pytest.mark.parametrize(
    "broken",
    [
        {"digits": "1" * 21},
        {"digits": "6" * 22},
        {"digits": "0" * 22},
        {"digits": "１" * 22},
        {"group": "secretary"},
        {"comment": "长" * 501},
        {"digits": 1},
        {"group": ["villager"]},
        {"comment": {"a": 1}},
    ],
)
def test_what_is_no_answer_is_refused_and_leaves_the_slip_good(survey, broken):
    card = issue(survey, 1)[0]
    with pytest.raises(ServiceError):
        send(card.token, **broken)
    assert send(card.token) is Outcome.RECEIVED


def test_an_answer_as_long_as_allowed_is_sealed_like_a_short_one(survey):
    cards = issue(survey, 3)
    send(cards[0].token)
    send(cards[1].token, comment="长" * 500)
    send(cards[2].token, comment='"\n' * 250)
    assert len({len(sealed) for sealed in Waiting.objects.values_list("sealed", flat=True)}) == 1


def test_a_submission_id_taken_for_another_slip_leaves_that_slip_good(survey):
    cards, submission = issue(survey, 2), secrets.token_hex(16)
    send(cards[0].token, submission)
    with pytest.raises(ServiceError):
        send(cards[1].token, submission)
    assert Slip.objects.count() == 1


def test_after_the_end_no_slip_counts_but_a_late_phone_hears_that_its_answer_arrived(survey, cast):
    cards, submission = issue(survey, 2), secrets.token_hex(16)
    send(cards[0].token, submission)
    services.close_survey(actor=cast.leader, survey=reload(survey), reason="")
    assert send(cards[0].token, submission) is Outcome.ALREADY
    assert send(cards[1].token) is Outcome.REFUSED


def test_voided_slips_are_worthless(survey, cast):
    card = issue(survey, 1)[0]
    services.void_slips(actor=cast.member, survey=survey, reason="打印错页")
    assert send(card.token) is Outcome.REFUSED


def test_no_number_of_answers_asks_for_anything_to_be_done(survey):
    for card in issue(survey, 41):
        send(card.token)
    assert not Job.objects.exists()
    assert Waiting.objects.count() == 41


def test_two_halls_answering_at_once_keep_their_answers_apart(cast):
    """One process serves both: what was asked last is only a guess about the next slip."""
    here, there = open_survey(cast), open_survey(cast, cast.other_inspection)
    cards = [card for pair in zip(issue(here, 3), issue(there, 3), strict=True) for card in pair]
    for card in cards:
        assert send(card.token) is Outcome.RECEIVED
    for poll in (here, there):
        assert Waiting.objects.filter(survey=poll).count() == Receipt.objects.filter(survey=poll).count() == 3
    assert not Slip.objects.exists()


def test_a_survey_that_asks_otherwise_is_measured_by_its_own_questions(cast):
    plain, other = open_survey(cast, cast.other_inspection), open_survey_of_kinds(cast)
    assert send(issue(plain, 1)[0].token) is Outcome.RECEIVED
    card = issue(other, 1)[0]
    with pytest.raises(ServiceError):
        send(card.token)
    assert send(card.token, digits="1B10135") is Outcome.RECEIVED
    assert send(issue(plain, 1)[0].token) is Outcome.RECEIVED
    assert Waiting.objects.filter(survey=other).count() == 1
