"""Reads: what the list counts, what the desk shows, what the search finds, and how many queries that takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from findings import selectors, services
from findings.models import Finding, SourceKind
from findings.selectors.paper import alike, chain, signatures_of
from findings.selectors.review import ReviewFilters, next_paper, review_list
from findings.selectors.talks import TalkFilters, talk_list
from tests.factories import make_inspection, make_member, make_round, make_team, make_village
from tests.findings import papers

pytestmark = pytest.mark.django_db


def listed(cast, viewer=None, **chosen):
    return review_list(viewer or cast.leader, cast.round, ReviewFilters.read(chosen))


def queries(action):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return len(captured)


@pytest.fixture
def mixed(cast):
    """Five papers of the cast's village: two to sign, one to check, one signed, one draft with one kind of source."""
    cast.second_village = make_village(cast.town_place, name="石塘村")
    second = make_inspection(cast.team, cast.second_village)
    cast.to_sign = papers.signing(cast, title="鱼塘合同到期未收回")
    papers.signing(cast, title="误工补贴无考勤", severity="ordinary", inspection=second)
    papers.checking(cast, title="白条入账")
    papers.signed(
        cast,
        title="财务公开滞后",
        category=papers.category(cast, "D"),
        subcategory=papers.category(cast, "D2"),
    )
    papers.draft(cast, title="党费未上缴", evidence=[{"name": "来信", "kind": SourceKind.PETITION}])
    gone = papers.draft(cast, title="已删草稿")
    services.delete_finding(actor=cast.member, finding=gone, revision=gone.revision, reason="重复")
    return cast


def titles(result):
    return [row.title for row in result.page.rows]


def test_the_list_shows_living_papers_in_the_order_they_were_written(mixed):
    assert titles(listed(mixed)) == [
        "鱼塘合同到期未收回",
        "误工补贴无考勤",
        "白条入账",
        "财务公开滞后",
        "党费未上缴",
    ]


def test_each_filter_narrows_and_counts_its_own_choices_with_the_others_kept(mixed):
    assert titles(listed(mixed, status="signing")) == ["鱼塘合同到期未收回", "误工补贴无考勤"]
    assert titles(listed(mixed, status="signing", village=mixed.second_village.code)) == ["误工补贴无考勤"]
    assert titles(listed(mixed, category="D")) == ["财务公开滞后"]
    assert titles(listed(mixed, severity="ordinary")) == ["误工补贴无考勤"]
    assert titles(listed(mixed, weak="1")) == ["党费未上缴"]
    assert titles(listed(mixed, q="鱼塘")) == ["鱼塘合同到期未收回"]
    found = listed(mixed, status="signing")
    assert found.states == {"signing": 2, "checking": 1, "signed": 1, "draft": 1}
    assert {row["label"]: row["count"] for row in found.villages} == {"云溪村": 1, "石塘村": 1}
    assert (found.key_count, found.weak_count, found.count, found.total) == (1, 0, 2, 5)


def test_an_unknown_filter_restricts_nothing(mixed):
    assert len(titles(listed(mixed, status="x", severity="y", sort="z; drop"))) == 5


def test_the_list_knows_what_waits_for_whom(mixed):
    waits = {
        role: listed(mixed, getattr(mixed, role)).waiting
        for role in ("leader", "deputy", "member", "office_clerk")
    }
    assert waits == {"leader": "signing", "deputy": "checking", "member": "", "office_clerk": "signed"}


def test_what_waits_for_each_is_one_choice_and_the_states_are_counted_as_they_are(mixed):
    papers.returned(mixed, title="退回待改")
    own = papers.draft(mixed, title="副组长的草稿", handler=mixed.deputy)
    mine = {
        role: titles(listed(mixed, getattr(mixed, role), status="mine"))
        for role in ("leader", "deputy", "member", "office_clerk", "outsider")
    }
    assert mine == {
        "leader": ["鱼塘合同到期未收回", "误工补贴无考勤"],
        "deputy": ["白条入账", own.title],
        "member": ["党费未上缴", "退回待改"],
        "office_clerk": ["财务公开滞后"],
        "outsider": [],
    }
    found = listed(mixed, status="mine")
    states = {"signing": 2, "checking": 1, "signed": 1, "draft": 2, "returned": 1}
    assert (found.count, found.mine_count, found.total, found.all_states) == (2, 2, 7, 7)
    assert (found.states, found.key_count) == (states, 1)
    assert {row["label"]: row["count"] for row in found.villages} == {"云溪村": 1, "石塘村": 1}
    assert (listed(mixed).mine_count, listed(mixed, village=mixed.second_village.code).mine_count) == (2, 1)


def test_where_papers_are_too_many_to_count_what_waits_is_counted_all_the_same(mixed):
    for chosen in ({}, {"village": mixed.second_village.code}, {"status": "signing"}):
        filters = ReviewFilters.read(chosen)
        counted = review_list(mixed.leader, mixed.round, filters)
        capped = review_list(mixed.leader, mixed.round, filters, exact=1)
        assert capped.mine_count == counted.mine_count > 0


def test_after_a_step_the_next_paper_that_waits_opens(mixed):
    papers.draft(mixed, title="不等组长")
    filters = ReviewFilters.read({"status": "mine"})
    following = next_paper(mixed.leader, mixed.round, filters, mixed.to_sign)
    assert Finding.objects.get(pk=following.pk).title == "误工补贴无考勤"


def test_another_team_sees_none_of_it(mixed):
    assert titles(listed(mixed, mixed.outsider)) == []
    assert titles(listed(mixed, mixed.office_clerk)) != []


def test_after_a_step_the_next_paper_of_the_same_list_opens(mixed):
    filters = ReviewFilters.read({"status": "signing"})
    following = next_paper(mixed.leader, mixed.round, filters, mixed.to_sign)
    assert Finding.objects.get(pk=following.pk).title == "误工补贴无考勤"
    assert next_paper(mixed.leader, mixed.round, filters, following).pk == mixed.to_sign.pk


def test_the_number_of_queries_does_not_grow_with_the_rows(cast):
    def read():
        review_list(cast.leader, cast.round, ReviewFilters())
        review_list(cast.leader, cast.round, ReviewFilters(status="mine"))
        selectors.desk_items(cast.leader, cast.round)
        selectors.heat(cast.leader, cast.round)
        selectors.evidence_strength_summary(cast.leader, cast.round)
        selectors.team_progress(cast.leader, cast.round)
        selectors.search(cast.leader, "鱼塘")
        selectors.counts_for(cast.leader, cast.inspection)
        talk_list(cast.leader, cast.round, TalkFilters())

    papers.signing(cast)
    papers.talk(cast)
    one = queries(read)
    for _ in range(2):
        papers.signing(cast)
        papers.talk(cast)
    assert queries(read) == one


def test_heat_counts_living_papers_by_village_and_aspect_and_links_to_them(mixed):
    papers.withdrawn(mixed)
    found = selectors.heat(mixed.leader, mixed.round)
    assert [c.short for c in found.columns] == ["政治", "思想", "组织", "作风", "纪律"]
    counts = {row.name: [cell.count for cell in row.cells] for row in found.rows}
    assert counts == {"云溪村": [0, 0, 0, 1, 3], "石塘村": [0, 0, 0, 0, 1]}
    assert found.highest == 3
    assert f"village={mixed.village_place.code}&category=E" in found.rows[0].cells[4].url


def test_counts_of_one_village(mixed):
    found = selectors.counts_for(mixed.leader, mixed.inspection)
    assert {k: found[k] for k in ("total", "confirmed", "waiting", "draft", "signing")} == {
        "total": 4, "confirmed": 1, "waiting": 2, "draft": 1, "signing": 1,
    }  # fmt: skip
    assert selectors.counts_for(mixed.outsider, mixed.inspection)["total"] == 0


def test_strength_says_how_many_problems_rest_on_how_many_kinds(mixed):
    rows = {
        row["label"]: row["count"] for row in selectors.evidence_strength_summary(mixed.leader, mixed.round)
    }
    assert rows == {"三类以上": 0, "两类": 4, "仅一类": 1}


def test_the_desk_shows_each_person_what_waits_for_them(mixed):
    kinds = {
        role: [(item.kind, item.title) for item in selectors.desk_items(getattr(mixed, role), mixed.round)]
        for role in ("leader", "deputy", "member", "office_clerk", "town", "outsider")
    }
    assert kinds["leader"] == [
        ("底稿待审签", "云溪村 · 鱼塘合同到期未收回"),
        ("底稿待审签", "石塘村 · 误工补贴无考勤"),
    ]
    assert kinds["deputy"] == [("底稿待复核", "云溪村 · 白条入账")]
    assert kinds["member"] == [("草稿", "1份问题底稿还没有提交复核")]
    assert kinds["office_clerk"] == [("待备案", "1份问题底稿已审签，待备案")]
    assert kinds["town"] == kinds["outsider"] == []


def test_a_returned_paper_is_on_its_handlers_desk(cast):
    papers.returned(cast)
    (item,) = selectors.desk_items(cast.member, cast.round)
    assert (item.kind, item.returned, item.primary) == ("底稿退回", True, True)


def test_a_long_desk_is_folded_into_one_line(cast):
    for n in range(7):
        papers.signing(cast, title=f"问题{n}")
    items = selectors.desk_items(cast.leader, cast.round)
    assert [item.title for item in items][-1] == "其余2份底稿"
    assert len(items) == 6


def test_search_finds_by_every_word_and_only_what_is_visible(mixed):
    (hit,) = selectors.search(mixed.leader, "鱼塘 云溪")
    assert hit["title"] == "鱼塘合同到期未收回"
    assert selectors.search(mixed.leader, "鱼塘 石塘村") == []
    assert selectors.search(mixed.outsider, "鱼塘") == selectors.search(mixed.town, "鱼塘") == []
    assert selectors.search(mixed.leader, "  ") == []


def test_only_signed_papers_are_confirmed(mixed):
    found = selectors.confirmed_findings(mixed.leader, mixed.round, village=mixed.village_place)
    assert [row.title for row in found] == ["财务公开滞后"]


def test_the_chain_says_who_signed_and_whose_turn_it_is(cast):
    finding = papers.checking(cast)
    links = chain(finding, signatures_of(finding))
    assert [(link.word, bool(link.signature), link.now) for link in links] == [
        ("经办", True, False), ("复核", False, True), ("审签", False, False),
    ]  # fmt: skip


def test_the_same_kind_of_problem_elsewhere_is_shown_where_it_may_be_seen(cast):
    earlier = make_round(cast.district, cast.scheme, year=2024)
    team = make_team(earlier)
    make_member(team, "member", cast.member)
    before = make_inspection(team, cast.village_place)
    papers.draft(cast, inspection=before, title="鱼塘合同未公示")
    second = make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    papers.draft(cast, inspection=second)
    finding = papers.draft(cast)
    found = alike(cast.member, finding)
    assert [row.title for row in found.earlier] == ["鱼塘合同未公示"]
    assert found.villages == ["石塘村"]
    assert alike(cast.leader, finding).earlier == []
