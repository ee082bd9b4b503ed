"""What this stage puts on a person's desk."""

from typing import Any

from core.desk import DeskItem
from villages.models import Round


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Reports that wait for ``viewer``: to write, to review, to issue."""
    return []
