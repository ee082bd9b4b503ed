"""L02 重复支付: one receiver paid the same sum again within weeks, or for the same matter in another year."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ledgers.rules.regular import is_many, other_period, recurs
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.wording import some, voucher_name, yuan

_YEAR = 365
_ABOUT = 45  # an annual fee or a festival's gift does not fall on the same day each year


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit for each run of equal payments to one receiver that no period, fee or wage explains."""
    equal: dict[tuple[object, ...], list[Payment]] = defaultdict(list)
    for payment in payments(books):
        whom = payment.summary if is_many(payment.party) else payment.receiver or payment.summary
        if whom and payment.day and payment.amount >= limits.on("least", payment.when):
            equal[whom, payment.amount].append(payment)
    for paid in equal.values():
        months = {_month(payment) for payment in paid}
        monthly = len(months) >= limits.on("months", books.today)
        if monthly and len(paid) <= max(months) - min(months) + 1:
            continue  # no oftener than monthly from the first to the last; one month may be paid in another
        soon = list(_soon_again(paid, limits.on("days", books.today), monthly))
        yield from map(_hit, soon)
        if not monthly:
            told = {payment.keys for run in soon for payment in run}
            yield from map(_hit, _in_another_year([each for each in paid if each.keys not in told]))


def _soon_again(paid: list[Payment], days: int, monthly: bool) -> Iterator[list[Payment]]:
    run = paid[:1]
    for before, after in pairwise(paid):
        if _apart(before, after) <= days and _same_matter(before, after, monthly):
            run.append(after)
        else:
            yield from [run] if len(run) > 1 else []
            run = [after]
    yield from [run] if len(run) > 1 else []


def _same_matter(before: Payment, after: Payment, monthly: bool) -> bool:
    if other_period(before.summary, after.summary):
        return False
    by_nature = recurs(before.summary) and recurs(after.summary)
    return _month(before) == _month(after) or not (monthly or by_nature)


def _in_another_year(paid: list[Payment]) -> Iterator[list[Payment]]:
    by_summary: dict[str, list[Payment]] = defaultdict(list)
    for payment in paid:
        if payment.summary and not recurs(payment.summary):
            by_summary[payment.summary].append(payment)
    for same in by_summary.values():
        years = {payment.voucher.year for payment in same}
        if len(years) > 1 and not _evenly(same):
            yield same


def _evenly(paid: list[Payment]) -> bool:
    """Whether it comes once a year, or three times and more at even distances: a fee, not a second payment."""
    gaps = [_apart(*pair) for pair in pairwise(paid)]
    even = len(gaps) > 1 and max(gaps) - min(gaps) <= _ABOUT
    return even or all(_about_a_year(*pair) for pair in pairwise(paid))


def _about_a_year(before: Payment, after: Payment) -> bool:
    off = _apart(before, after) % _YEAR
    return _apart(before, after) > _ABOUT and min(off, _YEAR - off) <= _ABOUT


def _apart(before: Payment, after: Payment) -> int:
    return (after.when - before.when).days


def _month(payment: Payment) -> int:
    return payment.when.year * 12 + payment.when.month


def _hit(paid: list[Payment]) -> Hit:
    first = paid[0]
    tickets = {line.ticket_no for payment in paid for line in payment.lines if line.ticket_no}
    apart = "，各附不同票据号" if len(tickets) == len(paid) else ""
    alike = len({payment.summary for payment in paid}) == 1 and not apart
    whom = f"向“{first.party}”" if first.party else f"以“{first.summary}”"
    told = some(f"{voucher_name(payment.voucher)}“{payment.summary}”" for payment in paid)
    return Hit(
        rule="L02",
        years=tuple(sorted({payment.voucher.year for payment in paid})),
        rows=tuple(key for payment in paid for key in payment.keys),
        amount=first.amount * (len(paid) - 1),
        severity=Severity.DOUBT if alike else Severity.HINT,
        reason=f"{whom}支付{yuan(first.amount)}共{len(paid)}次：{told}{apart}，请核对是否重复支付。",
    )


RULE = Rule(
    code="L02",
    name="重复支付",
    looks_for="同一收款方、同一金额在规定天数内再次支付，或跨年度以同一事由再次支付；按月按年固定发生的、分期的、已冲销的不算。",
    basis="农村集体经济组织财务制度：支出应当真实并有合法凭证",
    check=check,
    limits={
        "days": always("两次支付相隔不超过", 60, "天"),
        "months": always("每月固定支出至少见于", 4, "个月"),
        "least": always("每次金额不少于", 200, "元"),
    },
)
