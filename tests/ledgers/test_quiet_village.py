"""Books in order raise nothing; books that say little break nothing."""

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rows import Balance, Debt, Entry
from ledgers.rules.rule import run
from tests.ledgers.books import books
from tests.ledgers.quiet import quiet_village

RULES = all_rules()
BARE = books(entries=[Entry("e", 2024)], balances=[Balance("b", 2024)], debts=[Debt("d", 2024)])


@pytest.mark.parametrize("code", [f"L{number:02d}" for number in range(1, 16)])
def test_a_village_whose_books_are_in_order_raises_nothing(code):
    assert [hit.reason for hit in run(RULES[code], quiet_village())] == []


@pytest.mark.parametrize("code", RULES)
def test_books_that_say_little_break_nothing(code):
    assert run(RULES[code], books()) == []
    run(RULES[code], BARE)
