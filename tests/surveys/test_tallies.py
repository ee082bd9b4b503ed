"""Counting in piles: the same as looking at every sheet by itself, on either database."""

import io
import random
from collections import Counter

import pytest
from django.core.management import call_command

from surveys.models import AnswerSheet, Channel, Survey, Tally
from surveys.selectors.tallies import (
    channel_slice,
    count_answers,
    count_columns,
    stored_piles,
    village_columns,
)
from tests.factories import make_inspection, make_village
from tests.surveys.polls import locked, open_survey, sheet_row

CODES = "0123456789ABCDEFGHIJKLMNOPQRST"


def random_sheets(count, places, seed=3):
    """Group, channel and codes of so many sheets; a place holds few codes or many, and now and then one only."""
    rng = random.Random(seed)
    held = [rng.sample(CODES, rng.choice([1, 2, 6, 30])) for _ in range(places)]
    return [
        (
            rng.choice(["", "cadre", "party", "villager"]),
            rng.choice(Channel.values),
            "".join(rng.choice(codes) for codes in held),
        )
        for _ in range(count)
    ]


def by_hand(sheets):
    """Sheet by sheet and place by place."""
    found = {"": {}}
    for group, channel, codes in sheets:
        for part in {"", group, channel_slice(channel)}:
            for place, code in enumerate(codes, 1):
                found.setdefault(part, {}).setdefault(place, Counter())[code] += 1
    return found


def store(survey, sheets):
    AnswerSheet.objects.bulk_create(
        AnswerSheet(
            survey=survey,
            village=survey.village,
            group=group,
            channel=channel,
            answers=codes,
            day="2026-03-01",
        )
        for group, channel, codes in sheets
    )


@pytest.mark.parametrize(("count", "places"), [(1, 1), (1, 22), (2, 1), (300, 22), (300, 200)])
def test_a_pile_is_counted_like_its_sheets_one_by_one(count, places):
    sheets = random_sheets(count, places)
    pile = ",".join(codes for _, _, codes in sheets)
    assert count_answers(sheets, places) == by_hand(sheets)
    assert count_columns(pile, places) == by_hand(sheets)[""]


def test_no_sheets_give_empty_counts():
    assert count_answers([], 3) == {"": {1: Counter(), 2: Counter(), 3: Counter()}}


@pytest.mark.parametrize("pile", ["12,3", "12,345", "123,45", "1,2,345", "12,", "1a,22", "12;34", "１2,34"])
def test_sheets_that_are_not_of_one_questionnaire_are_never_counted(pile):
    with pytest.raises(ValueError, match="2 codes"):
        count_columns(pile, 2)


def test_what_is_stored_is_counted_by_group_and_occasion_and_survey_by_survey(cast):
    surveys = {
        open_survey(cast): random_sheets(400, 22),
        open_survey(cast, make_inspection(cast.team, make_village(cast.town_place))): random_sheets(
            250, 30, seed=4
        ),
    }
    for survey, sheets in surveys.items():
        store(survey, sheets)
    for survey, sheets in surveys.items():
        places = len(sheets[0][2])
        assert count_answers(stored_piles(survey), places) == by_hand(sheets)
    places = {survey.pk: len(sheets[0][2]) for survey, sheets in surveys.items()}
    assert village_columns(places) == {survey.pk: by_hand(sheets)[""] for survey, sheets in surveys.items()}


def test_all_villages_take_one_query(cast, django_assert_num_queries):
    first = open_survey(cast)
    second = open_survey(cast, make_inspection(cast.team, make_village(cast.town_place)))
    for survey in (first, second):
        store(survey, random_sheets(30, 22))
    with django_assert_num_queries(1):
        assert len(village_columns({first.pk: 22, second.pk: 22})) == 2


# --- the recount -------------------------------------------------------------------------------------------


def recount():
    said = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("survey_recount", stdout=said)
    return left.value.code, said.getvalue()


def test_a_recount_finds_what_was_changed_after_locking(cast):
    survey = locked(cast, [sheet_row(n, cells={3: n % 5 + 1}) for n in range(1, 31)])
    open_survey(cast, make_inspection(cast.team, make_village(cast.town_place)))
    code, said = recount()
    assert (code, said.strip()) == (0, "共核对1份调查，0份不一致。")
    sheet = AnswerSheet.objects.filter(survey=survey).first()
    was = sheet.answers
    for answers in ("2" + was[1:], was[:21] + "0"):
        AnswerSheet.objects.filter(pk=sheet.pk).update(answers=answers)
        code, said = recount()
        assert code == 1 and f"{survey}：" in said
    AnswerSheet.objects.filter(pk=sheet.pk).update(answers=was)
    assert recount()[0] == 0
    sheet.delete()
    assert recount()[0] == 1
    AnswerSheet.objects.all().delete()
    assert recount()[0] == 1


def test_a_recount_notices_kept_counts_that_were_changed(cast):
    survey = locked(cast, [sheet_row(n) for n in range(1, 31)])
    assert Survey.objects.get(pk=survey.pk).status == Survey.Status.LOCKED
    Tally.objects.filter(survey=survey, group="", item__number=1).update(count=29)
    assert recount()[0] == 1
