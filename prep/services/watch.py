"""The watch list: drawn from the library, added to, shared out, and concluded item by item."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep import rules
from prep.models import CheckPoint, CheckPointLibrary, Scope, VillageProfile, WatchItem, WatchStatus
from prep.workflow import STEP_TO, WATCH
from villages.models import Category, User, VillageInspection, spine

EDITABLE = ("category", "scope", "title", "basis", "method", "evidence_hint")


@transaction.atomic
def draw_watch_list(*, actor: Any, inspection: VillageInspection) -> list[WatchItem]:
    """Copy the check points of the library in use that suit the village's traits; return those that were new.

    Points drawn before stay as they are, so drawing again after the profile changed only adds.
    """
    demand(rules.can_edit(actor, inspection))
    library = CheckPointLibrary.objects.filter(status=CheckPointLibrary.Status.CURRENT).first()
    if library is None:
        raise ServiceError("还没有现行的监督要点库，请先请巡察办启用。")
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    traits = set(profile.traits) if profile else set()
    drawn = set(
        WatchItem.objects.filter(inspection=inspection, check_point__isnull=False).values_list(
            "check_point", flat=True
        )
    )
    points = [p for p in library.points.filter(active=True) if p.pk not in drawn and _suits(p, traits)]
    categories, first = _categories(inspection), _next_seq(inspection)
    items = [
        WatchItem(
            **spine(inspection), check_point=point, seq=seq, scope=Scope.COMMON, title=point.title,
            category=_category(categories, point.category), basis=point.basis, method=point.method,
            evidence_hint=point.evidence_hint,
        )
        for seq, point in enumerate(points, first)
    ]  # fmt: skip
    summary = f"{inspection.village.name}待查问题清单"
    return records.bulk_create(
        items, actor=actor, verb="prep.draw_watch_list", target=inspection, summary=summary
    )


def _suits(point: CheckPoint, traits: set[str]) -> bool:
    return not point.traits or bool(traits & set(point.traits))


def _categories(inspection: VillageInspection) -> dict[str, Category]:
    return {row.code: row for row in Category.objects.filter(scheme=inspection.round.scheme_id)}


def _category(categories: dict[str, Category], code: str) -> Category | None:
    """The round may use a scheme without this second level: then the first level, then none."""
    return categories.get(code) or categories.get(code[:1])


def _next_seq(inspection: VillageInspection) -> int:
    return (WatchItem.objects.filter(inspection=inspection).aggregate(last=Max("seq"))["last"] or 0) + 1


@transaction.atomic
def add_watch_item(
    *,
    actor: Any,
    inspection: VillageInspection,
    title: str,
    category: Category | None = None,
    scope: str = Scope.INDIVIDUAL,
    basis: str = "",
    method: str = "",
    evidence_hint: str = "",
    assignee: User | None = None,
    due_on: dt.date | None = None,
) -> WatchItem:
    """Add an item of the team's own, before or during fieldwork."""
    demand(rules.can_edit(actor, inspection))
    if assignee is not None:
        _check_assignee(actor, inspection, assignee)
    item = WatchItem(
        **spine(inspection), seq=_next_seq(inspection), title=_title(title), category=category, scope=scope,
        basis=clean(basis), method=clean(method), evidence_hint=clean(evidence_hint), assignee=assignee,
        due_on=due_on,
    )  # fmt: skip
    return records.create(item, actor=actor, verb="prep.add_watch_item")


def _title(text: str) -> str:
    title = clean(text).strip()
    if not title:
        raise ServiceError("请写明待查什么问题。", "title")
    return title


@transaction.atomic
def edit_watch_item(*, actor: Any, item: WatchItem, revision: int, values: dict[str, Any]) -> WatchItem:
    """Reword an item; ``values``: any of ``EDITABLE``."""
    demand(rules.can_edit(actor, item))
    changes = {name: values[name] for name in EDITABLE if name in values}
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    return records.update(item, actor=actor, verb="prep.edit_watch_item", revision=revision, changes=changes)


@transaction.atomic
def assign_watch_items(
    *, actor: Any, inspection: VillageInspection, items: list[WatchItem], assignee: User,
    due_on: dt.date | None = None,
) -> VillageInspection:  # fmt: skip
    """Give ``items`` of one village to one member of its team; all or none."""
    if not items:
        raise ServiceError("请先勾选要分派的待查问题。")
    _check_assignee(actor, inspection, assignee)
    if any(item.inspection_id != inspection.pk for item in items):
        raise ServiceError("只能分派同一个村（社区）的待查问题。")
    changes = {"assignee": assignee} | ({"due_on": due_on} if due_on else {})
    for item in items:
        records.update(item, actor=actor, verb="prep.assign_watch_item", revision=None, changes=dict(changes))
    return inspection


def _check_assignee(actor: Any, inspection: VillageInspection, assignee: User) -> None:
    """Anybody may take an item; giving it to somebody else is the leader's business."""
    demand(
        rules.can_edit(actor, inspection) if actor.pk == assignee.pk else rules.can_assign(actor, inspection)
    )
    taking = rules.can_take(assignee, inspection)
    if not taking:
        raise ServiceError(taking.why, "assignee")


@transaction.atomic
def conclude_watch_item(
    *, actor: Any, item: WatchItem, result: str, note: str, revision: int | None = None
) -> WatchItem:
    """Record what verification showed: ``result`` is any ``WatchStatus`` but open, ``note`` says on what it rests."""
    if result not in STEP_TO:
        raise ServiceError("请选择查核结果。", "result")
    text = clean(note).strip()
    step = STEP_TO[WatchStatus(result)]
    return WATCH.apply(item, step, actor=actor, revision=revision, reason=text, changes={"note": text})


@transaction.atomic
def reopen_watch_item(*, actor: Any, item: WatchItem, reason: str, revision: int | None = None) -> WatchItem:
    """Take a conclusion back; the reason stays in the history, the old note on the item."""
    return WATCH.apply(item, "reopen", actor=actor, revision=revision, reason=reason)
