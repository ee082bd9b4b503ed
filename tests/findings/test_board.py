"""The daily board: what came in on which day, what is missing, each figure with the rows behind it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from findings import services
from findings.models import Finding, Petition
from findings.selectors.board import GAPS, board
from tests.factories import make_inspection, make_village
from tests.findings import leads, loans, papers
from villages.models import Stage

pytestmark = pytest.mark.django_db


def row_of(cast, viewer=None, until=None):
    (row,) = board(viewer or cast.leader, cast.round, [cast.inspection], until or clock.today())
    return row


def missing(row):
    return {gap.key: count for gap, count in row.gaps if count}


def page(client, inspection, **more):
    name = "progress_gap" if "gap" in more else "progress_day"
    return client.get(reverse(f"findings:{name}", kwargs={"pk": inspection.pk} | more))


def test_each_gap_counts_its_own_rows_and_opens_them(cast, client):
    papers.draft(cast, title="无材料", evidence=[])
    papers.draft(cast, title="无反映", response_of_target="")
    papers.draft(cast, title="有理由", response_of_target="", no_response_reason="当事人外出")
    papers.draft(cast, title="无依据", basis=[])
    papers.withdrawn(cast, title="已撤销")
    papers.talk(cast)
    leads.a_lead(cast)
    assert missing(row_of(cast)) == {"cailiao": 1, "fanying": 1, "yiju": 1, "tanhua": 1, "yidian": 1}
    client.force_login(cast.leader)
    for key, title in (("cailiao", "无材料"), ("fanying", "无反映"), ("yiju", "无依据")):
        text = page(client, cast.inspection, gap=key).content.decode()
        assert title in text
        assert not any(other in text for other in ("无材料", "无反映", "无依据", "有理由") if other != title)
    for gap, count in row_of(cast).gaps:
        groups = page(client, cast.inspection, gap=gap.key).context["groups"]
        assert sum(len(group["lines"]) for group in groups) == count


def test_a_petition_counts_when_its_day_is_near(cast):
    today = clock.today()
    common = {
        "inspection": cast.inspection, "round": cast.round, "team": cast.team, "village": cast.village_place,
        "town": cast.town_place, "channel": "letter", "received_on": today, "kind": "other", "summary": "反映",
        "in_scope": True, "registered_by": cast.member,
    }  # fmt: skip
    for number, days in enumerate((-1, 3, 4)):
        Petition.objects.create(no=f"X-{number}", decide_by=today + dt.timedelta(days=days), **common)
    assert missing(row_of(cast)) == {"xinfang": 2}


def test_lent_papers_are_missing_until_they_are_back(cast):
    loan = loans.lent(cast)
    assert missing(row_of(cast))["jieyue"] == 1
    services.give_back(
        actor=cast.member, loan=loan, revision=loan.revision, receiver="会计", returned_on=clock.today()
    )
    assert "jieyue" not in missing(row_of(cast))


def test_papers_stand_on_the_day_they_came_in(cast, client):
    papers.draft(cast, title="今天写的")
    earlier = papers.draft(cast, title="三天前写的")
    Finding.objects.filter(pk=earlier.pk).update(prepared_on=clock.today() - dt.timedelta(days=3))
    counts = [count for _, count in row_of(cast).arrived]
    assert counts == [0, 0, 0, 1, 0, 0, 1]
    assert [count for _, count in row_of(cast, until=clock.today() - dt.timedelta(days=1)).arrived][4] == 1
    client.force_login(cast.leader)
    text = page(client, cast.inspection, day=clock.today().isoformat()).content.decode()
    assert "今天写的" in text and "三天前写的" not in text
    assert page(client, cast.inspection, day="2026-13-45").status_code == 404
    assert page(client, cast.inspection, gap="other").status_code == 404


def test_other_teams_count_nothing_here_and_do_not_find_the_village(cast, client):
    papers.draft(cast, evidence=[])
    cast.inspection.status = Stage.FINDING
    assert missing(row_of(cast, cast.outsider)) == {}
    assert [row_of(cast, viewer).complete for viewer in (cast.outsider, cast.leader)] == [True, False]
    assert missing(row_of(cast, cast.office_clerk)) == {"cailiao": 1}
    client.force_login(cast.outsider)
    assert page(client, cast.inspection, gap="cailiao").status_code == 404


@pytest.mark.parametrize("day", ["", "2026-03-05", "1066-10-14", "9999-12-31", "heute"])
def test_the_page_shows_any_week(day, cast, client):
    papers.draft(cast, evidence=[])
    client.force_login(cast.leader)
    response = client.get(reverse("findings:progress"), {"day": day})
    assert response.status_code == 200
    gap = reverse("findings:progress_gap", kwargs={"pk": cast.inspection.pk, "gap": "cailiao"})
    assert gap in response.content.decode()
    assert all(on <= clock.today() for on in response.context["days"])


def test_the_board_asks_as_often_for_three_villages_as_for_one(cast):
    villages = [cast.inspection]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            board(cast.leader, cast.round, villages, clock.today())
        return len(captured)

    papers.draft(cast, evidence=[])
    one = queries()
    for _ in range(2):
        villages.append(make_inspection(cast.team, make_village(cast.town_place), status="finding"))
        papers.draft(cast, inspection=villages[-1], evidence=[])
    assert queries() == one
    assert len(GAPS) == 8


def test_only_what_is_missing_stands_in_red_and_the_page_says_so(cast, client):
    papers.draft(cast, evidence=[])
    leads.a_lead(cast)
    client.force_login(cast.leader)
    html = client.get(reverse("findings:progress")).content.decode()

    def classes(gap):
        address = reverse("findings:progress_gap", kwargs={"pk": cast.inspection.pk, "gap": gap})
        return re.findall(rf'<a class="([^"]*)" href="{address}"', html)

    assert classes("cailiao") == ["lacking"]
    assert classes("yidian") == ["plain"]
    assert "红字是" in html
