"""Rounds to plan and stored plans for tests."""

import datetime as dt

from prep.models import PlanStatus, PlanStop, RoundPlan
from tests.factories import make_member, make_team, make_village
from villages.models import TeamRole, VillageInspection

PARAMETERS = {
    "plan_base_days": 5.0,
    "plan_size_per_day": {"户数": 500, "人口": 2500},
    "plan_class_days": {"重点关注": 3.0, "关注": 1.5, "一般": 0.0},
    "plan_extra_days": {"每件年均信访": 0.2, "每件年均案件": 0.5, "每个以往问题": 0.05, "每项复杂村情": 0.5},
    "plan_stay_limits": {"最少": 5.0, "最多": 20.0},
    "plan_travel_days": 1,
    "plan_team_size": 5,
}


def stored_plan(cast, status=PlanStatus.DRAFT):
    """A plan of the cast's round with one village for each of the two teams, written straight into the tables."""
    found = RoundPlan.objects.filter(round=cast.round, status=status).first()
    if found is not None:
        return found
    plan = RoundPlan.objects.create(
        round=cast.round, number=RoundPlan.objects.count() + 1, status=status, begins_on=dt.date(2026, 3, 2),
        ends_on=cast.round.ends_on, parameters=PARAMETERS, longest_days=8, bound_days=8, made_by=cast.office_clerk,
    )  # fmt: skip
    for inspection in (cast.inspection, cast.other_inspection):
        PlanStop.objects.create(
            plan=plan, round=cast.round, team=inspection.team, village=inspection.village, town=inspection.town,
            position=1, entry_on=dt.date(2026, 3, 2), exit_on=dt.date(2026, 3, 11), load=8, days=8,
            reasons=["工作量8天"], makeup=[["基数", 5.0], ["400户", 0.8]], seen_revision=inspection.revision,
        )  # fmt: skip
    return plan


def unassigned(cast, number, town=None, **over):
    """``number`` villages no team has yet, in one town; the later the heavier."""
    return [make_village(town or cast.town_place, households=400 + 250 * n, **over) for n in range(number)]


def staffed(cast, number=1, size=5):
    """Further teams with a leader and members."""
    teams = []
    for _ in range(number):
        team = make_team(cast.round)
        make_member(team, TeamRole.LEADER)
        for _ in range(size - 1):
            make_member(team, TeamRole.MEMBER)
        teams.append(team)
    return teams


def lead(cast):
    """A leader for the cast's other team, which has none."""
    return make_member(cast.other_team, TeamRole.LEADER)


def clear(cast):
    """No village assigned: everything can be planned."""
    VillageInspection.objects.filter(round=cast.round).delete()
