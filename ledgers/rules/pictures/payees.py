"""To how few receivers a year's money went: the share of the ten that got most."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.display import percent
from ledgers.rules.pictures.cells import Cell, together
from ledgers.rules.regular import is_many
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.vouchers import Payment, is_money, net, payments
from ledgers.rules.wording import yuan

TOP = 10


@dataclass(frozen=True, slots=True)
class Payee:
    """One receiver's year, under the name the books write most often."""

    name: str
    paid: Cell
    times: int


@dataclass(frozen=True)
class PayeeYear:
    """One year: the receivers, who got most first, and what names no one receiver (nobody, or many together)."""

    year: int
    payees: tuple[Payee, ...]
    unnamed: Cell
    unnamed_times: int

    @property
    def top(self) -> tuple[Payee, ...]:
        """The ten that got most."""
        return self.payees[:TOP]

    @property
    def rest(self) -> Cell:
        """All other named receivers together."""
        return together(payee.paid for payee in self.payees[TOP:])

    @property
    def top_paid(self) -> Decimal:
        """What the ten got."""
        return sum((payee.paid.amount for payee in self.top), ZERO)

    @property
    def total(self) -> Decimal:
        """All money paid in the year."""
        return self.top_paid + self.rest.amount + self.unnamed.amount

    @property
    def share(self) -> Decimal | None:
        """The ten's part of all that was paid, 0–1; nothing where nothing was paid."""
        return self.top_paid / self.total if self.total > 0 else None


@dataclass(frozen=True)
class Payees:
    """The years, the newest last."""

    years: tuple[PayeeYear, ...]

    @property
    def headline(self) -> str:
        """What one sees of the newest year, and how that was in the year before."""
        if not self.years or not self.years[-1].total:
            return "还没有写明收款人的支付"
        last = self.years[-1]
        if not last.payees:
            return f"{last.year}年的支付都没有写明收款人"
        ten = f"前{TOP}名收款人" if len(last.payees) > TOP else f"{len(last.payees)}名收款人"
        first = last.payees[0]
        said = (
            f"{last.year}年付款{yuan(last.total)}，{ten}占{percent(last.share)}，"
            f"最多的是{first.name}，{yuan(first.paid.amount)}"
        )
        before = next((each for each in self.years if each.year == last.year - 1), None)
        return said + (f"；上年前{TOP}名占{percent(before.share)}" if before and before.payees else "")


def payees(books: Books) -> Payees:
    """The picture of ``books``: every payment that stands, whatever for; moves between own accounts are none.

    What was accounted for against an advance was paid when the advance was.
    """
    by_year: dict[int, list[Payment]] = defaultdict(list)
    for payment in filter(_left, payments(books)):
        by_year[payment.voucher.year].append(payment)
    return Payees(tuple(_year(year, found) for year, found in sorted(by_year.items())))


def _left(payment: Payment) -> bool:
    """Whether money left on the voucher, or it is of books that do not show where from."""
    money = [line for line in payment.voucher.lines if is_money(line)]
    return not money or net(money) < 0


def _year(year: int, found: Iterable[Payment]) -> PayeeYear:
    by_receiver: dict[str, list[Payment]] = defaultdict(list)
    for payment in found:
        by_receiver["" if is_many(payment.party) else payment.receiver].append(payment)
    unnamed = by_receiver.pop("", [])
    known = [Payee(_name(paid), _cell(paid), len(paid)) for paid in by_receiver.values()]
    known.sort(key=lambda payee: (-payee.paid.amount, payee.name, payee.paid.rows))
    return PayeeYear(year, tuple(known), _cell(unnamed), len(unnamed))


def _name(paid: Iterable[Payment]) -> str:
    return Counter(payment.party for payment in paid).most_common(1)[0][0]


def _cell(paid: Iterable[Payment]) -> Cell:
    ordered = sorted(paid, key=lambda payment: (-payment.amount, payment.keys))
    rows = dict.fromkeys(key for payment in ordered for key in payment.keys)
    return Cell(sum((payment.amount for payment in ordered), ZERO), tuple(rows))
