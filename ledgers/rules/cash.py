"""What each voucher did to the cash box: received, spent, brought to the bank, fetched from it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.text import says
from ledgers.rules.rows import ZERO, Books, Entry
from ledgers.rules.vouchers import Voucher, is_bank, is_cash, is_money, only_moves, vouchers

ADVANCE_WORDS = ("备用金", "借款", "预支", "暂借", "预借", "借支", "暂支")


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The cash moved on one voucher; an advance given back is not received as income is."""

    voucher: Voucher
    day: dt.date
    received: Decimal
    spent: Decimal
    deposited: Decimal
    fetched: Decimal

    @property
    def moved(self) -> tuple[Decimal, ...]:
        """All four sums."""
        return self.received, self.spent, self.deposited, self.fetched

    @property
    def lines(self) -> tuple[str, ...]:
        """The keys of the voucher's cash lines."""
        return tuple(line.key for line in self.voucher.lines if is_cash(line))


def cash_flows(books: Books) -> list[CashFlow]:
    """All vouchers that move cash and have a day, in order, without red ones and what they take back."""
    kept: list[CashFlow] = []
    for voucher in vouchers(books):
        if voucher.day and any(map(is_cash, voucher.lines)):
            flow = _flow(voucher, voucher.day)
            undone = tuple(-amount for amount in flow.moved)
            taken = next((old for old in reversed(kept) if min(flow.moved) < 0 and old.moved == undone), None)
            if taken:
                kept.remove(taken)
            else:
                kept.append(flow)
    return kept


def _flow(voucher: Voucher, day: dt.date) -> CashFlow:
    cash, bank = list(filter(is_cash, voucher.lines)), list(filter(is_bank, voucher.lines))
    came, went = sum((line.debit for line in cash), ZERO), sum((line.credit for line in cash), ZERO)
    if only_moves(voucher.lines):
        return CashFlow(voucher, day, ZERO, ZERO, went, came)
    deposited = _both(went, sum((line.debit for line in bank), ZERO))
    fetched = _both(came, sum((line.credit for line in bank), ZERO))
    received = ZERO if _is_given_back(voucher.lines) else came - fetched
    return CashFlow(voucher, day, received, went - deposited, deposited, fetched)


def _both(one: Decimal, other: Decimal) -> Decimal:
    """What two sums of one sign have in common; of red vouchers both are below zero."""
    return min(one, other, key=abs) if one * other > 0 else ZERO


def _is_given_back(lines: tuple[Entry, ...]) -> bool:
    from_whom = [line for line in lines if line.credit and not is_money(line)]
    return bool(from_whom) and all(
        says(line.summary + line.account_name, ADVANCE_WORDS) for line in from_whom
    )
