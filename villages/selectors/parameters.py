"""Values that differ by place and year, as one round uses them."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from core.errors import ServiceError
from villages.models import Category, CategoryScheme, ParameterDefault, Round, RoundParameter
from villages.models.reference_data import SCHEME_CODE, VALUES

_Parts = dict[str, Any]


class _Keeper(NamedTuple):
    offered: Callable[[_Parts], _Parts]
    refusal: Callable[[_Parts], tuple[str, str] | None]


_keepers: dict[str, _Keeper] = {}


def parameter_parts(
    key: str, *, offered: Callable[[_Parts], _Parts], refusal: Callable[[_Parts], tuple[str, str] | None]
) -> None:
    """Let the app whose nouns a parameter's parts are named after say which parts there are.

    ``offered``: a value with every part it should have. ``refusal``: the part that cannot be kept, and the sentence.
    """
    _keepers[key] = _Keeper(offered, refusal)


def offered_parts(key: str, value: Any) -> Any:
    """A parameter's value with the parts it should have today."""
    return _keepers[key].offered(value) if key in _keepers else value


def refused_part(key: str, value: Any) -> tuple[str, str] | None:
    """The part of a value that cannot be kept, and why."""
    return _keepers[key].refusal(value) if key in _keepers else None


def parameter(round_: Round, key: str) -> Any:
    """The value ``key`` has in ``round_``: the round's own, else the dated default, else the initial one."""
    return parameter_values(round_, [key])[key]


def parameter_values(round_: Round, keys: Iterable[str]) -> dict[str, Any]:
    """Several parameters of a round at once; see :func:`parameter`. Two queries at most."""
    keys = list(keys)
    found = dict(RoundParameter.objects.filter(round=round_, key__in=keys).values_list("key", "value"))
    if len(found) < len(keys):
        dated = {key: row.value for key, row in defaults_on(round_.starts_on).items()}
        found = {key: value for key, value in (VALUES | dated | found).items() if key in keys}
    for key in keys:
        if key not in found:
            raise ServiceError(f"没有名为“{key}”的参数。")
    return found


def defaults_on(day: dt.date) -> dict[str, ParameterDefault]:
    """The default of each parameter valid on ``day``: the newest one that has begun."""
    rows = ParameterDefault.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.key: row for row in rows}


def default_scheme() -> CategoryScheme | None:
    """The newest version of the five aspects."""
    return CategoryScheme.objects.filter(code=SCHEME_CODE).order_by("-version").first()


def top_categories(round_: Round) -> list[Category]:
    """Level one of the round's scheme, in order (the five aspects, then rectification)."""
    return list(Category.objects.filter(scheme=round_.scheme_id, parent=None))
