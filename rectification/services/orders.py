"""Instant-fix orders on the inspecting side: drafted by a member, issued by the leader, withdrawn or corrected."""

import copy
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.digests import digest
from core.errors import ServiceError
from core.jobs import enqueue
from core.office.chinese import numeral
from core.text import clean
from findings.models import Disposal, Finding
from rectification.models import FixOrder, OrderKind
from rectification.rules import order as rules
from rectification.selectors.order_drafting import (
    default_day,
    has_account,
    linked,
    offices_of,
)
from rectification.selectors.order_paper import words_of
from rectification.services.order_parts import lapse_extensions
from rectification.services.order_words import check_going_out
from rectification.workflow import ORDER
from surveys.services.numbers import next_of_year
from villages.models import VillageInspection, spine
from villages.services import next_form_number

ORDER_COPY = "rectification.order_copy"
# Text fields with their names and the most characters they take.
_TEXTS = {
    "title": ("交办事项", 60), "problem_brief": ("问题摘要", 2000), "requirement": ("整改要求", 2000),
    "basis": ("依据", 500),
}  # fmt: skip
_CHOICES = ("kind", "to_office", "cc_office", "also_common", "due_on")
ORDER_FIELDS = (*_TEXTS, *_CHOICES)


@transaction.atomic
def draft_order(
    *, actor: Any, inspection: VillageInspection, values: dict[str, Any], origin: Any = None
) -> FixOrder:
    """Open a draft about a village. ``values``: all of ``ORDER_FIELDS``.

    ``origin``: the workpaper (disposal 立行立改), lead or record of fieldwork it comes from. Only the link is kept,
    and only for the inspecting side: no word of it is copied here.
    """
    demand(rules.can_draft(actor, inspection))
    if origin is not None and origin.inspection_id != inspection.pk:
        raise ServiceError("据以起草的材料属于另一个村（社区），请选回原来的村，或另起草一份。", "village")
    if isinstance(origin, Finding):
        _check_finding(origin)
    order = FixOrder(**spine(inspection), drafter=actor, **linked(origin), **_checked(inspection, values))
    return records.create(order, actor=actor, verb="rectification.order.draft")


def _check_finding(finding: Finding) -> None:
    if finding.deleted_at or finding.status in Finding.PUT_ASIDE:
        raise ServiceError("底稿已删除、撤销或合并，不能据以开交办单。")
    if finding.disposal != Disposal.FIX_NOW:
        raise ServiceError("底稿的处置建议不是“立行立改”，请先修改底稿的处置建议。")


@transaction.atomic
def edit_order(*, actor: Any, order: FixOrder, revision: int, values: dict[str, Any]) -> FixOrder:
    """Change a draft; ``values``: all of ``ORDER_FIELDS``."""
    demand(rules.can_edit(actor, order))
    changes = _checked(order.inspection, values)
    return records.update(
        order, actor=actor, verb="rectification.order.edit", revision=revision, changes=changes
    )


def _checked(inspection: VillageInspection, values: dict[str, Any]) -> dict[str, Any]:
    """The values, cleaned; refuses what is empty, too long, addressed elsewhere, or may not go out."""
    chosen = {name: values.get(name) for name in _CHOICES}
    for name, (label, most) in _TEXTS.items():
        chosen[name] = text = clean(str(values.get(name) or "")).strip()
        if not text:
            raise ServiceError(f"请填写{label}。", name)
        if len(text) > most:
            raise ServiceError(f"{label}请控制在{most}字以内，现有{len(text)}字。", name)
    _check_words(inspection, chosen)
    if chosen["kind"] not in OrderKind.values:
        raise ServiceError("请选择立行立改或立查立处。", "kind")
    chosen["also_common"] = bool(chosen["also_common"])
    _check_offices(inspection, chosen)
    if chosen["due_on"] is not None and chosen["due_on"] < clock.today():
        raise ServiceError("办结期限不能早于今天。", "due_on")
    return chosen


def _check_words(inspection: VillageInspection, values: dict[str, Any]) -> None:
    check_going_out(inspection, {name: (label, values[name]) for name, (label, _) in _TEXTS.items()})


def _check_offices(inspection: VillageInspection, values: dict[str, Any]) -> None:
    offices = offices_of(inspection)
    if values["to_office"] not in offices:
        raise ServiceError("交办单位只能是这个村（社区）的党组织或所在镇（街道）党委。", "to_office")
    if values["cc_office"] is not None and values["cc_office"] not in offices:
        raise ServiceError("抄送单位只能是这个村（社区）的党组织或所在镇（街道）党委。", "cc_office")
    if values["cc_office"] == values["to_office"]:
        raise ServiceError("抄送单位与交办单位相同，请另选或不填。", "cc_office")


@transaction.atomic
def submit_order(*, actor: Any, order: FixOrder, revision: int | None = None) -> FixOrder:
    """Hand a draft to the leader."""
    changes = {"sent_back_reason": ""}
    return ORDER.apply(order, "submit", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def send_back_order(*, actor: Any, order: FixOrder, reason: str, revision: int | None = None) -> FixOrder:
    """Give it back to its drafter, saying what to change."""
    words = clean(reason).strip()
    changes = {"sent_back_reason": words}
    return ORDER.apply(order, "send_back", actor=actor, revision=revision, reason=words, changes=changes)


@transaction.atomic
def discard_order(*, actor: Any, order: FixOrder, reason: str, revision: int | None = None) -> FixOrder:
    """Drop a draft that never went out; the row stays with the reason."""
    return _end(actor, order, "discard", reason, revision)


@transaction.atomic
def issue_order(*, actor: Any, order: FixOrder, revision: int | None = None) -> FixOrder:
    """Sign and send it: numbers, deadline, frozen words under a digest; the addressee sees it at once.

    If anything refuses, the numbers return with the transaction and leave no gap.
    """
    demand(ORDER.check(actor, order, "issue"))
    today = clock.today()
    due = order.due_on or default_day(order.round, today)
    if due < today:
        raise ServiceError("办结期限已经过去，请退回经办人改期后再签发。")
    if not has_account(order.to_office):
        raise ServiceError(f"{order.to_office.name}还没有可用的账号，无法签收，请先联系巡察办开通。")
    _check_words(order.inspection, {name: getattr(order, name) for name in _TEXTS})
    changes = next_of_year(order, sign_of(order), today, team__number=order.team.number) | {
        "no": next_form_number(actor=actor, kind="JB", inspection=order.inspection),
        "issuer": actor,
        "issued_on": today,
        "due_on": due,
        "first_due_on": due,
    }
    signed = copy.copy(order)
    for name, value in changes.items():
        setattr(signed, name, value)
    words = words_of(signed)
    changes |= {"frozen": words, "digest": digest(words)}
    ORDER.apply(order, "issue", actor=actor, revision=revision, changes=changes)
    enqueue(
        ORDER_COPY, args={"order": str(order.pk)}, actor=actor, title=f"交办单 {order.doc_no}（送达联）",
        dedupe=f"{ORDER_COPY}:{order.pk}", subject=order,
    )  # fmt: skip
    return order


def sign_of(order: FixOrder) -> str:
    """What follows the district's sign in the number: 巡一改 for the first team.

    Teams are made anew for each round; those of one number share a sign and, within a year, one series, so that no
    number goes out twice.
    """
    return f"巡{numeral(order.team.number)}改"


@transaction.atomic
def withdraw_order(*, actor: Any, order: FixOrder, reason: str, revision: int | None = None) -> FixOrder:
    """Call an issued order off; its number is kept and never used again."""
    return _end(actor, order, "withdraw", reason, revision)


@transaction.atomic
def correct_order(*, actor: Any, order: FixOrder, reason: str, revision: int | None = None) -> FixOrder:
    """Call off an order nobody has signed for and return a draft with the same words, to be mended and issued anew."""
    _end(actor, order, "correct", reason, revision)
    due = order.first_due_on if order.first_due_on and order.first_due_on >= clock.today() else None
    kept = {name: getattr(order, name) for name in ORDER_FIELDS} | {"due_on": due}
    draft = FixOrder(
        **spine(order.inspection), drafter=order.drafter, replaces=order, **linked(order.origin), **kept
    )
    return records.create(draft, actor=actor, verb="rectification.order.draft", reason=clean(reason).strip())


def _end(actor: Any, order: FixOrder, step: str, reason: str, revision: int | None) -> FixOrder:
    words = clean(reason).strip()
    if order.doc_no:
        # Whoever has the order reads why it is called off.
        check_going_out(order.inspection, {"reason": ("撤回理由", words)})
    changes = {"withdrawn_reason": words, "withdrawn_on": clock.today()}
    ORDER.apply(order, step, actor=actor, revision=revision, reason=words, changes=changes)
    lapse_extensions(actor=actor, order=order)
    return order
