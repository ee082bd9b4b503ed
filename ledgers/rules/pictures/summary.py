"""What is kept of a village's books to put other villages' medians beside them, without reading the books again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ledgers.rules.checks.k04_low_price import unit_price
from ledgers.rules.leases import is_household
from ledgers.rules.pictures.accounts import Side, accounts
from ledgers.rules.pictures.contracts import contracts
from ledgers.rules.pictures.months import months
from ledgers.rules.pictures.payees import payees
from ledgers.rules.round_sums import by_account, is_round
from ledgers.rules.rows import ZERO, Books


@dataclass(frozen=True, slots=True)
class AccountYear:
    """One account's year: the sum in yuan and how many lines it is of."""

    year: int
    side: Side
    account: str
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class YearSum:
    """One year: sums in yuan, the number of vouchers, the share of the ten largest receivers, what is owed of it."""

    year: int
    income: Decimal
    expense: Decimal
    vouchers: int
    top_share: Decimal | None
    arrears: Decimal


@dataclass(frozen=True, slots=True)
class RoundSums:
    """Of one account's expenses of all years, those that may be any sum, and how many of them are whole thousands."""

    account: str
    of: int
    round: int


@dataclass(frozen=True)
class Summary:
    """A village's figures; ``prices`` are the unit prices of its contracts by kind, in yuan a year."""

    years: tuple[YearSum, ...]
    accounts: tuple[AccountYear, ...]
    rounds: tuple[RoundSums, ...]
    prices: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)


def summary(books: Books) -> Summary:
    """The figures of ``books``. What was owed of no known year is left out."""
    seen, by_month = accounts(books), months(books)
    income, expense = seen.total(Side.INCOME), seen.total(Side.EXPENSE)
    shares = {each.year: each.share for each in payees(books).years if each.payees}
    owed = {year: cell.amount for year, cell in contracts(books).arrears.items() if year is not None}
    years = sorted({*seen.years, *by_month.years, *owed})
    return Summary(
        tuple(
            YearSum(
                year,
                income[year].amount if year in income else ZERO,
                expense[year].amount if year in expense else ZERO,
                by_month.year(year).vouchers,
                shares.get(year),
                owed.get(year, ZERO),
            )
            for year in years
        ),
        tuple(
            AccountYear(year, line.side, line.account.key, cell.amount, len(cell.rows))
            for line in seen.lines
            if line.side != Side.STANDING
            for year, cell in sorted(line.years.items())
        ),
        _rounds(books),
        _prices(books),
    )


def _rounds(books: Books) -> tuple[RoundSums, ...]:
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (_, account), items in by_account(books).items():
        counted[account][0] += len(items)
        counted[account][1] += sum(map(is_round, items))
    return tuple(RoundSums(account, of, found) for account, (of, found) in sorted(counted.items()))


def _prices(books: Books) -> dict[str, tuple[Decimal, ...]]:
    found: dict[str, list[Decimal]] = defaultdict(list)
    for contract in books.contracts:
        price, kind = unit_price(contract), contract.kind.strip()
        if price and kind and not is_household(contract):
            found[kind].append(price)
    return {kind: tuple(sorted(prices)) for kind, prices in sorted(found.items())}


def as_data(kept: Summary) -> dict[str, Any]:
    """The figures as JSON holds them, sums as text."""
    return {
        "years": [[y.year, *map(_text, (y.income, y.expense)), y.vouchers, _text(y.top_share), str(y.arrears)]
                  for y in kept.years],
        "accounts": [[a.year, str(a.side), a.account, str(a.amount), a.lines] for a in kept.accounts],
        "rounds": [[r.account, r.of, r.round] for r in kept.rounds],
        "prices": {kind: [str(price) for price in prices] for kind, prices in kept.prices.items()},
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Summary:
    """The figures from what :func:`as_data` gave."""
    return Summary(
        tuple(
            YearSum(year, Decimal(earned), Decimal(spent), vouchers, top and Decimal(top), Decimal(owed))
            for year, earned, spent, vouchers, top, owed in data["years"]
        ),
        tuple(
            AccountYear(year, Side(side), account, Decimal(amount), lines)
            for year, side, account, amount, lines in data["accounts"]
        ),
        tuple(RoundSums(*each) for each in data["rounds"]),
        {kind: tuple(map(Decimal, prices)) for kind, prices in data["prices"].items()},
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
