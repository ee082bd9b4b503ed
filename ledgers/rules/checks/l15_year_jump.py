"""L15 同比突变: an account's year far above or below the year before, come new or gone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.display import percent
from ledgers.rules.rows import Books, Entry
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.spans import whole_years
from ledgers.rules.totals import total, year_end
from ledgers.rules.turnover import COMES_AND_GOES, Item, expenses, incomes, largest_first
from ledgers.rules.vouchers import EXPENSE, INCOME, account
from ledgers.rules.wording import yuan

_ROWS = 20


@dataclass(frozen=True, slots=True)
class _Year:
    """An account's lines of one year and their sum."""

    year: int
    items: tuple[Item, ...]

    @property
    def total(self) -> Decimal:
        """The year's sum."""
        return total(self.items)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit an account and pair of whole years whose accounts are mapped."""
    years = whole_years(books) & {line.year for line in books.entries if account(line) in EXPENSE | INCOME}
    for kind, booked in (("支出", expenses(books)), ("收入", incomes(books))):
        by_account: dict[str, dict[int, list[Item]]] = defaultdict(lambda: defaultdict(list))
        for item in booked:
            if item.line.standard and account(item.line) not in COMES_AND_GOES:
                by_account[item.line.standard][item.line.year].append(item)
        for found in by_account.values():
            for year in sorted(years):
                if year - 1 in years:
                    before, now = (_Year(each, tuple(found.get(each, ()))) for each in (year - 1, year))
                    yield from _jump(kind, before, now, limits)


def _jump(kind: str, before: _Year, now: _Year, limits: Limits) -> Iterator[Hit]:
    day = year_end(now.year)
    change = now.total - before.total
    share = Decimal(str(limits.on("share", day)))
    if abs(change) <= limits.on("least", day) or abs(change) <= share * before.total:
        return
    larger = max(before, now, key=lambda each: abs(each.total))
    rows = [item.line for item in largest_first(larger.items)][:_ROWS]
    yield Hit(
        rule="L15",
        years=(before.year, now.year),
        rows=tuple(line.key for line in rows),
        amount=abs(change),
        severity=Severity.HINT,
        matter=f"{before.year}-{now.year}",
        reason=f"“{_name(rows[0])}”{kind}{_said(before, now)}，请核对变化的原因。",
    )


def _name(line: Entry) -> str:
    return line.account_name or line.standard


def _said(before: _Year, now: _Year) -> str:
    if not before.total:
        return f"{before.year}年没有，{now.year}年为{yuan(now.total)}"
    if not now.total:
        return f"{before.year}年为{yuan(before.total)}，{now.year}年没有"
    word = "增加" if now.total > before.total else "减少"
    by = percent(abs(now.total - before.total), before.total)
    return f"{before.year}年为{yuan(before.total)}，{now.year}年为{yuan(now.total)}，{word}{by}"


RULE = Rule(
    code="L15",
    name="同比突变",
    looks_for="一个科目的全年收入或支出比上年增减超过规定比例和金额，或新出现、不再出现；不完整的年度、在建工程和上级补助不比。",
    basis="审计分析方法：跨年度比较",
    check=check,
    limits={"share": always("增减超过上年的", 0.5), "least": always("增减金额超过", 10000, "元")},
)
