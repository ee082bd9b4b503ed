"""What kind of tenure a contract is, and from when to when: household land and waste land have rules of their own."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from core.clock import add_years
from core.text import says
from ledgers.rules.plots import plot, same_sort
from ledgers.rules.rows import Contract

_HOUSEHOLD = ("家庭承包", "责任田", "口粮田", "承包到户", "延包", "二轮承包", "第二轮")
_CENT = Decimal("0.01")
_WASTE = re.compile("四荒|荒(山|沟|丘|滩|地|坡|水)")


def is_household(contract: Contract) -> bool:
    """Land contracted to the households of the village, thirty years and more by law and free of rent."""
    return says(contract.method + contract.kind + contract.name, _HOUSEHOLD)


def is_waste(contract: Contract) -> bool:
    """Waste hills, gullies, mounds and flats (四荒), which may be let for longer than other things."""
    return bool(_WASTE.search(contract.kind or contract.name))


def begins(contract: Contract) -> dt.date | None:
    """The first day of the term, or of the contract when only its signing is known."""
    return contract.starts_on or contract.signed_on


def agreed(contract: Contract) -> dt.date | None:
    """The day whose law applies: of signing, or the first of the term."""
    return contract.signed_on or contract.starts_on


def longer_than(contract: Contract, years: int) -> bool:
    """Whether the term reaches past so many years; unknown ends do not."""
    start = begins(contract)
    return bool(start and contract.ends_on and contract.ends_on > add_years(start, years))


def term_told(contract: Contract) -> str:
    """The length of a term in words: 30年, 20年6个月; days beyond are left out."""
    start, end = begins(contract), contract.ends_on
    if start is None or end is None:
        return "期限不明"
    end += dt.timedelta(days=1)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    years, months = divmod(months, 12)
    return f"{years}年{months}个月" if months else f"{years}年"


def cents(amount: Decimal) -> Decimal:
    """A sum computed from areas and prices, to the cent."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def called(contract: Contract) -> str:
    """A contract as people name it: its name, else what is let, with its number."""
    name = contract.name or contract.plot or contract.kind or "合同"
    return f"“{name}”" + (f"（{contract.no}）" if contract.no else "")


def same_thing(one: Contract, other: Contract) -> bool:
    """Whether both let the same: overlapping plots of one sort; where no plot is named one party and one kind."""
    if not same_sort(one.kind, other.kind):
        return False
    if plot(one.plot).whole and plot(other.plot).whole:
        return plot(one.plot).overlaps(plot(other.plot))
    return bool(one.party and one.kind) and (one.party, one.kind) == (other.party, other.kind)


def renewals(contract: Contract, among: Iterable[Contract]) -> Iterator[Contract]:
    """Later contracts over the same thing, whoever has it now."""
    for other in among:
        if other.key == contract.key or not same_thing(contract, other):
            continue
        if other.ends_on and contract.ends_on and other.ends_on > contract.ends_on:
            yield other
