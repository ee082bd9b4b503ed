"""Pages of problems through the years: judging beside a paper, the drawing, lists, and what nobody else is told."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from findings import services
from findings.models import Finding, ProblemThread, ThreadPaper, ThreadRefusal
from findings.selectors.thread_years import WIDEST, entries_of, thread_years
from prep.models import CommitteeMember, WatchStatus
from tests.factories import make_inspection, make_village
from tests.findings import papers, threads
from tests.findings.test_views import page
from tests.prep.lists import make_item

pytestmark = pytest.mark.django_db

LIST = reverse("findings:threads")
OLD_HEAD, NEW_HEAD = "欧阳甲子", "司徒乙丑"


@pytest.fixture
def old(cast):
    return threads.earlier_round(cast)


@pytest.fixture
def register(cast):
    """A secretary until the hand-over, another one since; the committee's head was never written with a day."""
    rows = [
        (OLD_HEAD, "党组织书记", dt.date(2016, 11, 30), dt.date(2021, 12, 20)),
        (NEW_HEAD, "党组织书记", dt.date(2021, 12, 20), None),
        ("无日期者", "村（居）委会主任", None, None),
    ]
    for name, post, start, end in rows:
        CommitteeMember.objects.create(
            village=cast.village_place, name=name, post=post, from_on=start, to_on=end
        )


def at(name, row):
    return reverse(f"findings:{name}", kwargs={"pk": row.pk})


def crossing(cast, old):
    """A thread over the hand-over."""
    before = threads.earlier_paper(
        cast, old, years=[2020], period_from=dt.date(2020, 1, 1), period_to=dt.date(2020, 12, 31)
    )
    return services.put_together(actor=cast.member, finding=threads.paper(cast), other=before)


# --- beside a paper ---------------------------------------------------------------------------------------


def test_from_the_proposal_to_the_thread_and_out_again_in_the_browser(cast, client, old):
    before, mine = threads.earlier_paper(cast, old), threads.paper(cast)
    client.force_login(cast.member)
    assert at("paper_threads", mine) in page(client.get(at("finding", mine)))
    card = page(client.get(at("paper_threads", mine)))
    assert "1份待判断" in card and "<mark>集体鱼塘合同到期未收回</mark>" in card and "同属“资源合同”" in card
    assert at("finding", before) not in card
    client.post(at("thread_confirm", mine), {"other": before.pk, "_key": "a"})
    thread = ProblemThread.objects.get()
    assert at("thread", thread) in page(client.get(at("paper_threads", mine)))
    shown = page(client.get(at("thread", thread)))
    assert before.summary in shown and "鱼塘" in shown and at("finding", before) not in shown
    place = ThreadPaper.objects.get(finding=before)
    sent = {"revision": place.revision, "reason": "另一口塘", "_key": "b"}
    assert "已撤销" in page(client.post(at("thread_take_out", place), sent, follow=True))
    assert not ProblemThread.objects.exists()


def test_rejecting_asks_for_a_reason_and_keeps_it_readable(cast, client, old):
    before, mine = threads.earlier_paper(cast, old), threads.paper(cast)
    client.force_login(cast.member)
    sent = {"other": before.pk, "reason": " "}
    assert "请填写" in page(client.post(at("thread_refuse", mine), sent, follow=True))
    client.post(at("thread_refuse", mine), sent | {"reason": "<i>两口塘</i>", "_key": "c"})
    card = page(client.get(at("paper_threads", mine)))
    assert "待判断" not in card and "&lt;i&gt;两口塘" in card
    row = ThreadRefusal.objects.get()
    client.post(at("thread_recall", row), {"revision": row.revision, "_key": "d"})
    assert "1份待判断" in page(client.get(at("paper_threads", mine)))


def test_by_hand_keeps_what_was_typed_when_it_is_refused(cast, client, old):
    other = threads.earlier_paper(cast, old, title="值班无人", summary="", amount=None, years=[2019])
    mine = threads.paper(cast)
    client.force_login(cast.member)
    form = page(client.get(at("thread_add", mine)))
    assert "值班无人" in form and "2024年轮" in form
    answer = client.post(at("thread_add", mine), {"other": str(other.pk), "note": ""})
    assert answer.status_code == 422 and "checked" in page(answer)
    client.post(at("thread_add", mine), {"other": str(other.pk), "note": "同一口塘𠮷<"})
    assert ThreadPaper.objects.filter(note="同一口塘𠮷<").count() == 2


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_a_paper_that_is_none_is_refused_with_a_sentence(cast, client, key):
    mine = threads.paper(cast)
    client.force_login(cast.member)
    text = page(client.post(at("thread_confirm", mine), {"other": key}, follow=True))
    assert "请选择同一村" in text and not ProblemThread.objects.exists()


def test_the_review_pane_says_it_in_few_words_and_nothing_when_there_is_nothing(cast, client, old):
    mine = threads.paper(cast)
    client.force_login(cast.leader)
    address = f"{at('paper_threads', mine)}?pane=1"
    assert page(client.get(address)).strip() == ""
    threads.earlier_paper(cast, old)
    assert "1份其他年度" in page(client.get(address))
    pane = page(client.get(f"{at('finding', mine)}?pane=1"))
    assert address in pane


# --- the drawing ------------------------------------------------------------------------------------------


def drawn(viewer, thread):
    return thread_years(viewer, thread, entries_of(viewer, thread))


def test_years_are_columns_with_terms_rounds_and_papers(cast, old, register):
    found = drawn(cast.leader, crossing(cast, old))
    assert found.columns == list(range(2020, 2027)) and found.older == []
    band = found.bands[0]
    assert [(cell.span, cell.label) for cell in band.cells] == [
        (1, OLD_HEAD), (1, f"{OLD_HEAD}、{NEW_HEAD}"), (5, NEW_HEAD),
    ]  # fmt: skip
    assert [bool(cell.kind) for cell in found.rows[0].cells] == [True] + [False] * 6
    assert [cell.label for cell in found.rounds.cells] == ["", "", "", "", "2024年轮", "", cast.round.name]
    assert found.crosses and found.undated == 1
    assert found.terms[1].lines == ("没有登记2020年至2025年的村（居）委会主任任职情况，无法对照。",)


def test_a_problem_older_than_the_page_is_wide_names_the_older_years(cast, old, register):
    thread = services.put_together(
        actor=cast.member, finding=threads.paper(cast),
        other=threads.earlier_paper(cast, old, years=[1998, 2001], period_from=None, period_to=None),
    )  # fmt: skip
    found = drawn(cast.leader, thread)
    assert len(found.columns) == WIDEST and found.older == [1998, 2001]


def test_names_are_told_to_teams_and_the_head_and_to_nobody_else(cast, client, old, register):
    thread = crossing(cast, old)
    for who, named in ((cast.leader, True), (cast.office_head, True), (cast.office_clerk, False)):
        client.force_login(who)
        text = page(client.get(at("thread", thread)))
        assert (OLD_HEAD in text, NEW_HEAD in text, "跨任期" in text) == (named, named, True)
        assert ("第1任" in text) is not named and "不作责任认定" in text
    for who in (cast.outsider, old.member, cast.town, cast.village, cast.discipline, cast.sysadmin):
        client.force_login(who)
        assert client.get(at("thread", thread)).status_code == 404


def test_of_an_earlier_teams_paper_only_what_is_confirmed_is_told(cast, client, old):
    oldest = threads.earlier_round(cast, year=2022)
    unsure = threads.earlier_paper(cast, old, title="鱼塘由亲属低价承包的传言")
    thread = services.put_together(
        actor=cast.office_clerk, finding=unsure, other=threads.earlier_paper(cast, oldest), note="同一口塘"
    )
    for status, told in (("filed", True), ("draft", False)):
        Finding.objects.filter(pk=unsure.pk).update(status=status)
        for who in (cast.office_clerk, old.member, cast.member):
            client.force_login(who)
            text = page(client.get(at("thread", thread)))
            assert ("的传言" in text) is (told or who != cast.member), (status, who)


def test_a_withdrawn_paper_stays_on_the_page_and_counts_no_more(cast, client, old):
    mine = threads.loaded(papers.signed(cast, **threads.POND))
    thread = services.put_together(actor=cast.member, finding=mine, other=threads.earlier_paper(cast, old))
    services.withdraw_finding(
        actor=cast.leader, finding=papers.reload(mine), reason="不成立", group_decision="同意"
    )
    client.force_login(cast.leader)
    text = page(client.get(at("thread", thread)))
    assert "已撤销" in text and "1份底稿" in text


def test_where_a_merged_paper_went_is_said(cast, client, old):
    thread = threads.thread(cast, old)
    mine, kept = thread.papers.get(round=cast.round).finding, threads.paper(cast, title="鱼塘到期无人管")
    services.put_together(actor=cast.member, finding=kept, other=threads.paper(cast), note="另一条")
    services.sign_as_handler(actor=cast.member, finding=papers.reload(mine))
    services.merge_finding(
        actor=cast.deputy, finding=papers.reload(mine), into=papers.reload(kept), reason="同一件事"
    )
    client.force_login(cast.leader)
    text = page(client.get(at("thread", thread)))
    assert "鱼塘到期无人管" in text and "可以把两条合并" in text


def test_what_the_watch_list_found_is_shown_to_who_may_see_it(cast, client, old):
    thread = threads.thread(cast, old)
    before = thread.papers.get(round=old.round).finding
    make_item(
        cast.inspection, source_key=f"earlier:{before.pk}", title="鱼塘是否收回",
        status=WatchStatus.CONFIRMED, note="仍由原承包户使用",
    )  # fmt: skip
    client.force_login(cast.member)
    text = page(client.get(at("thread", thread)))
    assert "鱼塘是否收回" in text and "仍由原承包户使用" in text


# --- lists ------------------------------------------------------------------------------------------------


def test_the_list_puts_most_years_first_and_filters(cast, client, old, register):
    many = crossing(cast, old)
    elsewhere = make_inspection(cast.team, make_village(cast.town_place, name="后山村"))
    one, two = (
        threads.loaded(papers.signed(cast, inspection=elsewhere, title="账外收费", years=[year]))
        for year in (2024, 2025)
    )
    few = services.put_together(actor=cast.member, finding=one, other=two)
    client.force_login(cast.leader)
    text = page(client.get(LIST))
    assert text.index(at("thread", many)) < text.index(at("thread", few)) and text.count("跨任期") == 1
    for choice, shown, hidden in (
        ("years=3", many, few), ("rounds=1", many, few), ("q=账外", few, many), ("q=后山", few, many),
        (f"village={elsewhere.village.code}", few, many),
    ):  # fmt: skip
        text = page(client.get(f"{LIST}?{choice}"))
        assert at("thread", shown) in text and at("thread", hidden) not in text, choice
    assert "换一个词或筛选条件" in page(client.get(f"{LIST}?years=4&rounds=1&q=没有"))
    client.force_login(cast.outsider)
    assert "还没有历年问题" in page(client.get(LIST))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_of_one_and_of_many_ask_the_same_number_of_queries(cast, client, old, register):
    thread = threads.thread(cast, old)
    mine = threads.loaded(thread.papers.get(round=cast.round).finding)
    client.force_login(cast.leader)
    pages = (LIST, at("thread", thread), at("paper_threads", mine), at("village_card", cast.village_place))
    few = [queries(client, address) for address in pages]
    for _ in range(2):
        services.put_together(actor=cast.member, finding=mine, other=threads.paper(cast))
        services.put_together(actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast))
    assert [queries(client, address) for address in pages] == few


def test_the_village_page_lists_its_threads_and_the_inspected_side_gets_no_part(cast, client, old):
    thread = threads.thread(cast, old)
    client.force_login(cast.office_clerk)
    assert at("village_card", cast.village_place) in page(
        client.get(reverse("villages:village", args=[cast.village_place.pk]))
    )
    text = page(client.get(at("village_card", cast.village_place)))
    assert at("thread", thread) in text and "2轮都有发现" in text
    for who in (cast.town, cast.village, cast.sysadmin):
        client.force_login(who)
        assert client.get(at("village_card", cast.village_place)).status_code == 404
    client.force_login(cast.outsider)
    assert page(client.get(at("village_card", cast.village_place))).strip() == ""


def test_two_threads_are_joined_and_a_thread_renamed_in_the_browser(cast, client, old):
    first = threads.thread(cast, old)
    second = services.put_together(actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast))
    client.force_login(cast.deputy)
    assert client.post(at("thread_join", second), {"other": first.pk, "reason": ""}).status_code == 422
    client.post(at("thread_join", second), {"other": first.pk, "reason": "同一口塘"})
    kept = ProblemThread.objects.get()
    client.post(at("thread_edit", kept), {"title": "鱼塘合同<长期>不清", "revision": kept.revision})
    assert "鱼塘合同&lt;长期&gt;不清" in page(client.get(at("thread", kept)))
    stale = client.post(at("thread_edit", kept), {"title": "又一个", "revision": kept.revision})
    assert stale.status_code == 409 and "又一个" in page(stale)


def test_the_history_says_years_as_years_and_no_word_of_the_workshop(cast, client, old):
    thread = crossing(cast, old)
    client.force_login(cast.member)
    text = page(client.get(at("thread", thread)))
    history = text[text.index("办理记录") :]
    assert f"{thread.first_year}年" in history and f"{thread.last_year}年" in history
    assert "建立历年问题" in history and "脉络" not in text
    assert not re.search(r"年度：<del[^>]*>0<|：<span>\d{4}</span>", history)
