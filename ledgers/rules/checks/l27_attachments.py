"""L27 附件不全: payments with no attachment, and large ones with a single one."""

from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.spendings import booked_unpaid
from ledgers.rules.totals import by_year, rows, total, year_end
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.words import BANK_FEES, INSURANCE, PAY, what_for


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year; where the number of attachments is not known nothing is said."""
    for year, paid in by_year([*payments(books), *booked_unpaid(books)]).items():
        none = [each for each in paid if _attached(each) == 0 and each.amount > limits.on("none", year_end(year))
                and not says(what_for(each), BANK_FEES)]  # fmt: skip
        one = [each for each in paid if _attached(each) == 1 and each.amount > limits.on("one", year_end(year))
               and not says(what_for(each), PAY + INSURANCE)]  # fmt: skip
        found = none + one
        if not found:
            continue
        yield Hit(
            rule="L27",
            years=(year,),
            rows=rows(found),
            amount=total(found),
            severity=Severity.DOUBT if none else Severity.HINT,
            reason=f"{year}年有{len(found)}笔支出凭证附件不全，涉及{money(total(found))}元："
            f"{'，'.join(_told(none, one))}，请核对原始凭证。",
        )


def _attached(payment: Payment) -> int | None:
    """The most any line of the voucher says; the sheet often fills one line only."""
    return max(
        (line.attachments for line in payment.voucher.lines if line.attachments is not None), default=None
    )


def _told(none: list[Payment], one: list[Payment]) -> Iterator[str]:
    if none:
        yield f"没有附件{len(none)}笔、{money(total(none))}元"
    if one:
        yield f"金额较大而只有1张附件{len(one)}笔、{money(total(one))}元"


RULE = Rule(
    code="L27",
    name="附件不全",
    looks_for="支出没有附件；金额较大的支出只有1张附件（工资、补贴、保险一张发放表的除外）。没有附件张数的不比。",
    basis="会计基础工作规范：记账凭证应附原始凭证；金额为参数",
    check=check,
    limits={
        "none": always("没有附件的单笔超过", 500, "元"),
        "one": always("只有1张附件的单笔超过", 10000, "元"),
    },
)
