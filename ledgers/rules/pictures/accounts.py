"""A village's years side by side, account by account: what rose or fell, what came new, what is gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.display import percent
from ledgers.rules.pictures.cells import NONE, Cell, cell, together
from ledgers.rules.pictures.naming import Account, identity
from ledgers.rules.pictures.standing import moved, stood
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.spans import whole_years
from ledgers.rules.turnover import COMES_AND_GOES, Item, expenses, incomes
from ledgers.rules.vouchers import account
from ledgers.rules.wording import yuan


class Side(StrEnum):
    """Where a line stands: what was earned, what was spent, or what the year ended with."""

    INCOME = "income"
    EXPENSE = "expense"
    STANDING = "standing"

    @property
    def label(self) -> str:
        """In words."""
        return {"income": "收入", "expense": "支出", "standing": "年末余额"}[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """From one year to the next; either may be nought."""

    before: Decimal
    now: Decimal

    @property
    def size(self) -> Decimal:
        """What it became more, below zero less."""
        return self.now - self.before

    @property
    def word(self) -> str:
        """增加, 减少, 新出现, 不再有 or 持平."""
        if not self.size:
            return "持平"
        if not self.before or not self.now:
            return "不再有" if self.before else "新出现"
        return "增加" if self.size > 0 else "减少"

    @property
    def share(self) -> str:
        """By how much of the year before, signed; empty where that was nought or below."""
        if self.before <= 0 or not self.now or not self.size:
            return ""
        return f"{'+' if self.size > 0 else '−'}{percent(abs(self.size), self.before)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One account over the years. ``formerly``: what the chart of the earlier years calls it, where that differs."""

    side: Side
    account: Account
    years: Mapping[int, Cell]
    formerly: str = ""

    def cell(self, year: int) -> Cell:
        """The figure of a year, nought where the account has none."""
        return self.years.get(year, NONE)

    def change(self, before: int, now: int) -> Change:
        """Between two years."""
        return Change(self.cell(before).amount, self.cell(now).amount)


@dataclass(frozen=True)
class Accounts:
    """All accounts over the years, in each side what changed most first.

    ``whole`` are the years that may be compared; ``pair`` the two that are, ``None`` where no two follow each other.
    ``from_balances``: years without vouchers, read from the year's balances. ``unmapped``: lines of no known account.
    """

    years: tuple[int, ...] = ()
    whole: frozenset[int] = frozenset()
    pair: tuple[int, int] | None = None
    lines: tuple[Line, ...] = ()
    from_balances: tuple[int, ...] = ()
    unmapped: int = 0

    def of(self, side: Side) -> tuple[Line, ...]:
        """The lines of one side."""
        return tuple(line for line in self.lines if line.side == side)

    def total(self, side: Side) -> dict[int, Cell]:
        """The sum of a side by year."""
        return {year: together(line.cell(year) for line in self.of(side)) for year in self.years}

    @property
    def changes(self) -> list[tuple[Line, Change]]:
        """What changed between the two years, of income and expenses together, the largest first."""
        if self.pair is None:
            return []
        found = [(line, line.change(*self.pair)) for line in self.lines if line.side != Side.STANDING]
        changed = [(line, change) for line, change in found if change.size]
        return sorted(changed, key=lambda each: (-abs(each[1].size), each[0].account.key))

    @property
    def headline(self) -> str:
        """What one sees, in a sentence."""
        if not self.years:
            return "还没有可以按科目比较的账目"
        if self.pair is None:
            return "没有相邻的两个完整年度，还不能比较"
        if not self.changes:
            return f"{self.pair[1]}年各科目与{self.pair[0]}年相同"
        return self.told(*next((each for each in self.changes if _tells(each[0])), self.changes[0]))

    def told(self, line: Line, change: Change) -> str:
        """One change in a sentence: 2024年管理费用62,000.00元，比上年增加62.0%（23,700.00元），是三年来最高."""
        before, now = self.pair or (0, 0)
        name = line.account.name
        if change.word == "不再有":
            return f"{before}年{name}{yuan(change.before)}，{now}年没有这一科目的{line.side.label}"
        if change.word == "新出现":
            return f"{now}年新出现{name}{yuan(change.now)}，{before}年没有"
        said = f"{now}年{name}{yuan(change.now)}，比上年{change.word}"
        by = f"{change.share[1:]}（{yuan(abs(change.size))}）" if change.share else yuan(abs(change.size))
        return said + by + self._rank(line, now)

    def _rank(self, line: Line, now: int) -> str:
        sums = [line.cell(year).amount for year in self.whole]
        if len(sums) < 3 or sums.count(line.cell(now).amount) > 1:
            return ""
        word = {max(sums): "最高", min(sums): "最低"}.get(line.cell(now).amount)
        return f"，是{len(sums)}个完整年度中{word}的" if word else ""


def _tells(line: Line) -> bool:
    """Whether a change tells something: works, purchases and grants from above come and go by their nature."""
    return line.account.key not in COMES_AND_GOES


def accounts(books: Books, pair: tuple[int, int] | None = None) -> Accounts:
    """The picture of ``books``; ``pair`` chooses which two whole years are compared, else the last two in a row.

    Income and expenses are what stands after corrections, without the closing of the year; a year without vouchers is
    read from its balances.
    """
    without = {row.year for row in books.balances} - {row.year for row in books.entries}
    whole = frozenset(whole_years(books) | {year for year in without if year < books.today.year})
    by_line: dict[tuple[Side, str], dict[int, Cell]] = defaultdict(dict)
    names: dict[str, dict[int, Account]] = defaultdict(dict)

    def put(side: Side, year: int, named: Account, figure: Cell) -> None:
        by_line[side, named.key][year] = figure
        names[named.key][year] = named

    for side, items in ((Side.EXPENSE, expenses(books)), (Side.INCOME, incomes(books))):
        for (year, named), found in _grouped(items).items():
            put(side, year, named, cell(found))
    for year, earned, named, figure in moved(books, without):
        put(Side.INCOME if earned else Side.EXPENSE, year, named, figure)
    for year, named, figure in stood(books):
        put(Side.STANDING, year, named, figure)

    years = tuple(sorted({year for found in by_line.values() for year in found}))
    chosen = pair if pair and set(pair) <= whole else _last_pair(whole)
    lines = [_line(side, found, names[key]) for (side, key), found in by_line.items()]
    return Accounts(
        years, whole, chosen, tuple(sorted(lines, key=lambda line: _order(line, chosen))),
        tuple(sorted(without)), sum(not account(entry) for entry in books.entries),
    )  # fmt: skip


def _grouped(items: Iterable[Item]) -> dict[tuple[int, Account], list[Item]]:
    found: dict[tuple[int, Account], list[Item]] = defaultdict(list)
    for item in items:
        found[item.line.year, identity(item.line)].append(item)
    return found


def _last_pair(whole: frozenset[int]) -> tuple[int, int] | None:
    pairs = [(year - 1, year) for year in whole if year - 1 in whole]
    return max(pairs, default=None)


def _line(side: Side, years: Mapping[int, Cell], names: Mapping[int, Account]) -> Line:
    first, last = names[min(years)], names[max(years)]
    return Line(side, last, years, first.name if first.name != last.name else "")


def _order(line: Line, pair: tuple[int, int] | None) -> tuple[int, Decimal, Decimal, str]:
    change = abs(line.change(*pair).size) if pair else ZERO
    highest = max(figure.amount for figure in line.years.values())
    return list(Side).index(line.side), -change, -highest, line.account.key
