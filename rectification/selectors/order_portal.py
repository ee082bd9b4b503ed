"""Orders on the inspected side: what an account has to do, what waits, what it only reads along."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from core.models import StoredFile
from rectification.models import FixOrder
from reports.selectors.produced import produced_for

S = FixOrder.Status
_KEPT = 20
# What came back presses most, then what nobody has signed for.
_FIRST = {S.RETURNED: 0, S.ISSUED: 1, S.RECEIVED: 2}
COPY_KIND = "rectification.order_copy"


@dataclass
class PortalOrders:
    """The orders of one account, by what is asked of it."""

    to_do: list[FixOrder] = field(default_factory=list)
    waiting: list[FixOrder] = field(default_factory=list)
    settled: list[FixOrder] = field(default_factory=list)
    copied: list[FixOrder] = field(default_factory=list)
    settled_count: int = 0


def portal_rows(viewer: Any) -> QuerySet[FixOrder]:
    """Every order sent to the viewer's office or copied to it. No column of where it came from is read."""
    rows = FixOrder.objects.visible_to(viewer).select_related(
        "village", "to_office", "cc_office", "team", "replaces"
    )
    hidden = ("linked_finding", "linked_lead", "linked_paper")
    return rows.defer(*hidden, *(f"replaces__{name}" for name in hidden))


def portal_orders(viewer: Any) -> PortalOrders:
    """The orders of an account in four queries: open ones of its own, settled ones, open ones of its villages."""
    found = PortalOrders()
    rows = portal_rows(viewer)
    mine = rows.filter(to_office=viewer.office_id)
    for row in mine.filter(status__in=FixOrder.OPEN).order_by("due_on", "id"):
        (found.waiting if row.status == S.REPORTED else found.to_do).append(row)
    found.to_do.sort(key=lambda row: _FIRST[S(row.status)])
    done = mine.exclude(status__in=FixOrder.OPEN)
    found.settled = list(done.order_by("-id")[:_KEPT])
    found.settled_count = done.count()
    copied = rows.filter(cc_office=viewer.office_id, status__in=FixOrder.OPEN)
    found.copied = list(copied.order_by("due_on", "id")[:_KEPT])
    return found


def sent_copy(order: FixOrder) -> StoredFile | None:
    """The order as it was sent, made in the background at issue; ``None`` until it is there."""
    job = produced_for(order).filter(kind=COPY_KIND, result_file__isnull=False).first()
    return job.result_file if job is not None else None
