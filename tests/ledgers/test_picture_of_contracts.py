"""Contracts in time: arrears by year, what ended, what lasts too long, what has no end."""

import datetime as dt

from ledgers.rules.pictures.contracts import Mark, contracts
from ledgers.rules.rows import Contract
from tests.ledgers.books import books, yuan
from tests.ledgers.village import Village

D = dt.date


def seen_of(*rows):
    return contracts(books(contracts=rows))


def one(**more):
    return seen_of(Contract("a", name="鱼塘", kind="鱼塘", **more)).leases[0]


def test_arrears_settle_the_oldest_first():
    """Of three years of a thousand 1,400 are paid: 600 of the second are left; this year may still come."""
    dues = dict.fromkeys((2023, 2024, 2025, 2026), yuan(1000))
    lease = one(starts_on=D(2023, 1, 1), ends_on=D(2027, 12, 31), dues=dues, payments={2023: yuan(1400)})
    assert lease.arrears == {2024: 600, 2025: 1000}
    assert (lease.owed, lease.marks) == (1600, (Mark.ARREARS,))


def test_arrears_of_all_contracts_by_year_and_of_no_known_year():
    dues = {2024: yuan(1000), 2025: yuan(1000)}
    seen = seen_of(
        Contract("a", dues=dues, payments={2024: yuan(500)}, ends_on=D(2030, 1, 1)),
        Contract("b", dues=dues, payments={2024: yuan(1000)}, ends_on=D(2030, 1, 1)),
        Contract("c", due=yuan(900), paid=yuan(200), ends_on=D(2030, 1, 1)),
    )
    assert {year: (cell.amount, cell.rows) for year, cell in seen.arrears.items()} == {
        2024: (500, ("a",)), 2025: (2000, ("b", "a")), None: (700, ("c",)),
    }  # fmt: skip
    assert seen.owed == sum(cell.amount for cell in seen.arrears.values()) == 3200
    assert seen.headline == "3份合同，3份欠租，共3,200.00元"


def test_ended_and_still_used_or_nobody_says():
    term = {"starts_on": D(2015, 1, 1), "ends_on": D(2024, 12, 31)}
    assert one(in_use=True, **term).marks == (Mark.IN_USE,)
    assert one(**term).marks == (Mark.ENDED,)
    assert one(in_use=False, **term).marks == ()


def test_past_the_legal_limit_with_the_day_of_the_limit():
    lease = one(starts_on=D(2022, 3, 1), ends_on=D(2052, 2, 29))
    assert (lease.marks, lease.limit, lease.term) == ((Mark.TOO_LONG,), D(2042, 3, 1), "30年")
    waste = seen_of(Contract("a", kind="四荒", starts_on=D(2000, 1, 1), ends_on=D(2060, 1, 1))).leases[0]
    assert waste.limit == D(2050, 1, 1), "waste land may be let for fifty years"


def test_without_an_end_or_a_paper():
    assert one(starts_on=D(2010, 1, 1)).marks == (Mark.NO_END,)
    assert one(starts_on=D(2010, 1, 1), ends_on=D(2028, 1, 1), written=False).marks == (Mark.UNWRITTEN,)


def test_what_stands_out_most_comes_first():
    seen = seen_of(
        Contract("quiet", starts_on=D(2020, 1, 1), ends_on=D(2030, 1, 1)),
        Contract("two", starts_on=D(2021, 1, 1), written=False),
        Contract("one", starts_on=D(2019, 1, 1)),
    )
    assert [lease.key for lease in seen.leases] == ["two", "one", "quiet"]
    assert seen.span == (D(2019, 1, 1), D(2030, 1, 1))
    assert seen.headline == "3份合同，2份没有终止日期；1份没有书面合同"


def test_a_village_in_order_has_nothing_to_show():
    seen = contracts(Village(1).books())
    assert seen.headline.endswith("没有欠租、到期未收回或者超期的")
    assert contracts(books()).headline == "还没有合同台账"
