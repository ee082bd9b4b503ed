"""The pages of the plan: what they show to whom, what their buttons do, how much they ask, what the workbook holds."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models.jobs import Job
from prep import services
from prep.models import PlanStatus, RoundPlan
from tests.factories import make_member
from tests.prep.plans import clear, lead, stored_plan, unassigned
from villages.models import Recusal, Role, TeamRole, VillageInspection

pytestmark = pytest.mark.django_db
BEFORE = dt.date(2026, 2, 20)


@pytest.fixture(autouse=True)
def _before_the_round():
    with clock.held(BEFORE):
        yield


@pytest.fixture
def planned(cast):
    """Six villages for two teams of four, in a draft."""
    lead(cast)
    for _ in range(2):
        make_member(cast.other_team, TeamRole.MEMBER)
    clear(cast)
    cast.villages = unassigned(cast, 6)
    cast.plan = services.make_plan(actor=cast.office_clerk, round_=cast.round, villages=cast.villages)
    return cast


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.office_clerk)
    return client


def at(name, row, **more):
    return reverse(f"prep:{name}", kwargs={"pk": row.pk} | more)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_history_of_a_plan_counts_its_parameters_instead_of_naming_their_keys(clerk, planned):
    page = text(clerk.get(at("plan", planned.plan)))
    assert "所用参数" in page and "plan_base_days" not in page


def first_stop(cast, team=None):
    return cast.plan.stops.filter(team=team or cast.team).order_by("position").first()


def press(client, stop, action, **sent):
    return client.post(at("plan_stop_action", stop, action=action), sent, follow=True)


# --- making and reading -----------------------------------------------------------------------------------


def test_the_office_ticks_villages_and_gets_a_draft(clerk, cast):
    lead(cast)
    villages = unassigned(cast, 3)
    page = text(clerk.get(at("plan_make", cast.round)))
    assert all(village.name in page for village in villages) and "云溪村" not in page
    sent = {"villages": [str(v.pk) for v in villages[:2]], "keep_teams": "on", "keep_pins": "on"}
    response = clerk.post(at("plan_make", cast.round), sent)
    plan = RoundPlan.objects.get()
    assert response.url == at("plan", plan)
    assert plan.stops.count() == 4  # the two assigned ones and the two ticked
    again = text(clerk.get(at("plan_make", cast.round)))
    assert again.count("checked") == 4  # the villages of the draft and the two choices


def test_what_cannot_be_planned_stays_on_the_form_with_the_reason(clerk, cast):
    villages = unassigned(cast, 1)
    response = clerk.post(at("plan_make", cast.round), {"villages": [str(villages[0].pk)]})
    page = response.content.decode()
    assert response.status_code == 422
    assert "还没有组长，请先完成一次一授权再排计划" in page
    assert f'value="{villages[0].pk}" checked' in page


@pytest.mark.parametrize("view", ["", "month", "list"])
def test_the_plan_is_a_chart_months_and_a_list_in_words(clerk, planned, view):
    page = text(clerk.get(at("plan", planned.plan) + f"?view={view}"))
    assert "与下界之比" in page and "由轻到重排第1" in page
    assert ('<svg class="gantt-chart"' in page) is (view == "")
    assert ("进 " in page) is (view == "month")
    assert "2026年的节假日还没有登记" in page


def test_a_plan_asks_the_same_number_of_questions_for_few_and_for_many(clerk, planned):
    few = queries(clerk, at("plan", planned.plan))
    more = services.make_plan(
        actor=planned.office_clerk,
        round_=planned.round,
        villages=[*planned.villages, *unassigned(planned, 3)],
    )
    assert queries(clerk, at("plan", more)) == few


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        text(client.get(address))
    return len(captured)


# --- changing ---------------------------------------------------------------------------------------------


def test_every_move_works_without_a_script_and_says_so(clerk, planned):
    stop = first_stop(planned)
    page = text(clerk.get(at("plan_stop", stop)))
    assert "组内推后" in page and "改派或固定" in page and "基数" in page
    assert "已调整。" in text(press(clerk, stop, "later"))
    assert "已调整。" in text(press(clerk, stop, "forth"))
    stop.refresh_from_db()
    assert stop.pinned_on == stop.entry_on
    assert "已调整。" in text(press(clerk, stop, "unpin"))
    assert "已调整。" in text(press(clerk, stop, "down"))
    stop.refresh_from_db()
    assert stop.team == planned.other_team and stop.pinned_team
    assert "已调整。" in text(press(clerk, stop, "release"))
    sent = {"team": str(planned.team.pk), "day": "2026-04-20", "on": "board"}
    response = press(clerk, stop, "place", **sent)
    assert response.redirect_chain[-1][0] == at("plan", planned.plan)
    stop.refresh_from_db()
    assert (stop.team, stop.entry_on) == (planned.team, dt.date(2026, 4, 20))


def test_a_refused_move_says_why(clerk, planned):
    stop = first_stop(planned)
    assert "已经是第一个组" in text(press(clerk, stop, "up"))
    assert "没有固定日期" in text(press(clerk, stop, "unpin"))
    assert "刚被别人改过" in text(press(clerk, stop, "later", revision="9"))
    assert clerk.post(at("plan_stop_action", stop, action="dance")).status_code == 404


def test_a_move_from_the_chart_answers_with_the_board_alone(clerk, planned):
    stop = first_stop(planned)
    response = clerk.post(
        at("plan_stop_action", stop, action="forth"),
        {"on": "board"},
        headers={"HX-Request": "true"},
        follow=True,
    )
    page = text(response)
    assert page.lstrip().startswith('<div id="plan-board"') and "已调整。" in page


def test_conflicts_are_on_the_page_at_once(clerk, planned):
    stop = first_stop(planned)
    Recusal.objects.create(user=planned.outsider, village=stop.village, relation="kin")
    press(clerk, stop, "place", team=str(planned.other_team.pk), day="2026-03-15", on="board")
    page = text(clerk.get(at("plan", planned.plan)))
    assert "应当回避：外组组员与" in page and "休息日进驻" in page


def test_applying_by_button_writes_the_assignments(clerk, planned):
    response = clerk.post(at("plan_action", planned.plan, action="apply"), {"revision": "1"}, follow=True)
    assert "计划已执行" in text(response)
    assert VillageInspection.objects.filter(round=planned.round).count() == 6
    assert "不能再改" in clerk.post(at("plan_action", planned.plan, action="apply")).content.decode()


# --- who sees what ----------------------------------------------------------------------------------------


def test_a_member_reads_the_own_teams_part_of_the_applied_plan_only(client, cast):
    draft = stored_plan(cast)
    client.force_login(cast.member)
    assert client.get(at("plan", draft)).status_code == 404
    assert "还没有执行中的计划" in text(client.get(at("plans", cast.round)))
    applied = stored_plan(cast, PlanStatus.APPLIED)
    own = applied.stops.get(team=cast.team)
    type(own).objects.filter(pk=own.pk).update(reasons=["工作量8天", "须回避、不能承担的：外组某人（亲属）"])
    page = text(client.get(at("plan", applied)))
    assert "云溪村" in page and "柳巷村" not in page
    # What others have declared is between them and the office.
    assert "外组某人" not in page and "外组某人" not in text(client.get(at("plan_stop", own)))
    client.force_login(cast.office_head)
    assert "外组某人" in text(client.get(at("plan", applied)))
    client.force_login(cast.member)
    assert "执行计划</button>" not in page and "data-gantt" not in page
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    assert "云溪村" not in text(client.get(at("plan", applied)))


# --- workbook ---------------------------------------------------------------------------------------------


def test_the_workbook_holds_the_list_with_reasons_and_the_days_as_squares(clerk, planned):
    response = clerk.post(at("plan_workbook", planned.plan), follow=True)
    assert "正在生成 Excel" in text(response)
    run_due()
    job = Job.objects.get(kind="prep.plan_workbook")
    book = openpyxl.load_workbook(io.BytesIO(read_bytes(job.result_file)))
    rows = [[cell.value for cell in row] for row in book["清单"].iter_rows(min_row=4, max_row=9)]
    assert [row[3] for row in rows] == [
        stop.village.name
        for stop in planned.plan.stops.order_by("team__number", "entry_on").select_related("village")
    ]
    assert all("由轻到重" in row[10] and "基数5天" in row[8] for row in rows)
    sheet = book["日程"]
    heads = [cell.value for cell in sheet[3]]
    first = [cell.value for cell in sheet[4]]
    stop = first_stop(planned)
    assert first[heads.index("3/2")] == "■" and first[heads.index("3/7")] == "休"
    assert first.count("■") == stop.days
    assert planned.office_clerk.role == Role.OFFICE_CLERK
