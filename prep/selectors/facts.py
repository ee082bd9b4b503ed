"""The sheet of figures the rules about facts read, gathered from the profile."""

from decimal import Decimal
from typing import Any

from core import clock
from prep.models import CommitteeMember, TargetKind, VillageProfile, VillageProject, YearFigure
from prep.rules.facts import facts_of
from prep.rules.factsheet import Fact, FactSheet, Limits, Officer, ProjectLine, YearLine
from prep.selectors.posts import holders
from villages.models import Round, VillageInspection
from villages.selectors.parameters import parameter

_ONE_PERSON = ("secretary", "director")


def village_facts(viewer: Any, inspection: VillageInspection) -> list[Fact]:
    """What the village's profile gives reason to ask, as far as the viewer may see it."""
    return facts_of(fact_sheet(viewer, inspection))


def fact_sheet(viewer: Any, inspection: VillageInspection) -> FactSheet:
    """Figures, people in office and traits of one village."""
    today = clock.today()
    profile = VillageProfile.objects.visible_to(viewer).filter(inspection=inspection).first()
    years = YearFigure.objects.visible_to(viewer).filter(village=inspection.village_id).order_by("year")
    people = committee(viewer, inspection)
    projects = VillageProject.objects.visible_to(viewer).filter(village=inspection.village_id, amount__gt=0)
    return FactSheet(
        today=today,
        limits=_limits(inspection.round),
        years=tuple(
            YearLine(row.year, row.income, row.expense, row.debt, row.petitions, row.cases) for row in years
        ),
        officers=tuple(Officer(row.name, row.post, row.from_on, row.kin_note) for row in people),
        both_posts=both_posts(people, target_kinds(viewer)),
        projects=tuple(ProjectLine(row.name, row.amount, row.year) for row in projects if row.amount),
        traits=frozenset(profile.traits) if profile else frozenset(),
        population=profile.population if profile else None,
        residents=profile.residents if profile else None,
        earlier_problems=bool(profile and (profile.prior_problems.strip() or profile.prior_count)),
    )


def target_kinds(viewer: Any) -> dict[str, TargetKind]:
    """Kinds of people in use, by code, in their order."""
    return {kind.code: kind for kind in TargetKind.objects.visible_to(viewer).filter(active=True)}


def both_posts(people: list[CommitteeMember], kinds: dict[str, TargetKind]) -> tuple[str, ...]:
    """Names of those who are secretary and director in one person: marked so, or by the words of the post."""
    held = [set(holders(kinds[code], people)) if code in kinds else set() for code in _ONE_PERSON]
    marked = {row.name for row in people if row.both_posts}
    return tuple(sorted(marked | held[0] & held[1]))


def committee(viewer: Any, inspection: VillageInspection) -> list[CommitteeMember]:
    """Those in office now."""
    today = clock.today()
    rows = CommitteeMember.objects.visible_to(viewer).filter(village=inspection.village_id)
    return [row for row in rows.order_by("name", "post") if row.to_on is None or row.to_on >= today]


def _limits(round_: Round) -> Limits:
    return Limits(
        debt_rise=Decimal(str(parameter(round_, "outline_debt_rise_yuan"))),
        income_change=Decimal(str(parameter(round_, "outline_income_change"))),
        project_sum=Decimal(str(parameter(round_, "outline_project_yuan"))),
        long_term_years=int(parameter(round_, "outline_long_term_years")),
    )
