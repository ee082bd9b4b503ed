"""The steps of a clue. Each leaves one entry in the trail that says nothing, and its words for those who know it."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from findings.models import Clue, ClueDisposal, ClueMode
from findings.models.ciphertext import lock
from findings.selectors.clues import receivers
from findings.services.clues.writing import note_step
from findings.workflow.clue import CLUE_FLOW
from villages.models import Team, User
from villages.selectors.parameters import parameter

MONTHS = "clue_feedback_months"
_UNSIGNED = {
    "signed_by": None, "signed_on": None, "approved_by": None, "approved_on": None,
    "handed_by": None, "handed_on": None,
    "received_by": None, "received_on": None, "due_on": None,
}  # fmt: skip
# Steps that need nothing but words.
_PLAIN = {"recall", "send_back", "give_back", "ask_more", "withdraw", "close"}


@transaction.atomic
def sign_clue(*, actor: Any, clue: Clue, text: str = "", revision: int | None = None) -> Clue:
    """The team's signature; from here on the head of the office knows of it."""
    changes = {"signed_by": actor, "signed_on": clock.today(), "shown_on": clue.shown_on or clock.today()}
    return _step(actor, clue, "sign", text, revision, changes)


@transaction.atomic
def approve_clue(
    *,
    actor: Any,
    clue: Clue,
    receiver: User | None,
    mode: str = ClueMode.SINGLE,
    second_unit: str = "",
    text: str = "",
    revision: int | None = None,
) -> Clue:
    """Approve the hand-over: to which account of the commission, and to one body or to two."""
    if receiver is None or not receivers(clue).filter(pk=receiver.pk).exists():
        raise ServiceError("请选择区纪委监委的接收人；账号已停用、须回避该村的人不能接收。", "receiver")
    second = clean(second_unit).strip()[:120]
    if (mode == ClueMode.DOUBLE) != bool(second):
        raise ServiceError("双移交的写明另一移交单位，单移交的不填。", "sealed_second_unit")
    changes = {
        "approved_by": actor, "approved_on": clock.today(), "receiver": receiver, "mode": ClueMode(mode),
        "sealed_second_unit": lock(clue, "sealed_second_unit", second),
    }  # fmt: skip
    return _step(actor, clue, "approve", text, revision, changes)


@transaction.atomic
def hand_over_clue(*, actor: Any, clue: Clue, text: str = "", revision: int | None = None) -> Clue:
    """Sign as the handing side. The number is taken now, so that what was never handed over leaves no gap.

    The receiver is looked at once more: since the approval an account may be closed, or a tie declared.
    """
    demand(CLUE_FLOW.check(actor, clue, "hand_over"))
    if not receivers(clue).filter(pk=clue.receiver_id).exists():
        raise ServiceError("接收人的账号已停用，或须回避该村，不能移交。请退回修改，重新批准时另选接收人。")
    changes = {"handed_by": actor, "handed_on": clock.today(), "serial": clue.serial or _next_serial(clue)}
    return _step(actor, clue, "hand_over", text, revision, changes)


def _next_serial(clue: Clue) -> int:
    """The next number of the team; a counter of its own, because the shared one would tell the team's other papers."""
    Team.objects.select_for_update().get(pk=clue.team_id)
    taken = Clue.objects.filter(team=clue.team_id).aggregate(last=Max("serial"))["last"]
    return (taken or 0) + 1


@transaction.atomic
def receive_clue(*, actor: Any, clue: Clue, text: str = "", revision: int | None = None) -> Clue:
    """Sign the receipt; the answer is due after the round's months, on the same day or the month's last."""
    due = clock.add_months(clock.today(), int(parameter(clue.round, MONTHS)))
    changes = {"received_by": actor, "received_on": clock.today(), "due_on": due}
    return _step(actor, clue, "receive", text, revision, changes)


@transaction.atomic
def dispose_clue(
    *, actor: Any, clue: Clue, disposal: str, opinion: str = "", revision: int | None = None
) -> Clue:
    """Class it (分类处置)."""
    if disposal not in ClueDisposal.values:
        raise ServiceError("请选择分类处置意见。", "sealed_disposal")
    changes = {
        "sealed_disposal": lock(clue, "sealed_disposal", disposal),
        "sealed_opinion": lock(clue, "sealed_opinion", clean(opinion).strip()),
    }
    return _step(actor, clue, "dispose", ClueDisposal(disposal).label, revision, changes)


@transaction.atomic
def answer_clue(*, actor: Any, clue: Clue, handling: str, result: str, revision: int | None = None) -> Clue:
    """Feed back how it was handled and what came of it."""
    words = {"handling": clean(handling).strip(), "result": clean(result).strip()}
    for name, text in words.items():
        if not text:
            raise ServiceError("请写明办理情况和处理结果。", f"sealed_{name}")
    changes = {f"sealed_{name}": lock(clue, f"sealed_{name}", text) for name, text in words.items()}
    return _step(actor, clue, "answer", "", revision, changes | {"answered_on": clock.today()})


@transaction.atomic
def step_clue(*, actor: Any, clue: Clue, step: str, text: str = "", revision: int | None = None) -> Clue:
    """A step that needs nothing but words: take back, send back, return, ask for more, withdraw, close."""
    if step not in _PLAIN:
        raise ServiceError("没有这一步。")
    changes: dict[str, Any] = {}
    if CLUE_FLOW.transitions[step].target in Clue.OPEN:
        changes = dict(_UNSIGNED)
    elif step == "close":
        changes = {"closed_on": clock.today()}
    elif step == "ask_more":
        changes = {"answered_on": None}
    return _step(actor, clue, step, text, revision, changes)


def _step(
    actor: Any, clue: Clue, step: str, text: str, revision: int | None, changes: dict[str, Any]
) -> Clue:
    transition = CLUE_FLOW.transitions[step]
    words = clean(text).strip()
    if transition.wants_reason and not words:
        raise ServiceError(f"请写明{transition.label}的理由。", "sealed_text")
    changed = {name: value for name, value in changes.items() if getattr(clue, name) != value}
    CLUE_FLOW.apply(clue, step, actor=actor, revision=revision, reason=words, changes=changed)
    note_step(clue, actor, transition.label, words)
    return clue
