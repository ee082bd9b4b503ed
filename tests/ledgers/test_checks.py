"""Every check against its table of cases."""

from importlib import import_module
from itertools import starmap
from pathlib import Path

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rule import run

RULES = all_rules()
TABLES = {path.stem: import_module(f"tests.ledgers.cases.{path.stem}").CASES
          for path in sorted(Path(__file__).with_name("cases").glob("[A-Z]*.py"))}  # fmt: skip
LINES = [pytest.param(code, case, id=f"{code}: {case.shows}") for code in TABLES for case in TABLES[code]]


def told(rows, amount):
    return sorted(rows), amount


@pytest.mark.parametrize(("code", "case"), LINES)
def test_the_check_says_what_the_table_says(code, case):
    hits = run(RULES[code], case.books, case.own)
    assert sorted(told(hit.rows, hit.amount) for hit in hits) == sorted(starmap(told, case.hits))
    assert all(hit.rule == code and hit.years and hit.reason for hit in hits)
    assert [word for word in case.words if word not in hits[0].reason] == []


def test_every_check_has_a_table_with_hits_and_with_what_is_innocent():
    assert set(TABLES) == set(RULES)
    for code, cases in TABLES.items():
        assert {bool(case.hits) for case in cases} == {True, False}, code


@pytest.mark.parametrize("code", RULES)
def test_a_check_says_what_it_looks_for_and_on_what_ground(code):
    rule = RULES[code]
    assert all((rule.code == code, rule.name, rule.looks_for, rule.basis))
    assert all(limit.label and limit.values for limit in rule.limits.values())
