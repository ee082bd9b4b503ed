"""The library that comes with the product: check points written as a table, loaded once."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from core import records
from prep.models import CheckPoint, CheckPointLibrary

_DATA = Path(__file__).resolve().parent.parent / "data"
_NAME = "村（社区）巡察监督要点库"


@transaction.atomic
def load_library(*, actor: Any, version: int = 1) -> CheckPointLibrary:
    """Put version ``version`` of the library in if it is not there yet; what the office changed since stays.

    It becomes the one in use when there is none.
    """
    known = CheckPointLibrary.objects.filter(version=version).first()
    if known is not None:
        return known
    in_use = CheckPointLibrary.objects.filter(status=CheckPointLibrary.Status.CURRENT).exists()
    status = CheckPointLibrary.Status.DRAFT if in_use else CheckPointLibrary.Status.CURRENT
    library = records.create(
        CheckPointLibrary(version=version, name=_NAME, status=status), actor=actor, verb="prep.load_library"
    )
    points = [_point(library, row, order) for order, row in enumerate(_rows(version))]
    records.bulk_create(
        points, actor=actor, verb="prep.load_check_points", target=library, summary=f"{library}监督要点"
    )
    return library


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
    )
