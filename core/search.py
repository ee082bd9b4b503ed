"""Plain containment: two Chinese characters are a word, and every word typed must stand somewhere.

Where a table has an index over the pairs of characters of its texts (``core_grams``, PostgreSQL), ``holding`` uses it
for words that are rare; a word that is common is found sooner by walking the list. Both ways give the same rows.
"""

from collections.abc import Callable
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

_MOST_WORDS = 5
# A word that stands in five of the first thousand rows is common: a page of it is found by walking on.
_SAMPLE = 1000
_COMMON = 5


def every_word(words: str, *fields: str) -> Q:
    """Rows in which each of the first five words of ``words`` stands in one of ``fields``; all rows for none."""
    found = Q()
    for word in words.split()[:_MOST_WORDS]:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        found &= somewhere
    return found


class Joined(Func):
    """Columns that are never null as one text, each on a line of its own: no word reaches over two of them."""

    output_field = TextField()
    template = "(%(expressions)s)"
    arg_joiner = " || '\n' || "


class HoldsGrams(Func):
    """Whether a text has every character and every pair of neighbours of a word; PostgreSQL finds that by index."""

    output_field = BooleanField()
    template = "core_grams(%(expressions)s)"
    arg_joiner = ") @> core_grams("


def holding(
    rows: QuerySet, words: str, *columns: str, also: Callable[[str], Q] = lambda word: Q()
) -> tuple[QuerySet, bool]:
    """Those of ``rows`` in which each of the first five words stands in one of ``columns``; all of them for none.

    ``columns`` are those of the table's index over character pairs, in its order. ``also``: where else a word may
    stand, as a condition without a join; an empty one for nowhere. The flag says that they are found without
    reading every row, so that counting them all is cheap.
    """
    wanted = words.split()[:_MOST_WORDS]
    if not wanted:
        return rows, True
    text = Joined(*map(F, columns))
    stands = [Q(GreaterThan(StrIndex(Lower(text), Lower(Value(word))), 0)) for word in wanted]
    elsewhere = [also(word) for word in wanted]
    plain = _all(mine | other for mine, other in zip(stands, elsewhere, strict=True))
    if connection.vendor != "postgresql" or _common(rows, plain):
        return rows.filter(plain), False
    grams = [Q(HoldsGrams(text, Value(word))) for word in wanted]
    keyed = _all((key & mine) | other for key, mine, other in zip(grams, stands, elsewhere, strict=True))
    return rows.filter(keyed), True


def _all(conditions: Any) -> Q:
    return reduce(and_, conditions, Q())


def _common(rows: QuerySet, condition: Q) -> bool:
    """Is the walk the shorter way: the word stands in many of the first rows, or there are few rows at all?"""
    hit = Case(When(condition, then=1), default=0)
    sample = list(rows.order_by("pk").values_list(hit, flat=True)[:_SAMPLE])
    return len(sample) < _SAMPLE or sum(sample) >= _COMMON
