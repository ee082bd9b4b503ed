"""How far the papers of a village, a team, a round are: counts, heat, strength, and what keeps a stage from ending."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from findings.models import Finding, FindingStatus, Lead, LeadStatus, Petition, SurveyTable, Talk, TalkStatus
from prep.models import WatchItem, WatchStatus
from villages.models import Category, Round, VillageInspection
from villages.selectors import top_categories

# A paper in these states waits for somebody: the stage cannot end over it.
WAITING = (FindingStatus.CHECKING, FindingStatus.SIGNING, FindingStatus.RETURNED)


def open_papers(inspection: VillageInspection) -> list[str]:
    """Sentences on what keeps the stage from ending; empty when nothing does. Drafts do not: they are no papers yet."""
    rows = Finding.objects.alive().filter(inspection=inspection).values_list("status", flat=True)
    counts = Counter(rows.order_by())
    found = [f"{counts[state]}份底稿{state.label}" for state in WAITING if counts[state]]
    if not counts[FindingStatus.SIGNED] + counts[FindingStatus.FILED]:
        found.append("还没有已审签的底稿")
    return found


def open_leads(inspection: VillageInspection) -> int:
    """Suspicions nobody has concluded yet; none may be left when the stage ends."""
    return Lead.objects.filter(inspection=inspection, status=LeadStatus.OPEN).count()


def open_petitions(inspection: VillageInspection) -> int:
    """Petitions still on their way; none may be left when the stage ends."""
    return Petition.objects.filter(inspection=inspection, status__in=Petition.WAITING).count()


def counts_for(viewer: Any, inspection: VillageInspection) -> dict[str, int]:
    """Papers of one village by status, and ``total`` (without withdrawn), ``confirmed``, ``waiting``, ``talks``."""
    rows = Finding.objects.visible_to(viewer).alive().filter(inspection=inspection)
    counts = dict.fromkeys(FindingStatus.values, 0) | dict(
        Counter(rows.order_by().values_list("status", flat=True))
    )
    talks = Talk.objects.visible_to(viewer).alive().filter(inspection=inspection).count()
    return counts | {
        "total": sum(counts.values()) - sum(counts[state] for state in Finding.PUT_ASIDE),
        "confirmed": counts[FindingStatus.SIGNED] + counts[FindingStatus.FILED],
        "waiting": sum(counts[state] for state in WAITING),
        "talks": talks,
    }


@dataclass(frozen=True)
class HeatCell:
    """How many problems of one category one village has, and where to read them."""

    count: int
    url: str
    label: str


@dataclass(frozen=True)
class HeatRow:
    """One village of the heat map."""

    inspection: VillageInspection
    name: str
    cells: list[HeatCell]
    total: int


@dataclass(frozen=True)
class HeatMap:
    """Villages × categories of level one; ``highest`` is the largest cell, for the tints."""

    columns: list[Category]
    rows: list[HeatRow]
    highest: int


def heat(viewer: Any, round_: Round) -> HeatMap:
    """Problems of a round by village and aspect, withdrawn ones left out; three queries however many villages."""
    counts: dict[Any, Counter[Any]] = defaultdict(Counter)
    found = _counted(viewer, round_).values("inspection_id", "category_id").annotate(n=Count("pk"))
    for row in found:
        counts[row["inspection_id"]][row["category_id"]] = row["n"]
    used = {category for cells in counts.values() for category in cells}
    # The five aspects always; further ones (rectification of the last round) only where something was found.
    columns = [c for position, c in enumerate(top_categories(round_)) if position < 5 or c.pk in used]
    rows = [_heat_row(row, columns, counts[row.pk]) for row in _inspections(viewer, round_)]
    return HeatMap(columns, rows, max((cell.count for row in rows for cell in row.cells), default=0))


def _counted(viewer: Any, round_: Round) -> Any:
    papers = Finding.objects.visible_to(viewer).alive().filter(round=round_)
    return papers.exclude(status__in=Finding.PUT_ASIDE).order_by()


def _inspections(viewer: Any, round_: Round) -> Any:
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    return rows.select_related("village", "team", "town", "round").order_by(
        "team__number", "entry_on", "village__code"
    )


def _heat_row(inspection: VillageInspection, columns: list[Category], counts: Counter[Any]) -> HeatRow:
    name = inspection.village.name
    cells = []
    for category in columns:
        query = urlencode({"village": inspection.village.code, "category": category.code})
        url = f"{reverse('findings:review')}?{query}"
        cells.append(HeatCell(counts[category.pk], url, f"{name}{category.name}{counts[category.pk]}个问题"))
    return HeatRow(inspection, name, cells, sum(counts.values()))


def evidence_strength_summary(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """How many problems rest on three or more, two, one kind of source, or on none yet: rows for bars with a link."""
    found = _counted(viewer, round_).values("strength").annotate(n=Count("pk"))
    counts = {row["strength"]: row["n"] for row in found}
    strong = sum(n for strength, n in counts.items() if strength >= 3)
    rows = [
        ("三类以上", strong, "ok", ""),
        ("两类", counts.get(2, 0), "info", ""),
        ("仅一类", counts.get(1, 0), "warn", "?weak=1"),
        ("还没有材料", counts.get(0, 0), "bad", "?weak=1"),
    ]
    base = reverse("findings:review")
    total = sum(counts.values())
    return [
        {"label": label, "count": n, "total": total, "tone": tone, "url": f"{base}{query}" if query else ""}
        for label, n, tone, query in rows
        if n or label != "还没有材料"
    ]


@dataclass(frozen=True)
class VillageProgress:
    """Papers, talks and survey sheets of one village, for the team's board."""

    inspection: VillageInspection
    counts: dict[str, int]
    total: int
    confirmed: int
    waiting: int
    talks: int
    unsigned_talks: int
    tables: int
    unsigned_tables: int
    obstacles: list[str]
    open_items: int
    open_leads: int


def team_progress(viewer: Any, round_: Round) -> list[VillageProgress]:
    """Each visible village of the round with its papers by status and what is still open; six queries."""
    papers: dict[Any, Counter[str]] = defaultdict(Counter)
    rows = Finding.objects.visible_to(viewer).alive().filter(round=round_).order_by()
    for row in rows.values("inspection_id", "status").annotate(n=Count("pk")):
        papers[row["inspection_id"]][row["status"]] = row["n"]
    talks: dict[Any, Counter[str]] = defaultdict(Counter)
    spoken = Talk.objects.visible_to(viewer).alive().filter(round=round_).order_by()
    for row in spoken.values("inspection_id", "status").annotate(n=Count("pk")):
        talks[row["inspection_id"]][row["status"]] = row["n"]
    tables: dict[Any, Counter[str]] = defaultdict(Counter)
    sheets = SurveyTable.objects.visible_to(viewer).alive().filter(round=round_).order_by()
    for row in sheets.values("inspection_id", "status").annotate(n=Count("pk")):
        tables[row["inspection_id"]][row["status"]] = row["n"]
    items = WatchItem.objects.visible_to(viewer).filter(round=round_, status=WatchStatus.OPEN).order_by()
    left = dict(items.values_list("inspection").annotate(Count("pk")))
    leads = Lead.objects.visible_to(viewer).filter(round=round_, status=LeadStatus.OPEN).order_by()
    open_in = dict(leads.values_list("inspection").annotate(Count("pk")))
    return [
        _progress(
            row, papers[row.pk], talks[row.pk], tables[row.pk], left.get(row.pk, 0), open_in.get(row.pk, 0)
        )
        for row in _inspections(viewer, round_)
    ]


def _progress(
    inspection: VillageInspection,
    papers: Counter[str],
    talks: Counter[str],
    tables: Counter[str],
    open_items: int,
    open_leads: int,
) -> VillageProgress:
    confirmed = papers[FindingStatus.SIGNED] + papers[FindingStatus.FILED]
    waiting = sum(papers[state] for state in WAITING)
    obstacles = [f"{papers[state]}份{state.label}" for state in WAITING if papers[state]]
    return VillageProgress(
        inspection=inspection,
        counts={state: papers[state] for state in FindingStatus.values},
        total=sum(papers.values()) - sum(papers[state] for state in Finding.PUT_ASIDE),
        confirmed=confirmed,
        waiting=waiting,
        talks=sum(talks.values()),
        unsigned_talks=sum(talks.values()) - talks[TalkStatus.SIGNED],
        tables=sum(tables.values()),
        unsigned_tables=sum(tables.values()) - tables[TalkStatus.SIGNED],
        obstacles=obstacles or ([] if confirmed else ["还没有已审签的底稿"]),
        open_items=open_items,
        open_leads=open_leads,
    )
