"""One problem through the years: what is proposed, who judges, how threads are made, joined and taken apart."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from findings import rules, services
from findings.models import Finding, ProblemThread, ThreadPaper, ThreadRefusal
from findings.selectors.threads import proposals, reachable, threads_of, village_threads
from prep.models import Origin
from tests.factories import make_inspection, make_village
from tests.findings import papers, threads
from tests.prep.lists import make_item
from villages.models import Recusal, Stage

pytestmark = pytest.mark.django_db

ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip
OFFICE, TEAM = {"office_head", "office_clerk"}, {"leader", "deputy", "member", "archivist"}


@pytest.fixture
def old(cast):
    return threads.earlier_round(cast)


def proposed(viewer, finding):
    return [row.finding.pk for row in proposals(viewer, finding).open]


# --- what is proposed -------------------------------------------------------------------------------------


def test_an_earlier_confirmed_paper_and_other_years_of_this_round_are_proposed(cast, old):
    before = threads.earlier_paper(cast, old, years=[2021])
    this_round = threads.paper(cast, years=[2020])
    assert set(proposed(cast.member, threads.paper(cast))) == {before.pk, this_round.pk}


def test_what_is_not_of_this_village_or_does_not_stand_is_never_proposed(cast, old):
    for state in ("draft", "checking", "returned"):
        threads.earlier_paper(cast, old, state=state)
    elsewhere = make_inspection(cast.team, make_village(cast.town_place))
    papers.draft(cast, inspection=elsewhere, **threads.POND)
    papers.withdrawn(cast, **threads.POND)
    deleted = threads.paper(cast)
    services.delete_finding(actor=cast.member, finding=deleted, revision=deleted.revision, reason="重复")
    mine = threads.paper(cast)
    assert proposed(cast.member, mine) == []
    assert mine.pk not in set(reachable(cast.member, mine).values_list("pk", flat=True))


def test_a_team_of_an_earlier_round_is_not_told_what_a_later_one_found(cast, old):
    before = threads.earlier_paper(cast, old)
    later = threads.loaded(papers.signed(cast, **threads.POND))
    draft = threads.paper(cast)
    assert proposed(old.member, before) == []
    assert proposed(cast.office_clerk, before) == [later.pk]
    assert set(proposed(cast.member, draft)) == {later.pk, before.pk}
    before = threads.earlier_paper(cast, old, state="draft")
    assert later.pk not in proposed(cast.office_clerk, before)


def test_the_item_that_followed_an_earlier_paper_up_leads_back_to_it(cast, old):
    before = threads.earlier_paper(cast, old, title="收益分配方案没有公示", summary="未张榜。")
    item = make_item(
        cast.inspection,
        origin=Origin.EARLIER,
        source_key=f"earlier:{before.pk}",
        title="上轮问题是否整改到位",
    )
    mine = threads.loaded(
        services.create_finding(
            actor=cast.member, inspection=cast.inspection, watch_item=item,
            values=papers.values(cast, title="分红仍由个别人说了算", summary="账目没有上墙。"),
        )
    )  # fmt: skip
    row = proposals(cast.member, mine).open[0]
    assert row.finding.pk == before.pk and "待查问题清单从以往底稿带入" in row.like.reasons[0]
    assert not row.readable and proposals(cast.office_clerk, mine).open[0].readable


def test_the_number_of_queries_and_of_papers_looked_at_is_bounded(
    cast, old, django_assert_num_queries, monkeypatch
):
    mine = threads.paper(cast)
    threads.earlier_paper(cast, old)
    with django_assert_num_queries(4):
        assert len(proposals(cast.office_clerk, mine).open) == 1
    for _ in range(8):
        threads.earlier_paper(cast, old)
    with django_assert_num_queries(4):
        found = proposals(cast.office_clerk, mine)
    assert (len(found.open), found.more) == (6, 3)
    monkeypatch.setattr("findings.selectors.threads.MOST", 2)
    assert len(proposals(cast.office_clerk, mine).open) == 2


# --- confirm, reject, by hand -----------------------------------------------------------------------------


def test_confirmed_papers_make_one_thread_with_its_years_in_the_newest_round(cast, old):
    before = threads.earlier_paper(cast, old, years=[2020, 2021])
    mine = threads.paper(cast, years=[2024, 2025])
    thread = services.put_together(actor=cast.member, finding=mine, other=before)
    assert (thread.years, thread.first_year, thread.last_year) == ([2020, 2021, 2024, 2025], 2020, 2025)
    assert (thread.year_count, thread.paper_count, thread.round_count) == (4, 2, 2)
    assert (thread.inspection, thread.team, thread.round) == (cast.inspection, cast.team, cast.round)
    assert proposals(cast.member, mine).open == [] and proposals(cast.member, mine).own.thread == thread
    assert any("用语相近" in reason for reason in ThreadPaper.objects.get(finding=mine).reasons)
    third = threads.paper(cast, years=[2022])
    assert services.put_together(actor=cast.deputy, finding=third, other=before) == thread
    assert ProblemThread.objects.get().years == [2020, 2021, 2022, 2024, 2025]
    with pytest.raises(ServiceError, match="已经归在同一条历年问题"):
        services.put_together(actor=cast.deputy, finding=third, other=mine)


def test_a_paper_has_one_place_and_the_database_says_so(cast, old):
    thread = threads.thread(cast, old)
    place = thread.papers.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        place.pk = None
        ThreadPaper.objects.create(
            thread=thread, finding=place.finding, inspection=place.inspection, round=place.round,
            team=place.team, village=place.village, town=place.town,
        )  # fmt: skip


def test_a_rejected_pair_is_remembered_with_its_reason_and_may_be_thought_over(cast, old):
    before, mine = threads.earlier_paper(cast, old), threads.paper(cast)
    with pytest.raises(ServiceError, match="理由"):
        services.refuse_proposal(actor=cast.member, finding=mine, other=before, reason=" \x00 ")
    row = services.refuse_proposal(actor=cast.member, finding=mine, other=before, reason="两口塘<b>")
    assert proposed(cast.member, mine) == []
    assert [r.reason for r in proposals(cast.member, mine).refused] == ["两口塘<b>"]
    with pytest.raises(StaleRecord):
        services.recall_refusal(actor=cast.member, refusal=row, revision=row.revision + 1)
    services.recall_refusal(actor=cast.member, refusal=row, revision=row.revision)
    assert proposed(cast.member, mine) == [before.pk] and not ThreadRefusal.objects.exists()
    assert AuditEntry.objects.get(verb="findings.thread.recall").before["理由"] == "两口塘<b>"


def test_by_hand_a_paper_that_was_not_proposed_needs_a_reason_and_lifts_a_rejection(cast, old):
    before = threads.earlier_paper(cast, old, title="值班无人", summary="", amount=None, years=[2019])
    mine = threads.paper(cast)
    assert proposals(cast.member, mine).others == [before]
    with pytest.raises(ServiceError, match="没有提示"):
        services.put_together(actor=cast.member, finding=mine, other=before)
    services.refuse_proposal(actor=cast.member, finding=mine, other=before, reason="看错")
    thread = services.put_together(actor=cast.member, finding=mine, other=before, note="同一口塘")
    assert {row.note for row in thread.papers.all()} == {"同一口塘"} and not ThreadRefusal.objects.exists()


def test_a_paper_of_another_village_or_of_nobody_is_refused(cast, old):
    mine = threads.paper(cast)
    foreign = papers.draft(cast, handler=cast.outsider, inspection=cast.other_inspection, **threads.POND)
    draft = threads.earlier_paper(cast, old, state="draft")
    for other in (foreign, draft, mine):
        with pytest.raises(ServiceError, match="同一村"):
            services.put_together(actor=cast.member, finding=mine, other=other, note="试")
        with pytest.raises(ServiceError, match="同一村"):
            services.refuse_proposal(actor=cast.member, finding=mine, other=other, reason="试")


# --- join and take out ------------------------------------------------------------------------------------


def test_two_threads_become_the_newer_one_whichever_page_it_is_done_on(cast, old):
    first, second = threads.two_threads(cast, old)
    kept = services.join_threads(actor=cast.office_clerk, thread=first, other=second, reason="同一口塘")
    assert kept == second and ProblemThread.objects.get().years == [2021, 2023, 2024, 2025]
    assert kept.papers.count() == 4 and kept.round_count == 3
    entry = AuditEntry.objects.get(verb="findings.thread.join")
    assert (entry.target_id, entry.reason, entry.before["并入的历年问题"]) == (
        str(kept.pk),
        "同一口塘",
        first.title,
    )


def test_confirming_a_paper_of_another_thread_joins_the_two(cast, old):
    first, second = threads.two_threads(cast, old)
    mine, theirs = second.papers.first().finding, first.papers.first().finding
    kept = services.put_together(
        actor=cast.member, finding=threads.loaded(mine), other=threads.loaded(theirs)
    )
    assert kept == second and ProblemThread.objects.count() == 1 and kept.papers.count() == 4


def test_threads_are_joined_only_with_a_visible_one_of_the_village_and_a_reason(cast, old):
    first, second = threads.two_threads(cast, old)
    for other, reason in ((second, "同"), (first, " ")):
        with pytest.raises(ServiceError):
            services.join_threads(actor=cast.member, thread=second, other=other, reason=reason)
    ProblemThread.objects.filter(pk=first.pk).update(village=cast.other_village_place)
    with pytest.raises(ServiceError, match="同一村"):
        services.join_threads(actor=cast.office_clerk, thread=second, other=first, reason="同")


def test_a_paper_taken_out_is_not_proposed_again_and_a_thread_of_one_is_none(cast, old):
    thread = threads.thread(cast, old)
    third = threads.paper(cast, years=[2019])
    services.put_together(actor=cast.member, finding=third, other=thread.papers.first().finding)
    place = ThreadPaper.objects.get(finding=third)
    with pytest.raises(ServiceError, match="理由"):
        services.take_out(actor=cast.member, place=place, revision=place.revision, reason="")
    with pytest.raises(StaleRecord):
        services.take_out(actor=cast.member, place=place, revision=place.revision + 1, reason="另一口")
    services.take_out(actor=cast.member, place=place, revision=place.revision, reason="另一口")
    assert 2019 not in ProblemThread.objects.get().years and ThreadRefusal.objects.count() == 2
    assert proposed(cast.member, third) == []
    place = ThreadPaper.objects.order_by("-id").first()
    services.take_out(actor=cast.member, place=place, revision=place.revision, reason="不同")
    assert not ProblemThread.objects.exists() and not ThreadPaper.objects.exists()
    assert AuditEntry.objects.filter(verb="findings.thread.dissolve").count() == 1


def test_the_newest_paper_taken_out_gives_the_thread_back_to_the_earlier_round(cast, old):
    oldest = threads.earlier_round(cast, year=2022)
    thread = threads.thread(cast, old)
    thread = services.put_together(
        actor=cast.office_clerk, finding=thread.papers.get(round=old.round).finding,
        other=threads.earlier_paper(cast, oldest),
    )  # fmt: skip
    place = thread.papers.get(round=cast.round)
    services.take_out(actor=cast.member, place=place, revision=place.revision, reason="另一口")
    assert ProblemThread.objects.get().round == old.round


# --- papers that change -----------------------------------------------------------------------------------


def test_years_follow_their_papers_through_edits_and_withdrawals(cast, old):
    before = threads.earlier_paper(cast, old, years=[2020])
    mine = threads.loaded(papers.signed(cast, **threads.POND, years=[2025]))
    services.put_together(actor=cast.member, finding=mine, other=before)
    services.edit_finding(
        actor=cast.member, finding=papers.reload(mine), revision=papers.reload(mine).revision,
        values={"years": [2024, 2025]},
    )  # fmt: skip
    assert ProblemThread.objects.get().years == [2020, 2024, 2025]
    services.sign_as_handler(actor=cast.member, finding=papers.reload(mine))
    services.withdraw_finding(
        actor=cast.leader, finding=papers.reload(mine), reason="不成立", group_decision="同意"
    )
    thread = ProblemThread.objects.get()
    assert (thread.years, thread.paper_count, thread.round_count) == ([2020], 1, 1)
    assert thread.papers.count() == 2


def test_a_deleted_draft_counts_again_when_it_is_restored(cast, old):
    thread = threads.thread(cast, old)
    mine = papers.reload(thread.papers.get(round=cast.round).finding)
    services.delete_finding(actor=cast.member, finding=mine, revision=mine.revision, reason="重复")
    assert ProblemThread.objects.get().paper_count == 1
    services.restore_finding(actor=cast.member, finding=mine, revision=mine.revision)
    assert ProblemThread.objects.get().paper_count == 2


def merge(cast, finding, into):
    services.sign_as_handler(actor=cast.member, finding=papers.reload(finding))
    services.merge_finding(
        actor=cast.deputy, finding=papers.reload(finding), into=papers.reload(into), reason="同一件事"
    )


def test_the_place_of_a_merged_paper_goes_to_the_kept_one(cast, old):
    thread = threads.thread(cast, old)
    mine, kept = thread.papers.get(round=cast.round).finding, threads.paper(cast, years=[2018])
    merge(cast, mine, kept)
    thread = ProblemThread.objects.get()
    assert thread.papers.get(round=cast.round).finding_id == kept.pk and 2018 in thread.years
    assert thread.paper_count == 2


def test_merged_within_one_thread_the_place_is_given_up_and_between_two_it_stays(cast, old):
    thread = threads.thread(cast, old)
    mine, kept = thread.papers.get(round=cast.round).finding, threads.paper(cast)
    services.put_together(actor=cast.member, finding=kept, other=threads.loaded(mine))
    merge(cast, mine, kept)
    assert ProblemThread.objects.get().papers.count() == 2
    other = services.put_together(actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast))
    gone = other.papers.first().finding
    merge(cast, gone, kept)
    other.refresh_from_db()
    assert (other.papers.count(), other.paper_count) == (2, 1)


# --- who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", Stage.values)
def test_each_role_judges_exactly_while_its_stage_lasts(cast, old, stage):
    thread = threads.thread(cast, old)
    threads.over(cast.inspection, stage)
    thread = ProblemThread.objects.select_related("inspection", "team").get()
    finding = threads.loaded(thread.papers.get(round=cast.round).finding)
    expected = OFFICE | (TEAM if stage not in ("rectify", "filed") else set())
    for row, rule in ((thread, rules.can_thread), (finding, rules.can_thread_paper)):
        assert {role for role in ROLES if rule(getattr(cast, role), row)} == expected


@pytest.mark.parametrize("state", papers.BY_STATE)
def test_in_each_state_of_a_paper_only_what_stands_is_judged(cast, state):
    finding = threads.loaded(papers.BY_STATE[state](cast))
    may = {role for role in ROLES if rules.can_thread_paper(getattr(cast, role), finding)}
    assert may == (set() if state in ("withdrawn", "merged") else OFFICE | TEAM)


def test_every_service_asks_the_rule(cast, old):
    before, mine, thread = threads.earlier_paper(cast, old), threads.paper(cast), threads.thread(cast, old)
    place = thread.papers.first()
    refusal = services.refuse_proposal(actor=cast.member, finding=mine, other=before, reason="两口塘")
    for actor in (cast.outsider, cast.town, cast.village, cast.sysadmin, old.member):
        for do in (
            lambda a: services.put_together(actor=a, finding=mine, other=before),
            lambda a: services.refuse_proposal(actor=a, finding=mine, other=before, reason="x"),
            lambda a: services.recall_refusal(actor=a, refusal=refusal, revision=refusal.revision),
            lambda a: services.rename_thread(actor=a, thread=thread, revision=thread.revision, title="x"),
            lambda a: services.join_threads(actor=a, thread=thread, other=thread, reason="x"),
            lambda a: services.take_out(actor=a, place=place, revision=place.revision, reason="x"),
        ):
            with pytest.raises(NotAllowed):
                do(actor)


def test_who_sees_a_thread(cast, old):
    threads.thread(cast, old)

    def sees():
        return {role for role in ROLES if ProblemThread.objects.visible_to(getattr(cast, role)).exists()}

    assert sees() == OFFICE | TEAM and not ThreadPaper.objects.visible_to(old.member).exists()
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    assert sees() == OFFICE | TEAM - {"member"}
    fresh = type(cast.member).objects.get(pk=cast.member.pk)
    assert not rules.can_thread(fresh, ProblemThread.objects.get())


def test_a_later_team_sees_the_thread_of_an_earlier_one_and_not_the_other_way(cast, old):
    oldest = threads.earlier_round(cast, year=2022)
    thread = services.put_together(
        actor=cast.office_clerk, finding=threads.earlier_paper(cast, old),
        other=threads.earlier_paper(cast, oldest),
    )  # fmt: skip
    visible = ProblemThread.objects.visible_to
    assert visible(cast.member).exists() and visible(old.member).exists()
    assert not visible(oldest.member).exists()
    first = Finding.objects.get(thread_paper__thread=thread, round=oldest.round)
    threads.over(oldest.inspection, "finding")
    found = proposals(oldest.member, threads.loaded(first))
    assert found.own is None and found.elsewhere
    more = papers.draft(cast, handler=oldest.member, inspection=oldest.inspection, **threads.POND)
    with pytest.raises(ServiceError, match="后续轮次"):
        services.put_together(actor=oldest.member, finding=threads.loaded(more), other=threads.loaded(first))


def test_threads_of_a_village_and_of_one_inspection_for_reports(cast, old, django_assert_num_queries):
    thread = threads.thread(cast, old)
    with django_assert_num_queries(3):
        line = threads_of(cast.leader, cast.inspection)[0]
    assert (line.thread, line.rounds, line.state) == (thread, ["2024年轮", cast.round.name], "2轮都有发现")
    assert line.last_seen == cast.round.name and line.years == [2023, 2024, 2025]
    threads.thread(cast, threads.earlier_round(cast, year=2022))
    with django_assert_num_queries(3):
        assert len(village_threads(cast.leader, cast.village_place)) == 2
    assert threads_of(cast.outsider, cast.inspection) == [] == threads_of(cast.town, cast.inspection)
    assert [row.thread for row in threads_of(cast.office_clerk, old.inspection)] == [thread]


def test_a_name_survives_unchanged_and_an_empty_one_is_refused(cast, old):
    thread = threads.thread(cast, old)
    title = "“塘”<script>𠮷 & 合同"
    thread = services.rename_thread(actor=cast.member, thread=thread, revision=thread.revision, title=title)
    assert ProblemThread.objects.get().title == title
    with pytest.raises(ServiceError, match="名称"):
        services.rename_thread(actor=cast.member, thread=thread, revision=thread.revision, title=" \u0007 ")
    with pytest.raises(StaleRecord):
        services.rename_thread(actor=cast.member, thread=thread, revision=thread.revision - 1, title="旧")
