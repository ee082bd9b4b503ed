"""The charts of accounts in force: 村集体经济组织会计制度 (2004) and 农村集体经济组织会计制度 (from 2024-01-01).

An account of the newer chart that has no certain counterpart in the older one stays unmapped.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).resolve().parents[2] / "data" / "accounts_v1.csv"
_NEW_FROM = 2024
_LEVEL = 3
# Codes grow by twos or threes under three digits: four digits belong to another body's chart.
_FOREIGN = 4
_PARTS = re.compile(r"[-—_/\\:>|·.\s]+")


class Account(NamedTuple):
    """An account of the first level. ``standard`` is its code in the chart of 2004, ``side`` 借 or 贷."""

    chart: int
    code: str
    name: str
    side: str
    standard: str


def standard(year: int, code: str, name: str) -> str:
    """The code in the chart of 2004 of an account as a village's books of ``year`` write it; empty when unknown."""
    found = account_of(year, code, name)
    return found.standard if found else ""


def account_of(year: int, code: str, name: str) -> Account | None:
    """The account of the first level that ``code`` and ``name`` stand for: by code, then by name.

    Where the name says that the code is one of the other chart's, it is: books changed over late, or early.
    """
    top, written = _top(code), _plain(name)
    charts = _charts_by_preference(year)
    for chart in charts:
        found = chart.by_code.get(top)
        if found and _named(chart, written) == found:
            return found
    named = (_named(chart, written) for chart in charts)
    return charts[0].by_code.get(top) or next(filter(None, named), None) or charts[1].by_code.get(top)


def name_in_year(standard: str, year: int) -> str:
    """What the chart in force in ``year`` calls the account of 2004 with this code; empty where no chart has it."""
    for chart in _charts_by_preference(year):
        for account in chart.by_code.values():
            if account.standard == standard:
                return account.name
    return ""


class _Chart(NamedTuple):
    by_code: dict[str, Account]
    by_name: dict[str, Account]


def _charts_by_preference(year: int) -> tuple[_Chart, _Chart]:
    old, new = _charts()[2004], _charts()[_NEW_FROM]
    return (new, old) if year >= _NEW_FROM else (old, new)


@cache
def _charts() -> dict[int, _Chart]:
    charts = {2004: _Chart({}, {}), _NEW_FROM: _Chart({}, {})}
    for account, others in _lines():
        chart = charts[account.chart]
        chart.by_code[account.code] = account
        chart.by_name.update({_plain(name): account for name in (account.name, *others)})
    return charts


def _lines() -> Iterator[tuple[Account, list[str]]]:
    with _DATA.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            account = Account(
                int(line["制度"]), line["编码"], line["科目"], line["余额方向"], line["对应2004年编码"]
            )
            yield account, line["其他写法"].split()


def _top(code: str) -> str:
    """The three digits of the first level; empty for codes of another kind."""
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", code)) if part]
    first = parts[0] if parts else ""
    fits = first.isascii() and first.isdigit() and len(first) >= _LEVEL and len(first) != _FOREIGN
    return first[:_LEVEL] if fits else ""


def _plain(name: str) -> str:
    """The name of the first level: what stands before the first sign that parts the levels."""
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", name)) if part]
    return next((part for part in parts if not part.isdigit()), "").lstrip("0123456789")


def _named(chart: _Chart, written: str) -> Account | None:
    """The account of this name, or else the longest one the name begins with (银行存款农商行)."""
    if written in chart.by_name:
        return chart.by_name[written]
    begun = [name for name in chart.by_name if written.startswith(name)]
    return chart.by_name[max(begun, key=len)] if begun else None


def name_of(code: str) -> str:
    """The name of an account of the chart of 2004; empty for a code it has not."""
    found = _charts()[2004].by_code.get(code)
    return found.name if found else ""
