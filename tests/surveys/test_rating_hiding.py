"""No small cell of a breakdown by group is shown, and none can be worked out from what is."""

import random
from collections import Counter
from itertools import product

import pytest

from surveys.selectors.cell_hiding import hidden_cells
from surveys.selectors.rating_results import GROUP_LEAST, _groups
from surveys.selectors.scoring import Basis, score

MARKS = ["1", "2", "3", "4", "5", "0"]
LEAST = 5
LEVELS = {"1": 100, "2": 80, "3": 60, "4": 40}


def tables(number, groups, marks, most):
    rng = random.Random(number)
    for _ in range(number):
        yield {
            f"g{at}": Counter(rng.choices(marks, [rng.random() for _ in marks], k=rng.randint(2, most)))
            for at in range(groups)
        }


def ways(table, marks, hidden):
    """By brute force: every table with the same totals and the same shown cells, as its hidden values."""
    *groups, last = table
    rows = []
    for group in groups:
        open_marks = [mark for mark in marks if (group, mark) in hidden]
        rest = sum(table[group][mark] for mark in open_marks)
        rows.append([dict(zip(open_marks, v, strict=True)) for v in compositions(rest, len(open_marks))])
    room = {mark: sum(table[group][mark] for group in table if (group, mark) in hidden) for mark in marks}
    for combination in product(*rows):
        left = {mark: room[mark] - sum(row.get(mark, 0) for row in combination) for mark in marks}
        if all(left[mark] >= 0 and (left[mark] == 0 or (last, mark) in hidden) for mark in marks):
            given = zip([*groups, last], [*combination, left], strict=True)
            yield {(g, m): v for g, row in given for m, v in row.items() if (g, m) in hidden}


def compositions(total, parts):
    if parts == 0:
        return [()] if total == 0 else []
    if parts == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in compositions(total - first, parts - 1)]


def recovered(table, marks, hidden, least):
    """Hidden cells of 1 to ``least`` − 1 that have one value only in every table a reader must think possible."""
    seen = {}
    for way in ways(table, marks, hidden):
        for cell, value in way.items():
            seen.setdefault(cell, set()).add(value)
    return {cell for cell, values in seen.items() if len(values) == 1 and 0 < table[cell[0]][cell[1]] < least}


@pytest.mark.parametrize(("groups", "marks", "most"), [(2, MARKS, 9), (3, MARKS[:4], 6)])
def test_no_small_cell_is_shown_and_none_can_be_worked_out(groups, marks, most):
    """Only what hiding every cell would not hide either is left: a mark that one group alone can have given."""
    some = 0
    for table in tables(100, groups, marks, most):
        hidden = hidden_cells(table, marks, 3, 4)
        for group, counts in table.items():
            shown = [counts[mark] for mark in marks if (group, mark) not in hidden]
            assert all(count == 0 or count >= 3 for count in shown)
        found = recovered(table, marks, hidden, 3)
        some += len(hidden) < groups * len(marks)
        assert found <= recovered(table, marks, {(g, m) for g in table for m in marks}, 3)
    assert some > 20


def test_without_the_second_hiding_small_cells_are_found():
    table = {"a": Counter({"1": 12, "4": 2}), "b": Counter({"1": 20, "4": 6})}
    primary = {("a", "4")}
    assert recovered(table, MARKS, primary, LEAST) == {("a", "4")}
    assert recovered(table, MARKS, hidden_cells(table, MARKS, LEAST, 4), LEAST) == set()


def test_what_protects_nothing_is_shown():
    table = {"a": Counter({"1": 30}), "b": Counter({"1": 25}), "c": Counter({"1": 41})}
    assert hidden_cells(table, MARKS, LEAST, GROUP_LEAST) == set()


def test_a_group_of_few_shows_none_of_its_cells():
    table = {"a": Counter({"1": 6}), "b": Counter({"1": 25, "2": 9}), "c": Counter({"1": 31, "2": 8})}
    hidden = hidden_cells(table, MARKS, LEAST, GROUP_LEAST)
    assert {("a", mark) for mark in MARKS} <= hidden
    assert ("b", "1") in hidden or ("c", "1") in hidden


def test_the_range_of_a_group_holds_its_true_score():
    basis = Basis(LEVELS, {}, LEAST)
    codes = ["cadre", "party", "villager"]
    names = {code: code for code in codes}
    for table in tables(200, 3, MARKS, 40):
        votes = dict(zip(codes, table.values(), strict=True))
        for line, code in zip(_groups(votes, basis, names), codes, strict=True):
            true = score({"": votes[code]}, basis)
            if line.score == "—" or true is None:
                continue
            ends = [float(end) for end in line.score.split("—")]
            assert ends[0] - 0.006 <= float(true) <= ends[-1] + 0.006
            if not any(cell is None for cell in line.cells):
                assert len(ends) == 1
