"""L12 拆分: payments to one receiver, each below the limit for a decision, together at or above it."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ledgers.rules.regular import is_many, recurs
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import rows, total, years
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.wording import some, voucher_name, yuan


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit for each window of days in which the sums reach the limit; known contractors are paid by instalments."""
    contractors = {
        name for project in books.projects for name in (project.contractor_mark, project.contractor) if name
    }
    by_receiver: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments(books):
        known = payment.receiver in contractors or payment.party in contractors
        explained = known or is_many(payment.party) or recurs(payment.summary) or not payment.day
        if payment.receiver and not explained and payment.amount < limits.on("limit", payment.when):
            by_receiver[payment.receiver].append(payment)
    for paid in by_receiver.values():
        yield from _windows(paid, limits)


def _windows(paid: list[Payment], limits: Limits) -> Iterator[Hit]:
    """From the first payment on, all within the days; once a window reaches the limit, on from what follows it."""
    while paid:
        first = paid[0].when
        limit, days = limits.on("limit", first), limits.on("days", first)
        window = [payment for payment in paid if (payment.when - first).days <= days]
        if total(window) >= limit:
            yield _hit(window, limit)
            paid = paid[len(window) :]
        else:
            paid = paid[1:]


def _hit(window: list[Payment], limit: Decimal | int) -> Hit:
    amount, days = total(window), (window[-1].when - window[0].when).days
    told = some(f"{voucher_name(payment.voucher)}（{yuan(payment.amount)}）" for payment in window)
    return Hit(
        rule="L12",
        years=years(window),
        rows=rows(window),
        amount=amount,
        severity=Severity.DOUBT,
        reason=f"{days + 1}天内向“{window[0].party}”付款{len(window)}笔，每笔都低于{yuan(limit)}，合计{yuan(amount)}："
        f"{told}，请核对是否同一事项拆分支付。",
    )


RULE = Rule(
    code="L12",
    name="拆分支付",
    looks_for="同一收款方在规定天数内的多笔付款，每笔低于限额而合计达到限额；工资补贴、水电等固定支出和台账内工程的分期付款不算。",
    basis="村级“四议两公开”和大额支出集体决定的规定；限额由当地规定",
    check=check,
    limits={
        "limit": always("须集体决定或公开采购的起点", 10000, "元"),
        "days": always("各笔相隔不超过", 30, "天"),
    },
)
