"""Leads: one for a source, concluded with a reason by whose step it is, and none is lost on the way."""

import datetime as dt

import pytest

from core import clock
from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from findings import services
from findings.models import Lead, LeadCheck, LeadStatus, Talk
from findings.workflow import LEAD_FLOW
from prep.models import WatchItem
from tests.findings import leads, papers
from tests.prep.lists import make_item
from villages.models import Recusal, Stage, VillageInspection

pytestmark = pytest.mark.django_db


def move(inspection, stage):
    VillageInspection.objects.filter(pk=inspection.pk).update(status=stage)
    return VillageInspection.objects.select_related("team", "round", "village").get(pk=inspection.pk)


# --- one lead for a source --------------------------------------------------------------------------------


def test_the_same_source_gives_the_same_lead_whatever_became_of_it(cast):
    first = leads.concluded(cast, "explain", source="ledger", source_key="row-7")
    again = services.open_lead(
        actor=SYSTEM, inspection=cast.inspection, source="ledger", source_key="row-7", title="另一种说法"
    )
    assert again.pk == first.pk and again.status == LeadStatus.EXPLAINED
    assert again.title == "鱼塘租金去向不明" and Lead.objects.count() == 1


def test_the_same_key_of_another_kind_is_another_lead(cast):
    leads.a_lead(cast, source="ledger", source_key="7")
    leads.a_lead(cast, source="petition", source_key="7")
    assert Lead.objects.count() == 2


def test_a_source_belongs_to_one_village(cast):
    leads.a_lead(cast, source="ledger", source_key="7")
    with pytest.raises(ServiceError, match="另一个村"):
        leads.a_lead(
            cast, actor=cast.outsider, inspection=cast.other_inspection, source="ledger", source_key="7"
        )


def test_only_what_a_member_puts_in_by_hand_has_no_key(cast):
    assert (
        leads.a_lead(cast, source="team", source_key="").pk
        != leads.a_lead(cast, source="team", source_key="").pk
    )
    with pytest.raises(ServiceError, match="没有标识"):
        leads.a_lead(cast, source="petition", source_key="")


def test_leads_are_numbered_without_gaps(cast):
    numbers = [leads.a_lead(cast).no for _ in range(3)]
    assert [number[-7:] for number in numbers] == ["YD-0001", "YD-0002", "YD-0003"]


@pytest.mark.parametrize("who", ["office_clerk", "member", "archivist"])
def test_the_team_and_the_office_open_leads(cast, who):
    assert leads.a_lead(cast, actor=getattr(cast, who)).status == LeadStatus.OPEN


@pytest.mark.parametrize("who", ["outsider", "town", "village", "sysadmin", "discipline", "stranger"])
def test_nobody_else_opens_one(cast, who):
    with pytest.raises(NotAllowed):
        leads.a_lead(cast, actor=getattr(cast, who))


@pytest.mark.parametrize("actor", ["member", "office_clerk", "system"])
def test_once_the_village_is_being_put_right_no_lead_is_opened(cast, actor):
    inspection = move(cast.inspection, Stage.RECTIFY)
    with pytest.raises(NotAllowed):
        leads.a_lead(cast, actor=getattr(cast, actor, SYSTEM), inspection=inspection)


# --- steps ------------------------------------------------------------------------------------------------

STEPS = {"prove": "proven", "explain": "explained", "correct": "data_error", "hand_over": "handed_over"}


@pytest.mark.parametrize(("step", "state"), STEPS.items())
def test_each_conclusion_needs_its_reason_and_keeps_it(cast, step, state):
    lead = leads.checked(cast)
    with pytest.raises(ServiceError, match="理由"):
        leads.conclude(cast, lead, step, "  ")
    leads.conclude(cast, lead, step, "账实相符")
    stored = leads.reload(lead)
    assert (stored.status, stored.reason, stored.concluded_by, stored.concluded_on) == (
        state, "账实相符", cast.leader, clock.today(),
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STEPS)
def test_from_a_conclusion_only_back_to_open(cast, state, step):
    lead = leads.concluded(cast, state)
    with pytest.raises(NotAllowed):
        leads.conclude(cast, lead, step, "又一次")
    services.step_lead(actor=cast.leader, lead=lead, step="reopen", reason="有新材料")
    stored = leads.reload(lead)
    assert (stored.status, stored.reason, stored.concluded_by) == ("open", "", None)


def test_a_concluded_lead_is_neither_reworded_nor_checked_any_further(cast):
    lead = leads.concluded(cast, "explain")
    with pytest.raises(NotAllowed, match="已有结论"):
        services.edit_lead(actor=cast.leader, lead=lead, revision=lead.revision, values={"title": "改写"})
    with pytest.raises(NotAllowed, match="已有结论"):
        services.link_lead(actor=cast.leader, lead=lead, talk=papers.talk(cast))


def test_what_was_not_checked_is_not_called_true(cast):
    with pytest.raises(NotAllowed, match="先关联"):
        services.step_lead(actor=cast.leader, lead=leads.a_lead(cast), step="prove", reason="大家都这么说")


def test_a_paper_that_was_withdrawn_deleted_or_merged_proves_nothing(cast):
    lead, talk = leads.a_lead(cast), papers.talk(cast)
    for gone in (papers.withdrawn(cast), papers.merged(cast)):
        services.link_lead(actor=cast.member, lead=lead, finding=gone)
    assert not LEAD_FLOW.check(cast.leader, leads.reload(lead), "prove")
    services.link_lead(actor=cast.member, lead=lead, talk=talk)
    assert LEAD_FLOW.check(cast.leader, leads.reload(lead), "prove")
    Talk.objects.filter(pk=talk.pk).update(deleted_at=clock.now())
    assert not LEAD_FLOW.check(cast.leader, leads.reload(lead), "prove")


def test_what_is_handed_over_names_who_received_it(cast):
    lead = leads.checked(cast)
    with pytest.raises(ServiceError, match="哪个单位"):
        services.step_lead(actor=cast.leader, lead=lead, step="hand_over", reason="不归我们管")
    leads.conclude(cast, lead, "hand_over", "不归我们管")
    assert leads.reload(lead).receiver == "区纪委监委"
    services.step_lead(actor=cast.leader, lead=leads.reload(lead), step="reopen", reason="退回")
    assert leads.reload(lead).receiver == ""


# Who may conclude a lead the member holds: the member, leader, deputy; nobody holds it: the whole team.
@pytest.mark.parametrize(
    ("who", "held", "free"),
    [
        ("leader", True, True), ("deputy", True, True), ("member", True, True), ("archivist", False, True),
        ("office_head", False, False), ("outsider", False, False), ("town", False, False), ("village", False, False),
    ],
)  # fmt: skip
def test_who_concludes(cast, who, held, free):
    person = getattr(cast, who)
    for handler, expected in ((cast.member, held), (None, free)):
        lead = leads.checked(cast)
        if handler:
            services.assign_lead(actor=cast.leader, lead=lead, handler=handler)
        for step in ("prove", "explain", "correct"):
            assert bool(LEAD_FLOW.check(person, leads.reload(lead), step)) is expected, (step, handler)
        handing = bool(LEAD_FLOW.check(person, leads.reload(lead), "hand_over"))
        assert handing is (who in ("leader", "deputy"))


def test_who_stands_aside_neither_sees_nor_concludes(cast):
    lead = leads.checked(cast)
    Recusal.objects.create(user=cast.deputy, village=cast.village_place, relation="kin")
    assert not Lead.objects.visible_to(cast.deputy).exists()
    with pytest.raises(NotAllowed):
        services.step_lead(actor=cast.deputy, lead=lead, step="explain", reason="没有问题")


@pytest.mark.parametrize("stage", [Stage.REPORT, Stage.RECTIFY, Stage.FILED])
def test_after_the_stage_a_conclusion_stands(cast, stage):
    lead = leads.concluded(cast, "explain")
    move(cast.inspection, stage)
    with pytest.raises(NotAllowed):
        services.step_lead(actor=cast.leader, lead=leads.reload(lead), step="reopen", reason="再看看")


def test_the_second_of_two_conclusions_is_refused(cast):
    mine, theirs = leads.checked(cast), None
    theirs = leads.reload(mine)
    services.step_lead(
        actor=cast.leader, lead=theirs, step="explain", reason="有合同", revision=theirs.revision
    )
    with pytest.raises(StaleRecord):
        services.step_lead(
            actor=cast.deputy, lead=mine, step="correct", reason="抄错", revision=mine.revision
        )


# --- given out --------------------------------------------------------------------------------------------


def test_a_member_takes_what_nobody_holds_and_the_leader_gives_it_on(cast):
    lead = leads.a_lead(cast)
    day = clock.today() + dt.timedelta(days=3)
    services.assign_lead(actor=cast.member, lead=lead, handler=cast.member, due_on=day)
    with pytest.raises(NotAllowed):
        services.assign_lead(actor=cast.archivist, lead=leads.reload(lead), handler=cast.archivist)
    services.assign_lead(actor=cast.leader, lead=leads.reload(lead), handler=cast.archivist)
    assert leads.reload(lead).handler == cast.archivist


def test_only_members_of_the_team_are_given_leads_and_never_in_the_past(cast):
    lead = leads.a_lead(cast)
    with pytest.raises(ServiceError):
        services.assign_lead(actor=cast.leader, lead=lead, handler=cast.outsider)
    yesterday = clock.today() - dt.timedelta(days=1)
    with pytest.raises(ServiceError, match="已经过去"):
        services.assign_lead(actor=cast.leader, lead=lead, handler=cast.member, due_on=yesterday)


# --- linked -----------------------------------------------------------------------------------------------


def test_a_lead_names_what_checks_it_once(cast):
    lead, item = leads.a_lead(cast), make_item(cast.inspection)
    finding, talk = papers.draft(cast), papers.talk(cast)
    for thing in ({"finding": finding}, {"talk": talk}, {"watch_item": item}) * 2:
        services.link_lead(actor=cast.member, lead=lead, **thing)
    assert [check.thing for check in LeadCheck.objects.filter(lead=lead)] == [finding, talk, item]


def test_another_village_checks_nothing(cast):
    with pytest.raises(ServiceError, match="同一个村"):
        services.link_lead(
            actor=cast.member, lead=leads.a_lead(cast), watch_item=make_item(cast.other_inspection)
        )


def test_a_lead_becomes_a_point_of_the_watch_list_once(cast):
    lead = leads.a_lead(cast)
    first = services.watch_lead(actor=cast.member, lead=lead)
    second = services.watch_lead(actor=cast.member, lead=lead)
    assert first.pk == second.pk and WatchItem.objects.filter(inspection=cast.inspection).count() == 1
    assert (first.origin, first.title, first.category.code) == ("clue", lead.title, "E3")
    assert lead.checks.get().thing == first


# --- nothing vanishes -------------------------------------------------------------------------------------


def test_a_village_with_open_leads_does_not_end_its_stage_and_says_how_many(cast):
    move(cast.inspection, Stage.FINDING)
    papers.signed(cast)
    open_ones = [leads.checked(cast) for _ in range(2)]
    for item in WatchItem.objects.filter(inspection=cast.inspection):
        WatchItem.objects.filter(pk=item.pk).update(status="cleared", note="已查")
    with pytest.raises(ServiceError, match="还有2条疑点待核"):
        services.finish_findings(actor=cast.leader, inspection=move(cast.inspection, Stage.FINDING))
    for lead, step in zip(open_ones, ("explain", "hand_over"), strict=True):
        leads.conclude(cast, leads.reload(lead), step, "已核对")
    done = services.finish_findings(actor=cast.leader, inspection=move(cast.inspection, Stage.FINDING))
    assert done.status == Stage.REPORT


def test_a_lead_with_something_linked_cannot_be_deleted_even_by_hand(cast):
    lead = leads.checked(cast)
    with pytest.raises(Exception, match="protected"):
        lead.delete()


def test_the_trail_does_not_quote_a_lead(cast):
    lead = leads.a_lead(
        cast, title="机密标题甲", text="机密内容乙", origin="机密出处丙", source_key="机密标识丁"
    )
    services.edit_lead(
        actor=cast.member, lead=lead, revision=lead.revision, values={"title": "机密标题戊", "text": "机密己"}
    )
    services.watch_lead(actor=cast.member, lead=leads.reload(lead))
    leads.conclude(cast, leads.reload(lead), "hand_over", "机密理由庚")
    entries = AuditEntry.objects.values_list("target_label", "before", "after", "reason")
    assert "机密" not in str(list(entries)) and Lead.objects.get().title == "机密标题戊"


@pytest.mark.parametrize("who", ["town", "other_town", "village", "discipline", "organisation", "sysadmin"])
def test_only_the_inspecting_side_sees_leads(cast, who):
    leads.a_lead(cast)
    assert not Lead.objects.visible_to(getattr(cast, who)).exists()
    assert not LeadCheck.objects.visible_to(getattr(cast, who)).exists()
