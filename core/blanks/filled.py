"""Papers of one village that exist already and go into its set filled in. Each app registers its own in `jobs`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Named = tuple[str, bytes]
Make = Callable[[Any, Any], Named | None]


@dataclass(frozen=True)
class FilledPaper:
    """A kind of filled paper: its dotted name, the title people see, its stage.

    ``make(viewer, inspection)`` returns file name and bytes, or ``None`` where there is no such paper yet or
    ``viewer`` may not have it. A set is for the whole team: papers that name reporters or persons concerned are never
    offered.
    """

    name: str
    title: str
    stage: str
    make: Make


_PAPERS: dict[str, FilledPaper] = {}


def filled_paper(name: str, *, title: str, stage: str) -> Callable[[Make], Make]:
    """Register ``function(viewer, inspection)`` as the filled paper ``name``; see :class:`FilledPaper`.

    The function reads by the rights of ``viewer`` and takes no time of its own: the same rows must give the same bytes.
    """

    def register(function: Make) -> Make:
        known = _PAPERS.get(name)
        if known is not None and known.make.__module__ != function.__module__:
            raise ValueError(f"filled paper {name} is registered twice")
        _PAPERS[name] = FilledPaper(name, title, stage, function)
        return function

    return register


def filled_papers() -> tuple[FilledPaper, ...]:
    """Every kind there is, by name."""
    return tuple(_PAPERS[name] for name in sorted(_PAPERS))
