"""Occasions, plans from head counts, coverage in words, categories, and counts that must agree for each of them."""

import datetime as dt

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from surveys import rules, services
from surveys.models import Channel, Occasion, RespondentGroup, SurveyPlan
from surveys.selectors.coverage import coverage
from tests.surveys.polls import (
    closed,
    issue,
    load,
    make_survey,
    open_survey,
    reload,
    send,
    sheet_row,
    workbook,
)
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db


def values(**over):
    return {
        "channel": "visit", "held_on": dt.date(2026, 3, 5), "place": "一组", "led_by": "林知夏", "attended": 12,
    } | over  # fmt: skip


def meet(survey, **over):
    return services.save_occasion(actor=SYSTEM, survey=survey, values=values(**over))


# --- plan and coverage ------------------------------------------------------------------------------------


def test_the_plan_is_proposed_from_the_head_counts_and_the_rounds_parameters(cast):
    village = cast.inspection.village
    village.households, village.members = 401, 33
    village.save()
    RoundParameter.objects.create(
        round=cast.inspection.round, key="survey_plan_villager", label="普通群众", value=0.15
    )
    survey = make_survey(cast, type(cast.inspection).objects.get(pk=cast.inspection.pk))
    plan = dict(SurveyPlan.objects.filter(survey=survey).values_list("group", "planned"))
    # 15 % of 401 households is 60.15, 20 % of 33 members 6.6: both rounded up; representatives are not known.
    assert (plan["villager"], plan["party"], plan["representative"], plan["cadre"]) == (61, 7, 0, 10)


def test_the_plan_is_changed_for_one_village_and_two_people_notice_each_other(cast):
    survey = reload(make_survey(cast))
    changed = services.save_plan(
        actor=cast.member, survey=survey, planned={"villager": 30, "party": 5}, revision=survey.revision
    )
    assert reload(changed).planned == 35
    with pytest.raises(StaleRecord):
        services.save_plan(actor=cast.leader, survey=reload(survey), planned={"villager": 9}, revision=1)
    with pytest.raises(ServiceError, match="没有这类人员"):
        services.save_plan(actor=cast.leader, survey=reload(survey), planned={"nobody": 9})


def test_what_is_missing_is_said_in_words(cast):
    survey = open_survey(cast)
    services.save_plan(actor=SYSTEM, survey=reload(survey), planned={"villager": 3, "party": 5})
    load(survey, [sheet_row(n) for n in range(1, 4)] + [sheet_row(4, "党员代表"), sheet_row(5, None)])
    for card in issue(survey, 2):
        send(card.token)
    found = coverage(reload(survey))
    lines = {line.name: (line.sheets, line.planned, line.missing, line.tone) for line in found.lines}
    assert lines["普通群众"] == (3, 3, "已达到", "ok") and lines["党员代表"] == (1, 5, "还差4份", "bad")
    assert "党员代表还差4份" in found.sentence and "普通群众" not in found.sentence
    # What a phone said of itself is not known before it is mixed.
    assert (found.unmixed, found.unnamed) == (2, 1)


def test_a_plan_ends_with_the_survey(cast):
    ended = closed(cast, [sheet_row(n) for n in range(1, 6)])
    with pytest.raises(NotAllowed):
        services.save_plan(actor=cast.leader, survey=reload(ended), planned={"villager": 3})


# --- occasions --------------------------------------------------------------------------------------------


def test_a_meeting_is_noted_down_once_changed_and_struck_out(cast):
    survey = reload(open_survey(cast))
    visit = meet(survey)
    with pytest.raises(ServiceError, match="登记过"):
        meet(survey)
    services.save_occasion(actor=cast.member, survey=survey, occasion=visit, values=values(place="二组"))
    services.remove_occasion(actor=cast.member, occasion=Occasion.objects.get(pk=visit.pk))
    assert not Occasion.objects.exists()


def test_a_meeting_at_which_something_was_counted_stays(cast):
    survey = reload(open_survey(cast))
    visit = meet(survey)
    row = {"channel": "visit", "occasion": visit, "issued": 1, "returned": 1, "valid": 1}
    services.save_counts(actor=SYSTEM, survey=survey, rows=[row])
    with pytest.raises(ServiceError, match="不能删除"):
        services.remove_occasion(actor=SYSTEM, occasion=visit)
    with pytest.raises(ServiceError, match="场合不能再改"):
        services.save_occasion(actor=SYSTEM, survey=survey, occasion=visit, values=values(channel="entry"))


def test_one_number_on_two_days_of_visits_is_two_sheets_and_on_one_day_the_same(cast):
    survey = reload(open_survey(cast))
    days = [meet(survey), meet(survey, held_on=dt.date(2026, 3, 6))]
    for day in (*days, days[0]):
        staged = services.preview_answer_import(
            actor=cast.member, survey=survey, channel="visit", occasion=day, filename="a.xlsx",
            content=workbook([sheet_row(1)]),
        )  # fmt: skip
        services.commit_answer_import(actor=cast.member, staged=staged)
    assert rules.recorded_on(survey) == {days[0].pk: 1, days[1].pk: 1}


def test_a_meeting_of_another_survey_takes_no_count(cast):
    survey, other = reload(open_survey(cast)), reload(open_survey(cast, cast.other_inspection))
    row = {"channel": "visit", "occasion": meet(other), "issued": 1}
    with pytest.raises(ServiceError, match="不属于本次调查"):
        services.save_counts(actor=SYSTEM, survey=survey, rows=[row])


# --- counts -----------------------------------------------------------------------------------------------


def test_counts_by_category_must_agree_with_the_sheets_of_each_category(cast):
    survey = reload(open_survey(cast))
    load(survey, [sheet_row(1), sheet_row(2), sheet_row(3, "党员代表")])
    whole = {"channel": "entry", "returned": 0}
    rows = [
        whole | {"group": "villager", "issued": 1, "returned": 1, "valid": 1},
        whole | {"group": "party", "issued": 2, "returned": 2, "valid": 2},
    ]
    services.save_counts(actor=SYSTEM, survey=survey, rows=rows)
    assert sorted(rules.unreconciled(reload(survey))) == [
        "村进驻会党员代表有效2份，已录入1份", "村进驻会普通群众有效1份，已录入2份",
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="份数还对不上"):
        services.close_survey(actor=cast.leader, survey=reload(survey))
    services.close_survey(actor=cast.leader, survey=reload(survey), reason="两份填错类别")


# --- categories -------------------------------------------------------------------------------------------


def test_the_codes_of_stored_sheets_stay_when_the_office_edits_the_list(cast):
    groups = {row.code: row for row in services.load_groups(actor=cast.office_clerk)}
    assert {"cadre", "delegate", "party", "representative", "villager", "client"} < set(groups)
    changed = services.save_group(
        actor=cast.office_clerk, group=groups["client"],
        values={"name": "办事群众", "order": 9, "aliases": ["服务对象"], "active": True},
    )  # fmt: skip
    assert (changed.code, changed.name) == ("client", "办事群众")
    survey = open_survey(cast)
    assert load(survey, [sheet_row(1, "服务对象")]).sheets[0]["group"] == "client"


def test_a_category_of_the_office_is_offered_taken_and_counted(cast):
    made = services.save_group(
        actor=cast.office_clerk,
        values={"name": "外来务工人员", "order": 20, "aliases": ["务工"], "active": True},
    )
    survey = open_survey(cast)
    card = issue(survey, 1)[0]
    send(card.token, group=made.code)
    assert load(survey, [sheet_row(1, "务工")]).sheets[0]["group"] == made.code
    with pytest.raises(ServiceError, match="已经是另一类"):
        services.save_group(
            actor=cast.office_clerk, values={"name": "务工", "order": 1, "aliases": [], "active": True}
        )


def test_the_team_does_not_edit_the_list(cast):
    with pytest.raises(NotAllowed):
        services.load_groups(actor=cast.leader)
    assert not RespondentGroup.objects.exists()


# --- pages ------------------------------------------------------------------------------------------------


def at(name, row):
    return reverse(f"surveys:{name}", kwargs={"pk": row.pk})


def test_a_meeting_is_registered_and_its_counts_are_typed_in_the_browser(client, cast):
    survey = open_survey(cast)
    client.force_login(cast.member)
    sent = {
        "channel": "visit",
        "held_on": "2026-03-05",
        "place": "三组",
        "led_by": "林知夏",
        "attended": "14",
    }
    assert client.post(at("occasion_add", survey), sent).url == at("survey", survey)
    visit = survey.occasions.get()
    row = {"channel": str(visit.pk), "group": "villager", "issued": "9", "returned": "9", "missing": "", "valid": "9",
           "void": ""}  # fmt: skip
    sent = {f"paper_counts-0-{key}": value for key, value in row.items()} | {
        "revision": reload(survey).revision
    }
    client.post(at("counts", survey), sent)
    page = client.get(at("survey", survey)).content.decode()
    assert "走访 2026年3月5日 三组·普通群众" in page and "三组" in page
    again = client.get(at("counts", survey)).content.decode()
    assert f'value="{visit.pk}" selected' in again


def test_the_plan_is_edited_with_its_proposal_beside_each_field(client, cast):
    survey = make_survey(cast)
    client.force_login(cast.leader)
    page = client.get(at("plan", survey)).content.decode()
    assert "按总户数400的比例建议40份" in page and "村民代表数还没有填" in page
    sent = {f"group-{plan.group}": "4" for plan in survey.plans.all()} | {"revision": reload(survey).revision}
    client.post(at("plan", survey), sent)
    assert reload(survey).planned == 4 * survey.plans.count()


@pytest.mark.parametrize("number", [1, 3])
def test_a_surveys_page_costs_the_same_for_one_meeting_as_for_three(
    client, cast, number, django_assert_num_queries
):
    survey = reload(open_survey(cast))
    for day in range(1, number + 1):
        visit = meet(survey, held_on=dt.date(2026, 3, day))
        services.create_batch(
            actor=cast.member, survey=survey, channel=Channel.VISIT, occasion=visit, expected=3
        )
    client.force_login(cast.member)
    client.get(at("survey", survey))
    with django_assert_num_queries(30):
        client.get(at("survey", survey))
