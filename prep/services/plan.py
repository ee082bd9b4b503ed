"""The easy-first plan: worked out, carried out, dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from prep.models import PlanStatus, PlanStop, RoundPlan
from prep.rules import plan as rules
from prep.selectors import plan_words
from prep.selectors.easy_first import Placed, Problem, Solution, obstacles, overlaps, relief, solve
from prep.selectors.plan_check import blocking, moved_since
from prep.selectors.plan_days import PlanDays
from prep.selectors.plan_facts import Pin, Place, RoundFacts, problem_of, round_facts
from prep.workflow.plan import PLAN
from villages import services as village_services
from villages.models import Round, Team, Village, VillageInspection
from villages.selectors.calendar import working_days_between

WORKBOOK = "prep.plan_workbook"


@transaction.atomic
def make_plan(
    *,
    actor: Any,
    round_: Round,
    villages: Sequence[Village] = (),
    keep_teams: bool = True,
    keep_pins: bool = True,
) -> RoundPlan:
    """Propose team, order and days for the villages of ``round_`` that have not begun, and for ``villages``.

    With ``keep_teams`` assigned villages stay with their team; with ``keep_pins`` what people fixed in the present
    plan stays fixed. Raises ``ServiceError`` with every constraint that cannot be met; a present draft is replaced.
    """
    demand(rules.can_plan(actor, round_))
    present = _present(round_)
    pins = _pins(present) if keep_pins else {}
    facts = round_facts(round_, villages=villages, pins=pins, keep_teams=keep_teams, today=clock.today())
    problem = problem_of(facts)
    solution = _solved(facts, problem)
    for plan in RoundPlan.objects.filter(round=round_, status=PlanStatus.DRAFT):
        PLAN.apply(plan, "supersede", actor=actor)
    plan = records.create(_plan(actor, facts, solution), actor=actor, verb="prep.plan.make")
    stops = _begun_stops(plan, facts) + _placed_stops(plan, facts, problem, solution)
    details = {"最长工作日": plan.longest_days, "下界": plan.bound_days}
    records.bulk_create(
        stops, actor=actor, verb="prep.plan.add_stops", target=plan, summary=str(plan), details=details
    )
    return plan


def _present(round_: Round) -> RoundPlan | None:
    """The plan people worked on last: the draft, else the one being carried out."""
    rows = RoundPlan.objects.filter(round=round_).exclude(status=PlanStatus.SUPERSEDED)
    return rows.order_by("-number").first()


def _pins(plan: RoundPlan | None) -> dict[Any, Pin]:
    rows = PlanStop.objects.filter(plan=plan, begun=False) if plan is not None else []
    return {
        row.village_id: Pin(row.team_id if row.pinned_team else None, row.pinned_on)
        for row in rows
        if row.pinned_team or row.pinned_on
    }


def _solved(facts: RoundFacts, problem: Problem) -> Solution:
    found = plan_words.refusals(facts, obstacles(problem))
    if found:
        raise ServiceError(" ".join(found))
    solution = solve(problem)
    found = plan_words.refusals(facts, overlaps(problem, solution))
    if found:
        raise ServiceError(" ".join(found))
    if not solution.fits:
        raise ServiceError(plan_words.too_long(facts, solution, relief(problem, solution)))
    return solution


def _plan(actor: Any, facts: RoundFacts, solution: Solution) -> RoundPlan:
    last = RoundPlan.objects.filter(round=facts.round).aggregate(last=Max("number"))["last"] or 0
    return RoundPlan(
        round=facts.round,
        number=last + 1,
        begins_on=facts.first,
        ends_on=facts.round.ends_on,
        parameters=facts.parameters,
        longest_days=solution.longest,
        bound_days=solution.bound.days,
        explanation=plan_words.explanation(facts, solution),
        made_by=actor,
    )


def _begun_stops(plan: RoundPlan, facts: RoundFacts) -> list[PlanStop]:
    """Villages that no longer move, as they are; without days of their own they have no place on a calendar."""
    rows = [
        place
        for place in facts.places
        if place.begun and place.inspection and place.inspection.entry_on and place.inspection.exit_on
    ]
    rows.sort(key=lambda place: (place.inspection.entry_on, place.village.code))  # type: ignore[union-attr]
    positions: dict[Any, int] = {}
    stops = []
    for place in rows:
        spine: Any = place.inspection
        positions[spine.team_id] = positions.get(spine.team_id, 0) + 1
        values = _values(plan, place) | {"team_id": spine.team_id, "position": positions[spine.team_id]}
        stops.append(
            PlanStop(
                **values, entry_on=spine.entry_on, exit_on=spine.exit_on, begun=True,
                days=working_days_between(facts.calendar, spine.entry_on, spine.exit_on),
                reasons=["已进驻，按现有分工，不再移动"],
            )
        )  # fmt: skip
    return stops


def _values(plan: RoundPlan, place: Place) -> dict[str, Any]:
    spine = place.inspection
    return {
        "plan": plan,
        "round": plan.round,
        "village": place.village,
        "town_id": place.village.town_id,
        "load": place.load.days,
        "makeup": [[reason, days] for reason, days in place.load.parts],
        "stays": place.stays,
        "seen_revision": spine.revision if spine is not None else None,
    }


def _placed_stops(plan: RoundPlan, facts: RoundFacts, problem: Problem, solution: Solution) -> list[PlanStop]:
    days = PlanDays(facts.days, facts.calendar)
    places = {str(place.village.pk): place for place in facts.open_places}
    by_team: dict[str, list[Placed]] = {}
    for placed in sorted(solution.placed, key=lambda placed: (placed.start, placed.job.rank)):
        by_team.setdefault(placed.squad, []).append(placed)
    return [
        stop
        for team in facts.teams
        for stop in _team_stops(plan, facts, problem, team, by_team.get(str(team.pk), []), places, days)
    ]


def _team_stops(
    plan: RoundPlan, facts: RoundFacts, problem: Problem, team: Team, rows: list[Placed],
    places: Mapping[str, Place], days: PlanDays,
) -> list[PlanStop]:  # fmt: skip
    earlier = [
        place
        for place in facts.places
        if place.begun and place.inspection and place.inspection.team_id == team.pk
    ]
    before = max(earlier, key=_left, default=None)
    previous = before.village if before is not None else None
    ranks = {row.job.key: n for n, row in enumerate(sorted(rows, key=lambda row: row.job.rank), 1)}
    stops = []
    for position, row in enumerate(rows, len(earlier) + 1):
        place = places[row.job.key]
        entry, leave = days.stay(row, place.pin.day)
        why = plan_words.reasons(facts, place, row, previous, (ranks[row.job.key], len(rows)), problem)
        stops.append(
            PlanStop(
                **_values(plan, place), team=team, position=position, entry_on=entry, exit_on=leave,
                days=row.end - row.start, pinned_on=place.pin.day,
                pinned_team=place.pin.team is not None and not place.stays, reasons=why,
            )
        )  # fmt: skip
        previous = place.village
    return stops


def _left(place: Place) -> Any:
    return (place.inspection.exit_on or place.inspection.created_at.date(), place.village.code)  # type: ignore[union-attr]


@transaction.atomic
def discard_plan(*, actor: Any, plan: RoundPlan, revision: int | None = None) -> RoundPlan:
    """Drop a draft; what is being carried out stays."""
    demand(rules.can_change_plan(actor, plan))
    return PLAN.apply(plan, "discard", actor=actor, revision=revision)


@transaction.atomic
def apply_plan(*, actor: Any, plan: RoundPlan, revision: int | None = None) -> RoundPlan:
    """Write teams and days into the assignments, all or nothing; the plan carried out so far is replaced.

    Refused when a village, a team or a tie has moved since the plan was made, and while it has conflicts that cannot
    stand (ties, two villages on one day, days outside of the round).
    """
    demand(rules.can_change_plan(actor, plan))
    stops = list(plan.stops.select_related("village__town", "team__round", "town"))
    rows = VillageInspection.objects.filter(round=plan.round_id).select_related("round", "village", "team")
    spines = {row.village_id: row for row in rows}
    found = moved_since(plan, stops, spines, clock.today()) or blocking(plan, stops)
    if found:
        raise ServiceError(
            f"计划没有执行：{' '.join(found[:5])}{f' 等{len(found)}处。' if len(found) > 5 else ''}"
        )
    for stop in stops:
        if not stop.begun:
            _carry_out(actor, stop, spines.get(stop.village_id))
    for other in RoundPlan.objects.filter(round=plan.round_id, status=PlanStatus.APPLIED):
        PLAN.apply(other, "supersede", actor=actor)
    return PLAN.apply(plan, "apply", actor=actor, revision=revision)


def _carry_out(actor: Any, stop: PlanStop, spine: VillageInspection | None) -> None:
    days = {"entry_on": stop.entry_on, "exit_on": stop.exit_on}
    if spine is None:
        village_services.assign_village(actor=actor, team=stop.team, village=stop.village, **days)
    elif spine.team_id != stop.team_id:
        village_services.move_assignment(
            actor=actor, inspection=spine, team=stop.team, revision=stop.seen_revision, changes=days
        )
    elif (spine.entry_on, spine.exit_on) != (stop.entry_on, stop.exit_on):
        village_services.update_assignment(
            actor=actor, inspection=spine, revision=stop.seen_revision or 0, changes=days
        )


@transaction.atomic
def request_plan_workbook(*, actor: Any, plan: RoundPlan) -> Job:
    """Have the plan made as an Excel workbook."""
    demand(rules.can_read_plans(actor))
    return enqueue(
        WORKBOOK,
        args={"plan": str(plan.pk)},
        actor=actor,
        title=str(plan),
        dedupe=f"{WORKBOOK}:{plan.pk}:{plan.revision}",
        subject=plan,
    )
