"""Was a rule in force when something was done? Days only; no database.

A term runs from its first day to its last one, both included, or is open at the end. An act is one span of days or
several (years that do not follow one another). Nothing here says which edition is right: that is for people.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Protocol, TypeVar

from core.display import cn_date

_DAY = dt.timedelta(days=1)


class Term(Protocol):
    """What has a first day in force and perhaps a last one."""

    from_day: dt.date
    until_day: dt.date | None


T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        years = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        if years:
            same = self.first.year == self.last.year
            return f"{self.first.year}年" if same else f"{self.first.year}年至{self.last.year}年"
        if self.first == self.last:
            return cn_date(self.first)
        return f"{cn_date(self.first)}至{cn_date(self.last)}"


class Fit(Enum):
    """How the time of an act lies to a term."""

    WITHIN = "within"
    BEFORE = "before"
    AFTER = "after"
    PARTLY = "partly"


def act_of(
    period_from: dt.date | None, period_to: dt.date | None, years: Iterable[int] = ()
) -> tuple[Span, ...]:
    """When a paper says it happened: its period, else its years; empty when it says nothing.

    One end alone is a day. Years that follow one another are one span.
    """
    first, last = period_from or period_to, period_to or period_from
    if first and last:
        return (Span(min(first, last), max(first, last)),)
    spans: list[Span] = []
    for year in sorted({int(year) for year in years if dt.MINYEAR < int(year) < dt.MAXYEAR}):
        begin, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if spans and spans[-1].last + _DAY == begin:
            spans[-1] = Span(spans[-1].first, end)
        else:
            spans.append(Span(begin, end))
    return tuple(spans)


def in_words(act: Sequence[Span]) -> str:
    """The time of an act as a sentence says it."""
    return "、".join(map(str, act))


def covers(term: Term, day: dt.date) -> bool:
    """Was ``term`` in force on ``day``?"""
    return term.from_day <= day and (term.until_day is None or day <= term.until_day)


def touches(term: Term, span: Span) -> bool:
    """Was ``term`` in force on at least one day of ``span``?"""
    return term.from_day <= span.last and (term.until_day is None or span.first <= term.until_day)


def fit(term: Term, act: Sequence[Span]) -> Fit:
    """How ``act``, which is not empty, lies to ``term``."""
    if all(covers(term, span.first) and covers(term, span.last) for span in act):
        return Fit.WITHIN
    if all(span.last < term.from_day for span in act):
        return Fit.BEFORE
    if term.until_day is not None and all(span.first > term.until_day for span in act):
        return Fit.AFTER
    return Fit.PARTLY


def during(terms: Iterable[T], act: Sequence[Span]) -> list[T]:
    """Those of ``terms`` in force at some time of ``act``, oldest first."""
    found = [term for term in terms if any(touches(term, span) for span in act)]
    return sorted(found, key=lambda term: term.from_day)


def filled(terms: Iterable[Term], act: Sequence[Span]) -> bool:
    """Do ``terms`` together leave no day of ``act`` uncovered?"""
    ordered = sorted(terms, key=lambda term: term.from_day)
    return all(_fills(ordered, span) for span in act)


def _fills(ordered: Sequence[Term], span: Span) -> bool:
    wanted = span.first
    for term in ordered:
        if covers(term, wanted):
            if term.until_day is None or term.until_day >= span.last:
                return True
            wanted = term.until_day + _DAY
    return False


def on(terms: Sequence[T], day: dt.date) -> T | None:
    """The one meant on ``day`` by who names none: the one in force, else the last before, else the first."""
    ordered = sorted(terms, key=lambda term: term.from_day)
    begun = [term for term in ordered if term.from_day <= day]
    current = [term for term in begun if covers(term, day)]
    return next(reversed(current or begun), ordered[0] if ordered else None)


def overlapping(terms: Sequence[T]) -> tuple[T, T] | None:
    """Two of ``terms`` that were in force on the same day, or ``None``."""
    ordered = sorted(terms, key=lambda term: term.from_day)
    for earlier, later in pairwise(ordered):
        if earlier.until_day is None or earlier.until_day >= later.from_day:
            return earlier, later
    return None
