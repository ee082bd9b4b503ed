"""The way of a clue: role × state × step, signatures of both sides, numbers, months, the end of the stage."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import services
from findings.models import Clue, ClueStatus
from findings.workflow.clue import CLUE_FLOW
from tests.access.roles import EVERYONE
from tests.factories import make_member, make_office, make_user
from tests.findings import papers
from tests.findings.clues import clues
from villages.models import Recusal, RoundParameter, Stage, TeamRole, VillageInspection

pytestmark = pytest.mark.django_db

LEADER, HEAD, RECEIVER = "leader", "office_head", "discipline"
# Who may take which step from which state, decided here a second time; "clerk" and "deputy" are named in every clue.
DECIDED = {
    "draft": {"sign": {LEADER}, "withdraw": {LEADER}},
    "returned": {"sign": {LEADER}, "withdraw": {LEADER}},
    "signed": {
        "recall": {LEADER}, "approve": {HEAD}, "send_back": {HEAD}, "withdraw": {LEADER, HEAD},
    },
    "approved": {"hand_over": {HEAD, "office_clerk"}, "send_back": {HEAD}, "withdraw": {HEAD}},
    "handed": {"receive": {RECEIVER}, "give_back": {RECEIVER}},
    "received": {"dispose": {RECEIVER}, "give_back": {RECEIVER}},
    "handling": {"dispose": {RECEIVER}, "answer": {RECEIVER}},
    "answered": {"ask_more": {HEAD, "office_clerk"}, "close": {HEAD, "office_clerk"}},
    "closed": {},
    "withdrawn": {},
}  # fmt: skip


def test_every_state_is_decided_about():
    assert set(DECIDED) == set(ClueStatus.values) == set(clues.BY_STATE)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_each_step_is_taken_by_those_decided_and_nobody_else(state, cast):
    clue = clues.BY_STATE[state](cast)
    if state not in ("closed", "withdrawn"):
        clues.name(cast, clue, cast.deputy)
        if clue.shown_on:
            clues.name(cast, clue, cast.office_clerk)
    for step in CLUE_FLOW.transitions:
        may = {role for role in EVERYONE if CLUE_FLOW.check(clues.fresh(getattr(cast, role)), clue, step)}
        assert may == DECIDED[state].get(step, set()), (state, step)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_who_is_not_named_takes_no_step_by_the_services_either(state, cast):
    clue = clues.BY_STATE[state](cast)
    for person in (cast.member, cast.deputy, cast.office_clerk, cast.outsider, cast.town, cast.sysadmin):
        for step in ("recall", "send_back", "give_back", "ask_more", "withdraw", "close"):
            with pytest.raises(NotAllowed):
                services.step_clue(actor=person, clue=clue, step=step, text="试试看")
        with pytest.raises(NotAllowed):
            services.edit_clue(actor=person, clue=clue, values=clues.values(title="改掉"))


def test_both_sides_sign_by_their_own_account_with_name_and_day(cast):
    with clock.held(dt.date(2026, 3, 10)):
        clue = clues.handed(cast)
    assert (clue.signed_by, clue.approved_by, clue.handed_by) == (
        cast.leader,
        cast.office_head,
        cast.office_head,
    )
    assert clue.handed_on == dt.date(2026, 3, 10)
    other = make_user("discipline", "另一位", office=cast.discipline.office)
    clues.name(cast, clue, other)
    with pytest.raises(NotAllowed, match="接收人本人"):
        services.receive_clue(actor=other, clue=clue)
    with clock.held(dt.date(2026, 3, 12)):
        services.receive_clue(actor=cast.discipline, clue=clue)
    clue = clues.reload(clue)
    assert (clue.received_by, clue.received_on) == (cast.discipline, dt.date(2026, 3, 12))
    assert [step.label for step in clue.steps.order_by("id")] == [
        "建立线索", "签字送审", "批准移交", "签字移交", "增加知悉人", "签收",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ((2026, 3, 12), 3, (2026, 6, 12)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2026, 8, 31), 3, (2026, 11, 30)),
        ((2026, 10, 31), 6, (2027, 4, 30)),
        ((2026, 12, 31), 1, (2027, 1, 31)),
    ],
)
def test_the_answer_is_due_after_whole_months_of_the_calendar(day, months, due, cast):
    RoundParameter.objects.update_or_create(
        round=cast.round, key="clue_feedback_months", defaults={"value": months, "label": "反馈期限"}
    )
    with clock.held(dt.date(*day)):
        assert clues.received(cast).due_on == dt.date(*due)


def test_numbers_have_no_gap_and_what_was_never_handed_over_has_none(cast):
    first = clues.handed(cast)
    clues.withdrawn(cast)
    services.step_clue(actor=cast.office_head, clue=clues.approved(cast), step="withdraw", text="不再移交")
    second = clues.handed(cast)
    assert (first.serial, second.serial) == (1, 2)
    assert sorted(filter(None, Clue.objects.values_list("serial", flat=True))) == [1, 2]
    other = clues.handed(cast, inspection=cast.other_inspection)
    assert other.serial == 1


def test_what_was_returned_keeps_its_number_and_is_signed_anew(cast):
    clue = clues.returned(cast)
    assert (clue.serial, clue.signed_by, clue.approved_by, clue.handed_by) == (1, None, None, None)
    assert clue.steps.last().text == "缺少收据存根"
    assert not clues.knows(cast.discipline, clue)
    services.edit_clue(actor=cast.leader, clue=clue, values=clues.values(note="已补收据存根"))
    services.sign_clue(actor=cast.leader, clue=clue)
    services.approve_clue(actor=cast.office_head, clue=clue, receiver=cast.discipline)
    services.hand_over_clue(actor=cast.office_head, clue=clue)
    assert clues.reload(clue).serial == 1


def test_a_signed_clue_is_not_changed(cast):
    clue = clues.signed(cast)
    with pytest.raises(NotAllowed, match="收回修改"):
        services.edit_clue(actor=cast.leader, clue=clue, values=clues.values(title="改"))
    services.step_clue(actor=cast.leader, clue=clue, step="recall", text="补充金额")
    services.edit_clue(actor=cast.leader, clue=clue, values=clues.values(title="改"))
    assert clues.reload(clue).read("title") == "改"


@pytest.mark.parametrize(
    ("empty", "said"),
    [("persons", "被反映人"), ("facts", "具体问题"), ("disciplines", "违反纪律"), ("sources", "线索来源")],
)
def test_an_incomplete_clue_is_not_signed(empty, said, cast):
    clue = clues.draft(cast, **{empty: ""})
    with pytest.raises(NotAllowed, match=said):
        services.sign_clue(actor=cast.leader, clue=clue)


@pytest.mark.parametrize("step", sorted(name for name, s in CLUE_FLOW.transitions.items() if s.wants_reason))
def test_a_step_that_wants_a_reason_is_not_taken_without(step, cast):
    state = next(iter(CLUE_FLOW.transitions[step].sources))
    clue = clues.BY_STATE[state](cast)
    actor = cast.discipline if step == "give_back" else cast.office_head
    actor = cast.leader if step in ("recall", "withdraw") and state != "approved" else actor
    with pytest.raises(ServiceError, match="理由"):
        services.step_clue(actor=actor, clue=clue, step=step, text=" ")
    assert clues.reload(clue).status == state


@pytest.mark.parametrize(("mode", "second"), [("double", ""), ("single", "区委组织部")])
def test_two_bodies_are_named_when_it_goes_to_two(mode, second, cast):
    clue = clues.signed(cast)
    with pytest.raises(ServiceError, match="双移交"):
        services.approve_clue(
            actor=cast.office_head, clue=clue, receiver=cast.discipline, mode=mode, second_unit=second
        )


def test_only_an_account_of_the_commission_receives(cast):
    clue = clues.signed(cast)
    for person in (None, cast.organisation, cast.office_clerk):
        with pytest.raises(ServiceError, match="接收人"):
            services.approve_clue(actor=cast.office_head, clue=clue, receiver=person)


def test_the_second_of_two_who_sign_is_told(cast):
    clue, twin = clues.signed(cast), None
    twin = clues.reload(clue)
    services.approve_clue(actor=cast.office_head, clue=clue, receiver=cast.discipline)
    with pytest.raises(StaleRecord):
        services.step_clue(actor=cast.leader, clue=twin, step="recall", text="补充")
    assert clues.reload(clue).status == "approved"


def test_a_clue_is_opened_by_those_who_lead_the_team(cast):
    for role in EVERYONE - {"leader", "deputy"}:
        with pytest.raises(NotAllowed):
            clues.draft(cast, actor=clues.fresh(getattr(cast, role)))
    assert clues.draft(cast, actor=cast.deputy).opened_by == cast.deputy


def test_the_deputy_decides_where_the_leader_stands_aside(cast):
    clue = clues.draft(cast, actor=cast.deputy)
    with pytest.raises(NotAllowed):
        services.sign_clue(actor=clues.fresh(cast.deputy), clue=clue)
    Recusal.objects.create(user=cast.leader, village=cast.village_place, relation="kin")
    assert not clues.knows(cast.leader, clue)
    assert services.sign_clue(actor=clues.fresh(cast.deputy), clue=clue).status == "signed"


# --- the end of the stage -----------------------------------------------------------------------------------


@pytest.fixture
def fieldwork(cast):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status=Stage.FINDING)
    cast.inspection.refresh_from_db()
    papers.signed(cast)
    return cast


def finish(cast, person=None):
    inspection = VillageInspection.objects.select_related("team").get(pk=cast.inspection.pk)
    return services.finish_findings(actor=clues.fresh(person or cast.leader), inspection=inspection)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_an_undecided_clue_keeps_the_stage_open_and_only_the_leader_is_told(state, fieldwork):
    clue = clues.BY_STATE[state](fieldwork)
    with pytest.raises(ServiceError, match="还有1条问题线索没有签字送审或撤回"):
        finish(fieldwork)
    with pytest.raises(NotAllowed) as with_clue:
        finish(fieldwork, fieldwork.deputy)
    services.step_clue(actor=fieldwork.leader, clue=clue, step="withdraw", text="查无实据")
    with pytest.raises(NotAllowed) as without:
        finish(fieldwork, fieldwork.deputy)
    assert str(with_clue.value) == str(without.value)
    assert "线索" not in str(with_clue.value)
    assert finish(fieldwork).status == Stage.REPORT


def test_a_decided_clue_is_not_in_the_way(fieldwork):
    clues.signed(fieldwork)
    assert finish(fieldwork).status == Stage.REPORT


def test_the_stage_ends_by_the_deputy_where_the_leader_stands_aside(fieldwork):
    make_member(fieldwork.team, TeamRole.LIAISON)
    Recusal.objects.create(user=fieldwork.leader, village=fieldwork.village_place, relation="kin")
    with pytest.raises(NotAllowed):
        finish(fieldwork)
    assert finish(fieldwork, fieldwork.deputy).status == Stage.REPORT


def test_the_receiver_may_sit_in_another_office_of_the_commission(cast):
    other = make_user("discipline", "派驻组", office=make_office("discipline"))
    clue = clues.signed(cast)
    services.approve_clue(actor=cast.office_head, clue=clue, receiver=other)
    services.hand_over_clue(actor=cast.office_head, clue=clue)
    assert clues.knows(other, clue)
    assert not clues.knows(cast.discipline, clue)
