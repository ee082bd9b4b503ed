"""What is stored of a typed row gives the same row back, whatever it holds."""

import datetime as dt
import json
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgers.models import LedgerKind
from ledgers.rules.reading import kinds
from ledgers.rules.rows import Bidder, Contract, Entry, Project
from ledgers.rules.stored import CLASSES, from_data, to_data

MONEY = st.decimals(min_value=-(10**10), max_value=10**10, places=2)
st.register_type_strategy(Decimal, MONEY)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_row_comes_back_as_it_was(kind):
    @given(st.builds(CLASSES[kind][0], key=st.just("k")))
    def comes_back(row):
        assert from_data(kind, "k", json.loads(json.dumps(to_data(row)))) == row

    comes_back()


def test_only_what_is_filled_is_kept_in_plain_json():
    row = Entry(
        "k", 2023, day=dt.date(2023, 5, 6), summary="买锹", credit=Decimal("35.50"), panel_sealed=False
    )
    assert to_data(row) == {
        "year": 2023,
        "day": "2023-05-06",
        "summary": "买锹",
        "credit": "35.50",
        "panel_sealed": False,
    }


def test_what_holds_several_is_kept_with_its_parts():
    contract = Contract("k", dues=MappingProxyType({2021: Decimal("100.00")}))
    project = Project("k", bidders=(Bidder("甲公司", phone="1"), Bidder("乙公司")))
    assert to_data(contract) == {"dues": {"2021": "100.00"}}
    assert to_data(project) == {"bidders": [{"name": "甲公司", "phone": "1"}, {"name": "乙公司"}]}
    assert from_data("contracts", "k", to_data(contract)).dues == {2021: Decimal("100.00")}
    assert from_data("projects", "k", to_data(project)).bidders == project.bidders


def test_what_a_row_cannot_hold_is_refused():
    with pytest.raises(KeyError):
        from_data("kin", "k", {"nonsense": 1})


def test_what_can_be_read_can_be_stored():
    assert LedgerKind.choices == [(kind.code, kind.name) for kind in kinds.ALL]
    assert list(CLASSES) == LedgerKind.values
