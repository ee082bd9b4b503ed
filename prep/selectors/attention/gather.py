"""The indicators of many villages at once: a constant number of queries, whatever their number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from prep.models import PriorCount, VillageProfile, VillageProject, YearFigure
from prep.selectors.attention.score import YEARS, Indicators, Proposal, Scale, propose
from prep.selectors.traits import trait_labels
from prep.selectors.years import last_year
from villages.models import Round, VillageInspection
from villages.selectors.parameters import parameter

_DAYS_A_YEAR = Decimal("365.25")


def scale_of(round_: Round) -> Scale:
    """The round's own weights, limits and bounds."""
    bounds = parameter(round_, "attention_bounds")
    return Scale(
        weights=parameter(round_, "attention_weights"),
        limits=parameter(round_, "attention_limits"),
        key=bounds["重点关注"],
        concern=bounds["关注"],
        most_unknown=bounds["缺数据上限"],
    )


def proposals(
    round_: Round, inspections: Iterable[VillageInspection]
) -> dict[UUID, tuple[Proposal, Indicators]]:
    """By inspection of ``round_``: what is proposed, and from what. The caller has asked what the viewer may see."""
    rows = list(inspections)
    scale, facts = scale_of(round_), _facts(round_, rows)
    found = {}
    for row in rows:
        known = _indicators(row, facts)
        found[row.pk] = (propose(known, scale), known)
    return found


@dataclass(frozen=True)
class _Facts:
    """Everything the villages' tables say, by village (profiles by inspection)."""

    profiles: dict[UUID, VillageProfile]
    figures: dict[UUID, list[YearFigure]]
    projects: dict[UUID, list[VillageProject]]
    earlier: dict[UUID, list[VillageInspection]]
    counts: dict[UUID, PriorCount]
    labels: dict[str, str]
    risky: tuple[str, ...]


def _facts(round_: Round, rows: list[VillageInspection]) -> _Facts:
    places = [row.village_id for row in rows]
    others = VillageInspection.objects.filter(village__in=places).exclude(round=round_)
    before = others.filter(round__deleted_at=None).select_related("round").order_by("round__starts_on")
    counts = PriorCount.objects.filter(village__in=places).exclude(round=round_)
    words = str(parameter(round_, "attention_traits"))
    return _Facts(
        profiles={
            p.inspection_id: p for p in VillageProfile.objects.filter(inspection__in=[r.pk for r in rows])
        },
        figures=_grouped(YearFigure.objects.filter(village__in=places).order_by("year")),
        projects=_grouped(VillageProject.objects.filter(village__in=places).order_by("year", "name")),
        earlier=_grouped(before),
        counts={row.inspection_id: row for row in counts},
        labels=trait_labels(),
        risky=tuple(word.strip() for word in words.replace("，", "、").split("、") if word.strip()),
    )


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.village_id].append(row)
    return found


def _indicators(row: VillageInspection, facts: _Facts) -> Indicators:
    profile = facts.profiles.get(row.pk)
    figures = facts.figures.get(row.village_id, [])
    newest = last_year(row)
    years = tuple(range(newest - YEARS + 1, newest + 1))
    by_year = {figure.year: figure for figure in figures}
    debts = [f for f in figures if f.debt is not None and f.income]
    incomes = [f for f in figures if f.income is not None]
    return Indicators(
        years=years,
        population=(profile and profile.population) or row.village.population,
        petitions={year: by_year[year].petitions for year in years if year in by_year},
        cases={year: by_year[year].cases for year in years if year in by_year},
        debt=debts[-1].debt if debts else None,
        debt_income=debts[-1].income if debts else None,
        debt_year=debts[-1].year if debts else None,
        income=incomes[-1].income if incomes else None,
        income_year=incomes[-1].year if incomes else None,
        projects=[
            (p.year, p.name, p.amount)
            for p in facts.projects.get(row.village_id, [])
            if p.year in (*years, newest + 1)
        ],
        traits=[facts.labels.get(code, code) for code in profile.traits] if profile else None,
        risky=facts.risky,
        households=(profile and profile.households) or row.village.households,
        minimum_households=profile.minimum_households if profile else None,
        destitute_people=profile.destitute_people if profile else None,
        **_past(row, profile, facts),
    )


def _past(row: VillageInspection, profile: VillageProfile | None, facts: _Facts) -> dict[str, Any]:
    """Earlier rounds of the village: the last one, when it was, what it found; the sheet's own number comes first."""
    begins = row.entry_on or row.round.starts_on
    earlier = [other for other in facts.earlier.get(row.village_id, []) if _day(other) < begins]
    past: dict[str, Any] = {}
    if earlier:
        last = earlier[-1]
        past["last_round"] = last.round.name
        past["years_since"] = Decimal((begins - _day(last)).days) / _DAYS_A_YEAR
        counted = [facts.counts[other.pk] for other in earlier if other.pk in facts.counts]
        if counted:
            past |= {"problems": counted[-1].problems, "problems_from": _round_of(counted[-1], earlier)}
    if profile is not None and profile.prior_count is not None:
        past |= {"problems": profile.prior_count, "problems_from": "村情档案记载以往巡察、审计"}
    return past


def _day(row: VillageInspection) -> dt.date:
    return row.exit_on or row.round.ends_on


def _round_of(count: PriorCount, earlier: list[VillageInspection]) -> str:
    return next(other.round.name for other in earlier if other.pk == count.inspection_id)
