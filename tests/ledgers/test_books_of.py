"""A village's books are the rows of its confirmed sheets, read with a fixed number of queries."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ledgers.models import LedgerRow
from ledgers.rules.rows import Benefit, Cadre, Contract, Entry, Shown
from ledgers.selectors.books import books_of, stamp_of
from prep.models import CommitteeMember
from tests.ledgers.stored import make_sheet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 4, 1)
ENTRY = Entry("", 2023, dt.date(2023, 5, 6), "记-1", 1, "买锹", credit=Decimal("35.00"))


def test_rows_of_confirmed_sheets_are_the_books(cast):
    village, owner = cast.village_place, cast.leader
    _, entries = make_sheet(village, owner, "entries", [ENTRY, replace(ENTRY, summary="买绳")])
    _, shown = make_sheet(village, owner, "disclosures", [Shown("", 2023, 2)])
    make_sheet(village, owner, "benefits", [Benefit("", "低保", year=2023)], status="preview")
    make_sheet(village, owner, "contracts", [Contract("", party="甲某")], status="withdrawn")
    make_sheet(cast.other_village_place, owner, "entries", [ENTRY])
    books = books_of(village, today=TODAY)
    assert books.village == village.code and books.today == TODAY
    assert books.entries == (
        replace(ENTRY, key=str(entries[0].pk)),
        replace(ENTRY, key=str(entries[1].pk), summary="买绳"),
    )
    assert books.shown == (Shown(str(shown[0].pk), 2023, 2),)
    assert books.benefits == books.contracts == books.kin == ()


def test_many_sheets_cost_no_more_queries(cast, django_assert_num_queries):
    for _ in range(5):
        make_sheet(cast.village_place, cast.leader, "entries", [ENTRY] * 20)
    with django_assert_num_queries(2):
        assert len(books_of(cast.village_place, today=TODAY).entries) == 100


def test_a_day_on_which_several_took_office_is_an_election(cast):
    village, day, other = cast.village_place, dt.date(2021, 1, 10), dt.date(2022, 3, 1)
    for name, since in (("甲某", day), ("乙某", day), ("丙某", other)):
        CommitteeMember.objects.create(village=village, name=name, post="委员", from_on=since)
    # The list of cadres says the same of one of them: he is still one person.
    make_sheet(village, cast.leader, "cadres", [Cadre("", "丙某", since=other)])
    assert books_of(village, today=TODAY).elections == (day,)
    make_sheet(village, cast.leader, "cadres", [Cadre("", "丁某", since=other)])
    assert books_of(village, today=TODAY).elections == (day, other)


def test_medians_of_others_are_handed_in(cast):
    books = books_of(
        cast.village_place, today=TODAY, unit_prices={"鱼塘": Decimal(300)}, round_shares={"541": 0.2}
    )
    assert books.unit_prices == {"鱼塘": Decimal(300)}
    assert books.round_shares == {"541": 0.2}


def test_a_village_nobody_took_books_of_has_no_stamp(cast):
    assert stamp_of(cast.village_place) == 0


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("leader", True),
        ("member", True),
        ("office_head", True),
        ("outsider", False),
        ("village", False),
        ("town", False),
    ],
)
def test_who_sees_rows(cast, role, sees):
    make_sheet(cast.village_place, cast.leader, "entries", [ENTRY])
    assert LedgerRow.objects.visible_to(getattr(cast, role)).exists() is sees
