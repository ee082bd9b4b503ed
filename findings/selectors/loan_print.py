"""The list of documents asked for in one village as it is printed: all of it, or what was asked for on one day."""

import datetime as dt
from typing import Any

from django.utils import timezone

from core.display import NOTHING, cn_date
from findings.documents import LoanLine, LoansData
from findings.models import Loan, LoanStatus
from findings.selectors.documents import with_loan_relations
from villages.models import Round, VillageInspection

# The words of the form for where a document is.
_STATES = {
    LoanStatus.LISTED: "待签字",
    LoanStatus.ASKED: "未提供",
    LoanStatus.LENT: "未还",
    LoanStatus.RETURNED: "已还",
    LoanStatus.CANCELLED: "不再调阅",
}


def printable_loans(viewer: Any, inspection: VillageInspection) -> Any:
    """What a village's list holds, in the order of its numbers, with what the form reads."""
    rows = with_loan_relations(Loan.objects.visible_to(viewer).filter(inspection=inspection))
    return rows.select_related("town", "round__district").order_by("no")


def loan_days(viewer: Any, round_: Round, village: str) -> tuple[VillageInspection, list[dt.date]] | None:
    """The village of this code and the days on which documents were asked for; ``None`` where there are none."""
    loans = Loan.objects.visible_to(viewer).filter(round=round_, village__code=village)
    first = loans.select_related("inspection").first()
    if first is None:
        return None
    days = loans.order_by().datetimes("created_at", "day", order="DESC")
    return first.inspection, [timezone.localdate(day) for day in days]


def loans_data(loans: list[Loan], day: dt.date | None = None) -> LoansData:
    """The list in words; ``loans`` is not empty and of one village, ``day`` the one they were asked for on."""
    first, last = loans[0], loans[-1]
    signers = {
        (row.signed_by.display_name, row.signed_on) for row in loans if row.signed_by and row.signed_on
    }
    days = sorted({timezone.localdate(row.created_at) for row in loans})
    span = (
        cn_date(day or days[0]) if day or days[0] == days[-1] else f"{cn_date(days[0])}至{cn_date(days[-1])}"
    )
    return LoansData(
        office=f"{first.round.district.name}委巡察办",
        round=first.round.name,
        team=first.team.name,
        village=f"{first.town.name}{first.village.name}",
        days=span,
        created=days[-1],
        number=first.no if len(loans) == 1 else f"{first.no}至{last.no.rpartition('-')[2]}",
        lines=tuple(LoanLine(_cells(row), row.no) for row in loans),
        signers=tuple(sorted(signers, key=lambda signer: (signer[1], signer[0]))),
    )


def _cells(row: Loan) -> tuple[str, ...]:
    return (
        row.name,
        str(row.copies),
        row.get_material_display(),
        row.get_owner_display(),
        _day(row.due_on),
        row.provider,
        row.taken_by.display_name if row.taken_by else "",
        _day(row.lent_on),
        _STATES[LoanStatus(row.status)],
        row.returned_by.display_name if row.returned_by else "",
        row.receiver,
        _day(row.returned_on),
        row.note,
    )


def _day(day: dt.date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else NOTHING
