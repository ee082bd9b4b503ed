"""A plan as people see it: rows of a list by team, its conflicts, its days; who may see which of them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from core.display import cn_date
from core.models.jobs import Job
from prep.models import PlanStatus, PlanStop, RoundPlan
from prep.selectors.plan_check import Clash, clashes
from villages.access import is_office
from villages.models import Round, Team, Village, VillageInspection
from villages.selectors.calendar import WorkCalendar, load_calendar, missing_years

# Eight colours; which town has which is said in words beside them.
TOWN_COLOURS = 8


@dataclass(frozen=True)
class Line:
    """One village of the plan on the page."""

    stop: PlanStop
    colour: int
    clashes: tuple[Clash, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def days(self) -> str:
        """The stay in short: 3月2日—3月13日."""
        entry, leave = self.stop.entry_on, self.stop.exit_on
        return f"{entry.month}月{entry.day}日—{leave.month}月{leave.day}日"

    @property
    def tone(self) -> str:
        """``bad`` with a conflict that stops the plan, ``warn`` with another one."""
        tones = {clash.tone for clash in self.clashes}
        return "bad" if "bad" in tones else "warn" if tones else ""

    @property
    def label(self) -> str:
        """Everything about the bar in one sentence, for those who do not see it."""
        stop = self.stop
        words = [
            stop.village.name, stop.town.name, stop.team.name, f"{cn_date(stop.entry_on)}至{cn_date(stop.exit_on)}",
            f"{stop.days}个工作日", f"工作量{stop.load:g}天",
        ]  # fmt: skip
        if stop.begun:
            words.append("已进驻")
        if stop.pinned_on:
            words.append("固定日期")
        words += [clash.sentence for clash in self.clashes]
        return "，".join(words)


@dataclass(frozen=True)
class Group:
    """One team with its villages in the order of entry."""

    team: Team
    lines: tuple[Line, ...]

    @property
    def days(self) -> int:
        """Working days on site, of the villages that are not begun."""
        return sum(line.stop.days for line in self.lines if line.stop.movable)


@dataclass(frozen=True)
class Board:
    """A plan as one person may see it."""

    plan: RoundPlan
    groups: tuple[Group, ...]
    towns: tuple[tuple[str, int], ...]
    calendar: WorkCalendar
    missing_years: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=())

    @property
    def troubled(self) -> list[Line]:
        """Villages with a conflict, the ones that stop the plan first."""
        return sorted((line for line in self.lines if line.clashes), key=lambda line: line.tone != "bad")


def plans_of(viewer: Any, round_: Round) -> list[RoundPlan]:
    """The plans of a round the viewer may see, newest first."""
    rows = RoundPlan.objects.visible_to(viewer).filter(round=round_)
    return list(rows.select_related("made_by").order_by("-number"))


def plan_board(viewer: Any, plan: RoundPlan) -> Board:
    """The plan by team with conflicts; the office sees every team of the round, an inspector the own one.

    Ties are judged and named for the office only: declarations are read by their writer and the office.
    """
    rows = PlanStop.objects.visible_to(viewer).filter(plan=plan).select_related("team", "village", "town")
    stops = sorted(rows, key=lambda stop: (stop.team.number, stop.entry_on, stop.position))
    calendar = load_calendar()
    found = clashes(plan, stops, calendar, ties=is_office(viewer))
    names = sorted({(stop.town.code, stop.town.name) for stop in stops})
    colours = {code: number % TOWN_COLOURS + 1 for number, (code, _) in enumerate(names)}
    lines = tuple(
        Line(stop, colours[stop.town.code], tuple(found.get(stop.pk, ())), _reasons(viewer, stop))
        for stop in stops
    )
    return Board(
        plan=plan,
        groups=_groups(viewer, plan, lines),
        towns=tuple((name, colours[code]) for code, name in names),
        calendar=calendar,
        missing_years=tuple(missing_years(calendar, *span(plan, lines))),
        lines=lines,
    )


def _reasons(viewer: Any, stop: PlanStop) -> tuple[str, ...]:
    return tuple(why for why in stop.reasons if is_office(viewer) or not why.startswith(PlanStop.TIES))


def _groups(viewer: Any, plan: RoundPlan, lines: tuple[Line, ...]) -> tuple[Group, ...]:
    if is_office(viewer):
        teams = list(Team.objects.filter(round=plan.round_id).order_by("number"))
    else:
        teams = list({line.stop.team_id: line.stop.team for line in lines}.values())
    return tuple(Group(team, tuple(line for line in lines if line.stop.team_id == team.pk)) for team in teams)


def span(plan: RoundPlan, lines: tuple[Line, ...]) -> tuple[dt.date, dt.date]:
    """The first and the last day the board shows."""
    first = min([plan.begins_on, *(line.stop.entry_on for line in lines)])
    last = max([plan.ends_on, *(line.stop.exit_on for line in lines)])
    return first, last


def unassigned(viewer: Any, round_: Round) -> list[tuple[str, list[Village]]]:
    """Villages no team of the round has yet, by town, for ticking."""
    taken = VillageInspection.objects.filter(round=round_).values("village")
    rows = Village.objects.visible_to(viewer).alive().filter(town__district=round_.district_id)
    groups: dict[str, list[Village]] = {}
    for village in rows.exclude(pk__in=taken).select_related("town").order_by("code"):
        groups.setdefault(village.town.name, []).append(village)
    return list(groups.items())


def chosen_before(round_: Round) -> list[str]:
    """Keys of the villages of the present draft that have no team yet: ticked again when it is planned anew."""
    rows = PlanStop.objects.filter(round=round_, plan__status=PlanStatus.DRAFT, seen_revision=None)
    return [str(key) for key in rows.values_list("village", flat=True)]


def own_workbooks(viewer: Any, plan: RoundPlan) -> list[Job]:
    """The viewer's newest workbook of the plan, being made or ready."""
    rows = Job.objects.filter(subject_type=plan._meta.label_lower, subject_id=str(plan.pk))
    return list(rows.filter(requested_by_id=str(viewer.pk)).select_related("result_file").order_by("-id")[:1])
