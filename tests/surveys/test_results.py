"""Results: counted like anybody would count them, shown only when locked, never telling what a few people answered."""

import itertools
import random
from collections import Counter
from fractions import Fraction

import pytest

from core.errors import NotAllowed
from surveys import selectors, services
from surveys.models import Tally
from surveys.selectors.results import Rate, hidden_groups
from surveys.selectors.suppression import shown
from tests.surveys.polls import ITEMS, closed, locked, reload, sheet_row

# --- counting ---------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db
GROUPS = {"cadre": "村组干部", "party": "党员代表", "villager": "普通群众"}


def random_rows(number, seed=1):
    rng = random.Random(seed)
    rows = []
    for n in range(1, number + 1):
        cells = {
            item: rng.choices([1, 2, 3, 4, 5, None], [50, 20, 12, 8, 8, 2])[0] for item in range(1, ITEMS + 1)
        }
        rows.append(sheet_row(n, rng.choice(list(GROUPS.values())), cells, rng.choice(["修路", None])))
    return rows


def plain_counts(rows, group=None):
    """By item: how often each answer occurs, counted from the typed rows."""
    chosen = [row for row in rows if group is None or row[1] == group]
    return {
        item: Counter("0" if row[1 + item] is None else str(row[1 + item]) for row in chosen)
        for item in range(1, ITEMS + 1)
    }


def test_the_tallies_kept_at_locking_are_those_of_a_plain_count(cast):
    rows = random_rows(120)
    survey = locked(cast, rows)
    for group, label in {"": None, **GROUPS}.items():
        stored = Tally.objects.filter(survey=survey, group=group)
        found = {}
        for item, level, count in stored.values_list("item__number", "level", "count"):
            found.setdefault(item, Counter())[level] = count
        assert found == plain_counts(rows, label), group


def test_the_rate_is_good_and_fair_among_the_opinions_unknown_apart(cast):
    rows = random_rows(120)
    results = selectors.results(cast.member, locked(cast, rows))
    for line, counts in zip(results.items, plain_counts(rows).values(), strict=True):
        opinions = sum(counts[level] for level in "1234")
        expected = Fraction(counts["1"] + counts["2"], opinions)
        assert line.rate.low <= expected <= line.rate.high
        if all(pair is not None for pair in line.row.pairs):
            assert line.rate.low == line.rate.high == expected
    exact = [line for line in results.items if line.row.exact]
    assert len(exact) > ITEMS / 2


def test_the_rate_of_an_aspect_is_that_of_its_items_together(cast):
    rows = [
        sheet_row(n, cells={20: 3 if n <= 20 else 1, 21: 2, 22: 4 if n <= 10 else 1}) for n in range(1, 41)
    ]
    results = selectors.results(cast.member, locked(cast, rows))
    aspects = dict(results.aspects)
    assert aspects["廉洁程度"].text == "75.0%"
    assert aspects["政治意识"].text == "100.0%"


def test_nothing_is_shown_before_the_results_are_locked(cast):
    survey = closed(cast, random_rows(30))
    assert selectors.results(cast.leader, survey) is None
    assert (
        selectors.results(cast.leader, services.lock_results(actor=cast.leader, survey=survey)).sheets == 30
    )


def test_results_that_were_changed_afterwards_are_noticed(cast):
    survey = locked(cast, random_rows(30))
    assert selectors.results(cast.member, survey).intact
    row = Tally.objects.filter(survey=survey, group="", level="1").first()
    Tally.objects.filter(pk=row.pk).update(count=row.count + 1)
    assert not selectors.results(cast.member, survey).intact


def test_results_are_locked_once(cast):
    survey = locked(cast, random_rows(12))
    with pytest.raises(NotAllowed):
        services.lock_results(actor=cast.leader, survey=reload(survey))


def test_fewer_than_five_sheets_show_nothing(cast):
    results = selectors.results(cast.member, locked(cast, random_rows(4)))
    assert not results.enough and results.words == []
    assert {line.rate.text for line in results.items} == {"—"}


def test_small_groups_are_not_shown_by_themselves(cast):
    rows = [
        sheet_row(n, "普通群众" if n <= 30 else "党员代表" if n <= 50 else "镇村干部") for n in range(1, 54)
    ]
    results = selectors.results(cast.member, locked(cast, rows))
    sizes = {line.label: line.sheets for line in results.groups}
    # Three cadres; with them the next smallest group goes, or the total would give them away.
    assert sizes == {"村组干部": None, "党员代表": None, "普通群众": 30}


# --- what may be shown ------------------------------------------------------------------------------------

DIGITS = "123450"


def readings(row, least):
    """Every set of counts that fits what a row shows, for a reader who knows how rows are shown."""
    free = [digit for digit in DIGITS if row.cells[digit] is None]
    fixed = sum(value for value in row.cells.values() if value is not None)
    for values in itertools.product(range(row.total - fixed + 1), repeat=max(len(free) - 1, 0)):
        rest = row.total - fixed - sum(values)
        if rest < 0 or (not free and rest):
            continue
        counts = Counter(row.cells | dict(zip(free, (*values, rest), strict=False)))
        if shown(counts, least) == row:
            yield counts


def test_no_small_count_is_shown_and_none_can_be_worked_out():
    rng = random.Random(7)
    for _ in range(60):
        counts = Counter({digit: rng.choice([0, 0, 1, 2, 5, 6]) for digit in DIGITS})
        row = shown(counts, 5)
        assert not any(value is not None and 0 < value < 5 for value in row.cells.values())
        if row.total >= 5:
            still_sure = {digit for digit in DIGITS if 0 < counts[digit] < 5}
            for way in readings(row, 5):
                still_sure = {digit for digit in still_sure if way[digit] == counts[digit]}
                if not still_sure:
                    break
            assert not still_sure, counts


def test_without_the_second_step_the_small_count_could_be_worked_out():
    counts = Counter({"1": 20, "2": 10, "3": 0, "4": 3, "5": 8, "0": 0})
    only_small_hidden = {d: (None if 0 < counts[d] < 5 else counts[d]) for d in DIGITS}
    known = sum(value for value in only_small_hidden.values() if value is not None)
    assert counts.total() - known == counts["4"]
    row = shown(counts, 5)
    assert row.pairs[1] is None and sum(pair is None for pair in row.pairs) >= 2


def test_a_row_without_small_counts_is_shown_as_it_is():
    counts = Counter({"1": 20, "2": 10, "3": 6, "4": 5, "5": 8, "0": 0})
    row = shown(counts, 5)
    assert row.cells == dict(counts) and row.exact and row.low == Fraction(30, 41)


def test_an_interval_holds_the_true_rate_and_is_worded_as_whole_percents():
    row = shown(Counter({"1": 30, "2": 10, "4": 2, "5": 8}), 5)
    assert row.low < Fraction(40, 42) < row.high
    assert Rate(row.low, row.high).text.count("%") == 2


@pytest.mark.parametrize(
    ("sizes", "total", "hidden"),
    [
        ({"a": 30, "b": 12, "c": 3}, 45, {"c", "b"}),
        ({"a": 30, "b": 12}, 42, set()),
        ({"a": 30, "b": 4, "c": 3}, 37, {"b", "c"}),
        ({"a": 30, "b": 12}, 44, {"b"}),
        ({"a": 30, "b": 12, "c": 3}, 60, {"c"}),
    ],
)
def test_one_hidden_group_never_stands_alone(sizes, total, hidden):
    assert hidden_groups(sizes, total) == hidden
