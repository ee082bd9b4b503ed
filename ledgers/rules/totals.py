"""Payments put together for a hit: by year, the largest first, with their sum and their rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from ledgers.rules.rows import ZERO
from ledgers.rules.vouchers import Payment


def by_year(payments: Iterable[Payment]) -> dict[int, list[Payment]]:
    """The payments of each year, the largest first."""
    years: dict[int, list[Payment]] = defaultdict(list)
    for payment in sorted(payments, key=lambda each: (-each.amount, each.keys)):
        years[payment.voucher.year].append(payment)
    return dict(sorted(years.items()))


class Summed(Protocol):
    """Whatever has a sum: a payment, an item, a benefit, a debt."""

    @property
    def amount(self) -> Decimal:
        """The sum."""


def total(found: Iterable[Summed]) -> Decimal:
    """What they come to."""
    return sum((each.amount for each in found), ZERO)


def rows(payments: Iterable[Payment]) -> tuple[str, ...]:
    """The keys of their lines, each once, in order."""
    return tuple(dict.fromkeys(key for each in payments for key in each.keys))


def years(payments: Iterable[Payment]) -> tuple[int, ...]:
    """The years they fall in."""
    return tuple(sorted({each.voucher.year for each in payments}))


def mark_of(payment: Payment) -> str:
    """The receiver's mark, empty where only the name is known."""
    return "" if payment.receiver == payment.party else payment.receiver


def numbers_of(payment: Payment) -> set[str]:
    """The marks of the bank accounts it went to; sheets often have them on the money's own line."""
    lines = [line for line in payment.voucher.lines if line in payment.lines or line.party == payment.party]
    return {line.party_account for line in lines if line.party_account}


def year_end(year: int) -> dt.date:
    """The last day of a year."""
    return dt.date(year, 12, 31)
