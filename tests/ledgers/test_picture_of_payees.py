"""How concentrated payments are: worked out by hand and by a database."""

import sqlite3

import pytest

from ledgers.rules.pictures.payees import payees
from tests.ledgers.books import books
from tests.ledgers.test_picture_of_accounts import paid
from tests.ledgers.village import Village


def test_the_share_of_the_ten():
    entries = []
    for number in range(1, 13):
        entries += paid(number, 2025, number * 100, party=f"店{number:02}")
    entries += paid(13, 2025, 1200, party="零星用工")
    entries += paid(14, 2025, 1000)
    year = payees(books(entries=entries)).years[0]
    # 1 to 12 hundred are 7,800; the ten largest leave out 100 and 200.
    assert (year.total, year.top_paid, year.rest.amount, year.unnamed.amount) == (10000, 7500, 300, 2200)
    assert year.unnamed_times == 2
    assert float(year.share) == 0.75
    assert [payee.name for payee in year.top[:2]] == ["店12", "店11"]
    told = payees(books(entries=entries)).headline
    assert told == "2025年付款10,000.00元，前10名收款人占75.0%，最多的是店12，1,200.00元"


def test_one_person_under_two_spellings_is_one_receiver_and_the_mark_is_not_told():
    entries = [
        *paid(1, 2025, 100, party="王 甲子", party_mark="m1"),
        *paid(2, 2025, 100, party="王甲子", party_mark="m1"),
        *paid(3, 2025, 100, party="王甲子", party_mark="m1"),
        *paid(4, 2025, 50, party="王甲子", party_mark="m2"),
    ]
    year = payees(books(entries=entries)).years[0]
    assert [(payee.name, payee.paid.amount, payee.times) for payee in year.payees] == [
        ("王甲子", 300, 3), ("王甲子", 50, 1),
    ]  # fmt: skip
    assert "m1" not in repr(year)


@pytest.mark.parametrize("seed", range(3))
def test_parts_are_the_whole_and_every_row_is_one_of_the_year(seed):
    kept = Village(seed).books()
    base = sqlite3.connect(":memory:")
    base.execute("create table e (year, cents, summary)")
    # Money that left: the credits of cash and bank, without what only moved between the two; red ones are below zero.
    base.executemany(
        "insert into e values (?, ?, ?)",
        [(e.year, int(e.credit * 100), e.summary) for e in kept.entries if e.standard in ("101", "102")],
    )
    left = base.execute(
        "select year, sum(cents) from e where summary not in ('提取现金', '现金存入银行') group by 1"
    )
    by_year = {year.year: year for year in payees(kept).years}
    assert {year: int(each.total * 100) for year, each in by_year.items()} == dict(left)
    for year in by_year.values():
        named = sum(payee.paid.amount for payee in year.payees)
        assert named + year.unnamed.amount == year.total
        assert {row for payee in year.payees for row in payee.paid.rows} <= {
            e.key for e in kept.entries if e.year == year.year
        }


def test_nothing_to_see():
    assert payees(books()).headline == "还没有写明收款人的支付"
    assert payees(books(entries=paid(1, 2025, 100))).headline == "2025年的支付都没有写明收款人"
