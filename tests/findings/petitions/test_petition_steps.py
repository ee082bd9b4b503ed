"""The way of a petition: proposed by one, decided by another, handled by a third, none left open."""

import datetime as dt

import pytest

from core import clock
from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import services
from findings.models import Lead, Petition, PetitionOpinion
from findings.workflow import PETITION_FLOW
from tests.factories import make_inspection, make_village
from tests.findings import leads, papers
from tests.findings.petitions import petitions
from villages.models import CalendarDay, VillageInspection

pytestmark = pytest.mark.django_db

# The member proposes and handles; who is not named may not.
WRITERS = {"leader", "deputy", "member", "archivist"}
EXPECTED = {
    ("registered", "propose"): WRITERS,
    ("registered", "merge"): {"leader", "deputy"},
    ("proposed", "review"): {"deputy"},
    ("proposed", "decide"): {"leader"},
    ("proposed", "return"): {"leader", "deputy"},
    ("proposed", "merge"): {"leader", "deputy"},
    ("handling", "reassign"): {"leader", "deputy"},
    ("handling", "close"): {"leader", "deputy", "member"},
    ("closed", "reopen"): {"leader", "deputy"},
    ("merged", "split"): {"leader", "deputy"},
}
ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip


@pytest.mark.parametrize("state", sorted(petitions.BY_STATE))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    petition = petitions.BY_STATE[state](cast)
    for step in PETITION_FLOW.transitions:
        may = {role for role in ROLES if PETITION_FLOW.check(getattr(cast, role), petition, step)}
        assert may == EXPECTED.get((state, step), set()), step


def test_a_petition_is_numbered_at_once_and_without_gaps(cast):
    first, second = petitions.registered(cast), petitions.registered(cast)
    assert first.no.endswith("-XF-0001")
    assert second.no.endswith("-XF-0002")
    with pytest.raises(ServiceError):
        petitions.registered(cast, summary="  ")
    assert petitions.registered(cast).no.endswith("-XF-0003")


@pytest.mark.parametrize("actor", ["town", "village", "discipline", "outsider", "sysadmin", "stranger"])
def test_nobody_else_registers(cast, actor):
    with pytest.raises(NotAllowed):
        petitions.registered(cast, actor=getattr(cast, actor))
    assert not Petition.objects.exists()


def test_the_office_registers_for_every_village(cast):
    assert petitions.registered(cast, actor=cast.office_clerk).registered_by == cast.office_clerk


def test_whoever_proposed_never_decides(cast):
    petition = petitions.proposed(cast, actor=cast.leader)
    with pytest.raises(NotAllowed, match="不能是同一人"):
        services.decide_petition(
            actor=cast.leader, petition=petition, disposal="keep", handler=cast.member, text="同意"
        )
    assert petitions.reload(petition).status == "proposed"


def test_what_is_to_be_checked_becomes_one_lead_and_waits_for_its_conclusion(cast):
    petition = petitions.handling(cast, disposal="verify")
    lead = petitions.lead_of(petition)
    assert (lead.text, lead.inspection, lead.due_on) == (petitions.SUMMARY, cast.inspection, petition.due_on)
    assert petition.no in lead.origin
    with pytest.raises(NotAllowed, match="核查结论"):
        services.close_petition(actor=cast.member, petition=petition, result="查完了")
    services.step_lead(
        actor=cast.leader, lead=leads.reload(lead), step="explain", reason="已入账，凭证在第3册"
    )
    services.close_petition(actor=cast.member, petition=petition, result="已有合理解释")
    services.reopen_petition(actor=cast.leader, petition=petition, text="有新情况")
    assert Lead.objects.count() == 1


def test_nothing_else_becomes_a_lead(cast):
    for disposal in ("fix_now", "answer", "keep"):
        petitions.handling(cast, disposal=disposal)
    petitions.handling(cast, disposal="department", receiver="区农业农村局")
    assert not Lead.objects.exists()


# --- scope, receiver, reply -------------------------------------------------------------------------------


def test_what_is_out_of_scope_says_why_and_where_it_goes(cast):
    for missing in ({"scope_reason": ""}, {"receiver": ""}):
        with pytest.raises(ServiceError, match="写明"):
            petitions.registered(
                cast, **{"in_scope": False, "scope_reason": "个人诉求", "receiver": "区信访局"} | missing
            )
    outside = petitions.registered(cast, in_scope=False, scope_reason="个人诉求", receiver="区信访局")
    for disposal in ("verify", "fix_now"):
        with pytest.raises(ServiceError, match="不属于巡察受理范围"):
            services.propose_petition(actor=cast.member, petition=outside, disposal=disposal, text="由本组查")
    services.propose_petition(
        actor=cast.member, petition=outside, disposal="answer", text="当面解释并告知去处"
    )
    assert petitions.reload(outside).receiver == "区信访局"


def test_after_the_closing_day_a_petition_is_only_passed_on(cast):
    # Leaves on 22 March; receives until seven days before.
    petitions.registered(cast, received_on=dt.date(2026, 3, 15))
    with pytest.raises(ServiceError, match="3月15日为止"):
        petitions.registered(cast, received_on=dt.date(2026, 3, 16))
    petitions.registered(
        cast, received_on=dt.date(2026, 3, 16), in_scope=False, scope_reason="已过受理期", receiver="区信访局"
    )


def test_a_transfer_names_its_receiver(cast):
    petition = petitions.registered(cast)
    with pytest.raises(ServiceError, match="转给哪个单位"):
        services.propose_petition(actor=cast.member, petition=petition, disposal="department", text="转办")


def test_an_answer_is_kept_only_where_one_belongs(cast):
    day = clock.today()
    kept = petitions.handling(cast, disposal="keep")
    with pytest.raises(ServiceError, match="不登记答复"):
        services.close_petition(
            actor=cast.member, petition=kept, result="留存", reply="已告知", replied_on=day
        )
    to_answer = petitions.handling(cast, disposal="answer")
    with pytest.raises(ServiceError, match="写明答复内容"):
        services.close_petition(actor=cast.member, petition=to_answer, result="已解释")
    with pytest.raises(ServiceError, match="一起填"):
        services.close_petition(actor=cast.member, petition=to_answer, result="已解释", reply="已说明政策")
    with pytest.raises(ServiceError, match="受理日期之后"):
        services.close_petition(
            actor=cast.member,
            petition=to_answer,
            result="已解释",
            reply="说明",
            replied_on=dt.date(2026, 3, 1),
        )
    services.close_petition(
        actor=cast.member, petition=to_answer, result="已解释", reply="说明了政策", replied_on=day
    )
    stored = petitions.reload(to_answer)
    assert (stored.status, stored.reply, stored.replied_on, stored.closed_on) == (
        "closed",
        "说明了政策",
        day,
        day,
    )


@pytest.mark.parametrize(
    ("over", "match"),
    [
        ({"received_on": dt.date(2999, 1, 1)}, "晚于今天"),
        ({"joint": True, "people": 1}, "至少2人"),
    ],
)
def test_what_cannot_be_is_not_registered(cast, over, match):
    with pytest.raises(ServiceError, match=match):
        petitions.registered(cast, **over)


# --- days -------------------------------------------------------------------------------------------------


def test_days_count_working_days_of_the_calendar(cast):
    # Thursday 5 March; three working days later is Tuesday, Wednesday when Monday is a holiday.
    assert petitions.registered(cast).decide_by == dt.date(2026, 3, 10)
    assert petitions.registered(cast, urgent=True).decide_by == dt.date(2026, 3, 6)
    CalendarDay.objects.create(day=dt.date(2026, 3, 9), kind="rest", name="节日")
    assert petitions.registered(cast).decide_by == dt.date(2026, 3, 11)


def test_the_day_to_be_done_by_depends_on_where_it_goes(cast):
    with clock.held(dt.date(2026, 3, 6)):  # Friday
        assert petitions.handling(cast, disposal="keep").due_on == dt.date(2026, 3, 27)
        passed_on = petitions.handling(cast, disposal="town", receiver="镇党委")
        assert passed_on.due_on == dt.date(2026, 3, 13)
        assert not passed_on.is_late
    with clock.held(dt.date(2026, 3, 14)):
        assert passed_on.is_late


# --- together and apart -----------------------------------------------------------------------------------


def test_two_about_one_matter_become_one_and_apart_again(cast):
    kept, petition = petitions.registered(cast), petitions.proposed(cast)
    services.merge_petition(actor=cast.deputy, petition=petition, into=kept, text="同一口鱼塘")
    assert petitions.reload(petition).duplicate_of == kept
    third = petitions.registered(cast)
    with pytest.raises(ServiceError, match="直接并入那一件"):
        services.merge_petition(actor=cast.deputy, petition=third, into=petition, text="也是")
    with pytest.raises(NotAllowed, match="已有别的"):
        services.merge_petition(actor=cast.deputy, petition=petitions.reload(kept), into=third, text="反过来")
    services.split_petition(actor=cast.leader, petition=petition, text="不是同一口")
    stored = petitions.reload(petition)
    assert (stored.status, stored.duplicate_of, stored.disposal) == ("registered", None, "")


def test_only_those_of_one_village_belong_together(cast):
    here = petitions.registered(cast)
    there = petitions.registered(cast, actor=cast.outsider, inspection=cast.other_inspection)
    with pytest.raises(ServiceError, match="同一个村"):
        services.merge_petition(actor=cast.leader, petition=here, into=there, text="一样")
    with pytest.raises(ServiceError, match="同一个村"):
        services.relate_petitions(actor=cast.member, petition=here, other=there)


def test_related_ones_name_each_other(cast):
    one, two = petitions.registered(cast), petitions.registered(cast)
    services.relate_petitions(actor=cast.member, petition=one, other=two)
    services.relate_petitions(actor=cast.member, petition=two, other=one)
    assert list(two.related.all()) == [one]
    assert AuditEntry.objects.filter(verb="findings.petition.relate").count() == 2
    services.unrelate_petitions(actor=cast.member, petition=two, other=one)
    assert not one.related.exists()


# --- traces, edits, the end of the stage ------------------------------------------------------------------


def test_an_entry_stands_still_once_it_is_proposed(cast):
    petition = petitions.registered(cast)
    with pytest.raises(NotAllowed):
        services.edit_petition(
            actor=cast.archivist, petition=petition, revision=petition.revision, values={"urgent": True}
        )
    services.edit_petition(
        actor=cast.member, petition=petition, revision=petition.revision, values={"urgent": True}
    )
    assert petitions.reload(petition).decide_by == dt.date(2026, 3, 6)
    with pytest.raises(StaleRecord):
        services.edit_petition(
            actor=cast.member, petition=petition, revision=1, values={"summary": "另一种说法"}
        )
    services.propose_petition(actor=cast.member, petition=petition, disposal="keep", text="留存")
    with pytest.raises(NotAllowed):
        services.edit_petition(
            actor=cast.member, petition=petition, revision=petition.revision, values={"urgent": False}
        )


def test_the_trail_tells_the_steps_and_quotes_nothing(cast):
    petition = petitions.handling(cast, disposal="town", receiver="第一镇党委")
    services.close_petition(
        actor=cast.member, petition=petition, result="镇里已办", reply="已当面说明", replied_on=clock.today()
    )
    entries = AuditEntry.objects.filter(verb__startswith="findings.petition")
    told = " ".join(f"{e.before}{e.after}{e.reason}{e.target_label}" for e in entries)
    for words in (petitions.SUMMARY, "第一镇党委", "建议办理", "同意拟办意见", "镇里已办", "已当面说明"):
        assert words not in told, words
    assert [o.step for o in PetitionOpinion.objects.order_by("id")] == ["propose", "decide", "close"]


def test_no_stage_ends_over_an_open_petition(cast):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status="finding")
    inspection = VillageInspection.objects.get(pk=cast.inspection.pk)
    papers.signed(cast, inspection=inspection)
    petition = petitions.handling(cast, inspection=inspection)
    with pytest.raises(ServiceError, match="1件信访没有办结"):
        services.finish_findings(actor=cast.leader, inspection=inspection)
    services.close_petition(actor=cast.member, petition=petition, result="已办")
    services.finish_findings(actor=cast.leader, inspection=inspection)


def test_a_colleague_who_stands_aside_is_given_nothing(cast):
    petition = petitions.proposed(cast)
    with pytest.raises(ServiceError, match="不是.*成员"):
        services.decide_petition(
            actor=cast.leader, petition=petition, disposal="keep", handler=cast.outsider, text="同意"
        )
    assert petitions.reload(petition).status == "proposed"


def test_one_team_does_not_see_those_of_another(cast):
    petitions.registered(cast)
    elsewhere = make_inspection(cast.other_team, make_village(cast.other_town_place))
    petitions.registered(cast, actor=cast.outsider, inspection=elsewhere)
    seen = {role: Petition.objects.visible_to(getattr(cast, role)).count() for role in ROLES}
    assert seen == dict.fromkeys(ROLES, 0) | dict.fromkeys(WRITERS, 1) | {
        "outsider": 1, "office_head": 2, "office_clerk": 2,
    }  # fmt: skip
