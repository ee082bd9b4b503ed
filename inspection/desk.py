"""The desk of each role, gathered from every stage: what waits, what is late, how the own villages stand."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from archives.selectors.desk import desk_items as archive_items
from core import clock
from core.desk import DeskItem, DeskSource
from core.display import days_left
from findings import selectors as findings
from findings.selectors.clue_desk import desk_items as clue_items
from findings.selectors.desk import desk_items as finding_items
from inspection.newcomer import FirstStep, first_steps
from prep.selectors.desk import desk_items as prep_items
from prep.selectors.overview import progress_of as watch_progress
from rectification.selectors.desk import desk_items as rectification_items
from reports.selectors.desk import desk_items as report_items
from surveys.selectors.desk import desk_items as survey_items
from villages.access import is_inspecting, is_office
from villages.models import Round, Stage, VillageInspection
from villages.selectors import ladder, rounds
from villages.selectors.desk import desk_items as shared_items

# In the order of the stages; each is asked once.
SOURCES: tuple[DeskSource, ...] = (
    shared_items,
    prep_items,
    survey_items,
    finding_items,
    clue_items,
    report_items,
    rectification_items,
    archive_items,
)
SOON = dt.timedelta(days=7)
# More lines than these are not read; the rest moves up as the first are dealt with.
SHOWN = 20
# A heat map on a desk is for a glance: the villages with most problems, the board has all.
HEAT_ROWS = 12


@dataclass
class Desk:
    """Everything a desk shows; empty parts are left out by the page."""

    today: dt.date
    round: Round | None
    items: list[DeskItem] = field(default_factory=list)
    steps: list[FirstStep] = field(default_factory=list)
    soon: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    heat: Any = None
    heat_rows: list[Any] = field(default_factory=list)
    strength: list[dict[str, Any]] = field(default_factory=list)
    office: bool = False

    @property
    def shown(self) -> list[DeskItem]:
        """The lines the page lists."""
        return self.items[:SHOWN]

    @property
    def rest(self) -> list[DeskItem]:
        """The lines there is no room for yet."""
        return self.items[SHOWN:]

    @property
    def on_site(self) -> int:
        """How many villages are being inspected right now."""
        return sum(line["on_site"] for line in self.lines)


def gather(viewer: Any, round_: Round | None, today: dt.date | None = None) -> list[DeskItem]:
    """All lines for ``viewer``: late and returned ones first, then what only this person can do, then by due day."""
    today = today or clock.today()
    items = [item for source in SOURCES for item in source(viewer, round_)]
    far = dt.date.max
    return sorted(
        items,
        key=lambda item: (not item.is_late(today), not item.returned, not item.primary, item.due_on or far),
    )


def build_desk(viewer: Any, round_: Round | None) -> Desk:
    """The desk of somebody on the inspecting side, or of anybody else with only the lines that wait."""
    today = clock.today()
    desk = Desk(today, round_, gather(viewer, round_, today), office=is_office(viewer))
    if round_ is not None and is_inspecting(viewer):
        desk.lines = village_lines(viewer, round_)
        desk.heat = findings.heat(viewer, round_)
        desk.heat_rows = _hottest(desk.heat.rows)
        desk.strength = _with_papers(findings.evidence_strength_summary(viewer, round_))
    spines = [line["inspection"] for line in desk.lines]
    if round_ is not None:
        desk.steps = first_steps(viewer, round_, spines)
    desk.soon = _soon(desk.rest, spines, today)
    return desk


def _with_papers(bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bars without a single paper behind them say nothing."""
    return bars if any(bar["count"] for bar in bars) else []


def village_lines(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """Every village of the round the viewer may see: where it stands, its papers, its days."""
    today = clock.today()
    papers = {row.inspection.pk: row for row in findings.team_progress(viewer, round_)}
    watched = watch_progress(viewer, round_)
    return [
        _line(row, papers.get(row.pk), watched.get(row.pk, (0, 0)), today)
        for row in rounds.board(viewer, round_)
    ]


def _line(row: VillageInspection, counted: Any, watched: tuple[int, int], today: dt.date) -> dict[str, Any]:
    return {
        "watched": "{}/{}".format(*watched),
        "inspection": row,
        "steps": ladder.ladder(row, today),
        "stay": ladder.stay(row, today),
        "late": ladder.is_late(row, today),
        "on_site": ladder.on_site(row, today),
        "problems": counted.total if counted else 0,
        "waiting": counted.waiting if counted else 0,
        "talks": counted.talks if counted else 0,
        "url": _village_url(row),
        "papers_url": f"{reverse('findings:review')}?village={row.village.code}",
    }


def _village_url(row: VillageInspection) -> str:
    """Before the team enters a village its work is the preparation; later its own page gathers all stages."""
    if row.status == Stage.PREP:
        return reverse("prep:village", kwargs={"pk": row.pk})
    return reverse("villages:village", kwargs={"pk": row.village_id})


def _hottest(rows: list[Any]) -> list[Any]:
    """The rows with most problems, in the order they came."""
    if len(rows) <= HEAT_ROWS:
        return rows
    kept = {id(row) for row in sorted(rows, key=lambda row: -row.total)[:HEAT_ROWS]}
    return [row for row in rows if id(row) in kept]


def _soon(items: list[DeskItem], spines: list[VillageInspection], today: dt.date) -> list[dict[str, Any]]:
    """What falls due within a week or is late and stands nowhere else: stays that end, lines without room."""
    dated = [(item.due_on, f"{item.kind}：{item.title}", item.url) for item in items if item.due_on]
    for row in spines:
        if row.exit_on and row.status in ladder.ON_SITE:
            dated.append(
                (row.exit_on, f"{row.village.name} 驻村到期", reverse("villages:team", args=[row.team_id]))
            )
    near = sorted((row for row in dated if row[0] <= today + SOON), key=lambda row: row[0])
    return [{"title": title, "url": url, "left": days_left(day, today)} for day, title, url in near[:10]]
