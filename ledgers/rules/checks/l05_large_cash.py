"""L05 大额现金: payments in cash above the limit."""

import datetime as dt
from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limit, Limits, Rule, Severity
from ledgers.rules.totals import by_year, rows, total, year_end
from ledgers.rules.vouchers import payments
from ledgers.rules.wording import yuan


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year: the payments in cash of more than the limit of their day, the largest first."""
    in_cash = (
        payment
        for payment in payments(books)
        if payment.by == "cash" and payment.amount > limits.on("most", payment.when)
    )
    for year, paid in by_year(in_cash).items():
        amount, largest = total(paid), paid[0]
        most = limits.on("most", year_end(year))
        when = f"，{cn_date(largest.day)}" if largest.day else ""
        yield Hit(
            rule="L05",
            years=(year,),
            rows=rows(paid),
            amount=amount,
            severity=Severity.DOUBT,
            reason=f"{year}年有{len(paid)}笔现金支付超过{yuan(most)}，共{yuan(amount)}，"
            f"最大一笔{yuan(largest.amount)}（{largest.summary or '未写摘要'}{when}），请核对为何未通过银行支付。",
        )


RULE = Rule(
    code="L05",
    name="大额现金支付",
    looks_for="单笔现金支付超过限额的，按年合计，金额大的在前；存取款不算。",
    basis="现金管理暂行条例：结算起点以上应通过银行转账；当地另有规定的从其规定",
    check=check,
    limits={"most": Limit("单笔现金支付不超过", ((dt.date(1988, 10, 1), 1000),), "元")},
)
