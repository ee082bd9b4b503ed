"""Filling the ledger workbook from what the viewer may see."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from rectification.documents import Ledger, LedgerRow
from rectification.models import RectifyItem
from rectification.selectors.ledger import DONE, FORMULA, HANDED_IN, items_of
from villages.models import Round


def is_late(item: RectifyItem, day: dt.date) -> bool:
    """Past its deadline and not handed in, or handed in only after it; a lasting matter is never late by this day."""
    if item.term == RectifyItem.Term.LASTING:
        return False
    if item.status in HANDED_IN:
        return bool(item.reported_on and item.reported_on > item.due_on)
    return item.due_on < day


def ledger_paper(viewer: Any, round_: Round, day: dt.date) -> Ledger:
    """The ledger of a round as of ``day``, by town, feedback and number."""
    return filled(items_of(viewer, round_), round_.name, round_.district.name, day)


def filled(rows: QuerySet[RectifyItem], name: str, district: str, day: dt.date) -> Ledger:
    """The ledger called ``name`` of ``rows`` as of ``day``."""
    rows = rows.select_related("verified_by").order_by("town__code", "feedback_on", "seq")
    items = list(rows)
    return Ledger(
        name=name,
        office=f"{district}委巡察办",
        day=day,
        rows=tuple(_row(item, day) for item in items),
        done=sum(item.status in DONE for item in items),
        formula=FORMULA,
    )


def _row(item: RectifyItem, day: dt.date) -> LedgerRow:
    return LedgerRow(
        town=item.town.name,
        village=item.village.name if item.village else "",
        doc_no=item.doc_no,
        category=item.category,
        title=item.title,
        detail=item.detail,
        requirement=item.requirement,
        level=item.get_level_display(),
        term=item.get_term_display(),
        owner=item.owner.name,
        due_on=item.due_on,
        plan=item.plan,
        result=item.result,
        status=item.get_status_display(),
        late=is_late(item, day),
        reported_on=item.reported_on,
        verifier=item.verified_by.display_name if item.verified_by else "",
        verified_on=item.verified_on,
        closed_on=item.closed_on,
        basis=item.closure_basis,
    )
