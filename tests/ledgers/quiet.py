"""A village whose books are in order for two years: what is normal must not stand out.

Words 收, 付 and 转 number separately and begin anew each month. Everybody is paid by bank; petty cash is fetched,
spent and handed in within its month.
"""

import datetime as dt
from collections import Counter
from decimal import Decimal
from itertools import count

from ledgers.rules.rows import Balance, Books, Entry
from tests.ledgers.books import TODAY, yuan
from tests.ledgers.pairs import NAMES

YEARS = (2024, 2025)


class Book:
    """Vouchers, which :meth:`lines` numbers by word and month in the order of days, as an accountant does."""

    def __init__(self):
        self._written: list[tuple] = []

    def write(self, day, word, *lines, **more):
        """One voucher; a line is (account, debit, credit)."""
        self._written.append((day, word, lines, more))

    def lines(self):
        """All lines in order."""
        numbers, keys = Counter(), count(1)
        for day, word, lines, more in sorted(self._written, key=lambda voucher: voucher[0]):
            numbers[word, day.year, day.month] += 1
            number = numbers[word, day.year, day.month]
            for account, debit, credit in lines:
                yield Entry(
                    f"e{next(keys)}",
                    day.year,
                    day,
                    f"{word}字第{number:03d}号",
                    number,
                    account=account,
                    account_name=NAMES.get(account, account),
                    standard=account,
                    debit=yuan(debit),
                    credit=yuan(credit),
                    handler="甲",
                    witness="乙",
                    approver="丙",
                    panel_sealed=True,
                    approved_on=day,
                    attachments=3,
                    **more,
                )

    def pay(self, day, summary, amount, party, account="541", by="102", ticket_no=""):
        ticket = "增值税普通发票" if ticket_no else "签领表"
        self.write(
            day, "付", (account, amount, 0), (by, 0, amount),
            summary=summary, party=party, ticket=ticket, ticket_no=ticket_no,
        )  # fmt: skip

    def take(self, day, summary, amount, account, by="102"):
        self.write(day, "收", (by, amount, 0), (account, 0, amount), summary=summary, ticket="收款收据")


def quiet_village() -> Books:
    """Two years of it."""
    book = Book()
    for year in YEARS:
        for month in range(1, 13):
            _month(book, year, month)
    opening = [
        Balance(f"o{code}", 2024, None, code, NAMES[code], code, opening=amount)
        for code, amount in (("101", Decimal(600)), ("102", Decimal(180000)))
    ]
    return Books("990101101201", TODAY, entries=tuple(book.lines()), balances=tuple(opening))


def _month(book: Book, year: int, month: int) -> None:
    def on(day):
        return dt.date(year, month, day)

    ticket = f"{year % 100}{month:02d}"
    if month % 3 == 1:
        book.take(on(3), f"{month}月上级拨村级运转经费", 30000, "522")
    for cadre in ("甲干部", "乙干部", "丙干部"):
        book.pay(on(5), "发放工资", 2600, cadre)
    book.pay(on(6), "村部电费", Decimal("431.20") + month * 7, "区供电公司", ticket_no=f"{ticket}3301")
    book.pay(on(6), "宽带费", 298, "电信公司", ticket_no=f"{ticket}3302")
    book.pay(on(7), "代缴干部养老保险", 1236, "社保中心")
    book.pay(on(8), "付清扫", 900, "丁村民")
    _petty_cash(book, on, ticket)
    if month == 2:
        book.pay(on(9), "报刊订阅", 1320, "邮政公司", ticket_no=f"{ticket}3303")
        for household in ("戊村民", "己村民"):
            book.pay(on(10), "慰问困难党员", 500, household, "551")
        book.take(on(11), "收鱼塘租金", 12000, "511")
    if month == 6:
        _pond_rent_in_cash(book, on)
        _ditch(book, year, on, ticket)
    if month == 9:
        book.pay(on(12), "误工补贴", 1800, "庚村民")
        book.write(on(13), "转", ("112", 4000, 0), ("511", 0, 4000), summary="应收门面租金", party="辛村民")
    if month == 12:
        book.take(on(20), "收门面租金", 4000, "112")
        book.write(
            on(31), "转", ("522", 120000, 0), ("511", 24000, 0), ("321", 0, 144000), summary="结转收入"
        )
        book.write(on(31), "转", ("321", 130000, 0), ("541", 0, 130000), summary="结转费用")


def _petty_cash(book: Book, on, ticket: str) -> None:
    """Fetched on the tenth as an advance, spent by the month's end, the rest handed in."""
    book.write(on(10), "付", ("101", 800, 0), ("102", 0, 800), summary="提取现金")
    book.write(on(10), "付", ("112", 800, 0), ("101", 0, 800), summary="借备用金", party="甲干部")
    book.write(
        on(24), "转", ("541", Decimal("612.50"), 0), ("112", 0, Decimal("612.50")),
        summary="购办公用品报账", party="甲干部", ticket="增值税普通发票", ticket_no=f"{ticket}7715", seller="文具店",
    )  # fmt: skip
    book.write(
        on(24),
        "收",
        ("101", Decimal("187.50"), 0),
        ("112", 0, Decimal("187.50")),
        summary="交回备用金",
        party="甲干部",
    )
    book.write(
        on(25), "付", ("102", Decimal("187.50"), 0), ("101", 0, Decimal("187.50")), summary="现金存入银行"
    )


def _pond_rent_in_cash(book: Book, on) -> None:
    """Taken in cash, brought to the bank the next day."""
    book.take(on(14), "收鱼塘租金", 4000, "511", by="101")
    book.write(on(15), "付", ("102", 4000, 0), ("101", 0, 4000), summary="现金存入银行")


def _ditch(book: Book, year: int, on, ticket: str) -> None:
    """A ditch repaired: booked as owed, paid in two instalments; one slip of the pen taken back and written anew."""
    owed = 23460 if year == 2024 else 31875
    book.write(
        on(16), "转", ("154", owed, 0), ("202", 0, owed),
        summary="水渠修缮工程款", party="水利施工队", ticket="增值税普通发票", ticket_no=f"{ticket}9921",
    )  # fmt: skip
    book.pay(on(17), "水渠修缮第一期款", owed - 10000, "水利施工队", "202")
    book.pay(on(18), "水渠修缮第二期款", 10000, "水利施工队", "202")
    book.pay(on(19), "修水泵", 765, "五金店", "551", ticket_no=f"{ticket}5501")
    book.pay(on(20), "冲销修水泵", -765, "五金店", "551", ticket_no=f"{ticket}5501")
    book.pay(on(21), "修水泵", 675, "五金店", "551", ticket_no=f"{ticket}5501")
