"""The points of a draft: added, reworded, put in order, left out and taken back."""

import re
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean_deep
from prep.models import AttentionClass, CheckPoint, CheckPointLibrary
from prep.rules import library as rules
from prep.selectors.library_file import category_names
from prep.selectors.traits import trait_labels

POINT_FIELDS = ("category", "title", "basis", "method", "evidence_hint", "traits", "attention")
_CODE = re.compile(r"[A-Z]\d{0,2}-\d{2,3}")


@transaction.atomic
def add_point(*, actor: Any, library: CheckPointLibrary, values: dict[str, Any]) -> CheckPoint:
    """Add a point to a draft at the end of its category. ``values``: ``POINT_FIELDS`` and, if wanted, ``code``."""
    demand(rules.can_edit_library(actor, library))
    chosen = checked_point(library, values)
    code = str(values.get("code") or "").strip().upper() or _next_code(library, chosen["category"])
    if not _CODE.fullmatch(code):
        raise ServiceError("编号写成“类别-序号”，如 E1-15。", "code")
    if library.points.filter(code=code).exists():
        raise ServiceError(f"编号{code}在本版中已有，请换一个。", "code")
    point = CheckPoint(library=library, code=code, order=_make_room(library, chosen["category"]), **chosen)
    return records.create(point, actor=actor, verb="prep.add_point")


@transaction.atomic
def edit_point(*, actor: Any, point: CheckPoint, revision: int, values: dict[str, Any]) -> CheckPoint:
    """Reword a point of a draft; ``values``: any of ``POINT_FIELDS``. Its code stays: the hits hang on it."""
    demand(rules.can_edit_library(actor, point.library))
    changes = checked_point(point.library, values)
    return records.update(point, actor=actor, verb="prep.edit_point", revision=revision, changes=changes)


@transaction.atomic
def set_point_active(*, actor: Any, point: CheckPoint, active: bool, revision: int | None) -> CheckPoint:
    """Leave a point of a draft out, or take it back."""
    demand(rules.can_edit_library(actor, point.library))
    verb = "prep.restore_point" if active else "prep.drop_point"
    return records.update(point, actor=actor, verb=verb, revision=revision, changes={"active": active})


@transaction.atomic
def move_point(*, actor: Any, point: CheckPoint, by: int) -> CheckPoint:
    """Move a point of a draft one place up (``-1``) or down (``1``) among all points."""
    demand(rules.can_edit_library(actor, point.library))
    rows = list(CheckPoint.objects.filter(library=point.library).order_by("order", "code"))
    here = next(place for place, row in enumerate(rows) if row.pk == point.pk)
    there = here + by
    if not 0 <= there < len(rows):
        return point
    own, other = rows[here], rows[there]
    for row, order in ((own, other.order), (other, own.order)):
        records.update(row, actor=actor, verb="prep.move_point", revision=None, changes={"order": order})
    return own


def checked_point(library: CheckPointLibrary, values: dict[str, Any]) -> dict[str, Any]:
    """The given ones of ``POINT_FIELDS``, cleaned; refuses what the library cannot hold."""
    chosen = clean_deep({name: values[name] for name in POINT_FIELDS if name in values})
    for name, label in (
        ("title", "要点"),
        ("basis", "依据"),
        ("method", "查法"),
        ("evidence_hint", "看什么材料"),
    ):
        if name in chosen:
            chosen[name] = " ".join(chosen[name].split())
            if not chosen[name]:
                raise ServiceError(f"请填写{label}。", name)
    if "category" in chosen and chosen["category"] not in category_names(library):
        raise ServiceError(f"分类方案中没有类别“{chosen['category']}”。", "category")
    for name, known in (("traits", trait_labels()), ("attention", AttentionClass.values)):
        if set(chosen.get(name) or []) - set(known):
            raise ServiceError("适用范围不在可选范围内。", name)
    return chosen


def _next_code(library: CheckPointLibrary, category: str) -> str:
    """A number no version has used for another point: hits are counted by code."""
    used = CheckPoint.objects.filter(
        library__scheme_code=library.scheme_code, code__startswith=f"{category}-"
    ).values_list("code", flat=True)
    numbers = [int(tail) for code in used if (tail := code.partition("-")[2]).isdigit()]
    return f"{category}-{max(numbers, default=0) + 1:02d}"


def _make_room(library: CheckPointLibrary, category: str) -> int:
    """The place behind the last point of ``category``; those that follow move on by one."""
    points = library.points.all()
    last = points.filter(category=category).aggregate(last=Max("order"))["last"]
    if last is None:
        last = points.filter(category__lt=category).aggregate(last=Max("order"))["last"]
    place = 0 if last is None else last + 1
    points.filter(order__gte=place).update(order=F("order") + 1)
    return place
