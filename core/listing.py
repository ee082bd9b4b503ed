"""Long lists: keyset pages (page 1,000 costs what page 1 costs) and counts that stop at a cap."""

import base64
import binascii
import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q

from core.text import clean_deep


@dataclass(frozen=True)
class Page:
    """One page of rows and the cursors of its neighbours (empty when there is none)."""

    rows: list[Any]
    next: str = ""
    previous: str = ""


def keyset(queryset: models.QuerySet, *, order: list[str], cursor: str = "", size: int = 50) -> Page:
    """Return ``size`` rows in ``order`` after (or, for a backward cursor, before) ``cursor``.

    ``order`` holds names of non-null concrete fields, ``-`` for descending; the primary key is appended as the
    tie-breaker. A cursor that was tampered with gives the first page.
    """
    order = order if order[-1].lstrip("-") in ("id", "pk") else [*order, "id"]
    position, backward = _decode(cursor, queryset.model, order)
    walk = [_flip(name) for name in order] if backward else order
    rows_query = queryset.order_by(*walk)
    if position is not None:
        rows_query = rows_query.filter(_after(walk, position))
    found = list(rows_query[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backward:
        rows.reverse()
    return Page(
        rows,
        next=_encode(rows[-1], order, False) if rows and (more or backward) else "",
        previous=_encode(rows[0], order, True)
        if rows and (more if backward else position is not None)
        else "",
    )


def capped_count(queryset: models.QuerySet, cap: int = 1000) -> tuple[int, bool]:
    """Count at most ``cap`` rows; the flag says that there are more (shown as ``1000+``)."""
    found = queryset.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found > cap


def counts_by(rows: models.QuerySet, field: str) -> Counter[Any]:
    """How many of ``rows`` there are of each value of ``field``; one query."""
    return Counter({row[field]: row["n"] for row in rows.order_by().values(field).annotate(n=Count("pk"))})


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: list[str], position: list[Any]) -> Q:
    """Rows strictly behind ``position`` in the lexicographic order of ``order``."""
    condition, equal = Q(), Q()
    for name, value in zip(order, position, strict=True):
        field = name.lstrip("-")
        step = Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        condition |= equal & step
        equal &= Q(**{field: value})
    return condition


def _value(row: Any, name: str) -> Any:
    value = row[name] if isinstance(row, dict) else getattr(row, name)
    return value.pk if isinstance(value, models.Model) else value


def _encode(row: Any, order: list[str], backward: bool) -> str:
    values = [_value(row, name.lstrip("-")) for name in order]
    text = json.dumps([int(backward), values], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, model: type[models.Model], order: list[str]) -> tuple[list[Any] | None, bool]:
    if not cursor:
        return None, False
    try:
        read = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backward, values = clean_deep(read)
        fields: list[Any] = [model._meta.get_field(name.lstrip("-").replace("pk", "id")) for name in order]
        position = [field.to_python(v) for field, v in zip(fields, values, strict=True)]
        return (position, bool(backward)) if all(map(_comparable, position)) else (None, False)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None, False


def _comparable(value: Any) -> bool:
    """Can a database compare with ``value``? Days at the ends of the calendar leave it when their zone is changed."""
    return value is not None and not (isinstance(value, dt.date) and not 1 < value.year < dt.MAXYEAR)
