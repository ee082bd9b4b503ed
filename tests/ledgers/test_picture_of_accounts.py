"""Years side by side: sums worked out by a database, sums of parts, and the words for what changed."""

import datetime as dt
import sqlite3
from decimal import Decimal

import pytest

from ledgers.rules.pictures.accounts import Change, Side, accounts
from ledgers.rules.rows import Balance, Entry
from ledgers.rules.turnover import expenses, incomes
from tests.ledgers.books import books, yuan
from tests.ledgers.village import Village


def paid(key, year, amount, standard="541", month=5, **more):
    """A voucher of two lines: the expense and the bank's."""
    day = dt.date(year, month, 10)
    voucher = {"day": day, "voucher": f"记-{key}", "number": int(key), "summary": "支出"} | more
    return [
        Entry(f"{key}a", year, account=standard, account_name="费用", standard=standard, debit=yuan(amount), **voucher),
        Entry(f"{key}b", year, account="102", account_name="银行存款", standard="102", credit=yuan(amount), **voucher),
    ]  # fmt: skip


def village(*sums):
    """Whole years with (year, amount, standard) each, besides a small sum in January and in December."""
    entries, number = [], 0
    for year in sorted({year for year, *_ in sums}):
        for month in (1, 12):
            number += 1
            entries += paid(number, year, 1, "502", month)
    for year, amount, standard in sums:
        number += 1
        entries += paid(number, year, amount, standard)
    return books(entries=entries)


@pytest.mark.parametrize("seed", range(4))
def test_sums_are_those_a_database_adds_up(seed):
    kept = Village(seed).books()
    base = sqlite3.connect(":memory:")
    base.execute("create table e (year, standard, summary, cents)")
    base.executemany(
        "insert into e values (?, ?, ?, ?)",
        [(e.year, e.standard, e.summary, int((e.debit - e.credit) * 100)) for e in kept.entries],
    )
    found = {
        (side, line.account.key, year): int(cell.amount * 100)
        for side, sign in ((Side.EXPENSE, 1), (Side.INCOME, -1))
        for line in accounts(kept).of(side)
        for year, cell in line.years.items()
    }
    added = base.execute(
        "select standard, year, sum(cents) from e where summary not like '结转%' "
        "and standard in ('154','502','541','551','511','522','531') group by 1, 2"
    )
    expected = {
        (Side.INCOME if sum_ < 0 else Side.EXPENSE, code, year): abs(sum_) for code, year, sum_ in added
    }
    assert found == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_accounts_are_together_all_that_was_spent_and_earned(seed):
    kept = Village(seed).books()
    seen = accounts(kept)
    for side, items in ((Side.EXPENSE, expenses(kept)), (Side.INCOME, incomes(kept))):
        whole = seen.total(side)
        assert sum(cell.amount for cell in whole.values()) == sum(item.amount for item in items)
        assert sorted(key for cell in whole.values() for key in cell.rows) == sorted(
            item.line.key for item in items
        )


@pytest.mark.parametrize("seed", range(2))
def test_years_end_with_what_the_balances_say(seed):
    kept = Village(seed).books()
    bank = next(line for line in accounts(kept).of(Side.STANDING) if line.account.key == "102")
    closings = {row.year: row.closing for row in kept.balances if row.standard == "102"}
    assert {year: cell.amount for year, cell in bank.years.items()} == closings
    capital = next(line for line in accounts(kept).of(Side.STANDING) if line.account.key == "301")
    assert capital.cell(2023).amount == Decimal("1280300.00"), "shown on its own side"


def test_the_headline_says_how_much_more_and_that_it_is_the_highest():
    seen = accounts(
        village((2023, 30000, "541"), (2024, 38000, "541"), (2025, 61560, "541"), (2025, 900, "551"))
    )
    assert seen.pair == (2024, 2025)
    assert seen.headline == "2025年管理费用61,560.00元，比上年增加62.0%（23,560.00元），是3个完整年度中最高的"
    assert [line.account.key for line in seen.of(Side.EXPENSE)] == ["541", "551", "502"], "most changed first"


def test_what_came_new_and_what_is_gone():
    seen = accounts(village((2024, 5000, "551"), (2025, 8000, "541")))
    told = [seen.told(line, change) for line, change in seen.changes]
    assert told == [
        "2025年新出现管理费用8,000.00元，2024年没有",
        "2024年其他支出5,000.00元，2025年没有这一科目的支出",
    ]


def test_works_and_grants_come_and_go_and_are_not_the_headline():
    seen = accounts(village((2024, 10000, "541"), (2025, 10500, "541"), (2025, 400000, "154")))
    assert seen.headline.startswith("2025年管理费用")
    assert seen.changes[0][0].account.key == "154", "but they stand first in the table"


@pytest.mark.parametrize(
    ("before", "now", "word", "share"),
    [(100, 162, "增加", "+62.0%"), (100, 50, "减少", "−50.0%"), (0, 5, "新出现", ""), (5, 0, "不再有", ""),
     (7, 7, "持平", ""), (-10, 30, "增加", "")],
)  # fmt: skip
def test_words_for_changes(before, now, word, share):
    change = Change(yuan(before), yuan(now))
    assert (change.word, change.share) == (word, share)


def test_a_year_not_over_is_not_compared():
    kept = village((2024, 1000, "541"), (2025, 2000, "541"))
    kept = books(entries=[*kept.entries, *paid(90, 2026, 50, month=2)])
    seen = accounts(kept)
    assert seen.years == (2024, 2025, 2026)
    assert (seen.whole, seen.pair) == ({2024, 2025}, (2024, 2025))


def test_two_years_may_be_chosen_when_both_are_whole():
    kept = village((2023, 1000, "541"), (2024, 2000, "541"), (2025, 9000, "541"))
    assert accounts(kept, (2023, 2024)).pair == (2023, 2024)
    assert accounts(kept, (2019, 2024)).pair == (2024, 2025)


def test_one_year_alone_cannot_be_compared():
    assert accounts(village((2025, 9000, "541"))).headline == "没有相邻的两个完整年度，还不能比较"
    assert accounts(books()).headline == "还没有可以按科目比较的账目"


def test_a_year_with_balances_only_is_read_from_them():
    rows = [
        Balance("a", 2024, account="541", account_name="管理费用", standard="541", debit=yuan(700), credit=yuan(700)),
        Balance("b", 2024, account="54101", account_name="办公费", standard="541", debit=yuan(700), credit=yuan(700)),
        Balance("c", 2024, account="522", account_name="补助收入", standard="522", debit=yuan(900), credit=yuan(900)),
        Balance("d", 2024, account="202", account_name="应付款", standard="202", closing=yuan(-60)),
    ]  # fmt: skip
    seen = accounts(books(balances=rows))
    assert seen.from_balances == (2024,)
    assert {(line.side, line.account.name): line.cell(2024).amount for line in seen.lines} == {
        (Side.INCOME, "补助收入"): 900, (Side.EXPENSE, "管理费用"): 700, (Side.STANDING, "应付款"): 60,
    }, "the part of an account is not added to it"  # fmt: skip


def test_each_year_is_named_by_its_own_chart():
    """502 was the cost of running a business until 2023, and is income from investment since."""
    old = Entry("1", 2023, dt.date(2023, 5, 1), "记-1", 1, account="502", account_name="经营支出", standard="502",
                debit=yuan(10))  # fmt: skip
    new = Entry("2", 2024, dt.date(2024, 5, 1), "记-1", 1, account="502", account_name="投资收益", standard="561",
                credit=yuan(20))  # fmt: skip
    welfare = Entry(
        "3", 2024, dt.date(2024, 5, 2), "记-2", 2, account="514", account_name="公益支出", debit=yuan(30)
    )
    bank = Entry("4", 2024, dt.date(2024, 5, 2), "记-2", 2, account="102", standard="102", credit=yuan(30))
    seen = accounts(books(entries=[old, new, welfare, bank]))
    assert {(line.side.label, line.account.name) for line in seen.lines} == {
        ("支出", "经营支出"), ("收入", "投资收益"), ("支出", "公益支出"),
    }  # fmt: skip
    assert seen.unmapped == 1
