"""L04 白条入账: expenses booked on white slips, receipts by hand or nothing at all."""

from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total, year_end
from ledgers.rules.turnover import by_year, expenses
from ledgers.rules.words import SLIPS


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year: the expense lines whose ticket is none, largest first; from a sum worth asking about."""
    slips = (item for item in expenses(books) if says(item.line.ticket, SLIPS))
    for year, found in by_year(slips).items():
        amount = total(found)
        if amount < limits.on("least", year_end(year)):
            continue
        yield Hit(
            rule="L04",
            years=(year,),
            rows=tuple(item.line.key for item in found),
            amount=amount,
            severity=Severity.DOUBT,
            reason=f"{year}年有{len(found)}笔支出以白条、收条等入账，没有正式票据，共{money(amount)}元。",
        )


RULE = Rule(
    code="L04",
    name="白条入账",
    looks_for="票据类型为白条、收条、便条或无票的支出，按年合计，金额大的在前。",
    basis="村集体经济组织财务制度：支出应取得合法票据",
    check=check,
    limits={"least": always("一年合计达到", 0, "元")},
)
