"""K12 重复发包: one plot let to two at the same time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from core.display import cn_date
from ledgers.rules.leases import begins, called, same_thing
from ledgers.rules.plots import plot
from ledgers.rules.rows import ZERO, Books, Contract
from ledgers.rules.rule import Hit, Limits, Rule, Severity


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a pair of contracts with different parties; a hint where one lets the whole and one a part of it."""
    by_plot: dict[str, list[Contract]] = defaultdict(list)
    for contract in books.contracts:
        whole = plot(contract.plot).whole
        if whole and begins(contract) and not _ended_early(contract, books.today):
            by_plot[whole].append(contract)
    for contracts in by_plot.values():
        for one, other in combinations(contracts, 2):
            common = _common_days(one, other)
            if common is None or _same_party(one, other) or not same_thing(one, other):
                continue
            if _fit_together(one, other, books):
                continue
            yield _hit(one, other, common)


def _hit(one: Contract, other: Contract, common: tuple[dt.date, dt.date]) -> Hit:
    first, last = common
    until = "起（没有写明到期日）" if last == dt.date.max else f"至{cn_date(last)}"
    exact = plot(one.plot).part == plot(other.plot).part
    return Hit(
        rule="K12",
        years=tuple(sorted({first.year, first.year if last == dt.date.max else last.year})),
        rows=(one.key, other.key),
        severity=Severity.DOUBT if exact else Severity.HINT,
        reason=f"合同{called(one)}（{one.party}）与{called(other)}（{other.party}）都涉及“{one.plot}”，"
        f"期限在{cn_date(first)}{until}重叠，请核对四至是否同一地块。",
    )


def _common_days(one: Contract, other: Contract) -> tuple[dt.date, dt.date] | None:
    """From when to when both run; a contract that begins on the day the other ends follows it."""
    first = max(begins(one) or dt.date.max, begins(other) or dt.date.max)
    last = min(one.ends_on or dt.date.max, other.ends_on or dt.date.max)
    return (first, last) if first < last else None


def _same_party(one: Contract, other: Contract) -> bool:
    """An addition to one's own contract, or its renewal before the end, lets nothing twice."""
    if one.party_mark and other.party_mark:
        return one.party_mark == other.party_mark
    return bool(one.party) and "".join(one.party.split()) == "".join(other.party.split())


def _ended_early(contract: Contract, today: dt.date) -> bool:
    """No longer used before its end: given up, so that it could be let anew."""
    return contract.in_use is False and (contract.ends_on is None or contract.ends_on >= today)


def _fit_together(one: Contract, other: Contract, books: Books) -> bool:
    """Whether both areas fit into the plot's own, so that each may have a share of it."""
    meant = plot(one.plot).whole
    areas = [r.measured or r.booked_area or ZERO for r in books.resources if plot(r.plot).whole == meant]
    if not one.area or not other.area:
        return False
    return one.area + other.area <= sum(areas, ZERO)


RULE = Rule(
    code="K12",
    name="重复发包",
    looks_for="同一地块在同一时间发包给不同承租方的合同；写明不同部分、到期后接续的不在此列。",
    basis="同一标的不得重复发包",
    check=check,
)
