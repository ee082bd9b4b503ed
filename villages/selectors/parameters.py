"""Values that differ by place and year, as one round uses them."""

import datetime as dt
from typing import Any

from core.errors import ServiceError
from villages.models import Category, CategoryScheme, ParameterDefault, Round, RoundParameter
from villages.models.reference_data import SCHEME_CODE, VALUES


def parameter(round_: Round, key: str) -> Any:
    """The value ``key`` has in ``round_``: the round's own, else the dated default, else the initial one."""
    own = RoundParameter.objects.filter(round=round_, key=key).values_list("value", flat=True).first()
    if own is not None:
        return own
    default = defaults_on(round_.starts_on).get(key)
    if default is not None:
        return default.value
    if key in VALUES:
        return VALUES[key]
    raise ServiceError(f"没有名为“{key}”的参数。")


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
