"""Who held a post while a problem lasted, said without judging anybody. Pure.

The day of a hand-over is the successor's: who left that day and who came that day are not both counted for it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.display import cn_date

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Tenure:
    """One person in one post. ``name`` is empty for readers who may not see persons; ``number``: the how manieth."""

    name: str
    number: int
    from_on: dt.date
    to_on: dt.date | None = None

    @property
    def who(self) -> str:
        """The person as this reader may know them: the name, or which holder in turn."""
        return self.name or f"第{self.number}任"

    @property
    def label(self) -> str:
        """The person with the days in office."""
        until = cn_date(self.to_on) if self.to_on else "今"
        return f"{self.who}（{cn_date(self.from_on)}至{until}）"


@dataclass(frozen=True)
class Span:
    """When a problem was: first and last day. ``sure_to``: the last day of which it is certain that it still was.

    A paper that names years only is sure up to the first day of its last year.
    """

    start: dt.date
    end: dt.date
    sure_to: dt.date

    @property
    def in_words(self) -> str:
        """The years from first to last."""
        first, last = self.start.year, self.end.year
        return f"{first}年" if first == last else f"{first}年至{last}年"


@dataclass(frozen=True)
class TermWords:
    """What is said of one post: ``crosses`` is true when more than one person held it while the problem lasted."""

    title: str
    crosses: bool
    lines: tuple[str, ...]


def holders(terms: Sequence[Tenure], start: dt.date, end: dt.date) -> list[Tenure]:
    """Those of ``terms`` (one post, oldest first) who held it on any day from ``start`` to ``end``."""
    return [term for term in terms if term.from_on <= end and _last_day(term, terms) >= start]


def _last_day(term: Tenure, terms: Iterable[Tenure]) -> dt.date:
    if term.to_on is None:
        return dt.date.max
    handed_over = any(other.from_on == term.to_on and other is not term for other in terms)
    return term.to_on - _DAY if handed_over else term.to_on


def span_of(periods: Iterable[tuple[dt.date | None, dt.date | None, Sequence[int]]]) -> Span | None:
    """The span of papers given as (from, to, years); ``None`` when none says when it was."""
    spans = [span for span in (_span(*period) for period in periods) if span]
    if not spans:
        return None
    return Span(min(s.start for s in spans), max(s.end for s in spans), max(s.sure_to for s in spans))


def _span(start: dt.date | None, end: dt.date | None, years: Sequence[int]) -> Span | None:
    if start:
        last = end or start
        return Span(start, last, last)
    if not years:
        return None
    first, last_year = min(years), max(years)
    return Span(dt.date(first, 1, 1), dt.date(last_year, 12, 31), dt.date(last_year, 1, 1))


def term_words(title: str, terms: Sequence[Tenure], span: Span, today: dt.date) -> TermWords:
    """Who held the post over ``span``, with whom it began, and what the present one came to, in neutral sentences."""
    found = holders(terms, span.start, span.end)
    if not found:
        return TermWords(title, False, (f"没有登记{span.in_words}的{title}任职情况，无法对照。",))
    present = next(iter(holders(terms, today, today)), None)
    if len(found) == 1:
        lines = [f"{span.in_words}{title}为同一人：{found[0].label}。"]
    else:
        lines = [f"跨任期：{span.in_words}先后有{len(found)}任{title}。"]
    began = next(iter(holders(terms, span.start, span.start)), None)
    if began is None:
        lines.append(f"问题开始时的{title}没有登记。")
    elif len(found) > 1:
        lines.append(f"问题开始于{began.label}任内。")
    if present and present.from_on > span.start:
        lines.append(_inherited(title, present, span))
    return TermWords(title, len(found) > 1, tuple(lines))


def _inherited(title: str, present: Tenure, span: Span) -> str:
    """The present holder came after the problem had begun: did it go on?"""
    came = f"现任{title}{present.name}{cn_date(present.from_on)}到任，到任前问题已经存在"
    if span.sure_to >= present.from_on:
        return f"{came}，到任后仍有发现。"
    if span.end >= present.from_on:
        return f"{came}；到任当年是否仍有，底稿只写了年度，需核对。"
    return f"{came}，到任后的时间没有发现。"
