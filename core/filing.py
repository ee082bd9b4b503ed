"""What a stage hands over for filing: one paper with its title, date, maker, and where its bytes come from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from core.audit import SystemActor
from core.models.base import VisibleQuerySet
from core.models.files import StoredFile

Q = TypeVar("Q", bound=VisibleQuerySet)


@dataclass(frozen=True)
class FiledPaper:
    """One paper of the archive.

    ``source`` is stable (``findings.finding/<uuid>``) and unique within a round. Bytes come from ``file``, the
    untouched original, or from ``render``, which makes the paper from its row when the package is written. ``name``
    carries the extension. ``retention`` is Y, D30 or D10; ``about`` are keys of the rows whose audit entries belong
    to it. Papers that name reporters or persons concerned are never offered.
    """

    source: str
    stage: str
    title: str
    name: str
    responsible: str
    dated_on: dt.date | None
    team_id: Any
    town_id: Any
    village_id: Any = None
    doc_no: str = ""
    retention: str = "D30"
    file: StoredFile | None = None
    render: Callable[[], bytes] | None = None
    about: tuple[Any, ...] = ()

    def content(self) -> bytes:
        """The rendered paper; only for one that has no stored file."""
        if self.render is None:
            raise ValueError(f"{self.source} has neither a file nor a way to make it")
        return self.render()


def reachable(rows: Q, viewer: Any) -> Q:
    """Rows ``viewer`` may file: what it may see; the operator's own command files everything."""
    return rows if isinstance(viewer, SystemActor) and not viewer.pk else rows.visible_to(viewer)
