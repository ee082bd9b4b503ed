"""L08 坐收坐支: cash income spent at once, without going to the bank."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from core.display import cn_date
from ledgers.rules.cash import CashFlow, cash_flows
from ledgers.rules.day_ends import DayEnd, day_ends
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import CASH
from ledgers.rules.wording import yuan


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit for each day's takings out of which the same or the next days' expenses must have been paid."""
    by_day: dict[dt.date, list[CashFlow]] = defaultdict(list)
    for flow in cash_flows(books):
        by_day[flow.day].append(flow)
    ends = [end for account in day_ends(books, CASH).values() for end in account]
    explained: set[str] = set()
    for day in sorted(by_day):
        days = [day + dt.timedelta(days=after) for after in range(limits.on("days", day) + 1)]
        near = [flow for each in days for flow in by_day.get(each, [])]
        took = [flow for flow in by_day[day] if flow.received > 0]
        spent = [flow for flow in near if flow.spent > 0 and not explained.intersection(flow.lines)]
        sum_in_question = min(
            _sum(took, "received") - _sum(near, "deposited"),
            _sum(spent, "spent") - _sum(near, "fetched") - _before(ends, day),
        )
        if took and spent and sum_in_question > limits.on("least", day):
            explained.update(key for flow in spent for key in flow.lines)
            yield _hit(day, took, spent, sum_in_question)


def _sum(flows: list[CashFlow], what: str) -> Decimal:
    return sum((getattr(flow, what) for flow in flows), ZERO)


def _before(ends: list[DayEnd], day: dt.date) -> Decimal:
    """The cash known to have been in the box before ``day``, of which expenses may be paid."""
    earlier = [end.balance for end in ends if end.day < day]
    return max(earlier[-1], ZERO) if earlier else ZERO


def _hit(day: dt.date, took: list[CashFlow], spent: list[CashFlow], amount: Decimal) -> Hit:
    rows = dict.fromkeys(key for flow in took + spent for key in flow.lines)
    when = "当日" if all(flow.day == day for flow in spent) else "当日及次日"
    return Hit(
        rule="L08",
        years=tuple(sorted({flow.day.year for flow in took + spent})),
        rows=tuple(rows),
        amount=amount,
        severity=Severity.DOUBT,
        reason=f"{cn_date(day)}收入现金{yuan(_sum(took, 'received'))}，未先存入银行，{when}支出现金"
        f"{yuan(_sum(spent, 'spent'))}，其中约{yuan(amount)}可能从收入中直接支付，请核对。",
    )


RULE = Rule(
    code="L08",
    name="坐收坐支",
    looks_for="现金收入在当日或次日直接用于支出，其间没有存入银行；从银行提取的和原有库存现金够付的不算。",
    basis="现金管理暂行条例：不得从现金收入中直接支付（坐支）",
    check=check,
    limits={"days": always("收入之后", 1, "天内支出"), "least": always("金额超过", 0, "元")},
)
