"""The checklist of whom to talk to and whom to visit: its plan, and visits counted by hand."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep import rules
from prep.models import DutyPart, DutyPlan, VisitCount
from prep.rules.outline import traces
from prep.selectors.duties import subjects
from villages.models import User, VillageInspection, spine


@transaction.atomic
def plan_duty(
    *,
    actor: Any,
    inspection: VillageInspection,
    part: str,
    subject: str = "",
    planned_on: dt.date | None = None,
    assignee: User | None = None,
    note: str = "",
    revision: int = 0,
) -> DutyPlan:
    """Say when a line of the checklist is done and by whom. ``revision``: what the writer saw, 0 for none yet."""
    demand(rules.can_edit(actor, inspection))
    _known(inspection, part, subject)
    if assignee is not None:
        taking = rules.can_take(assignee, inspection)
        if not taking:
            raise ServiceError(taking.why, "assignee")
    values = {"planned_on": planned_on, "assignee": assignee, "note": _quiet(note)}
    row = DutyPlan.objects.filter(inspection=inspection, part=part, subject=subject).first()
    if row is None:
        made = DutyPlan(**spine(inspection), part=part, subject=subject, **values)
        return records.create(made, actor=actor, verb="prep.plan_duty")
    return records.update(row, actor=actor, verb="prep.plan_duty", revision=revision, changes=values)


@transaction.atomic
def count_visits(
    *,
    actor: Any,
    inspection: VillageInspection,
    households: int,
    visited_on: dt.date,
    visitor: User,
    group: str = "",
    note: str = "",
) -> VisitCount:
    """Note that ``visitor`` went to so many households of one group on a day; the group is empty for any others."""
    demand(rules.can_edit(actor, inspection))
    if group:
        _known(inspection, DutyPart.VISIT, group)
    if not 0 < households <= 500:
        raise ServiceError("一次登记的户数应在1到500之间。", "households")
    if visited_on > clock.today():
        raise ServiceError("走访日期不能晚于今天。", "visited_on")
    taking = rules.can_take(visitor, inspection)
    if not taking:
        raise ServiceError(taking.why, "visitor")
    row = VisitCount(
        **spine(inspection), group=group, households=households, visited_on=visited_on, visitor=visitor,
        note=_quiet(note),
    )  # fmt: skip
    return records.create(row, actor=actor, verb="prep.count_visits")


@transaction.atomic
def withdraw_visits(*, actor: Any, row: VisitCount, reason: str, revision: int | None = None) -> VisitCount:
    """Take a wrong count back; it stays in the history with the reason."""
    demand(rules.can_edit(actor, row))
    if row.deleted_at:
        raise ServiceError("这条走访登记已经撤回。")
    if not reason.strip():
        raise ServiceError("请填写撤回的理由。", "reason")
    return records.soft_delete(
        row, actor=actor, verb="prep.withdraw_visits", reason=clean(reason)[:500], revision=revision
    )


def _known(inspection: VillageInspection, part: str, subject: str) -> None:
    if part not in DutyPart.values or subject not in subjects(inspection, part):
        raise ServiceError("清单里没有这一项，请刷新页面后再办。", "subject")


def _quiet(note: str) -> str:
    """A note must not tell who reported something."""
    text = clean(note).strip()
    found = traces(text, shielded=True)
    if found:
        raise ServiceError(f"备注里有{'、'.join(found)}，会暴露反映情况的人，请改写。", "note")
    return text
