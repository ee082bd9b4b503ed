"""The list of documents asked for in a round, with what is out and what is late."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from core import clock
from core.listing import Page, counts_by, keyset
from core.text import clean
from findings.models import Loan, LoanStatus
from villages.models import Round, Village, VillageInspection


@dataclass(frozen=True)
class LoanFilters:
    """The choices in the address of the list; ``late``: not provided by its day."""

    status: str = ""
    village: str = ""
    late: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "LoanFilters":
        """Take what the address says; an unknown status restricts nothing."""
        status = given.get("status", "")
        return cls(
            status=status if status in LoanStatus.values else "",
            village=clean(str(given.get("village", "")))[:12],
            late="1" if given.get("late") else "",
        )

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = late_ones(clock.today()) if self.late else Q()
        if self.status and without != "status":
            found &= Q(status=self.status)
        if self.village and without != "village":
            found &= Q(village__code=self.village)
        return found


def late_ones(today: dt.date) -> Q:
    """Documents that should have been provided before ``today``."""
    return Q(status__in=[LoanStatus.LISTED, LoanStatus.ASKED], due_on__lt=today)


@dataclass(frozen=True)
class LoanList:
    """One page of documents with the counts behind the filters, and how many wait for a signature."""

    page: Page
    count: int
    states: list[dict[str, Any]]
    villages: list[dict[str, Any]]
    late: int
    unsigned: int


def with_loan_relations(loans: Any) -> Any:
    """Join what rules and pages of a document read."""
    return loans.select_related(
        "inspection", "round", "team", "village", "signed_by", "taken_by", "returned_by"
    )


def loan_list(viewer: Any, round_: Round, filters: LoanFilters, *, cursor: str = "") -> LoanList:
    """Documents of a round the viewer may see, the latest asked first, in a constant number of queries."""
    loans = Loan.objects.visible_to(viewer).filter(round=round_)
    states = counts_by(loans.filter(filters.condition("status")), "status")
    villages = counts_by(loans.filter(filters.condition("village")), "village__code")
    names = Village.objects.filter(code__in=villages).order_by("code").values_list("code", "name")
    pills = [{"value": "", "label": "全部", "count": states.total()}]
    return LoanList(
        page=keyset(
            with_loan_relations(loans.filter(filters.condition())), order=["-id"], cursor=cursor, size=50
        ),
        count=states[filters.status] if filters.status else states.total(),
        states=pills
        + [{"value": s.value, "label": s.label, "count": states[s]} for s in LoanStatus if states[s]],
        villages=[{"value": code, "label": name, "count": villages[code]} for code, name in names],
        late=loans.filter(late_ones(clock.today())).count(),
        unsigned=states[LoanStatus.LISTED],
    )


def still_out(inspection: VillageInspection) -> int:
    """Documents of a village that have not been given back."""
    return Loan.objects.filter(inspection=inspection, status=LoanStatus.LENT).count()
