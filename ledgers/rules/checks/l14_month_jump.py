"""L14 环比突变: a month's expenses of an account far above the months before."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total
from ledgers.rules.turnover import BY_OCCASION, Item, expenses, largest_first
from ledgers.rules.vouchers import account
from ledgers.rules.wording import yuan

_YEAR = 12

Months = dict[int, list[Item]]


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a month and account; a month that was as high in the year before is the season."""
    by_account: dict[str, Months] = defaultdict(lambda: defaultdict(list))
    for item in expenses(books):
        code = item.line.standard or item.line.account
        if item.line.day and code and account(item.line) not in BY_OCCASION:
            by_account[code][item.line.day.year * _YEAR + item.line.day.month - 1].append(item)
    first = min((month for months in by_account.values() for month in months), default=0)
    for months in by_account.values():
        for month in sorted(months):
            if month - first >= limits.on("months", books.today):
                yield from _jump(months, month, limits, books)


def _jump(months: Months, month: int, limits: Limits, books: Books) -> Iterator[Hit]:
    factor, span = Decimal(str(limits.on("factor", books.today))), limits.on("months", books.today)
    before = [_sum(months, month - back) for back in range(1, span + 1)]
    mean, now = sum(before, ZERO) / span, _sum(months, month)
    uneven = sum(amount > 0 for amount in before) * 2 <= span  # too few months to speak of a usual one
    season = now <= factor * _sum(months, month - _YEAR)
    if uneven or season or now <= factor * mean or now - mean <= limits.on("least", books.today):
        return
    year, line = month // _YEAR, months[month][0].line
    yield Hit(
        rule="L14",
        years=(year,),
        rows=tuple(item.line.key for item in largest_first(months[month])),
        amount=now,
        severity=Severity.HINT,
        reason=f"{year}年{month % _YEAR + 1}月“{line.account_name or line.standard}”支出{yuan(now)}，"
        f"是前{span}个月平均数{yuan(mean)}的{(now / mean).quantize(Decimal('0.1'))}倍，请核对增加的原因。",
    )


def _sum(months: Months, month: int) -> Decimal:
    return total(months.get(month, []))


RULE = Rule(
    code="L14",
    name="环比突变",
    looks_for="一个科目某月的支出超过前几个月平均数的规定倍数；上年同月也高的（季节性）、在建工程和不常发生的科目不算。",
    basis="审计分析方法：逐月比较",
    check=check,
    limits={
        "factor": always("超过平均数的", 2, "倍"),
        "months": always("与之前几个月的平均数比", 6, "个月"),
        "least": always("高出平均数至少", 3000, "元"),
    },
)
