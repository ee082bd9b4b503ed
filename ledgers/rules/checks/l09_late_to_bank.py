"""L09 收入迟缴: cash income that reached the bank late, in another month, or not at all."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.display import cn_date
from ledgers.rules.cash import CashFlow, cash_flows
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.settling import settled
from ledgers.rules.totals import total, year_end
from ledgers.rules.wording import yuan


@dataclass(frozen=True, slots=True)
class _Late:
    """Takings of which ``amount`` came late or never, after ``days`` (of what never came: up to the books' end)."""

    flow: CashFlow
    amount: Decimal
    days: int
    never: bool


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year: the cash taken, the oldest first set against what was brought to the bank."""
    flows = cash_flows(books)
    took = [flow for flow in flows if flow.received > 0]
    brought = settled(
        [(flow.day, flow.received) for flow in took],
        [(flow.day, flow.deposited) for flow in flows if flow.deposited > 0],
    )
    end = max((entry.day for entry in books.entries if entry.day), default=books.today)
    by_year: dict[int, list[_Late]] = defaultdict(list)
    for flow, parts in zip(took, brought, strict=True):
        late = _late(flow, parts, end, limits)
        if late.amount > limits.on("least", flow.day):
            by_year[flow.voucher.year].append(late)
    for year, found in by_year.items():
        yield _hit(year, sorted(found, key=lambda late: (-late.amount, late.flow.lines)), limits)


def _late(flow: CashFlow, parts: list[tuple[dt.date, Decimal]], end: dt.date, limits: Limits) -> _Late:
    rest = flow.received - sum((amount for _, amount in parts), ZERO)
    late = [
        (day, amount) for day, amount in [*parts, (end, rest)] if amount and _is_late(flow.day, day, limits)
    ]
    return _Late(
        flow,
        amount=sum((amount for _, amount in late), ZERO),
        days=max(((day - flow.day).days for day, _ in late), default=0),
        never=(end, rest) in late,
    )


def _is_late(took: dt.date, brought: dt.date, limits: Limits) -> bool:
    another_month = (took.year, took.month) != (brought.year, brought.month)
    return (brought - took).days > limits.on("days", took) or (another_month and limits.on("month", took))


def _hit(year: int, found: list[_Late], limits: Limits) -> Hit:
    amount, longest, largest = (
        total(found),
        max(late.days for late in found),
        found[0],
    )
    never = sum((late.amount for late in found if late.never), ZERO)
    days = limits.on("days", year_end(year))
    return Hit(
        rule="L09",
        years=(year,),
        rows=tuple(key for late in found for key in late.flow.lines),
        amount=amount,
        severity=Severity.DOUBT,
        reason=f"{year}年有{len(found)}笔现金收入未在{days}天内或当月存入银行，共{yuan(amount)}，最长{longest}天；"
        f"最大一笔是{cn_date(largest.flow.day)}的{yuan(largest.amount)}"
        + (f"；其中{yuan(never)}账上未见全部存入" if never else "")
        + "，请核对其间现金由谁保管。",
    )


RULE = Rule(
    code="L09",
    name="收入迟缴",
    looks_for="现金收入存入银行超过规定天数、跨月或账上一直未见存入的，按先收先存计算，按年合计。",
    basis="现金管理暂行条例：现金收入应当及时送存银行；天数由当地规定",
    check=check,
    limits={
        "days": always("收款后几天内存入", 3, "天"),
        "month": always("跨月存入也提示", True),
        "least": always("每笔未及时存入超过", 0, "元"),
    },
)
