"""Lines put together to vouchers, and what was paid on them: to whom, how much, in cash or by bank.

A voucher is two or more lines with one number; red vouchers (negative sums, or money that came back to an expense
account) cancel the payment they correct. Books that keep one side only (a cash journal, a list of expenses) read too.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.text import says
from ledgers.rules.rows import ZERO, Balance, Books, Entry, once

CASH, BANK = "101", "102"
INCOME = frozenset({"501", "511", "521", "522", "531", "561"})
EXPENSE = frozenset({"154", "401", "502", "541", "551"})
_NAMES = (("现金", CASH), ("库存现金", CASH), ("银行存款", BANK))
_MOVES = ("提现", "取现", "取款", "提取现金", "提备用金", "存现", "存款", "存入", "缴存", "转存")
_NOT_A_WORD = re.compile(r"[\d\s\W_第字号年月日]+")


@dataclass(frozen=True, slots=True)
class Voucher:
    """The lines of one voucher; ``series`` is its word (记, 收, 付, 现收, …), empty where there is none."""

    year: int
    text: str
    series: str
    number: int | None
    day: dt.date | None
    lines: tuple[Entry, ...]

    @property
    def when(self) -> dt.date:
        """Its day; the year's first where no day is known."""
        return self.day or dt.date(self.year, 1, 1)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its lines."""
        return tuple(line.key for line in self.lines)


@dataclass(frozen=True, slots=True)
class Payment:
    """What one receiver got on one voucher; ``lines`` are those that say what for, without the money's own line.

    ``receiver`` tells receivers apart (mark or name, empty when unknown); ``by`` is cash, bank, other or empty.
    """

    voucher: Voucher
    receiver: str
    party: str
    amount: Decimal
    by: str
    lines: tuple[Entry, ...]

    @property
    def day(self) -> dt.date | None:
        """The voucher's day."""
        return self.voucher.day

    @property
    def when(self) -> dt.date:
        """The voucher's day; the year's first where no day is known."""
        return self.voucher.when

    @property
    def summary(self) -> str:
        """What it was for, as the first line says."""
        return self.lines[0].summary

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its lines."""
        return tuple(line.key for line in self.lines)


def account(entry: Entry | Balance) -> str:
    """The standard account's three figures; of an unmapped account that is plainly cash or bank, theirs."""
    return entry.standard[:3] or next(
        (code for name, code in _NAMES if entry.account_name.startswith(name)), ""
    )


def is_cash(entry: Entry) -> bool:
    """Whether the line moves cash."""
    return account(entry) == CASH


def is_bank(entry: Entry) -> bool:
    """Whether the line moves a bank account."""
    return account(entry) == BANK


def is_money(entry: Entry) -> bool:
    """Whether the line moves cash or a bank account."""
    return account(entry) in (CASH, BANK)


def net(lines: Iterable[Entry]) -> Decimal:
    """Debit less credit."""
    return sum((line.debit - line.credit for line in lines), ZERO)


def only_moves(lines: tuple[Entry, ...]) -> bool:
    """Whether money only changed its place: from cash to the bank, back, or between banks."""
    if not all(map(is_money, lines)):
        return False
    return not net(lines) or any(says(line.summary, _MOVES) for line in lines)


@once
def vouchers(books: Books) -> tuple[Voucher, ...]:
    """All vouchers by year and day, lines in the order of the books.

    One number in one month on two days is two vouchers, unless only both days together balance; pages of one voucher
    (记-12-1/2, 记-12-2/2) have one number. Lines without a number belong together by day and summary.
    """
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in books.entries:
        month = entry.day and entry.day.month
        groups[entry.year, month, *_number(entry)].append(entry)
    found = [_voucher(lines) for group in groups.values() for lines in _days(group)]
    return tuple(sorted(found, key=lambda each: (each.year, each.when)))


@once
def payments(books: Books) -> tuple[Payment, ...]:
    """All payments that stand, by day: a red one takes away the latest equal one before it, and is not told itself."""
    standing: list[Payment] = []
    for voucher in vouchers(books):
        for payment in _paid_on(voucher):
            if payment.amount > 0:
                standing.append(payment)
            elif cancelled := _corrected(payment, standing):
                standing.remove(cancelled)
    return tuple(standing)


def _number(entry: Entry) -> tuple[object, ...]:
    if entry.number is not None:
        return _word(entry), entry.number
    return (entry.voucher,) if entry.voucher else (entry.day, entry.summary)


def _word(entry: Entry) -> str:
    return _NOT_A_WORD.sub("", entry.voucher)


def _days(group: list[Entry]) -> list[list[Entry]]:
    by_day: dict[dt.date | None, list[Entry]] = defaultdict(list)
    for entry in group:
        by_day[entry.day].append(entry)
    parts = list(by_day.values())
    return [group] if not net(group) and any(map(net, parts)) else parts


def _voucher(lines: list[Entry]) -> Voucher:
    first = lines[0]
    return Voucher(first.year, first.voucher, _word(first), first.number, first.day, tuple(lines))


def _paid_on(voucher: Voucher) -> Iterator[Payment]:
    parties = {(line.party_mark or line.party, line.party) for line in voucher.lines if line.party}
    alone = parties.pop() if len(parties) == 1 else ("", "")
    by_receiver: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for line in _spending(voucher.lines):
        by_receiver[(line.party_mark or line.party, line.party) if line.party else alone].append(line)
    for (receiver, party), lines in by_receiver.items():
        amount = -net(lines) if all(map(is_money, lines)) else net(lines)
        yield Payment(voucher, receiver, party, amount, _means(voucher.lines, lines[0]), tuple(lines))


def _spending(lines: tuple[Entry, ...]) -> list[Entry]:
    """The lines that say what money was paid for, or came back from; none on a voucher that paid no money."""
    others = [line for line in lines if not is_money(line)]
    if not others:
        return [] if only_moves(lines) else [line for line in lines if line.credit]
    if len(others) == len(lines) and any(line.credit for line in others):
        return []
    return [line for line in others if line.debit or (line.credit and account(line) in EXPENSE)]


def _means(lines: tuple[Entry, ...], line: Entry) -> str:
    """Cash or bank by the accounts the money left; where both or neither did, what the line itself says."""
    left = {account(each) for each in lines if is_money(each) and each.credit}
    if len(left) == 1:
        return "cash" if left == {CASH} else "bank"
    return line.paid_by


def _corrected(red: Payment, standing: list[Payment]) -> Payment | None:
    """The payment a red one takes back: of the same receiver, else (red ones often name none) on the same account."""
    equal = [each for each in reversed(standing) if each.amount == -red.amount]
    same = [each for each in equal if each.receiver == red.receiver]
    booked = [each for each in equal if not red.receiver and account(each.lines[0]) == account(red.lines[0])]
    return next(iter(same or booked), None)
