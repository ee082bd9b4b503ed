"""What filing puts on a person's desk."""

from typing import Any

from django.urls import reverse

from archives.models import ArchivePackage
from archives.selectors.pages import packages
from core.desk import DeskItem
from villages.access import is_office
from villages.models import Round


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """For the office: packages found broken, and a round that has ended without a sealed package."""
    if round is None or not is_office(viewer):
        return []
    items = [
        DeskItem(
            kind="校验不符",
            title=str(row),
            url=reverse("archives:package", args=[row.pk]),
            detail=row.check_note.split("\n")[0],
            tone="bad",
            action="查看",
        )
        for row in packages(viewer, round)
        if row.status == ArchivePackage.Status.BROKEN
    ]
    whole = ArchivePackage.objects.filter(round=round, inspection=None, status=ArchivePackage.Status.SEALED)
    if round.status == Round.Status.CLOSED and not whole.exists():
        items.append(
            DeskItem(
                kind="待归档",
                title=f"{round.name}已结束，尚未归档",
                url=reverse("archives:index"),
                detail="整理目录后生成归档包",
                tone="warn",
                action="去归档",
                primary=True,
            )
        )
    return items
