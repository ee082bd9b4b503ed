"""Long lists: keyset pages (page 1,000 costs what page 1 costs) and counts that stop at a cap."""

import base64
import binascii
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Count, F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

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


def shown_count(found: int, cap: int) -> int | str:
    """A count as people see it: the number itself, or ``1000+`` for one that went over ``cap``."""
    return found if found <= cap else f"{cap}+"


def tally(queryset: models.QuerySet, *names: str, cap: int) -> tuple[dict[tuple[Any, ...], int], bool]:
    """How many rows there are of each combination of the columns ``names``; one query that reads ``cap`` rows at most.

    The flag says that there are more than ``cap``: the counts are then of some of the rows and good for nothing.
    """
    part = queryset.order_by().values(*names)[: cap + 1]
    try:
        inner, params = part.query.sql_with_params()
    except EmptyResultSet:
        return {}, False
    places = ", ".join(str(number) for number in range(1, len(names) + 1))
    listed = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        # Both parts were written by the ORM; what people chose is in the parameters.
        cursor.execute(f"SELECT {listed}, COUNT(*) FROM ({inner}) part GROUP BY {places}", params)  # noqa: S608
        rows = cursor.fetchall()
    *columns, numbers = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    cells = zip(*map(_read, [queryset.model._meta.get_field(name) for name in names], columns), strict=True)
    return dict(zip(cells, numbers, strict=True)), sum(numbers) > cap


def _read(field: Any, column: Sequence[Any]) -> Iterable[Any]:
    """The values of a column as Python has them; each is read once, however often it stands there."""
    known = {raw: getattr(field, "target_field", field).to_python(raw) for raw in set(column)}
    return map(known.__getitem__, column)


def capped_counts(querysets: Mapping[str, models.QuerySet], cap: int) -> dict[str, int]:
    """Rows of each of ``querysets``, counted up to ``cap + 1``; one query for all of them."""
    parts, params = [], []
    for name, queryset in querysets.items():
        try:
            inner, values = queryset.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, COUNT(*) FROM ({inner}) part")  # noqa: S608 (written by the ORM)
        params += [name, *values]
    found = dict.fromkeys(querysets, 0)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            found |= dict(cursor.fetchall())
    return found


def counts_by(rows: models.QuerySet, field: str) -> Counter[Any]:
    """How many of ``rows`` there are of each value of ``field``; one query."""
    return Counter({row[field]: row["n"] for row in rows.order_by().values(field).annotate(n=Count("pk"))})


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: list[str], position: list[Any]) -> Q:
    """Rows strictly behind ``position`` in the lexicographic order of ``order``."""
    downward = {name.startswith("-") for name in order}
    if len(order) > 1 and len(downward) == 1:
        # All one way: compared as one value, for which an index is entered at the very place.
        columns = Tuple(*(F(name.lstrip("-")) for name in order))
        compare = TupleLessThan if downward == {True} else TupleGreaterThan
        return Q(compare(columns, tuple(position)))
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
        known = all(map(_comparable, fields, position))
        return (position, bool(backward)) if known else (None, False)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None, False


def _comparable(field: models.Field, value: Any) -> bool:
    """Can a database compare with ``value``? Numbers have a range, and days at the ends of the calendar leave it when
    their zone is changed.
    """
    if isinstance(field, models.IntegerField) and value is not None:
        low, high = connection.ops.integer_field_range(field.get_internal_type())
        return (low is None or low <= value) and (high is None or value <= high)
    return value is not None and not (isinstance(value, dt.date) and not 1 < value.year < dt.MAXYEAR)
