"""The daily board: for each village what came in on which day and what is still missing, with the rows behind."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from core import clock
from core.listing import counts_by
from findings.models import (
    FieldPaper,
    Finding,
    Lead,
    LeadStatus,
    Loan,
    LoanStatus,
    Petition,
    PetitionStatus,
    Talk,
    TalkStatus,
)
from villages.models import Round, Stage, VillageInspection

# Days on the board, and how soon a petition's day is near.
DAYS = 7
NEAR = 3

Rows = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Gap:
    """Something that is missing: how it is called, the rows, and the page of a row.

    ``going_on``: work not finished yet, which is no lack.
    """

    key: str
    label: str
    rows: Rows
    page: str
    going_on: bool = False


def _papers(viewer: Any) -> QuerySet[Finding]:
    return Finding.objects.visible_to(viewer).alive().exclude(status__in=Finding.PUT_ASIDE)


def _unsigned(model: Any) -> Rows:
    return lambda viewer: model.objects.visible_to(viewer).alive().exclude(status=TalkStatus.SIGNED)


def _near(viewer: Any) -> QuerySet[Petition]:
    """Petitions whose day to decide or to be done has passed or comes within a few days."""
    until = clock.today() + dt.timedelta(days=NEAR)
    undecided = Q(status__in=[PetitionStatus.REGISTERED, PetitionStatus.PROPOSED], decide_by__lte=until)
    unfinished = Q(status=PetitionStatus.HANDLING, due_on__lte=until)
    return Petition.objects.visible_to(viewer).filter(undecided | unfinished)


GAPS = (
    Gap("cailiao", "底稿没有支撑材料", lambda viewer: _papers(viewer).filter(evidence_count=0), "finding"),
    Gap(
        "fanying",
        "底稿没有反映意见",
        lambda viewer: _papers(viewer).filter(response_of_target="", no_response_reason=""),
        "finding",
    ),
    Gap("yiju", "底稿没有政策依据", lambda viewer: _papers(viewer).filter(basis=[]), "finding"),
    Gap("tanhua", "谈话记录没有签全", _unsigned(Talk), "talk"),
    Gap("xianchang", "走访核查没有签全", _unsigned(FieldPaper), "field_paper"),
    Gap(
        "yidian",
        "疑点没有结论",
        lambda viewer: Lead.objects.visible_to(viewer).filter(status=LeadStatus.OPEN),
        "lead",
        going_on=True,
    ),
    Gap("xinfang", f"信访{NEAR}日内到期", _near, "petition"),
    Gap(
        "jieyue",
        "资料借出未还",
        lambda viewer: Loan.objects.visible_to(viewer).filter(status=LoanStatus.LENT),
        "loan",
        going_on=True,
    ),
)


@dataclass(frozen=True)
class Arrival:
    """A kind of paper that comes in: its rows, the day by which it counts, and the page of a row."""

    label: str
    rows: Rows
    day: Any
    page: str


ARRIVALS = (
    Arrival(
        "问题底稿",
        lambda viewer: Finding.objects.visible_to(viewer).alive(),
        F("prepared_on"),
        "finding",
    ),
    Arrival(
        "谈话记录", lambda viewer: Talk.objects.visible_to(viewer).alive(), TruncDate("happened_at"), "talk"
    ),
    Arrival(
        "走访核查",
        lambda viewer: FieldPaper.objects.visible_to(viewer).alive(),
        TruncDate("happened_at"),
        "field_paper",
    ),
    Arrival("疑点", lambda viewer: Lead.objects.visible_to(viewer), F("opened_on"), "lead"),
    Arrival("信访件", lambda viewer: Petition.objects.visible_to(viewer), F("received_on"), "petition"),
)


@dataclass(frozen=True)
class BoardRow:
    """One village: how many papers came in each day, how many rows each gap has."""

    inspection: VillageInspection
    arrived: list[tuple[dt.date, int]]
    gaps: list[tuple[Gap, int]]

    @property
    def complete(self) -> bool:
        """Is the team at work here, and nothing missing?"""
        at_work = self.inspection.status in (Stage.FINDING, Stage.REPORT)
        return at_work and not any(count for _, count in self.gaps)


def board(viewer: Any, round_: Round, inspections: list[VillageInspection], until: dt.date) -> list[BoardRow]:
    """The board of the days up to ``until``; one query for each kind of paper and each gap."""
    days = [until - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    arrived = _arrived(viewer, round_, days)
    missing = [(gap, counts_by(gap.rows(viewer).filter(round=round_), "inspection")) for gap in GAPS]
    return [
        BoardRow(
            row,
            [(day, arrived[row.pk][day]) for day in days],
            [(gap, counts[row.pk]) for gap, counts in missing],
        )
        for row in inspections
    ]


def _arrived(viewer: Any, round_: Round, days: list[dt.date]) -> dict[Any, Counter[dt.date]]:
    counts: dict[Any, Counter[dt.date]] = defaultdict(Counter)
    for kind in ARRIVALS:
        rows = kind.rows(viewer).filter(round=round_).order_by().annotate(on=kind.day)
        found = rows.filter(on__range=(days[0], days[-1])).values_list("inspection", "on")
        for inspection, on, n in found.annotate(n=Count("pk")):
            counts[inspection][on] += n
    return counts


def gap_rows(viewer: Any, inspection: VillageInspection, gap: Gap) -> list[Any]:
    """The rows behind one figure of what is missing."""
    return list(gap.rows(viewer).filter(inspection=inspection).order_by("id")[:500])


def day_rows(viewer: Any, inspection: VillageInspection, day: dt.date) -> list[tuple[Arrival, list[Any]]]:
    """What came in of each kind on ``day``; kinds without any are left out."""
    found = []
    for kind in ARRIVALS:
        rows = kind.rows(viewer).filter(inspection=inspection).annotate(on=kind.day).filter(on=day)
        if listed := list(rows.order_by("id")[:500]):
            found.append((kind, listed))
    return found
