"""The register of instant-fix orders: rows by filter, counts on the filters, shares with their formula; one order."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.listing import Page, keyset
from core.search import every_word
from core.text import clean
from findings.models import Finding
from findings.selectors.merged import kept_in_the_end, kept_paper
from rectification.models import FixOrder, OrderExtension, OrderFile, OrderKind, OrderReport, PhotoSide
from rectification.rules.order import REMIND_DAYS
from rectification.selectors.order_paper import is_intact
from villages.models import Round, Village

S = FixOrder.Status
FORMULA = "立行立改占比＝有交办单的问题底稿÷全部已审签、已备案的问题底稿"
_DUES = ("late", "soon")


@dataclass(frozen=True)
class OrderFilters:
    """The choices in the address; empty means all. ``due`` is ``late``, ``soon`` or empty; ``team`` a team's number."""

    status: str = ""
    kind: str = ""
    team: str = ""
    village: str = ""
    due: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "OrderFilters":
        """Take what the address says; unknown values restrict nothing."""
        status, kind, due = given.get("status", ""), given.get("kind", ""), given.get("due", "")
        team = str(given.get("team", ""))
        return cls(
            status=status if status in S.values else "",
            kind=kind if kind in OrderKind.values else "",
            team=team if team.isascii() and team.isdigit() and len(team) < 5 else "",
            village=clean(str(given.get("village", "")))[:12],
            due=due if due in _DUES else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def condition(self, today: dt.date) -> Q:
        """The restriction."""
        found = order_matches(self.q) & due_filter(self.due, today)
        paths = (
            ("status", "status"),
            ("kind", "kind"),
            ("team", "team__number"),
            ("village", "village__code"),
        )
        for name, path in paths:
            if value := getattr(self, name):
                found &= Q(**{path: value})
        return found


def order_matches(words: str) -> Q:
    """Orders in which every word stands in number, matter, problem, demand or name of the village."""
    return every_word(words, "doc_no", "title", "problem_brief", "requirement", "village__name")


def due_filter(due: str, today: dt.date) -> Q:
    """Late: past its day and still the addressee's. Soon: within a week, the day itself included."""
    pressing = Q(status__in=FixOrder.PRESSING)
    if due == "late":
        return pressing & Q(due_on__lt=today)
    if due == "soon":
        return pressing & Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=REMIND_DAYS))
    return Q()


def with_order_relations(orders: Any) -> Any:
    """Join what rules and pages of an order read."""
    return orders.select_related(
        "inspection", "round__district", "team", "town", "village", "to_office", "cc_office", "drafter", "issuer",
        "verifier", "replaces", "linked_finding__team", "linked_lead", "linked_paper",
    )  # fmt: skip


def orders_of(viewer: Any, round_: Round | None) -> QuerySet[FixOrder]:
    """Orders of a round the viewer may see."""
    return FixOrder.objects.visible_to(viewer).filter(round=round_)


@dataclass(frozen=True)
class OrderFigures:
    """The counts above the register, over the whole round; three queries."""

    total: int
    issued: int
    received: int
    closed: int
    late: int
    soon: int
    problems: int
    covered: int
    by_status: list[dict[str, Any]]
    by_kind: list[dict[str, Any]]
    by_team: list[dict[str, Any]]
    by_village: list[dict[str, Any]]

    @property
    def formula(self) -> str:
        """How the share is computed, with the numbers in it."""
        return f"{FORMULA}：{self.covered}÷{self.problems}"


def order_figures(viewer: Any, round_: Round | None, today: dt.date) -> OrderFigures:
    """Count the orders of a round every way the page needs; withdrawn ones count as nothing but themselves.

    An order from a workpaper that went into another one counts for that.
    """
    rows = orders_of(viewer, round_).order_by()
    facts = list(
        rows.values_list(
            "status", "kind", "due_on", "doc_no", "linked_finding", "team__number", "team__name",
            "village__code", "village__name",
        )
    )  # fmt: skip
    workpapers = Finding.objects.visible_to(viewer).filter(round=round_)
    papers = set(workpapers.confirmed().values_list("pk", flat=True))
    kept = kept_in_the_end(workpapers)
    sent = [row for row in facts if row[3] and row[0] != S.WITHDRAWN]
    dues = [row[2] for row in sent if row[2] is not None and row[0] in FixOrder.PRESSING]
    soon = today + dt.timedelta(days=REMIND_DAYS)
    teams, villages = Counter((r[5], r[6]) for r in facts), Counter((r[7], r[8]) for r in facts)
    return OrderFigures(
        total=len(facts),
        issued=len(sent),
        received=sum(row[0] != S.ISSUED for row in sent),
        closed=sum(row[0] == S.CLOSED for row in sent),
        late=sum(day < today for day in dues),
        soon=sum(today <= day <= soon for day in dues),
        problems=len(papers),
        covered=len(papers & {kept.get(row[4], row[4]) for row in sent}),
        by_status=_pills(S, Counter(row[0] for row in facts), len(facts)),
        by_kind=[_option(c.value, c.label, sum(row[1] == c for row in facts)) for c in OrderKind],
        by_team=[_option(str(key[0]), key[1], count) for key, count in sorted(teams.items())],
        by_village=[_option(key[0], key[1], count) for key, count in sorted(villages.items())],
    )


def _pills(choices: Any, counts: Counter, total: int) -> list[dict[str, Any]]:
    shown = [_option(c.value, c.label, counts[c.value]) for c in choices if counts[c.value]]
    return [_option("", "全部", total), *shown]


def _option(value: str, label: str, count: int) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count}


def register(
    viewer: Any, round_: Round | None, filters: OrderFilters, today: dt.date, *, cursor: str = ""
) -> Page:
    """One page of the register, the newest first."""
    rows = orders_of(viewer, round_).filter(filters.condition(today))
    joined = rows.select_related("village", "team", "to_office", "drafter")
    return keyset(joined, order=["-id"], cursor=cursor)


# --- one order --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownRound:
    """One round of reporting: the pictures before and after side by side, the papers, the words, the verdict.

    ``first_before``: how it was at the beginning, for a later round without such pictures of its own.
    """

    report: OrderReport
    before: list[OrderFile]
    after: list[OrderFile]
    papers: list[OrderFile]
    first_before: list[OrderFile]

    @property
    def tone(self) -> str:
        """The tone of its verdict."""
        return OrderReport.VERDICT_TONE.get(self.report.verdict, "neutral")

    @property
    def is_empty(self) -> bool:
        """Has nothing been handed in yet?"""
        return not (self.before or self.after or self.papers or self.report.reported_by_id)


def rounds_of(viewer: Any, order: FixOrder) -> list[ShownRound]:
    """The rounds of an order, the latest first, with their files; two queries."""
    reports = OrderReport.objects.visible_to(viewer).filter(order=order)
    rows = OrderFile.objects.visible_to(viewer).filter(report__order=order).select_related("file", "report")
    by_report: dict[Any, list[OrderFile]] = {}
    files = list(rows.order_by("report__seq", "seq"))
    for row in files:
        by_report.setdefault(row.report_id, []).append(row)
    first = next((row.report_id for row in files if row.side == PhotoSide.BEFORE), None)
    return [
        ShownRound(
            report,
            *(_side(by_report.get(report.pk, []), side) for side in PhotoSide),
            first_before=_side(by_report.get(first, []), PhotoSide.BEFORE),
        )
        for report in reports.select_related("reported_by", "verified_by").order_by("-seq")
    ]


def _side(files: list[OrderFile], side: PhotoSide) -> list[OrderFile]:
    return [row for row in files if row.side == side]


def extensions_of(viewer: Any, order: FixOrder) -> list[OrderExtension]:
    """What was asked for, the latest first."""
    rows = OrderExtension.objects.visible_to(viewer).filter(order=order)
    return list(rows.select_related("asked_by", "decided_by", "order__team").order_by("-id"))


def order_page(viewer: Any, order: FixOrder) -> dict[str, Any]:
    """What stands on an order's page for the inspecting side."""
    return {
        "rounds": [shown for shown in rounds_of(viewer, order) if not shown.is_empty],
        "extensions": extensions_of(viewer, order),
        "intact": is_intact(order),
        "kept_paper": kept_paper(viewer, order.linked_finding),
        "successor": FixOrder.objects.visible_to(viewer).filter(replaces=order).first(),
    }


def open_orders(viewer: Any, village: Village) -> list[FixOrder]:
    """Orders about a village that have gone out and are not settled, for its page."""
    rows = FixOrder.objects.visible_to(viewer).filter(village=village, status__in=FixOrder.OPEN)
    return list(rows.order_by("due_on", "id")[:10])
