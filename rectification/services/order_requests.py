"""Asking for orders as files, and taking the addressee's copy out."""

from typing import Any

from django.db import transaction

from core import audit
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from rectification import rules
from rectification.models import FixOrder
from villages.models import Round

ORDER_PAPER, ORDER_REGISTER = "rectification.order", "rectification.order_register"


@transaction.atomic
def request_order_paper(*, actor: Any, order: FixOrder) -> Job:
    """Have the order made as Word with all that followed, as the office files it."""
    demand(rules.can_browse(actor))
    if not order.doc_no:
        raise ServiceError("交办单签发后才能生成。")
    return enqueue(
        ORDER_PAPER,
        args={"order": str(order.pk)},
        actor=actor,
        title=f"交办单 {order.doc_no}",
        dedupe=f"{ORDER_PAPER}:{order.pk}:{order.revision}",
        subject=order,
    )


@transaction.atomic
def request_order_register(*, actor: Any, round: Round) -> Job:
    """Have the register of a round made as a workbook."""
    demand(rules.can_browse(actor))
    return enqueue(
        ORDER_REGISTER,
        args={"round": str(round.pk)},
        actor=actor,
        title=f"{round.name}即知即改交办单登记簿",
        dedupe=f"{ORDER_REGISTER}:{round.pk}:{actor.pk}",
        subject=round,
    )


@transaction.atomic
def note_order_copy(*, actor: Any, order: FixOrder, file: StoredFile) -> StoredFile:
    """Leave in the trail who of the addressee took the order."""
    audit.record(actor=actor, verb="rectification.download", target=order, after={"文件": file.name})
    return file
