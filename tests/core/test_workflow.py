"""The one door to a status: states, predicates, reasons, races."""

import pytest

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from core.verdict import ALLOW, deny
from core.workflow import Transition, Workflow
from villages.models import Round

pytestmark = pytest.mark.django_db


def only_clerk(user, obj):
    return ALLOW if user.role == "office_clerk" else deny("只有巡察办可以办理。")


def nobody_sees(user, obj):
    return deny("与您无关。", visible=False)


FLOW = Workflow(
    field="status",
    states=Round.Status,
    verb_prefix="rounds",
    transitions=[
        Transition("close", "结束", frozenset({"open"}), "closed", only_clerk, wants_reason=True),
        Transition("reopen", "重新开始", frozenset({"closed"}), "open", only_clerk),
        Transition("secret", "暗门", frozenset({"open"}), "planned", nobody_sees),
    ],
)


def test_a_step_moves_the_status_and_leaves_its_reason(cast):
    FLOW.apply(cast.round, "close", actor=cast.office_clerk, reason="任务完成")
    assert Round.objects.get(pk=cast.round.pk).status == "closed"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == (
        "rounds.close",
        {"status": "open"},
        {"status": "closed"},
    )
    assert entry.reason == "任务完成"


def test_the_wrong_person_is_refused_and_nothing_changes(cast):
    with pytest.raises(NotAllowed, match="只有巡察办"):
        FLOW.apply(cast.round, "close", actor=cast.member, reason="x")
    assert Round.objects.get(pk=cast.round.pk).status == "open"
    assert not AuditEntry.objects.exists()


def test_a_step_from_the_wrong_state_is_refused(cast):
    with pytest.raises(NotAllowed, match="进行中"):
        FLOW.apply(cast.round, "reopen", actor=cast.office_clerk)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_step_that_wants_a_reason_gets_one(cast, reason):
    with pytest.raises(ServiceError, match="理由"):
        FLOW.apply(cast.round, "close", actor=cast.office_clerk, reason=reason)
    assert Round.objects.get(pk=cast.round.pk).status == "open"


def test_of_two_who_take_a_step_at_once_only_one_succeeds(cast):
    first, second = Round.objects.get(pk=cast.round.pk), Round.objects.get(pk=cast.round.pk)
    FLOW.apply(first, "close", actor=cast.office_clerk, reason="甲")
    with pytest.raises(StaleRecord):
        FLOW.apply(second, "close", actor=cast.office_clerk, reason="乙")
    assert AuditEntry.objects.count() == 1


def test_a_step_on_a_row_edited_meanwhile_is_refused(cast):
    mine = Round.objects.get(pk=cast.round.pk)
    Round.objects.filter(pk=cast.round.pk).update(revision=7)
    with pytest.raises(StaleRecord):
        FLOW.apply(mine, "close", actor=cast.office_clerk, reason="x")


def test_offers_hold_the_possible_steps_and_the_reasons_why_others_are_not(cast):
    offers = {o.transition.name: o.verdict for o in FLOW.available(cast.member, cast.round)}
    assert set(offers) == {"close"}
    assert not offers["close"]
    assert offers["close"].why == "只有巡察办可以办理。"
    assert FLOW.available(cast.office_clerk, cast.round)[0].verdict


def test_further_fields_are_written_in_the_same_step(cast):
    FLOW.apply(cast.round, "close", actor=cast.office_clerk, reason="x", changes={"name": "改名"})
    stored = Round.objects.get(pk=cast.round.pk)
    assert (stored.status, stored.name, stored.revision) == ("closed", "改名", 2)
