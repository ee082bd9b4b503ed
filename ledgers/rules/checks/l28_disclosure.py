"""L28 公开缺失: quarters in which the accounts were not shown to the villagers."""

import datetime as dt
from collections.abc import Iterator

from ledgers.rules.rows import Books, Shown
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import year_end

_Quarter = tuple[int, int]


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per gap, with the records around it; without any record the list is not there: nothing is said."""
    if not books.shown:
        return
    records = {(each.year, each.quarter): each for each in sorted(books.shown, key=lambda one: one.key)}
    gap: list[_Quarter] = []
    before: str | None = None
    for quarter in _quarters(books, records, limits):
        if quarter in records:
            yield from _hit(gap, before or _first_entry(books, gap), records[quarter].key)
            gap, before = [], records[quarter].key
        else:
            gap.append(quarter)
    yield from _hit(gap, before, None)


def _quarters(books: Books, records: dict[_Quarter, Shown], limits: Limits) -> list[_Quarter]:
    """From the books' first year, or the first record, to the last quarter that should have been shown by now."""
    first = min(records)
    begin = min([first, *((entry.year, 1) for entry in books.entries)])
    wait = dt.timedelta(days=limits.on("days", books.today))
    through = [(year, quarter) for year in range(begin[0], books.today.year + 1) for quarter in (1, 2, 3, 4)]
    return [
        each for each in through if each >= begin and (each in records or _end(each) + wait < books.today)
    ]


def _end(quarter: _Quarter) -> dt.date:
    year, number = quarter
    return year_end(year) if number == 4 else dt.date(year, number * 3 + 1, 1) - dt.timedelta(days=1)


def _first_entry(books: Books, gap: list[_Quarter]) -> str | None:
    """Before the first record the books' own first line stands for the time that should have been shown."""
    entries = [entry for entry in books.entries if gap and entry.year == gap[0][0]]
    return min((entry.key for entry in entries), default=None)


def _hit(gap: list[_Quarter], before: str | None, after: str | None) -> Iterator[Hit]:
    if gap:
        yield Hit(
            rule="L28",
            years=tuple(sorted({year for year, _ in gap})),
            rows=tuple(key for key in (before, after) if key),
            reason=f"{_told(gap)}没有财务公开记录（共{len(gap)}个季度），请核对公开栏照片和公开档案。",
        )


def _told(gap: list[_Quarter]) -> str:
    (year, quarter), (last_year, last) = gap[0], gap[-1]
    first = f"{year}年第{quarter}季度"
    return first if len(gap) == 1 else f"{first}至{last_year}年第{last}季度"


RULE = Rule(
    code="L28",
    name="公开缺失",
    looks_for="财务公开记录中缺少的季度；一条公开记录也没有录入的村不比。",
    basis="村民委员会组织法第三十条：村务公开的一般事项至少每季度公布一次",
    check=check,
    limits={"days": always("季度结束后宽限", 30, "天")},
)
