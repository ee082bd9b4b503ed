"""Which function does which kind of job. Each app registers its own in ``<app>/jobs.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its dotted name, the title people see, the function, and how many seconds it may take."""

    name: str
    title: str
    function: Function
    time_limit: int


_KINDS: dict[str, Kind] = {}


def job(name: str, *, title: str, time_limit: int = 540) -> Callable[[Function], Function]:
    """Register ``function(ctx, **args)`` as the work of kind ``name``.

    It may run more than once (a machine may die in between), so its effects outside of what it returns belong into
    ``ctx.fenced()``. It returns a ``StoredFile``, a dictionary, or nothing.
    """

    def register(function: Function) -> Function:
        if name in _KINDS and _KINDS[name].function.__module__ != function.__module__:
            raise ValueError(f"job kind {name} is registered twice")
        _KINDS[name] = Kind(name, title, function, time_limit)
        return function

    return register


def find(name: str) -> Kind:
    """Return the kind; raise ``LookupError`` for one that no app registered."""
    try:
        return _KINDS[name]
    except KeyError:
        raise LookupError(f"no job of kind {name!r} is registered") from None
