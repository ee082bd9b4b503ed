"""Versions of the library: the one that comes with the product, the next one as a draft, and the change of guard."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from prep.models import CheckPoint, CheckPointLibrary
from prep.rules import library as rules
from prep.workflow.library import LIBRARY, SUCCESSION

_DATA = Path(__file__).resolve().parent.parent / "data"
_NAME = "村（社区）巡察监督要点库"
_COPIED = ("code", "category", "title", "basis", "method", "evidence_hint", "traits", "attention", "order")
Status = CheckPointLibrary.Status


@transaction.atomic
def load_library(*, actor: Any, version: int = 1) -> CheckPointLibrary:
    """Put version ``version`` of the library in if it is not there yet; what the office changed since stays.

    It becomes the one in use when there is none.
    """
    known = CheckPointLibrary.objects.filter(version=version).first()
    if known is not None:
        return known
    in_use = CheckPointLibrary.objects.filter(status=Status.CURRENT).exists()
    library = CheckPointLibrary(
        version=version,
        name=_NAME,
        status=Status.DRAFT if in_use else Status.CURRENT,
        published_on=None if in_use else clock.today(),
    )
    records.create(library, actor=actor, verb="prep.load_library")
    points = [_point(library, row, order) for order, row in enumerate(_rows(version))]
    _write(actor, library, points)
    return library


@transaction.atomic
def copy_library(*, actor: Any, library: CheckPointLibrary) -> CheckPointLibrary:
    """Begin the next version as a draft with the points in force of ``library``. One draft at a time."""
    demand(rules.can_keep(actor))
    draft = CheckPointLibrary.objects.filter(status=Status.DRAFT).first()
    if draft is not None:
        raise ServiceError(f"第{draft.version}版正在编制，请在那一版上修改，或先放弃它。")
    newest = CheckPointLibrary.objects.aggregate(last=Max("version"))["last"] or 0
    made = CheckPointLibrary(
        version=newest + 1, name=library.name, scheme_code=library.scheme_code, based_on=library
    )
    records.create(made, actor=actor, verb="prep.copy_library")
    kept = library.points.filter(active=True)
    _write(actor, made, [CheckPoint(library=made, **{n: getattr(p, n) for n in _COPIED}) for p in kept])
    return made


def _write(actor: Any, library: CheckPointLibrary, points: list[CheckPoint]) -> None:
    records.bulk_create(
        points, actor=actor, verb="prep.load_check_points", target=library, summary=f"{library}监督要点"
    )


@transaction.atomic
def edit_library(
    *, actor: Any, library: CheckPointLibrary, revision: int, name: str, note: str
) -> CheckPointLibrary:
    """Name a draft and say what was revised in it and why."""
    demand(rules.can_edit_library(actor, library))
    if not clean(name).strip():
        raise ServiceError("请填写要点库名称。", "name")
    changes = {"name": clean(name).strip(), "note": clean(note).strip()}
    return records.update(library, actor=actor, verb="prep.edit_library", revision=revision, changes=changes)


@transaction.atomic
def publish_library(
    *, actor: Any, library: CheckPointLibrary, revision: int | None = None
) -> CheckPointLibrary:
    """Put a draft in use and retire the version in use until now, both or neither."""
    demand(LIBRARY.check(actor, library, "publish"))
    for former in CheckPointLibrary.objects.filter(status=Status.CURRENT):
        SUCCESSION.apply(former, "retire", actor=actor)
    return LIBRARY.apply(
        library, "publish", actor=actor, revision=revision, changes={"published_on": clock.today()}
    )


@transaction.atomic
def drop_library(
    *, actor: Any, library: CheckPointLibrary, reason: str, revision: int | None = None
) -> CheckPointLibrary:
    """Give a draft up; it stays readable."""
    return LIBRARY.apply(library, "drop", actor=actor, reason=reason, revision=revision)


@transaction.atomic
def request_library_sheet(*, actor: Any, library: CheckPointLibrary) -> Job:
    """Ask for a version as a workbook to work on without the network; it can be read into a draft again."""
    demand(rules.can_keep(actor))
    return enqueue(
        "prep.library_sheet",
        args={"library": str(library.pk)},
        actor=actor,
        title=f"{library} Excel",
        dedupe=f"prep.library_sheet:{library.pk}:{library.revision}",
        subject=library,
    )


def _rows(version: int) -> list[dict[str, str]]:
    path = _DATA / f"checkpoints_v{version}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _point(library: CheckPointLibrary, row: dict[str, str], order: int) -> CheckPoint:
    return CheckPoint(
        library=library,
        order=order,
        code=row["编号"],
        category=row["类别"],
        title=row["要点"],
        basis=row["依据"],
        method=row["查法"],
        evidence_hint=row["看什么材料"],
        traits=[trait for trait in row["适用类型"].split(";") if trait],
        attention=[name for name in row["适用关注类别"].split(";") if name],
    )
