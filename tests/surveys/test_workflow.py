"""The way of a survey: role × state, and head counts that must agree before it ends."""

import pytest

from core.errors import NotAllowed, ServiceError, StaleRecord
from surveys import rules, services
from surveys.models import Channel, Questionnaire, Survey, SurveyCount
from surveys.workflow import SURVEY
from tests.surveys.polls import (
    at_stage,
    closed,
    count,
    issue,
    load,
    locked,
    make_survey,
    open_survey,
    reload,
    send,
    sheet_row,
)
from villages.models import Stage

pytestmark = pytest.mark.django_db

S = Survey.Status
OTHERS = ["outsider", "office_head", "office_clerk", "town", "village", "discipline", "organisation",
          "department", "sysadmin", "stranger"]  # fmt: skip
ROWS = [sheet_row(n) for n in range(1, 13)]


def in_state(cast, state):
    if state == S.DRAFT:
        return reload(make_survey(cast))
    if state == S.OPEN:
        return reload(open_survey(cast))
    return reload(closed(cast, ROWS) if state == S.CLOSED else locked(cast, ROWS))


def steps(user, survey):
    return {name for name in SURVEY.transitions if SURVEY.check(user, survey, name)}


@pytest.mark.parametrize(
    ("state", "offered"),
    [(S.DRAFT, {"open"}), (S.OPEN, {"close_anyway"}), (S.CLOSED, {"lock"}), (S.LOCKED, set())],
)
@pytest.mark.parametrize("role", ["leader", "deputy"])
def test_who_leads_the_team_takes_the_steps(cast, state, offered, role):
    assert steps(getattr(cast, role), in_state(cast, state)) == offered


@pytest.mark.parametrize("state", S.values)
def test_nobody_else_takes_any_step(cast, state):
    survey = in_state(cast, state)
    for role in ["member", "archivist", *OTHERS]:
        assert steps(getattr(cast, role), survey) == set(), role


def test_the_questionnaire_is_frozen_when_a_survey_opens(cast):
    assert open_survey(cast).questionnaire.status == Questionnaire.Status.FROZEN


def test_a_survey_opens_only_when_the_village_is_there(cast):
    survey = make_survey(cast)
    at_stage(cast.inspection, Stage.PREP)
    with pytest.raises(NotAllowed):
        services.open_survey(actor=cast.leader, survey=reload(survey))


def test_a_second_attempt_to_open_leaves_the_key_of_the_first_alone(cast):
    survey = make_survey(cast)
    late = reload(survey)
    services.open_survey(actor=cast.leader, survey=survey)
    with pytest.raises(StaleRecord):
        services.open_survey(actor=cast.deputy, survey=late)
    for card in issue(survey, 1):
        send(card.token)
    closed = services.close_survey(actor=cast.leader, survey=reload(survey))
    assert closed.sheets.count() == 1


def test_one_questionnaire_is_put_to_a_village_once(cast):
    survey = make_survey(cast)
    with pytest.raises(ServiceError):
        services.create_survey(
            actor=cast.leader, inspection=survey.inspection, questionnaire=survey.questionnaire
        )


def test_the_questionnaire_has_seven_aspects_and_twenty_two_items_and_is_loaded_once(cast):
    questionnaire = make_survey(cast).questionnaire
    assert services.load_questionnaire(actor=cast.office_clerk) == questionnaire
    assert questionnaire.aspects.count() == 7
    assert list(questionnaire.items.values_list("number", flat=True)) == list(range(1, 23))


# --- counts -----------------------------------------------------------------------------------------------


def test_counts_that_agree_let_the_survey_end(cast):
    survey = open_survey(cast)
    load(survey, ROWS)
    count(survey, issued=15, returned=13, missing=2, valid=12, void=1)
    assert rules.unreconciled(survey) == []
    assert steps(cast.leader, reload(survey)) == {"close"}


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ({"issued": 15, "returned": 13, "missing": 1, "valid": 12, "void": 1}, "发放15份"),
        ({"issued": 15, "returned": 13, "missing": 2, "valid": 12, "void": 0}, "回收13份"),
        ({"issued": 15, "returned": 14, "missing": 1, "valid": 13, "void": 1}, "有效13份，已录入12份"),
    ],
)
def test_counts_that_disagree_keep_it_from_ending_and_say_where(cast, figures, what):
    survey = open_survey(cast)
    load(survey, ROWS)
    count(survey, **figures)
    assert any(what in problem for problem in rules.unreconciled(survey))
    with pytest.raises(NotAllowed, match="对不上"):
        services.close_survey(actor=cast.leader, survey=reload(survey))


def test_with_a_reason_it_ends_all_the_same_and_the_reason_stays(cast):
    survey = open_survey(cast)
    load(survey, ROWS)
    done = services.close_survey(actor=cast.leader, survey=reload(survey), reason="两份被雨淋湿无法辨认")
    assert (done.status, done.close_reason) == (S.CLOSED, "两份被雨淋湿无法辨认")


def test_a_survey_without_any_sheet_does_not_just_end(cast):
    assert rules.unreconciled(open_survey(cast)) == ["还没有收到任何答卷"]


def test_phones_count_themselves(cast):
    survey = open_survey(cast)
    for card in issue(survey, 8)[:5]:
        send(card.token)
    services.close_survey(actor=cast.leader, survey=reload(survey))
    row = SurveyCount.objects.get(survey=survey, channel=Channel.PHONE)
    assert (row.issued, row.returned, row.missing, row.valid, row.void) == (8, 5, 3, 5, 0)


def test_counts_are_saved_as_one_list_and_two_people_counting_notice_each_other(cast):
    survey = open_survey(cast)
    given = {
        "channel": Channel.ENTRY,
        "group": "villager",
        "issued": 30,
        "returned": 28,
        "missing": 2,
        "valid": 28,
    }
    saved = services.save_counts(actor=cast.member, survey=survey, rows=[given], revision=survey.revision)
    with pytest.raises(StaleRecord):
        services.save_counts(
            actor=cast.archivist, survey=reload(survey), rows=[given | {"issued": 31}],
            revision=saved.revision - 1,
        )  # fmt: skip
    assert SurveyCount.objects.get().issued == 30
    services.save_counts(actor=cast.member, survey=reload(survey), rows=[])
    assert not SurveyCount.objects.exists()


def test_phone_counts_are_not_written_by_hand(cast):
    survey = open_survey(cast)
    with pytest.raises(ServiceError):
        services.save_counts(
            actor=cast.member, survey=survey, rows=[{"channel": Channel.PHONE, "issued": 99}]
        )


@pytest.mark.parametrize("state", [S.DRAFT, S.CLOSED, S.LOCKED])
def test_nothing_is_collected_unless_the_survey_is_open(cast, state):
    survey = in_state(cast, state)
    with pytest.raises(NotAllowed):
        services.issue_slips(actor=cast.member, survey=survey, count=5)
    with pytest.raises(NotAllowed):
        services.save_counts(actor=cast.member, survey=survey, rows=[])
    with pytest.raises(NotAllowed):
        load(survey, [sheet_row(99)])


# --- end of the stage -------------------------------------------------------------------------------------


def test_the_village_moves_on_once_the_results_are_locked(cast):
    survey = closed(cast, ROWS)
    inspection = at_stage(cast.inspection)
    with pytest.raises(ServiceError, match="没有锁定"):
        services.finish_survey(actor=cast.leader, inspection=inspection)
    services.lock_results(actor=cast.leader, survey=reload(survey))
    assert services.finish_survey(actor=cast.leader, inspection=inspection).status == Stage.FINDING


def test_without_a_survey_the_village_does_not_move_on(cast):
    with pytest.raises(ServiceError, match="还没有开展"):
        services.finish_survey(actor=cast.leader, inspection=at_stage(cast.inspection))
