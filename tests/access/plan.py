"""Decisions about the calendar and the easy-first plan: the office plans, a team reads its part of the applied one."""

import datetime as dt

from prep.models import PlanStatus
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.prep.plans import stored_plan
from villages.models import CalendarDay

# No page was ever that new: whoever may take the step is told so, and nothing changes for the next role.
STALE = {"revision": "999"}
INSPECTORS = INSPECTING - OFFICE


def a_round(cast, whose):
    return {"pk": cast.round.pk}


def a_day(cast, whose):
    row, _ = CalendarDay.objects.get_or_create(day=dt.date(2026, 5, 1), kind="rest", name="劳动节")
    return {"pk": row.pk}


def applied(cast, whose):
    return {"pk": stored_plan(cast, PlanStatus.APPLIED).pk}


def draft(cast, whose):
    return {"pk": stored_plan(cast, PlanStatus.DRAFT).pk}


def a_stop(plan, cast, whose):
    team = cast.team if whose == "own" else cast.other_team
    return {"pk": plan.stops.get(team=team).pk}


def applied_stop(cast, whose):
    return a_stop(stored_plan(cast, PlanStatus.APPLIED), cast, whose)


def draft_stop(cast, whose):
    return a_stop(stored_plan(cast, PlanStatus.DRAFT), cast, whose) | {"action": "forth"}


EVERY_TEAM = {"may": INSPECTING, "may_foreign": INSPECTING}
OFFICE_ONLY = {"may": OFFICE, "may_foreign": OFFICE}
SHOWN = {"sees": INSPECTORS, "sees_foreign": INSPECTORS}

ENTRIES = [
    Entry("villages:calendar", INSPECTING),
    Entry("villages:calendar_remove", objects=a_day, method="post", post=STALE, **OFFICE_ONLY, **SHOWN),
    Entry("prep:plans", objects=a_round, **EVERY_TEAM),
    Entry("prep:plan_make", objects=a_round, **OFFICE_ONLY, **SHOWN),
    Entry("prep:plan", objects=applied, **EVERY_TEAM),
    Entry("prep:plan_workbook", objects=applied, method="post", **EVERY_TEAM),
    Entry(
        "prep:plan_action",
        objects=lambda cast, whose: draft(cast, whose) | {"action": "apply"},
        method="post",
        post=STALE,
        **OFFICE_ONLY,
    ),
    Entry("prep:plan_stop", objects=applied_stop, may=OFFICE | TEAM, may_foreign=OFFICE | {"outsider"}),
    Entry("prep:plan_stop_action", objects=draft_stop, method="post", post=STALE, **OFFICE_ONLY),
]
