"""Recusal: declarations, approved exceptions, work history."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import Recusal, RecusalException, Round, Town, User, Village, WorkHistory


@transaction.atomic
def declare_recusal(
    *,
    actor: Any,
    user: User,
    relation: str,
    village: Village | None = None,
    town: Town | None = None,
    related_person: str = "",
    detail: str = "",
    origin: str = "",
) -> Recusal:
    """Declare that ``user`` must stand aside from ``village``, or from every village of ``town``.

    Accepted even when the village is already assigned: its papers are hidden from that person at once, and the
    office sees the declaration on its desk.
    """
    demand(rules.can_declare_recusal(actor, user))
    if village is None and town is None:
        raise ServiceError("请选择回避的村（社区）或镇（街道）。", "village")
    own = Recusal.Origin.SELF if actor.pk == user.pk else Recusal.Origin.UNIT
    made = Recusal(
        user=user,
        village=village,
        town=None if village else town,
        relation=relation,
        related_person=related_person,
        detail=detail,
        origin=origin or own,
    )
    records.create(made, actor=actor, verb="recusals.declare")
    # What this person may see is remembered on the user object for the rest of the request.
    actor.__dict__.pop("_recusals", None)
    user.__dict__.pop("_recusals", None)
    return made


@transaction.atomic
def withdraw_recusal(*, actor: Any, recusal: Recusal, reason: str, revision: int | None = None) -> Recusal:
    """Take a declaration back after the office has looked into it, with a reason."""
    demand(rules.can_withdraw_recusal(actor))
    if not reason.strip():
        raise ServiceError("请填写撤销的理由。", "reason")
    return records.update(
        recusal,
        actor=actor,
        verb="recusals.withdraw",
        revision=revision,
        changes={"active": False},
        reason=reason,
    )


@transaction.atomic
def approve_exception(
    *, actor: Any, round_: Round, user: User, village: Village, reason: str
) -> RecusalException:
    """Let ``user`` serve in ``village`` for this round in spite of a tie: the head of the office, with a reason."""
    demand(rules.can_approve_exception(actor, user))
    demand(rules.can_change_round(actor, round_))
    if not reason.strip():
        raise ServiceError("请填写批准例外的理由。", "reason")
    if RecusalException.objects.filter(round=round_, user=user, village=village).exists():
        raise ServiceError("这一例外已经批准。", "village")
    made = RecusalException(round=round_, user=user, village=village, reason=reason, approved_by=actor)
    return records.create(made, actor=actor, verb="recusals.approve_exception", reason=reason)


@transaction.atomic
def revoke_exception(*, actor: Any, exception: RecusalException, reason: str) -> Round:
    """Take an exception back: the person stands aside again from this moment."""
    demand(rules.can_approve_exception(actor))
    if not reason.strip():
        raise ServiceError("请填写撤回的理由。", "reason")
    before = {"user": exception.user, "village": exception.village, "reason": exception.reason}
    audit.record(
        actor=actor, verb="recusals.revoke_exception", target=exception, before=before, reason=reason
    )
    round_ = exception.round
    exception.delete()
    return round_


@transaction.atomic
def add_work_history(
    *,
    actor: Any,
    user: User,
    post: str,
    from_on: dt.date,
    to_on: dt.date | None = None,
    village: Village | None = None,
    town: Town | None = None,
) -> WorkHistory:
    """Record a post held in a village, or in a town; it counts in every check from now on."""
    demand(rules.can_declare_recusal(actor, user))
    if village is None and town is None:
        raise ServiceError("请选择任职的村（社区）或镇（街道）。", "village")
    if to_on and to_on < from_on:
        raise ServiceError("离任日期不能早于任职日期。", "to_on")
    made = WorkHistory(
        user=user, village=village, town=None if village else town, post=post, from_on=from_on, to_on=to_on
    )
    return records.create(made, actor=actor, verb="recusals.add_work_history")


@transaction.atomic
def remove_work_history(*, actor: Any, row: WorkHistory, reason: str) -> User:
    """Strike out a wrongly recorded post: the office, with a reason."""
    demand(rules.can_withdraw_recusal(actor))
    if not reason.strip():
        raise ServiceError("请填写删除的理由。", "reason")
    before = {
        "place": str(row.village or row.town),
        "post": row.post,
        "from_on": row.from_on,
        "to_on": row.to_on,
    }
    audit.record(actor=actor, verb="recusals.remove_work_history", target=row, before=before, reason=reason)
    user = row.user
    row.delete()
    return user
