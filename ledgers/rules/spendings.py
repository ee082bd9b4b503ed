"""Expenses where they are booked: on the payment, or without money against an advance or as owed to a seller."""

from collections.abc import Iterator

from ledgers.rules.rows import ZERO, Books
from ledgers.rules.vouchers import EXPENSE, Payment, Voucher, account, is_money, payments, vouchers

_WAGES_OWED = "211"
_DEBTS = frozenset({"113", "202", "221"})


def spendings(books: Books) -> list[Payment]:
    """Every expense once: the later payment of what was booked as owed is told where it was booked."""
    booked = booked_unpaid(books)
    owed = {each.receiver for each in booked if each.receiver}
    return [each for each in payments(books) if not (_pays_debt(each) and each.receiver in owed)] + booked


def booked_unpaid(books: Books) -> list[Payment]:
    """Expenses on vouchers that moved no money: an advance accounted for, an invoice not paid yet. No wages owed."""
    return [spending for voucher in vouchers(books) for spending in _booked(voucher)]


def _booked(voucher: Voucher) -> Iterator[Payment]:
    lines = tuple(line for line in voucher.lines if line.debit > 0 and account(line) in EXPENSE)
    against = {account(line) for line in voucher.lines if line.credit}
    if not lines or not against or _WAGES_OWED in against or any(map(is_money, voucher.lines)):
        return
    parties = {(line.party_mark or line.party, line.party) for line in voucher.lines if line.party}
    receiver, party = parties.pop() if len(parties) == 1 else ("", "")
    amount = sum((line.debit for line in lines), ZERO)
    yield Payment(voucher, receiver, party, amount, "", lines)


def _pays_debt(payment: Payment) -> bool:
    return all(account(line) in _DEBTS for line in payment.lines)
