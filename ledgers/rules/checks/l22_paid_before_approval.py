"""L22 先支后批: payments booked on a day before their approval or the minutes."""

import datetime as dt
from collections.abc import Iterator

from core.display import cn_date, money
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import by_year, rows, total, year_end
from ledgers.rules.vouchers import Payment, payments


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year; the day of the voucher is never before that of the money, so it is the safe one to take."""
    for year, paid in by_year(payments(books)).items():
        grace = limits.on("days", year_end(year))
        found = [each for each in paid if _early(each) > grace]
        if not found:
            continue
        worst = max(found, key=_early)
        yield Hit(
            rule="L22",
            years=(year,),
            rows=rows(found),
            amount=total(found),
            reason=f"{year}年有{len(found)}笔支出的日期早于审批或会议日期，共{money(total(found))}元；"
            f"最多早{_early(worst)}天（{cn_date(worst.day)}支出，{cn_date(_approved(worst))}审批），请核对。",
        )


def _approved(payment: Payment) -> dt.date | None:
    return max((line.approved_on for line in payment.voucher.lines if line.approved_on), default=None)


def _early(payment: Payment) -> int:
    """By how many days the payment came first; 0 when a day is not known."""
    approved = _approved(payment)
    return (approved - payment.day).days if approved and payment.day else 0


RULE = Rule(
    code="L22",
    name="先支后批",
    looks_for="支出凭证日期早于审批日期或会议纪要日期。",
    basis="村集体经济组织财务制度：支出先审批、后付款",
    check=check,
    limits={"days": always("早于审批超过", 0, "天")},
)
