"""The watch list: drawn from the library, added to, shared out, and concluded item by item."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from prep import rules
from prep.models import CheckPoint, CheckPointLibrary, Origin, Scope, VillageProfile, WatchItem, WatchStatus
from prep.services.seeding import next_seq
from prep.workflow import STEP_TO, WATCH
from villages.models import Category, Stage, User, VillageInspection, spine
from villages.selectors.schemes import CategoryMap

EDITABLE = ("category", "scope", "title", "basis", "method", "evidence_hint")


@transaction.atomic
def draw_watch_list(*, actor: Any, inspection: VillageInspection) -> list[WatchItem]:
    """Copy the check points of the library in use that suit the village's traits and attention class.

    Returns those that were new. Points drawn before, from this version or an earlier one, stay as they are, so
    drawing again after the profile changed only adds. A point for every village is common, any other individual.
    """
    demand(rules.can_edit(actor, inspection))
    library = CheckPointLibrary.objects.filter(status=CheckPointLibrary.Status.CURRENT).first()
    if library is None:
        raise ServiceError("还没有现行的监督要点库，请先请巡察办启用。")
    first = next_seq(inspection)
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    listed = WatchItem.objects.filter(inspection=inspection, check_point__isnull=False)
    drawn = set(listed.values_list("check_point__code", flat=True))
    points = [p for p in library.points.filter(active=True) if p.code not in drawn and _suits(p, profile)]
    places = CategoryMap(inspection.round, library.scheme_code)
    items = [
        WatchItem(
            **spine(inspection), check_point=point, seq=seq, origin=Origin.LIBRARY, scope=_scope(point),
            title=point.title, category=places.find(point.category), basis=point.basis, method=point.method,
            evidence_hint=point.evidence_hint,
        )
        for seq, point in enumerate(points, first)
    ]  # fmt: skip
    summary = f"{inspection.village.name}待查问题清单"
    return records.bulk_create(
        items, actor=actor, verb="prep.draw_watch_list", target=inspection, summary=summary
    )


def _suits(point: CheckPoint, profile: VillageProfile | None) -> bool:
    traits = set(profile.traits) if profile else set()
    attention = profile.attention_class if profile else ""
    return (not point.traits or bool(traits & set(point.traits))) and (
        not point.attention or attention in point.attention
    )


def _scope(point: CheckPoint) -> Scope:
    return Scope.INDIVIDUAL if point.traits or point.attention else Scope.COMMON


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
    """Add an item of the team's own; once the village has left preparation it is born during fieldwork."""
    demand(rules.can_edit(actor, inspection))
    if assignee is not None:
        _check_assignee(actor, inspection, assignee)
    origin = Origin.TEAM if inspection.status == Stage.PREP else Origin.FIELDWORK
    item = WatchItem(
        **spine(inspection), seq=next_seq(inspection), origin=origin, title=_title(title), category=category,
        scope=scope, basis=clean(basis), method=clean(method), evidence_hint=clean(evidence_hint),
        assignee=assignee, due_on=due_on,
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
    demand(rules.can_conclude(actor, item))
    if revision is not None and revision != item.revision:
        # Before the step is judged: the other one's conclusion may have made it impossible, and both must be seen.
        raise StaleRecord(item, {"status": result, "note": text})
    return WATCH.apply(item, step, actor=actor, revision=revision, reason=text, changes={"note": text})


@transaction.atomic
def clear_watch_items(
    *, actor: Any, inspection: VillageInspection, items: list[WatchItem], note: str
) -> VillageInspection:
    """Conclude many open items of one village with "nothing found" and one note; all or none.

    Only "nothing found", and only what is still open: a suspicion is settled item by item.
    """
    if not items:
        raise ServiceError("请先勾选没有发现问题的条目。")
    text = clean(note).strip()
    if not text:
        raise ServiceError("请写明查了什么、依据什么，再记为未发现。", "note")
    if any(item.inspection_id != inspection.pk for item in items):
        raise ServiceError("只能办理同一个村（社区）的待查问题。")
    settled = [str(item.seq) for item in items if item.status != WatchStatus.OPEN]
    if settled:
        raise ServiceError(f"第{'、'.join(settled)}条不是待查，一条也没有改动。疑点请逐条填写结果。")
    others = [str(item.seq) for item in items if not rules.can_conclude(actor, item)]
    if others:
        raise ServiceError(f"第{'、'.join(others)}条由别人承办，一条也没有改动。请去掉勾选再办理。")
    for item in items:
        WATCH.apply(item, "clear", actor=actor, reason=text, changes={"note": text})
    return inspection


@transaction.atomic
def request_watch_sheet(*, actor: Any, inspection: VillageInspection) -> Job:
    """Ask for the list as Word; made in the background, found under the person's jobs."""
    demand(rules.can_browse(actor))
    return enqueue(
        "prep.watch_sheet",
        args={"inspection": str(inspection.pk)},
        actor=actor,
        title=f"{inspection.village.name}待查问题清单 Word",
        dedupe=f"prep.watch_sheet:{actor.pk}:{inspection.pk}",
        subject=inspection,
    )


@transaction.atomic
def reopen_watch_item(*, actor: Any, item: WatchItem, reason: str, revision: int | None = None) -> WatchItem:
    """Take a conclusion back; the reason stays in the history, the old note on the item."""
    return WATCH.apply(item, "reopen", actor=actor, revision=revision, reason=reason)
