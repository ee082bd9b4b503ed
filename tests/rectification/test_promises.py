"""What an earlier round promised for a problem, and when finding it again is called a return."""

import datetime as dt

import pytest
from django.urls import reverse

from findings import services
from rectification.models import RectifyItem
from rectification.selectors.promises import promise_rows, promises_by_thread, promises_of
from reports.models import Feedback
from tests.factories import make_office, make_town, make_user
from tests.findings import threads
from tests.rectification.ledger import make_feedback, make_feedback_item

pytestmark = pytest.mark.django_db

CLOSED = {
    "status": "closed", "plan": "收回鱼塘，公开发包", "result": "已重新发包", "reported_on": dt.date(2024, 8, 1),
    "verified_on": dt.date(2024, 8, 10), "closed_on": dt.date(2024, 8, 20), "closure_basis": "资料齐全",
}  # fmt: skip


@pytest.fixture
def old(cast):
    return threads.earlier_round(cast)


def promised(cast, old, paper, **over):
    """An item of the earlier round that the paper led to."""
    known = Feedback.objects.filter(team=old.team).first()
    feedback = known or make_feedback(cast, team=old.team, town=cast.town_place, round=old.round)
    told = make_feedback_item(cast, feedback, village=cast.village_place)
    told.findings.add(paper)
    return RectifyItem.objects.create(
        feedback_item=told, round=old.round, team=old.team, town=cast.town_place, village=cast.village_place,
        owner=cast.town.office, seq=1, doc_no="青巡反〔2024〕1号", feedback_on=dt.date(2024, 6, 1), category="纪律建设",
        title=told.title, detail=told.detail, requirement=told.requirement, level="village",
        due_on=dt.date(2024, 9, 1), **over,
    )  # fmt: skip


def said(cast, old, item=None, **found):
    """What is said of the item when the present team finds ``found``."""
    before = threads.earlier_paper(cast, old)
    promised(cast, old, before, **(CLOSED if item is None else item))
    thread = services.put_together(actor=cast.member, finding=threads.paper(cast, **found), other=before)
    return promises_of(cast.member, thread)[0]


@pytest.mark.parametrize(
    ("found", "returned", "words"),
    [
        ({"period_from": dt.date(2024, 8, 1), "period_to": dt.date(2024, 8, 21)}, True, "上轮已报整改，本轮再次发现"),
        ({"period_from": dt.date(2024, 8, 1), "period_to": dt.date(2024, 8, 20)}, False, "不算反弹"),
        ({"period_from": dt.date(2024, 8, 21), "period_to": None}, True, "2024年8月20日销号"),
        ({"period_from": None, "period_to": None, "years": [2025]}, True, "本轮再次发现"),
        ({"period_from": None, "period_to": None, "years": [2024]}, False, "同年"),
        ({"period_from": None, "period_to": None, "years": [2023]}, False, "不算反弹"),
        ({"period_from": None, "period_to": None, "years": []}, False, "没有填写发生时间"),
    ],
)  # fmt: skip
def test_only_what_lasts_beyond_the_last_word_of_rectification_is_a_return(cast, old, found, returned, words):
    row = said(cast, old, **found)
    assert (row.returned, words in row.verdict) == (returned, True)


@pytest.mark.parametrize(
    ("item", "day", "returned"),
    [
        ({"status": "pending"}, None, False),
        ({"status": "in_progress"}, None, False),
        ({"status": "returned", "reported_on": dt.date(2024, 8, 1)}, None, False),
        ({"status": "reported", "reported_on": dt.date(2024, 8, 1)}, dt.date(2024, 8, 1), True),
        ({"status": "verified", "verified_on": dt.date(2024, 8, 9)}, dt.date(2024, 8, 9), True),
        (CLOSED, dt.date(2024, 8, 20), True),
    ],
)
def test_the_day_is_that_of_the_last_step_and_none_without_a_report(cast, old, item, day, returned):
    row = said(cast, old, item=item)
    assert (row.done_on, row.returned) == (day, returned)
    assert row.item.status != "in_progress" or "还没有报完成，本轮仍有发现" in row.verdict


def test_nothing_found_later_is_said_to_have_held(cast, old):
    before, again = threads.earlier_paper(cast, old), threads.earlier_paper(cast, old)
    promised(cast, old, before, **CLOSED)
    thread = services.put_together(actor=cast.office_clerk, finding=again, other=before)
    row = promises_of(cast.office_clerk, thread)[0]
    assert (row.verdict, row.tone, row.readable) == ("以后的轮次没有再发现。", "ok", True)


def test_the_present_team_reads_the_words_and_opens_no_foreign_item(
    cast, old, client, django_assert_num_queries
):
    before = threads.earlier_paper(cast, old)
    item = promised(cast, old, before, **CLOSED | {"plan": "收回<b>鱼塘</b>"})
    thread = services.put_together(actor=cast.member, finding=threads.paper(cast), other=before)
    with django_assert_num_queries(4):
        promises_of(cast.member, thread)
    promised(cast, old, before, **CLOSED)
    with django_assert_num_queries(4):
        assert len(promises_of(cast.member, thread)) == 2
    at = reverse("rectification:thread_promises", args=[thread.pk])
    client.force_login(cast.member)
    text = client.get(at).content.decode()
    assert "收回&lt;b&gt;鱼塘" in text and "反弹" in text and "2024年8月20日 资料齐全" in text
    assert reverse("rectification:item", args=[item.pk]) not in text
    assert "反弹" in client.get(f"{at}?brief=1").content.decode()
    client.force_login(cast.office_head)
    assert reverse("rectification:item", args=[item.pk]) in client.get(at).content.decode()


def test_lists_mark_what_came_back_and_ask_once_for_all_of_them(cast, old, client, django_assert_num_queries):
    before = threads.earlier_paper(cast, old)
    promised(cast, old, before, **CLOSED)
    came_back = services.put_together(actor=cast.member, finding=threads.paper(cast), other=before)
    held = services.put_together(actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast))
    keys = [came_back.pk, held.pk]
    with django_assert_num_queries(4):
        assert [len(rows) for rows in promises_by_thread(cast.member, keys).values()] == [1, 0]
    with django_assert_num_queries(4):
        promises_by_thread(cast.member, keys[:1])
    at = f"{reverse('rectification:thread_marks')}?t={came_back.pk}&t={held.pk}&t=x"
    client.force_login(cast.member)
    text = client.get(at).content.decode()
    assert f"returned-{came_back.pk}" in text and str(held.pk) not in text
    client.force_login(cast.outsider)
    assert "returned" not in client.get(at).content.decode()
    client.force_login(cast.town)
    assert client.get(at).status_code == 403


def test_the_drawing_gets_rows_in_its_own_years(cast, old, client):
    before = threads.earlier_paper(cast, old, years=[2023])
    promised(cast, old, before, **CLOSED)
    thread = services.put_together(actor=cast.member, finding=threads.paper(cast, years=[2025]), other=before)
    cells = promise_rows(promises_of(cast.member, thread), [2023, 2024, 2025, 2026])[0].cells
    assert cells == ["", "反馈、销号", "", ""]
    client.force_login(cast.member)
    text = client.get(reverse("rectification:thread_promises", args=[thread.pk]) + "?rows=1").content.decode()
    assert text.startswith("<tbody>") and text.count("<td>") == 4


def test_the_inspected_side_and_a_later_unconcerned_team_get_nothing(cast, old, client):
    before = threads.earlier_paper(cast, old)
    promised(cast, old, before, **CLOSED)
    thread = services.put_together(actor=cast.member, finding=threads.paper(cast), other=before)
    stranger = make_user("town", office=make_office("town", town=make_town(cast.district)))
    for who in (
        cast.town,
        cast.village,
        cast.other_town,
        stranger,
        cast.outsider,
        old.member,
        cast.discipline,
    ):
        client.force_login(who)
        assert client.get(reverse("rectification:thread_promises", args=[thread.pk])).status_code == 404
