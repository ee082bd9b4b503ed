"""What this stage puts on a person's desk."""

from typing import Any

from core.desk import DeskItem
from villages.models import Round


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Items of the watch list that wait for ``viewer``, and villages without a profile."""
    return []
