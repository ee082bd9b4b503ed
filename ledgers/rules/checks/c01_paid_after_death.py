"""C01 死亡后仍领补贴: benefits for months after the month of death."""

from collections.abc import Iterator

from core.display import cn_date, money
from core.text import says
from ledgers.rules.matching import Month, Overlap, Roll, benefits, listed, month_of, programmes, span
from ledgers.rules.rows import Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity
from ledgers.rules.totals import total

# What the survivors are paid because of the death.
_DUE_BY_DEATH = ("丧葬", "抚恤", "安葬", "一次性死亡")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person; with two days of death the later counts, and the month of death is still due."""
    roll = Roll(books, [row for row in listed(books, "death") if row.since])
    found: dict[str, Overlap] = {}
    for payment in sorted(benefits(books), key=lambda paid: (paid.month, paid.key)):
        deaths, by_name = roll.find(payment.name, payment.mark)
        if deaths and _died(deaths) < payment.month and not says(payment.what, _DUE_BY_DEATH):
            found.setdefault(payment.person, Overlap(payment.name, by_name)).add(payment, deaths)
    for overlap in found.values():
        yield overlap.hit("C01", _reason(overlap), Severity.GRAVE)


def _died(deaths: list[Listed]) -> Month:
    return max(month_of(row.since) for row in deaths if row.since)


def _reason(overlap: Overlap) -> str:
    day = max(row.since for row in overlap.rows if row.since)
    paid = overlap.payments
    return (
        f"{overlap.name}在死亡、火化名单上的日期为{cn_date(day)}，{span(paid)}仍有{programmes(paid)}"
        f"{len(paid)}笔，共{money(total(paid))}元，请核对停发时间和实际领取人。"
    )


RULE = Rule(
    code="C01",
    name="死亡后仍领补贴",
    looks_for="惠民补贴名单与死亡、火化名单比对：所属月份在死亡当月之后的发放；当月发放、补发以前月份和丧葬抚恤不算。",
    basis="各项补贴应自死亡次月起停发",
    check=check,
)
