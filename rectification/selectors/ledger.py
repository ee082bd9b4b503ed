"""The ledger on the inspecting side: rows by filter, counts on the filters, completion with its formula."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.listing import capped_count
from rectification.models import Progress, RectifyItem
from villages.models import Round

S = RectifyItem.Status
# Handed in: what is left is somebody else's work, so the deadline no longer presses the owner.
HANDED_IN = (S.REPORTED, S.VERIFIED, S.CLOSED)
DONE = (S.VERIFIED, S.CLOSED)
SOON_DAYS = 7
FORMULA = "完成率＝（已核验＋已销号）÷全部整改事项"


@dataclass(frozen=True)
class Filters:
    """What is asked of the ledger; empty means all. ``due`` is ``late``, ``soon`` or empty."""

    status: str = ""
    town: str = ""
    level: str = ""
    due: str = ""
    text: str = ""


def due_filter(due: str, today: dt.date) -> Q:
    """Late: past its day and not handed in. Soon: within seven days. A lasting matter has no such day."""
    pressing = ~Q(status__in=HANDED_IN) & ~Q(term=RectifyItem.Term.LASTING)
    if due == "late":
        return pressing & Q(due_on__lt=today)
    if due == "soon":
        return pressing & Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=SOON_DAYS))
    return Q()


def items_of(viewer: Any, round_: Round | None) -> QuerySet[RectifyItem]:
    """Items of a round the viewer may see."""
    rows = RectifyItem.objects.visible_to(viewer).filter(round=round_)
    return rows.select_related("town", "village", "owner", "team")


def ledger(viewer: Any, round_: Round | None, filters: Filters, today: dt.date) -> QuerySet[RectifyItem]:
    """The rows that match every filter, the nearest deadline first."""
    rows = items_of(viewer, round_).filter(due_filter(filters.due, today))
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.level:
        rows = rows.filter(level=filters.level)
    if filters.town:
        rows = rows.filter(town__code=filters.town)
    if filters.text:
        word = filters.text
        rows = rows.filter(Q(title__icontains=word) | Q(detail__icontains=word) | Q(village__name=word))
    return rows.order_by("due_on", "id")


@dataclass(frozen=True)
class Figures:
    """The counts above the ledger; all from one query."""

    total: int
    done: int
    late: int
    soon: int
    by_status: list[dict[str, Any]]
    by_town: list[dict[str, Any]]
    by_level: list[dict[str, Any]]

    @property
    def formula(self) -> str:
        """How the completion rate is computed, with the numbers in it."""
        return f"{FORMULA}：{self.done}÷{self.total}"


def figures(viewer: Any, round_: Round | None, today: dt.date) -> Figures:
    """Count the items of a round every way the page needs."""
    rows = RectifyItem.objects.visible_to(viewer).filter(round=round_)
    facts = list(rows.order_by().values_list("status", "level", "town__code", "town__name", "term", "due_on"))
    by_status = Counter(row[0] for row in facts)
    by_level = Counter(row[1] for row in facts)
    towns = Counter((row[2], row[3]) for row in facts)
    open_ = [row for row in facts if row[0] not in HANDED_IN and row[4] != RectifyItem.Term.LASTING]
    soon = today + dt.timedelta(days=SOON_DAYS)
    return Figures(
        total=len(facts),
        done=sum(by_status[state] for state in DONE),
        late=sum(row[5] < today for row in open_),
        soon=sum(today <= row[5] <= soon for row in open_),
        by_status=_options(S, by_status, len(facts)),
        by_town=[{"value": code, "label": name, "count": towns[code, name]} for code, name in sorted(towns)],
        by_level=_options(RectifyItem.Level, by_level, len(facts)),
    )


def _options(choices: Any, counts: Counter, total: int) -> list[dict[str, Any]]:
    found = [{"value": c.value, "label": c.label, "count": counts[c.value]} for c in choices]
    return [{"value": "", "label": "全部", "count": total}, *found]


def progress_of(viewer: Any, item: RectifyItem) -> list[Progress]:
    """The steps told about an item, newest first, with their files: two queries."""
    rows = Progress.objects.visible_to(viewer).filter(item=item).select_related("reporter")
    return list(rows.prefetch_related("files").order_by("-told_at", "-id"))


def village_items(viewer: Any, village: Any) -> tuple[list[RectifyItem], int]:
    """Items of one village over all rounds for its page: the newest ones and how many there are."""
    rows = RectifyItem.objects.visible_to(viewer).filter(village=village).select_related("round")
    count, _ = capped_count(rows)
    return list(rows.order_by("-feedback_on", "seq")[:10]), count
