"""Hints by kind: every rule has a name and a place, the worst stands first, nothing is lost."""

import inspect
import re

from findings.rules import table_hints
from findings.rules.hint_kinds import KINDS, by_kind


def test_every_rule_has_a_kind_and_every_kind_a_rule():
    rules = set(re.findall(r'"([A-H]\d)"', inspect.getsource(table_hints)))
    assert rules == set(KINDS)


def test_the_worst_kind_comes_first_and_keeps_the_order_of_its_rows():
    found = [("E5", 1), ("E4", 2), ("E6", 3), ("E4", 4), ("G3", 5)]
    assert [(kind.label, [n for _, n in kind.found]) for kind in by_kind(found, lambda one: one[0])] == [
        ("多付工程款", [5]),
        ("欠收租金", [2, 4]),
        ("发包缺程序", [3]),
        ("递增没有写成比例", [1]),
    ]
