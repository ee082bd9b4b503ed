"""Which function does which kind of job. Each app registers its own in ``<app>/jobs.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]
Permission = Callable[..., Any]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its dotted name, the title people see, the function, how many seconds it may take, and who may
    have the result.
    """

    name: str
    title: str
    function: Function
    time_limit: int
    allowed: Permission | None


# Seconds, unless a kind says otherwise.
TIME_LIMIT = 540

_KINDS: dict[str, Kind] = {}


def job(
    name: str, *, title: str, time_limit: int = TIME_LIMIT, allowed: Permission | None = None
) -> Callable[[Function], Function]:
    """Register ``function(ctx, **args)`` as the work of kind ``name``.

    It may run more than once (a machine may die in between), so effects on other rows belong into ``ctx.finishing()``
    or ``ctx.fenced()``. It returns what ``ctx.store`` gave it, a dictionary kept on the row, or nothing.
    ``time_limit`` is in seconds. ``allowed(user, **args)`` is asked at every download: a person may have lost the
    right to the record since asking. A kind without it gives its file to nobody.
    """

    def register(function: Function) -> Function:
        if name in _KINDS and _KINDS[name].function.__module__ != function.__module__:
            raise ValueError(f"job kind {name} is registered twice")
        _KINDS[name] = Kind(name, title, function, time_limit, allowed)
        return function

    return register


def find(name: str) -> Kind:
    """Return the kind; raise ``LookupError`` for one that no app registered."""
    try:
        return _KINDS[name]
    except KeyError:
        raise LookupError(f"no job of kind {name!r} is registered") from None


def may_have(name: str, user: Any, args: dict[str, Any]) -> bool:
    """May ``user``, who asked for the job, still have its file? Not when the kind is gone or names no rule."""
    kind = _KINDS.get(name)
    return kind is not None and kind.allowed is not None and bool(kind.allowed(user, **args))


def limit_of(name: str) -> int:
    """Seconds a job of this kind may take; the usual limit for a kind that only another version knows."""
    kind = _KINDS.get(name)
    return kind.time_limit if kind else TIME_LIMIT


def kinds() -> tuple[Kind, ...]:
    """Every kind there is, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
