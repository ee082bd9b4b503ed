"""What survey tables work out by themselves: differences, ages, rent due, sums. Exact, and each figure says how.

Years run from day to day (three years after 5 March is 5 March); what is left of a year counts by its days. Rounding
happens once, at the end.
"""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from core import clock
from core.office.parse import half_width
from findings.models import TableKind, TableSpec
from findings.rules.table_cells import first_day, last_day

CENT = Decimal("0.01")
# Beyond this a rise was mistyped; nothing is worked out from it.
_MOST_DUE = 10**13
_MOST_RISE = 1000
_AT_ONCE = "一次付清"
_NO_RISE = frozenset({"", "无", "否", "不", "不递增", "固定", "/", "-", "0", "0%"})
_HAN = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_RISES = (
    re.compile(r"(?:每|逢)(?P<n>\d*|[一二两三四五六七八九十])年?(?:递增|增加|增长|上浮|上涨|涨|增)?(?P<p>\d+(?:\.\d+)?)%"),
    re.compile(r"(?:年|逐年)(?P<n>)(?:递增|增加|增长|上浮|上涨|涨|增)?(?P<p>\d+(?:\.\d+)?)%"),
    re.compile(r"(?P<p>\d+(?:\.\d+)?)%/(?P<n>\d*|[一二两三四五六七八九十])年"),
    re.compile(r"(?:递增|增加)?(?P<p>\d+(?:\.\d+)?)%(?P<n>)"),
)  # fmt: skip


class Figure(NamedTuple):
    """A figure worked out: as it is kept and shown, and how it came about."""

    value: str
    how: str


def figures(kind: str, row: dict[str, Any], on: dt.date) -> dict[str, Figure]:
    """The computed columns of one row on the day of counting; what cannot be worked out is missing."""
    made = {
        TableKind.FUNDS: _funds,
        TableKind.DEALINGS: _dealings,
        TableKind.CONTRACTS: _contracts,
    }.get(TableKind(kind))
    return made(row, on) if made else {}


def amount(row: dict[str, Any], name: str) -> Decimal | None:
    """A number of a row; ``None`` where nothing stands."""
    text = row.get(name)
    return Decimal(text) if text else None


def money(value: Decimal) -> str:
    """Yuan as people read them."""
    return f"{value:,.2f}"


def totals(spec: TableSpec, rows: Iterable[dict[str, Any]]) -> dict[str, Decimal]:
    """The sums of the summed columns, computed ones included: rows with their figures in them."""
    rows = list(rows)
    return {
        column.name: sum((amount(row, column.name) or Decimal(0) for row in rows), Decimal(0))
        for column in spec.columns
        if column.total
    }


def completed(kind: str, rows: Iterable[dict[str, Any]], on: dt.date) -> list[dict[str, Any]]:
    """Rows with the computed columns in them."""
    return [row | {name: figure.value for name, figure in figures(kind, row, on).items()} for row in rows]


def _funds(row: dict[str, Any], on: dt.date) -> dict[str, Figure]:
    booked, counted = amount(row, "booked"), amount(row, "counted")
    if booked is None or counted is None:
        return {}
    return {"gap": Figure(str(booked - counted), f"账面数{money(booked)}－实存数{money(counted)}")}


def _dealings(row: dict[str, Any], on: dt.date) -> dict[str, Figure]:
    since = first_day(row.get("since", ""))
    if since is None or since > on:
        return {}
    return {
        "age": Figure(shown_years(years_between(since, on)), f"从{since}算到清查日{on}，不满一年的按天折算")
    }


def _contracts(row: dict[str, Any], on: dt.date) -> dict[str, Figure]:
    start, end = first_day(row.get("starts_on", "")), last_day(row.get("ends_on", ""))
    if start is None or end is None or end < start:
        return {}
    stop = stop_of(start, end)
    term = years_between(start, stop)
    found = {"years": Figure(shown_years(term), f"从{start}到{end}")}
    rent, rise = amount(row, "rent"), read_rise(row.get("rise", ""))
    if rent is None or rise is None:
        return found
    at_once = row.get("payment") == _AT_ONCE
    elapsed = term if at_once else years_between(start, max(start, min(stop, on)))
    exact = rent_due(rent, elapsed, rise)
    if exact >= _MOST_DUE:
        return found
    due = rounded(exact)
    way = "一次付清，应收整个租期" if at_once else f"到清查日{on}已履行{shown_years(elapsed)}年"
    found["due"] = Figure(str(due), f"年租金{money(rent)}，{way}{_rise_words(rise)}，不满一年的按天折算")
    paid = amount(row, "paid")
    if paid is not None:
        found["arrears"] = Figure(str(due - paid), f"应收{money(due)}－已收{money(paid)}")
    return found


class Rise(NamedTuple):
    """Every ``years`` years the rent grows by ``percent``."""

    years: int
    percent: Fraction


def read_rise(text: str) -> Rise | None:
    """How the rent grows, from what stands under 递增; ``None`` for words that cannot be worked with."""
    plain = re.sub(r"\s+", "", half_width(text)) if text else ""
    if plain in _NO_RISE:
        return Rise(1, Fraction(0))
    for pattern in _RISES:
        if found := pattern.fullmatch(plain):
            every = found["n"]
            years = int(every) if every.isdigit() else _HAN.get(every, 1)
            percent = Fraction(found["p"])
            return Rise(years, percent) if years and percent <= _MOST_RISE else None
    return None


def _rise_words(rise: Rise) -> str:
    if not rise.percent:
        return ""
    return f"，每{rise.years if rise.years > 1 else ''}年递增{float(rise.percent):g}%"


def rent_due(rent: Decimal, years: Fraction, rise: Rise) -> Fraction:
    """Rent of ``years`` years, whole ones first, each with the growth reached by then."""
    whole, rest = int(years), years - int(years)
    growth = 1 + rise.percent / 100
    rates = [growth ** (year // rise.years) for year in range(whole + 1)]
    return Fraction(rent) * (sum(rates[:whole], Fraction(0)) + rates[whole] * rest)


def rounded(value: Fraction) -> Decimal:
    """Yuan to the cent, half a cent up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)


def years_between(start: dt.date, end: dt.date) -> Fraction:
    """Years from ``start`` to ``end``, the rest by the days of the year it lies in."""
    whole = end.year - start.year
    if clock.add_years(start, whole) > end:
        whole -= 1
    begun, next_one = clock.add_years(start, whole), clock.add_years(start, whole + 1)
    return whole + Fraction((end - begun).days, (next_one - begun).days)


def stop_of(start: dt.date, end: dt.date) -> dt.date:
    """The day a term is over: its last day counts, unless it was written from one day to the same day."""
    same_day = end > start and clock.add_years(start, end.year - start.year) == end
    return end if same_day else end + dt.timedelta(days=1)


def shown_years(years: Fraction) -> str:
    """Years with one decimal, never more than have passed."""
    tenths = (Decimal(years.numerator) / Decimal(years.denominator)).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{tenths:f}".removesuffix(".0")
