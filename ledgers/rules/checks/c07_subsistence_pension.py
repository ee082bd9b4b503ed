"""C07 低保与养老待遇: subsistence beside a pension in the same month; known for its false alarms, so only a hint."""

import datetime as dt
from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.matching import benefits, last_day, listed, of_benefit, overlaps, span
from ledgers.rules.rows import Benefit, Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total

# The basic pension of residents goes to everybody from sixty on, the poor too.
_BASIC = ("居民", "新农保", "高龄")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person: the months of subsistence in which a pension worth asking about was paid too."""
    pensions = [row for row in listed(books, "insurance") if _counts(row, books.today, limits)]
    pensions += [row for paid in books.benefits if paid.kind == "pension" for row in _as_listed(paid, limits)]
    for found in overlaps(books, benefits(books, "subsistence"), pensions):
        yield found.hit(
            "C07",
            f"{found.name}{span(found.payments)}有低保{len(found.payments)}笔，共{money(total(found.payments))}元，"
            "同一月份另有养老或社保待遇；两者可以并存，请核对养老待遇是否计入家庭收入。",
            Severity.HINT,
        )


def _counts(row: Listed, day: dt.date, limits: Limits) -> bool:
    if row.amount is None:
        return not says(row.detail, _BASIC)
    return bool(row.amount >= limits.on("least", day))


def _as_listed(paid: Benefit, limits: Limits) -> Iterator[Listed]:
    """A month's pension as the row of a list that holds in that month."""
    month = of_benefit(paid).month
    day = last_day(month)
    if paid.amount >= limits.on("least", day):
        before, after = day.replace(day=1) - dt.timedelta(days=1), day + dt.timedelta(days=1)
        yield Listed(paid.key, "insurance", paid.name, paid.mark, since=before, until=after)


RULE = Rule(
    code="C07",
    name="低保与养老待遇同月",
    looks_for="低保名单与养老、社保待遇名单比对：同一人同一月份两边都有，且每月养老待遇达到所设金额；只作提示。",
    basis="低保家庭收入核算：养老待遇一般应计入家庭收入",
    check=check,
    limits={"least": always("每月养老待遇达到", 500, "元")},
)
