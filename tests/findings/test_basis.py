"""The basis of a paper against the rule book: on its page, beside the signature, in the form; and who cites a rule."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from findings import services
from findings.models import Finding
from findings.selectors.basis import flagged_papers, papers_citing
from findings.selectors.watch import first_words
from tests.factories import make_member
from tests.findings import papers
from tests.prep.lists import make_item
from tests.prep.rulebook import DISCIPLINE, discipline, edition, make_rule
from villages.models import Recusal, TeamRole

pytestmark = pytest.mark.django_db
NAMED_2018 = f"《{DISCIPLINE}》（2018年10月1日起施行）第九十八条"
FLAG = "依据时效：行为跨越版本"
PERIOD = {"period_from": dt.date(2023, 6, 1), "period_to": dt.date(2025, 12, 31)}


@pytest.fixture
def rule(cast):
    return discipline()


def page(response):
    return response.content.decode()


def at(paper, pane=False):
    return reverse("findings:finding", args=[paper.pk]) + ("?pane=1" if pane else "")


# --- before the signature ---------------------------------------------------------------------------------


@pytest.mark.parametrize("pane", [False, True])
def test_the_flag_stands_beside_the_signature_and_keeps_nobody_from_signing(cast, client, rule, pane):
    paper = papers.draft(cast, basis=[NAMED_2018])
    client.force_login(cast.member)
    shown = page(client.get(at(paper, pane)))
    assert FLAG in shown and "由组长把关" in shown and "提交复核" in shown
    assert NAMED_2018 in shown and reverse("prep:regulation", args=[rule.pk]) in shown
    services.sign_as_handler(actor=cast.member, finding=paper)
    assert papers.reload(paper).status == "checking"


@pytest.mark.parametrize(("state", "who"), [("draft", "archivist"), ("filed", "member")])
def test_who_has_no_step_to_take_reads_it_beside_the_line(cast, client, rule, state, who):
    paper = getattr(papers, state)(cast, basis=[NAMED_2018])
    client.force_login(getattr(cast, who))
    shown = page(client.get(at(paper)))
    assert "行为跨越版本" in shown and "由组长把关" in shown and FLAG not in shown


def test_a_citation_in_force_at_the_time_is_not_flagged(cast, client, rule):
    paper = papers.draft(
        cast, basis=[NAMED_2018], period_from=dt.date(2019, 1, 1), period_to=dt.date(2023, 12, 31)
    )
    client.force_login(cast.member)
    shown = page(client.get(at(paper)))
    assert "行为时施行" in shown and "依据时效" not in shown


def test_years_count_where_no_period_is_given(cast, client, rule):
    paper = papers.draft(cast, basis=[NAMED_2018], period_from=None, period_to=None, years=[2017])
    client.force_login(cast.member)
    shown = page(client.get(at(paper)))
    assert "行为时尚未施行" in shown and "（2017年）尚未施行" in shown


def test_what_is_signed_stays_as_it_was_typed(cast, client, rule):
    typed = [NAMED_2018, "《青岚区某办法》<b>第三条</b>", "＝纪律处分条例"]
    paper = papers.signed(cast, basis=typed)
    client.force_login(cast.leader)
    shown = page(client.get(at(paper)))
    assert papers.reload(paper).basis == typed
    assert "&lt;b&gt;第三条" in shown and "库中没有" in shown and "内容与签名时不一致" not in shown


@pytest.mark.parametrize("pane", [False, True])
def test_one_line_and_many_ask_the_same_number_of_queries(cast, client, rule, pane):
    make_rule("信访条例", ("2005-05-01", "2022-04-30"))
    client.force_login(cast.member)
    one = papers.draft(cast, basis=[NAMED_2018])
    many = papers.draft(cast, basis=[NAMED_2018, "《信访条例》", f"《{DISCIPLINE}》", "《某办法》"] * 4)
    for paper in (one, many):  # a first look is written down
        client.get(at(paper, pane))
    counts = []
    for paper in (one, many):
        with CaptureQueriesContext(connection) as found:
            client.get(at(paper, pane))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_review_list_reads_the_book_for_the_open_paper_only(cast, client, rule):
    client.force_login(cast.leader)
    papers.draft(cast, basis=[NAMED_2018])
    address = reverse("findings:review")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(4):
        papers.draft(cast, basis=[NAMED_2018, "《信访条例》"])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
    assert sum("prep_regulation" in query["sql"] for query in many) == 2


def test_signing_many_at_once_names_the_papers_to_be_looked_at_again(cast, client, rule):
    doubtful, fine = papers.signing(cast, basis=[NAMED_2018]), papers.signing(cast)
    client.force_login(cast.leader)
    ticked = [f"{paper.pk}:{paper.revision}" for paper in (doubtful, fine)]
    text = page(client.post(reverse("findings:bulk_sign"), {"paper": ticked}, follow=True))
    assert "已办理 2 份" in text and f"{papers.reload(doubtful).short_no} 引用的依据" in text
    with CaptureQueriesContext(connection) as found:
        assert flagged_papers(cast.leader, [doubtful, fine] * 20) == [doubtful] * 20
    assert len(found) == 2


# --- while writing ----------------------------------------------------------------------------------------


def test_the_form_has_the_picker_and_still_takes_what_is_typed(cast, client, rule):
    client.force_login(cast.member)
    paper = papers.draft(cast, basis=["《办法》第十九条"])
    address = reverse("findings:finding_edit", args=[paper.pk])
    shown = page(client.get(address))
    assert reverse("prep:citation_pick") in shown and "《办法》第十九条</textarea>" in shown
    assert (
        'class="textarea form-control"' in shown or "form-control" in shown.partition('name="basis"')[2][:200]
    )


def pick(client, **typed):
    return page(client.get(reverse("prep:citation_pick"), typed))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("纪律处分条例 98", f"《{DISCIPLINE}》（2018年10月1日起施行）第九十八条"),
        ("《中国共产党纪律处分条例》第98条", f"《{DISCIPLINE}》（2024年1月1日起施行）第九十八条"),
        ("处分条例（2018年", f"《{DISCIPLINE}》（2018年10月1日起施行）"),
        ("礼品礼金", f"《{DISCIPLINE}》（2018年10月1日起施行）第八十八条"),
    ],
)
def test_the_picker_offers_lines_ready_to_be_cited(cast, client, rule, typed, line):
    own = edition(DISCIPLINE, "2018-10-01")
    type(own).objects.filter(pk=own.pk).update(articles="第八十八条 收受礼品礼金")
    client.force_login(cast.member)
    assert f'data-cite="{line}"' in pick(client, cite=typed)


def test_the_edition_that_was_in_force_then_comes_first(cast, client, rule):
    client.force_login(cast.member)
    shown = pick(client, cite="纪律处分", period_from="2019-01-01", period_to="2019-02-01")
    assert shown.index("2018年10月1日") < shown.index("2024年1月1日") and shown.count("行为时施行") == 1
    assert "2024年1月1日" in pick(client, cite="纪律处分", period_from="x", years="很久以前")


def test_nothing_found_and_nothing_typed_say_so(cast, client, rule):
    client.force_login(cast.member)
    assert "没有找到“&lt;b&gt;" in pick(client, cite="<b>")
    assert pick(client, cite="").strip() == "" and pick(client, cite="98 第九十八条").strip() != "500"


def test_rules_switched_off_are_not_offered(cast, client, rule):
    type(rule).objects.update(active=False)
    client.force_login(cast.member)
    assert "没有找到" in pick(client, cite="纪律处分")


def test_one_rule_found_and_many_ask_the_same_number_of_queries(cast, client, rule):
    client.force_login(cast.member)
    pick(client, cite="条例")
    with CaptureQueriesContext(connection) as few:
        pick(client, cite="条例")
    for number in range(5):
        make_rule(f"条例{number}号", "2020-01-01", "2022-01-01")
    with CaptureQueriesContext(connection) as many:
        pick(client, cite="条例")
    assert len(few) == len(many)


def test_lines_are_checked_as_typed_and_another_edition_is_offered(cast, client, rule):
    client.force_login(cast.member)
    typed = {
        "basis": f"\n《{DISCIPLINE}》第九十八条\r\n《办法》",
        "period_from": "2019-01-01",
        "prepared_on": "2026-03-05",
    }
    shown = page(client.post(reverse("prep:citation_check"), typed))
    assert "行为时是另一版" in shown and "没有写明版本" in shown and "第2行" in shown
    assert f'data-cite="《{DISCIPLINE}》（2018年10月1日起施行）" data-cite-line="0"' in shown
    assert page(client.post(reverse("prep:citation_check"), {})).strip() == ""


# --- who cites a rule -------------------------------------------------------------------------------------


def cited(viewer, rule, **how):
    return [paper.title for paper in papers_citing(viewer, rule, **how).papers]


def test_papers_that_cite_a_rule_by_whatever_name_newest_first(cast, rule):
    make_rule("行政机关公务员纪律处分条例", "2007-06-01")
    papers.draft(cast, title="全称", basis=[NAMED_2018])
    papers.draft(cast, title="简称", basis=["违反纪律处分条例第五条"])
    papers.draft(cast, title="另一件", basis=["《行政机关公务员纪律处分条例》"])
    papers.draft(cast, title="没有依据", basis=[])
    assert cited(cast.leader, rule) == ["简称", "全称"]


def test_only_papers_one_may_see_are_named(cast, client, rule):
    papers.draft(cast, title="本组的", basis=[NAMED_2018])
    papers.draft(
        cast, title="外组的", basis=[NAMED_2018], handler=cast.outsider, inspection=cast.other_inspection
    )
    assert cited(cast.member, rule) == ["本组的"]
    assert cited(cast.outsider, rule) == ["外组的"]
    assert cited(cast.office_head, rule) == ["外组的", "本组的"]
    assert cited(cast.town, rule) == cited(cast.sysadmin, rule) == []
    client.force_login(cast.member)
    shown = page(client.get(reverse("findings:of_regulation", args=[rule.pk])))
    assert "本组的" in shown and "外组的" not in shown and "已查看您可见的1份底稿" in shown


def test_papers_of_a_village_one_stands_aside_from_are_not_named(cast, rule):
    papers.draft(cast, title="本组的", basis=[NAMED_2018])
    aside = make_member(cast.team, TeamRole.MEMBER)
    Recusal.objects.create(user=aside, village=cast.village_place, relation="kin")
    assert cited(aside, rule) == []


def test_papers_put_aside_are_not_named(cast, rule):
    papers.withdrawn(cast, basis=[NAMED_2018])
    paper = papers.draft(cast, basis=[NAMED_2018])
    services.delete_finding(actor=cast.member, finding=paper, revision=paper.revision, reason="重复")
    assert cited(cast.leader, rule) == []


def test_a_long_list_is_looked_through_page_by_page(cast, client, rule):
    for number in range(5):
        papers.draft(cast, title=f"第{number}份", basis=[NAMED_2018] if number % 2 == 0 else [])
    first = papers_citing(cast.leader, rule, size=2)
    assert ([p.title for p in first.papers], first.looked) == (["第4份"], 2)
    second = papers_citing(cast.leader, rule, size=2, cursor=first.page.next)
    third = papers_citing(cast.leader, rule, size=2, cursor=second.page.next)
    assert [p.title for p in second.papers + third.papers] == ["第2份", "第0份"] and not third.page.next
    assert papers_citing(cast.leader, rule, size=2, cursor="x").papers == first.papers


def test_one_citing_paper_and_many_ask_the_same_number_of_queries(cast, client, rule):
    client.force_login(cast.leader)
    address = reverse("findings:of_regulation", args=[rule.pk])
    papers.draft(cast, basis=[NAMED_2018])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(4):
        papers.draft(cast, basis=[NAMED_2018])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)


# --- the watch list ---------------------------------------------------------------------------------------


def test_an_item_shows_the_rule_it_names_and_carries_its_line_over(cast, client, rule):
    item = make_item(cast.inspection, basis="纪律处分条例有关规定")
    client.force_login(cast.member)
    shown = page(client.get(reverse("prep:watchitem", args=[item.pk])))
    assert reverse("prep:regulation", args=[rule.pk]) in shown and "2024年1月1日起施行" in shown
    assert first_words(item)["basis"] == ["纪律处分条例有关规定"]
    assert not Finding.objects.exists()
