"""The team's pages of the survey through HTTP."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEntry
from surveys import selectors
from surveys.models import AnswerSheet, Slip, Survey, SurveyCount
from tests.factories import make_inspection, make_village
from tests.surveys.polls import (
    at_stage,
    closed,
    count,
    load,
    locked,
    make_survey,
    open_survey,
    reload,
    sheet_row,
    workbook,
)
from villages.models import Stage, VillageInspection

pytestmark = pytest.mark.django_db

ROWS = [sheet_row(n, "普通群众" if n % 2 else "党员代表", {21: 4 if n < 10 else 2}) for n in range(1, 41)]


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


@pytest.fixture
def leader(client, cast):
    client.force_login(cast.leader)
    return client


def at(name, row, **more):
    return reverse(f"surveys:{name}", kwargs={"pk": row.pk} | more)


# --- plan, open, close, lock ------------------------------------------------------------------------------


def test_a_survey_is_planned_opened_closed_and_locked_with_buttons(leader, cast):
    questionnaire = make_survey(cast, cast.other_inspection).questionnaire
    at_stage(cast.inspection)
    leader.post(at("create", cast.inspection), {"questionnaire": questionnaire.pk, "planned": "50"})
    survey = Survey.objects.get(inspection=cast.inspection)
    press(leader, survey, "open")
    load(reload(survey), ROWS)
    count(survey, issued=40, returned=40, valid=40)
    press(leader, survey, "close")
    press(leader, survey, "lock")
    assert reload(survey).status == Survey.Status.LOCKED
    sent = {"revision": VillageInspection.objects.get(pk=cast.inspection.pk).revision}
    leader.post(at("finish", cast.inspection), sent)
    assert VillageInspection.objects.get(pk=cast.inspection.pk).status == Stage.FINDING


def press(client, survey, action, **sent):
    response = client.post(
        at("survey_action", survey, action=action), {"revision": reload(survey).revision} | sent
    )
    assert response.status_code == 302, response.content.decode()


def test_a_survey_whose_counts_disagree_ends_with_a_reason_only(leader, cast):
    survey = open_survey(cast)
    load(survey, ROWS)
    page = leader.get(at("survey", survey)).content.decode()
    assert "村进驻会有效0份，已录入40份" in page
    assert leader.post(
        at("survey_action", survey, action="close"), {"revision": reload(survey).revision}
    ).status_code == 403  # fmt: skip
    press(leader, survey, "close_anyway", reason="发放登记表遗失")
    assert "发放登记表遗失" in leader.get(at("survey", survey)).content.decode()


def test_counts_are_typed_into_a_table(member, cast):
    survey = open_survey(cast)
    row = {"channel": "visit", "group": "villager", "issued": "12", "returned": "10", "missing": "2", "valid": "9",
           "void": ""}  # fmt: skip
    sent = {f"paper_counts-0-{key}": value for key, value in row.items()} | {"revision": survey.revision}
    assert member.post(at("counts", survey), sent).url == at("survey", survey)
    assert SurveyCount.objects.get().missing == 2
    late = member.post(at("counts", survey), sent | {"paper_counts-0-issued": "13"})
    assert late.status_code == 409 and "发放12" in late.content.decode()


# --- slips ------------------------------------------------------------------------------------------------

SHEET = {"count": "7", "address": "https://xuncha.example.org/", "_key": "cd" * 16}


def test_slips_are_shown_once_with_a_picture_and_a_code_each(member, cast):
    survey = open_survey(cast)
    page = member.post(at("slips", survey), SHEET)
    text = page.content.decode()
    codes = re.findall(r"<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</b>", text)
    assert len(set(codes)) == Slip.objects.count() == text.count("data:image/svg+xml") == 7
    assert page.headers["Cache-Control"] == "no-store"
    again = member.post(at("slips", survey), SHEET)
    assert again.status_code == 409 and Slip.objects.count() == 7
    assert not any(code in again.content.decode() for code in codes)
    assert not any(code.replace("-", "") in str(list(AuditEntry.objects.values())) for code in codes)


@pytest.mark.parametrize(
    "sent",
    [{"count": "0"}, {"count": "501"}, {"address": "xuncha"}, {"address": "https://xuncha.example.org/#b"}],
)
def test_slips_that_cannot_be_made_are_refused_beside_the_field(member, cast, sent):
    assert member.post(at("slips", open_survey(cast)), SHEET | sent).status_code == 422
    assert not Slip.objects.exists()


def test_unused_slips_are_voided_by_a_button(member, cast):
    survey = open_survey(cast)
    member.post(at("slips", survey), SHEET)
    member.post(at("slips_void", survey), {"reason": "打印错页"})
    assert not Slip.objects.exists()


# --- import -----------------------------------------------------------------------------------------------


def upload(client, survey, rows):
    file = SimpleUploadedFile("录入表.xlsx", workbook(rows))
    return client.post(at("answer_import", survey), {"channel": "entry", "file": file})


def test_a_workbook_is_previewed_and_then_confirmed(member, cast):
    survey = open_survey(cast)
    preview = upload(member, survey, [sheet_row(1), sheet_row(2, cells={3: "1、2"})]).url
    page = member.get(preview).content.decode()
    assert "第3题" in page and "两个答案" in page
    assert not AnswerSheet.objects.exists()
    staged = survey.imports.get()
    member.post(at("answerimport_action", staged, action="commit"), {"revision": staged.revision})
    assert AnswerSheet.objects.count() == 1
    assert "已计入" in member.get(preview).content.decode()


def test_a_file_that_is_no_table_is_refused_with_what_to_do(member, cast):
    file = SimpleUploadedFile("录入表.xlsx", b"PK\x03\x04 broken")
    response = member.post(at("answer_import", open_survey(cast)), {"channel": "entry", "file": file})
    assert response.status_code == 422 and "请" in response.content.decode()


# --- results ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [open_survey, lambda cast: closed(cast, ROWS)], ids=["open", "closed"])
def test_no_result_is_on_any_page_before_locking(member, cast, state):
    survey = state(cast)
    page = member.get(at("results", survey)).content.decode()
    assert "结果还没有公布" in page and "好评率" not in page


def test_locked_results_show_rates_radar_bars_groups_and_the_digest(member, cast):
    survey = locked(cast, ROWS)
    page = member.get(at("results", survey)).content.decode()
    # 21: nine of forty 差, the rest 好 or 较好.
    assert "77.5%" in page
    assert 'class="radar"' in page and "chart-items" in page
    assert survey.result_hash in page
    assert "约" in page and "党员代表" in page


def test_the_village_page_has_a_card_for_the_inspecting_side_only(client, cast):
    locked(cast, ROWS)
    card = reverse("surveys:village_card", kwargs={"pk": cast.village_place.pk})
    client.force_login(cast.office_clerk)
    assert "廉洁程度" in client.get(card).content.decode()
    for role in ("town", "village", "outsider"):
        client.force_login(getattr(cast, role))
        assert client.get(card).content.strip() == b"", role


def test_the_desk_says_which_step_waits(cast):
    at_stage(cast.inspection)
    assert [item.kind for item in selectors.desk_items(cast.leader, cast.round)] == ["待安排问卷"]
    closed(cast, ROWS)
    assert [item.kind for item in selectors.desk_items(cast.leader, cast.round)] == ["结果待锁定"]
    for role in ("member", "outsider", "office_head", "town", "sysadmin"):
        assert selectors.desk_items(getattr(cast, role), cast.round) == [], role


# --- cost -------------------------------------------------------------------------------------------------


def test_lists_cost_the_same_with_one_row_and_with_three(leader, cast, django_assert_max_num_queries):
    def cost(address):
        leader.get(address)
        with django_assert_max_num_queries(60) as captured:
            assert leader.get(address).status_code == 200
        return len(captured)

    survey = open_survey(cast)
    count(survey, issued=3, returned=3, valid=3)
    pages = [reverse("surveys:index"), at("survey", survey), reverse("inspection:desk")]
    before = [cost(page) for page in pages]
    for channel in ("visit", "mobilisation"):
        count(survey, channel=channel, issued=3)
        open_survey(cast, make_inspection(cast.team, make_village(cast.town_place)))
    assert [cost(page) for page in pages] == before
