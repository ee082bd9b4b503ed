"""L07 负数余额: cash or a bank account below zero."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from core.display import cn_date
from ledgers.rules.day_ends import DayEnd, day_ends, stretches
from ledgers.rules.rows import Balance, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import BANK, CASH, account
from ledgers.rules.wording import yuan

_NAMES = {CASH: "库存现金", BANK: "银行存款"}


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit for each stretch of days below zero, and for each year whose table of balances alone shows one."""
    told: set[tuple[str, int]] = set()
    for code in (CASH, BANK):
        for name, ends in day_ends(books, code).items():
            for below in stretches(ends, lambda end: end.balance < -limits.on("least", end.day)):
                told |= {(code, end.day.year) for end in below}
                yield _by_days(code, name, below)
    yield from (
        _by_table(code, year, rows)
        for (code, year), rows in _tables(books, limits.on("least", books.today)).items()
        if (code, year) not in told
    )


def _tables(books: Books, least: Decimal | int) -> dict[tuple[str, int], list[Balance]]:
    below: dict[tuple[str, int], list[Balance]] = defaultdict(list)
    for row in books.balances:
        if account(row) in _NAMES and row.closing < -least:
            below[account(row), row.year].append(row)
    return below


def _by_days(code: str, name: str, below: list[DayEnd]) -> Hit:
    first, last, lowest = below[0], below[-1], min(below, key=lambda end: end.balance)
    when = cn_date(first.day) if first == last else f"{cn_date(first.day)}至{cn_date(last.day)}"
    which = _NAMES[code] + ("" if name == code else f"（{name}）")
    return Hit(
        rule="L07",
        years=tuple(sorted({end.day.year for end in below})),
        rows=tuple(line.key for end in below for line in end.lines),
        amount=-lowest.balance,
        severity=Severity.GRAVE,
        reason=f"{when}，{which}日终余额为负，最低{yuan(lowest.balance)}（{cn_date(lowest.day)}），"
        "请核对是否有收入未入账、垫付未记账或记账有误。",
    )


def _by_table(code: str, year: int, rows: list[Balance]) -> Hit:
    lowest = min(row.closing for row in rows)
    return Hit(
        rule="L07",
        years=(year,),
        rows=tuple(row.key for row in rows),
        amount=-lowest,
        severity=Severity.GRAVE,
        reason=f"{year}年余额表中{_NAMES[code]}期末余额为负，最低{yuan(lowest)}，"
        "请核对是否有收入未入账、垫付未记账或记账有误。",
    )


RULE = Rule(
    code="L07",
    name="现金、存款出现负数余额",
    looks_for="现金或银行存款日终余额小于零，或余额表的期末余额小于零；年初数和余额都没有的不推算。",
    basis="现金和银行存款不可能支出多于结存，负数说明账实不符",
    check=check,
    limits={"least": always("低于零超过", 0, "元")},
)
