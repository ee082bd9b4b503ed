"""Values that differ by place and year, as one round uses them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.errors import ServiceError
from villages.models import Category, CategoryScheme, ParameterDefault, Round, RoundParameter
from villages.models.reference_data import SCHEME_CODE, VALUES


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
