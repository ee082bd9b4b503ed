"""L18 突击支出: much of a year's spending in its last month, or just before an election."""

import datetime as dt
from collections.abc import Iterator

from core.display import cn_date, money, percent
from core.text import says
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import rows, total, year_end, years
from ledgers.rules.vouchers import EXPENSE, Payment, account, payments
from ledgers.rules.words import INSURANCE, PAY, what_for

_HALF = dt.timedelta(days=183)
_YEAR = dt.timedelta(days=365)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per December and per election; pay and insurance, which fall due at the year's end, are left out."""
    paid = [each for each in payments(books) if each.day and _counts(each)]
    for year in years(paid):
        first, last = dt.date(year, 12, 1), year_end(year)
        yield from _rush(f"{year}年12月", paid, first, last, dt.date(year, 1, 1), limits)
    for day in books.elections:
        last = day - dt.timedelta(days=1)
        first = day - dt.timedelta(days=limits.on("days", day))
        yield from _rush(
            f"{cn_date(day)}换届前{(day - first).days}天", paid, first, last, day - _YEAR, limits
        )


def _counts(payment: Payment) -> bool:
    spent = account(payment.lines[0]) in EXPENSE | {"", "121", "151"}
    return spent and not says(what_for(payment), PAY + INSURANCE)


def _rush(when: str, paid: list[Payment], first: dt.date, last: dt.date, since: dt.date,
          limits: Limits) -> Iterator[Hit]:  # fmt: skip
    """The hit of one stretch of days; none where the books do not reach back half a year before its end."""
    year = _between(paid, since, last)
    found = sorted(_between(year, first, last), key=lambda each: (-each.amount, each.keys))
    if not found or min(each.day for each in year if each.day) > last - _HALF:
        return
    share = limits.on("share", last)
    if total(found) * 100 <= total(year) * share or total(found) < limits.on("least", last):
        return
    yield Hit(
        rule="L18",
        years=years(found),
        rows=rows(found),
        amount=total(found),
        severity=Severity.HINT,
        reason=f"{when}支出{len(found)}笔共{money(total(found))}元，占一年支出{money(total(year))}元的"
        f"{percent(total(found), total(year))}，超过{share}%（工资、补贴、保险除外）；"
        f"最大一笔{money(found[0].amount)}元（{found[0].summary or '无摘要'}），请核对支出的事由和时间。",
    )


def _between(paid: list[Payment], first: dt.date, last: dt.date) -> list[Payment]:
    return [each for each in paid if each.day and first <= each.day <= last]


RULE = Rule(
    code="L18",
    name="年底、换届前突击支出",
    looks_for="12月或换届前若干天的支出占一年支出的比例偏高；工资、补贴、保险等年底应付的除外。",
    basis="换届前后严肃财经纪律的要求；比例为参数",
    check=check,
    limits={
        "share": always("占一年支出的比例超过", 30, "%"),
        "days": always("换届前", 60, "天"),
        "least": always("该段支出达到", 20000, "元"),
    },
)
