"""What people are paid for work they did: public posts, days of labour, drills."""

from collections.abc import Iterator

from core.text import says
from ledgers.rules.matching import Paid, benefits, month_of
from ledgers.rules.persons import plain
from ledgers.rules.rows import Books
from ledgers.rules.totals import mark_of
from ledgers.rules.vouchers import payments

_WORK = (
    "误工",
    "劳务",
    "公益岗",
    "公益性岗位",
    "保洁",
    "护林",
    "巡逻",
    "值守",
    "演练",
    "以工代赈",
    "务工",
    "零工",
)


def for_work(books: Books) -> list[Paid]:
    """What was paid for taking part in person: of the benefits and of the vouchers."""
    others = [paid for paid in benefits(books, "relief", "other") if _is_work(paid.what)]
    booked = [paid for paid in _booked(books) if _is_work(paid.what)]
    return benefits(books, "work") + others + booked


def _booked(books: Books) -> Iterator[Paid]:
    for payment in payments(books):
        if payment.party:
            first, mark = payment.lines[0], mark_of(payment)
            month = month_of(payment.day) if payment.day else (payment.voucher.year, 1)
            yield Paid(first.key, month, payment.summary, plain(payment.party), mark, payment.amount)


def _is_work(words: str) -> bool:
    return says(words, _WORK)
