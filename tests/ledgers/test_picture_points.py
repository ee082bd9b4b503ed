"""Every figure of every picture can be named, and opens exactly its rows; what names none opens nothing."""

import pytest

from ledgers.rules.pictures.accounts import Side, accounts
from ledgers.rules.pictures.contracts import Mark, contracts
from ledgers.rules.pictures.digits import digits
from ledgers.rules.pictures.months import months
from ledgers.rules.pictures.payees import payees
from ledgers.rules.pictures.points import find
from ledgers.rules.rows import Contract
from tests.ledgers.books import books, yuan
from tests.ledgers.test_picture_of_accounts import paid
from tests.ledgers.village import Village


@pytest.fixture(scope="module")
def kept():
    return Village(1).books()


def opened(kept, **asked):
    return find(kept, {name: str(value) for name, value in asked.items()})


def test_accounts(kept):
    for line in accounts(kept).lines[:6]:
        for year, cell in line.years.items():
            asked = {"side": line.side, "account": line.account.key, "year": year}
            assert opened(kept, picture="accounts", **asked).cell == cell
    assert (
        opened(kept, picture="accounts", side="expense", account="541", year=2024).title
        == "2024年管理费用支出"
    )


def test_months(kept):
    for (year, month), found in list(months(kept).cells.items())[:6]:
        asked = {"picture": "months", "year": year, "month": month}
        assert opened(kept, what="spent", **asked).cell == found.spent
        assert opened(kept, what="vouchers", **asked).cell.rows == found.rows


def test_payees(kept):
    year = payees(kept).years[-1]
    assert opened(kept, picture="payees", year=year.year, rank=1).cell == year.payees[0].paid
    assert opened(kept, picture="payees", year=year.year, rank="rest").cell == year.rest
    assert opened(kept, picture="payees", year=year.year, rank="unnamed").cell == year.unnamed


def test_digits(kept):
    whole, year = digits(kept), digits(kept, 2023)
    assert opened(kept, picture="digits", digit=1).cell == whole.digits[0].found
    assert opened(kept, picture="digits", digit=2, year=2023).cell == year.digits[1].found
    assert set(year.digits[1].found.rows) < set(whole.digits[1].found.rows)


def test_contracts():
    lets = [Contract("a", dues={2024: yuan(9)}, paid=yuan(2)), Contract("b", due=yuan(5), paid=yuan(1))]
    kept = books(contracts=lets)
    assert contracts(kept).owed == 11
    assert opened(kept, picture="contracts", year=2024).cell.rows == ("a",)
    assert opened(kept, picture="contracts", year="").cell.amount == 4
    assert opened(kept, picture="contracts", mark=Mark.NO_END).cell.rows == ("a", "b")


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"picture": "x"}, {"picture": "accounts"}, {"picture": "accounts", "side": "expense", "account": "541"},
        {"picture": "accounts", "side": "x", "account": "541", "year": "2024"},
        {"picture": "accounts", "side": Side.EXPENSE, "account": "541", "year": "1900"},
        {"picture": "months", "year": "2025", "month": "13", "what": "spent"},
        {"picture": "months", "year": "2025", "month": "5", "what": "years"},
        {"picture": "months", "year": "二", "month": "5", "what": "spent"},
        {"picture": "contracts", "mark": "none"}, {"picture": "contracts", "year": "2031"},
        {"picture": "payees", "year": "2025", "rank": "999"}, {"picture": "payees", "year": "1999", "rank": "1"},
        {"picture": "payees", "year": "2025", "rank": "-3"},
        {"picture": "digits", "digit": "0"}, {"picture": "digits", "digit": "1", "year": "x"},
    ],
)  # fmt: skip
def test_what_names_no_point_opens_nothing(asked):
    kept = books(entries=paid(1, 2025, 100, party=""))
    assert find(kept, asked) is None
