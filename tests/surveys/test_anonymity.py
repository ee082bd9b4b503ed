"""Nothing stored leads from an answer to a slip, a time or an order; and without the mixer it would."""

import datetime as dt
import io
import random
import secrets

import pytest
from django.core.management import call_command
from django.db import connection

from core import clock
from core.audit import SYSTEM
from core.models import AuditEntry
from surveys import services
from surveys.models import (
    AnswerMark,
    AnswerSheet,
    Ballot,
    BallotNumber,
    InvalidTry,
    OpenAnswer,
    Receipt,
    SheetNumber,
    Slip,
    Waiting,
)
from surveys.services import mixing
from surveys.services.sealing import Opener
from tests.surveys.polls import ITEMS, issue, load, open_survey, reload, send, sheet_row

pytestmark = pytest.mark.django_db

# What these tables may hold. A new column must be argued for here first.
COLUMNS = {
    Slip: {"id", "survey_id", "token_hmac", "code_hmac"},
    Waiting: {"id", "survey_id", "sealed"},
    Receipt: {"id", "survey_id", "submission_hmac"},
    AnswerSheet: {"id", "survey_id", "village_id", "group", "channel", "answers", "day"},
    # Which open question it answers: the questions are everybody's, so it sets nobody apart.
    OpenAnswer: {"id", "survey_id", "village_id", "question", "text", "day"},
    # Whether somebody of the team has read an answer: its time is that of the reading, after the lock.
    AnswerMark: {"id", "revision", "created_at", "updated_at", "survey_id", "answer_id", "status"},
    # The occasion tells numbers of two piles apart; the stored sheet does not know its number or its occasion.
    SheetNumber: {
        "id", "revision", "created_at", "updated_at", "survey_id", "channel", "occasion_id", "number", "digest",
    },
    Ballot: {"id", "rating_id", "group", "channel", "marks", "day"},
    BallotNumber: {"id", "revision", "created_at", "updated_at", "rating_id", "channel", "number", "digest"},
    # Of a refused slip: a digest that leads nowhere once its day is over.
    InvalidTry: {"id", "key", "count", "day"},
}  # fmt: skip


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_a_table_of_the_anonymous_part_holds_these_columns_and_no_other(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, model._meta.db_table)
    assert {column.name for column in found} == COLUMNS[model]


@pytest.mark.parametrize(
    "model", [Slip, Waiting, Receipt, AnswerSheet, OpenAnswer, InvalidTry], ids=lambda m: m.__name__
)
def test_no_account_sees_rows_of_the_anonymous_part(cast, model):
    survey = open_survey(cast)
    cards = issue(survey, 3)
    send(cards[0].token)
    for role in ("office_head", "office_clerk", "leader", "member", "sysadmin", "town", "stranger"):
        assert not model.objects.visible_to(getattr(cast, role)).exists()


def distinct_sheets(number):
    """As many sheets, no two alike."""
    return [
        f"{n:022d}".translate(str.maketrans("6789", "1234")) for n in random.sample(range(1, 10**6), number)
    ]


def poll(survey, sheets):
    """Send one sheet after the other, each with words of its own."""
    for card, digits in zip(issue(survey, len(sheets)), sheets, strict=True):
        assert len(digits) == ITEMS
        send(card.token, digits=digits, comment=f"意见{digits}")


def guess_by_order(survey, sheets):
    """The attacker: knows in which order people answered, and reads the table as it lies; returns the hits."""
    with connection.cursor() as cursor:
        order = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT answers FROM surveys_answersheet ORDER BY {order}")
        lying = [row[0] for row in cursor.fetchall()]
    return sum(mine == found for mine, found in zip(sheets, lying, strict=True))


def test_the_order_of_the_sheets_says_nothing_about_the_order_of_answering(cast):
    survey, sheets = open_survey(cast), list(dict.fromkeys(distinct_sheets(200)))
    poll(survey, sheets)
    services.mix_all(actor=SYSTEM, survey=survey)
    assert AnswerSheet.objects.count() == len(sheets)
    # By chance one sheet lies in its place on average; ten would happen once in ten million runs.
    assert guess_by_order(survey, sheets) < 10


def test_without_the_mixer_the_attacker_finds_every_sheet(cast, monkeypatch):
    class NoChance:
        def shuffle(self, rows):
            """Leave them as they came."""

    monkeypatch.setattr(mixing, "_chance", NoChance())
    survey, sheets = open_survey(cast), list(dict.fromkeys(distinct_sheets(60)))
    opener = Opener(survey.pk, survey.mixer_key)
    for card, digits in zip(issue(survey, len(sheets)), sheets, strict=True):
        send(card.token, digits=digits)
        row = Waiting.objects.get()
        mixing.put_away(survey, [opener.open(row.sealed)], "phone")
        row.delete()
    assert guess_by_order(survey, sheets) == len(sheets)


def test_words_are_kept_in_another_order_than_the_sheets_they_came_with(cast):
    survey, sheets = open_survey(cast), list(dict.fromkeys(distinct_sheets(100)))
    poll(survey, sheets)
    services.mix_all(actor=SYSTEM, survey=survey)
    with connection.cursor() as cursor:
        order = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT answers FROM surveys_answersheet ORDER BY {order}")
        lying = [f"意见{row[0]}" for row in cursor.fetchall()]
        cursor.execute(f"SELECT text FROM surveys_openanswer ORDER BY {order}")
        words = [row[0] for row in cursor.fetchall()]
    assert sorted(words) == sorted(lying)
    assert sum(a == b for a, b in zip(words, lying, strict=True)) < 10


def test_fewer_than_a_batch_and_as_many_to_leave_behind_wait_for_more(cast):
    survey = open_survey(cast)
    poll(survey, distinct_sheets(39))
    assert services.mix_answers(actor=SYSTEM, survey=survey) == 0
    assert Waiting.objects.count() == 39 and not AnswerSheet.objects.exists()


def test_closing_mixes_whatever_waits(cast):
    survey, sheets = open_survey(cast), distinct_sheets(3)
    poll(survey, sheets)
    services.close_survey(actor=cast.leader, survey=reload(survey))
    assert sorted(AnswerSheet.objects.values_list("answers", flat=True)) == sorted(sheets)
    assert not Waiting.objects.exists() and not Slip.objects.exists()


def test_mixing_twice_stores_each_sheet_once(cast):
    survey = open_survey(cast)
    poll(survey, distinct_sheets(40))
    assert services.mix_answers(actor=SYSTEM, survey=survey) == 20
    assert services.mix_answers(actor=SYSTEM, survey=survey) == 0
    assert AnswerSheet.objects.count() == 20


def test_the_trail_says_nothing_when_somebody_answers(cast):
    survey = open_survey(cast)
    card = issue(survey, 1)[0]
    before = AuditEntry.objects.count()
    send(card.token, comment="看得见吗")
    assert AuditEntry.objects.count() == before


def test_no_token_code_or_word_reaches_the_trail(cast):
    survey = open_survey(cast)
    cards = issue(survey, 20)
    for card in cards:
        send(card.token, comment="鱼塘租金")
    services.close_survey(actor=cast.leader, survey=reload(survey))
    load_survey = open_survey(cast, cast.other_inspection)
    load(load_survey, [sheet_row("A7", comment="鱼塘租金")], title="柳巷村问卷")
    trail = str(list(AuditEntry.objects.values()))
    assert "鱼塘" not in trail
    assert not any(card.token in trail or card.code in trail for card in cards)


def test_forgetting_destroys_the_key_and_the_receipts(cast, settings, django_capture_on_commit_callbacks):
    survey = open_survey(cast)
    send(issue(survey, 1)[0].token, secrets.token_hex(16))
    (path,) = settings.SURVEY_KEYS_DIR.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    closed = services.close_survey(actor=cast.leader, survey=reload(survey))
    with django_capture_on_commit_callbacks(execute=True):
        services.forget_survey(actor=SYSTEM, survey=closed)
    assert not path.exists() and not Receipt.objects.exists()


def test_the_operator_mixes_before_a_copy_and_forgets_a_week_after_the_end(
    cast, settings, monkeypatch, django_capture_on_commit_callbacks
):
    survey = open_survey(cast)
    poll(survey, distinct_sheets(3))
    call_command("survey_mix", stdout=io.StringIO())
    assert Waiting.objects.count() == 3
    call_command("survey_mix", "--all", stdout=io.StringIO())
    assert AnswerSheet.objects.count() == 3 and not Waiting.objects.exists()
    closed = services.close_survey(actor=cast.leader, survey=reload(survey))
    for days, left in ((6, 1), (7, 0)):
        monkeypatch.setattr(clock, "today", lambda days=days: closed.closed_on + dt.timedelta(days=days))
        with django_capture_on_commit_callbacks(execute=True):
            call_command("survey_forget", stdout=io.StringIO())
        assert len(list(settings.SURVEY_KEYS_DIR.iterdir())) == left
