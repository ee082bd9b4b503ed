"""What this stage puts on a person's desk."""

from typing import Any

from core.desk import DeskItem
from villages.models import Round


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Villages to file and packages that failed."""
    return []
