"""L13 整数金额: an account whose expenses are round thousands far oftener than in other villages."""

from collections.abc import Iterator

from core.display import percent
from ledgers.rules.round_sums import by_account, is_round, round_share
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total, year_end
from ledgers.rules.turnover import Item, largest_first
from ledgers.rules.wording import yuan


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year and account; against the district's median where there is one, else against a fixed share."""
    for (year, account), items in by_account(books).items():
        day = year_end(year)
        median = books.round_shares.get(account)
        most = limits.on("share", day) if median is None else median + limits.on("above", day)
        found = largest_first(filter(is_round, items))
        if len(found) >= limits.on("least", day) and round_share(items) > most:
            yield _hit(year, found, len(items), median)


def _hit(year: int, found: list[Item], of: int, median: float | None) -> Hit:
    amount, line = total(found), found[0].line
    beside = "" if median is None else f"，全区各村的中位数为{percent(median)}"
    return Hit(
        rule="L13",
        years=(year,),
        rows=tuple(item.line.key for item in found),
        amount=amount,
        severity=Severity.HINT,
        reason=f"{year}年“{line.account_name or line.standard}”{of}笔支出中有{len(found)}笔是整千元，"
        f"占{percent(len(found), of)}{beside}，共{yuan(amount)}，请抽查附件是否与实际数量、单价相符。",
    )


RULE = Rule(
    code="L13",
    name="整数金额偏多",
    looks_for="按年度和科目，整千元的支出笔数占比明显高于全区各村的中位数；工资补贴、慰问等本来就是整数的和收到的补助不算。",
    basis="审计分析方法：按实际数量和单价结算的支出很少是整千元",
    check=check,
    limits={
        "above": always("高出中位数", 0.2),
        "share": always("没有中位数时，占比超过", 0.6),
        "least": always("整千元的至少有", 5, "笔"),
    },
)
