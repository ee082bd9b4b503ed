"""L06 库存现金超限: more cash kept over night than allowed."""

from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.day_ends import DayEnd, day_ends, stretches
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import CASH
from ledgers.rules.wording import yuan


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit for each stretch of days over the limit; nothing where what was in the box is not known."""
    for ends in day_ends(books, CASH).values():
        for over in stretches(ends, lambda end: end.balance > limits.on("most", end.day)):
            yield _hit(over, limits)


def _hit(over: list[DayEnd], limits: Limits) -> Hit:
    first, last, peak = over[0], over[-1], max(over, key=lambda end: end.balance)
    when = cn_date(first.day) if first == last else f"{cn_date(first.day)}至{cn_date(last.day)}"
    most = limits.on("most", first.day)
    return Hit(
        rule="L06",
        years=tuple(sorted({end.day.year for end in over})),
        rows=tuple(line.key for end in over for line in end.lines),
        amount=peak.balance,
        severity=Severity.DOUBT,
        reason=f"{when}，有现金收付的{len(over)}天日终库存现金都超过{yuan(most)}，"
        f"最高{yuan(peak.balance)}（{cn_date(peak.day)}），请核对未存入银行的原因。",
    )


RULE = Rule(
    code="L06",
    name="库存现金超限",
    looks_for="日终库存现金余额超过限额；账上写有余额的按余额，没有的从年初数推算，两者都没有的不算。",
    basis="现金管理暂行条例：库存现金限额必须遵守；限额由当地核定",
    check=check,
    limits={"most": always("日终库存现金不超过", 5000, "元")},
)
