"""Handing a locked rating over: frozen when drafted, numbered when it goes, signed for by who receives it."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.digests import digest
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from core.text import clean
from surveys.models import Rating, RatingHandover
from surveys.rules import handover as rules
from surveys.selectors.handover import contents_of, is_intact, receivers
from surveys.services.numbers import next_of_year
from surveys.workflow.handover import HANDOVER
from villages.models import Office, spine

# What follows the district's sign in the number.
_SIGN = "巡评"
_BROKEN = "计票数与锁定时的摘要不一致，不能移交，请告知系统管理员核查。"


@transaction.atomic
def draft_handover(*, actor: Any, rating: Rating, to_office: Office, note: str = "") -> RatingHandover:
    """Draft the hand-over of a locked rating; what is handed over is taken now and never again."""
    demand(rules.can_draft(actor, rating))
    if not is_intact(actor, rating):
        raise ServiceError(_BROKEN)
    live = RatingHandover.objects.filter(rating=rating, status__in=RatingHandover.LIVE)
    if live.exists():
        raise ServiceError("这份测评结果已经在移交。")
    contents = contents_of(actor, rating)
    if contents is None:
        raise ServiceError("有效票太少，结果不公布，也不移交。")
    row = RatingHandover(
        **spine(rating.inspection), rating=rating, to_office=_receiver(to_office), note=clean(note).strip(),
        contents=contents, content_hash=digest(contents), drafted_by_name=actor.display_name,
    )  # fmt: skip
    return records.create(row, actor=actor, verb="surveys.handover_draft")


def _receiver(office: Office) -> Office:
    if not receivers().filter(pk=office.pk).exists():
        raise ServiceError("测评结果只移交组织部门。", "to_office")
    return office


@transaction.atomic
def edit_handover(
    *, actor: Any, handover: RatingHandover, revision: int, to_office: Office, note: str
) -> RatingHandover:
    """Change to whom and with which words a draft goes."""
    demand(rules.can_edit(actor, handover))
    changes = {"to_office": _receiver(to_office), "note": clean(note).strip()}
    return records.update(
        handover, actor=actor, verb="surveys.handover_edit", revision=revision, changes=changes
    )


@transaction.atomic
def hand_over(*, actor: Any, handover: RatingHandover, revision: int | None = None) -> RatingHandover:
    """Hand it over under the next number of the year; from now on the receiving department sees it."""
    demand(HANDOVER.check(actor, handover, "hand_over"))
    if not is_intact(actor, handover.rating):
        raise ServiceError(_BROKEN)
    today = clock.today()
    changes = next_of_year(handover, _SIGN, today) | {
        "handed_on": today,
        "handed_by_name": actor.display_name,
    }
    return HANDOVER.apply(handover, "hand_over", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def receive_handover(
    *, actor: Any, handover: RatingHandover, receiver_name: str, received_on: dt.date, receipt_note: str = "",
    revision: int | None = None,
) -> RatingHandover:  # fmt: skip
    """Sign for a hand-over: who received it, on which day, with a note when something is to be said."""
    demand(HANDOVER.check(actor, handover, "receive"))
    name = " ".join(clean(receiver_name).split())
    if not name:
        raise ServiceError("请填写接收人。", "receiver_name")
    if handover.handed_on is not None and received_on < handover.handed_on:
        raise ServiceError("签收日期早于移交日期。", "received_on")
    if received_on > clock.today():
        raise ServiceError("签收日期还没有到。", "received_on")
    changes = {
        "receiver_name": name, "received_on": received_on, "receipt_note": clean(receipt_note).strip()
    }  # fmt: skip
    return HANDOVER.apply(handover, "receive", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def end_handover(
    *, actor: Any, handover: RatingHandover, reason: str, revision: int | None = None
) -> RatingHandover:
    """Take back what was handed over and not signed for, or give up a draft; with a reason, which is kept."""
    step = "void" if handover.status == RatingHandover.Status.DRAFT else "take_back"
    text = clean(reason).strip()
    return HANDOVER.apply(
        handover, step, actor=actor, revision=revision, reason=text, changes={"end_reason": text[:500]}
    )


@transaction.atomic
def request_handover(*, actor: Any, handover: RatingHandover) -> Job:
    """Have the paper made as Word."""
    demand(rules.can_browse(actor))
    return enqueue(
        "surveys.handover",
        args={"handover": str(handover.pk)},
        actor=actor,
        title=str(handover),
        dedupe=f"surveys.handover:{actor.pk}:{handover.pk}:{handover.revision}",
        subject=handover,
    )
