"""Scores: worked by hand, recomputed from the workbook with plain SQL and fractions, ties, weights, half up."""

import random
import sqlite3
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from surveys import selectors, services
from surveys.models import Group, Rating, RatingTally
from surveys.selectors import scoring
from tests.surveys.ballots import NAMES, PEOPLE, locked, open_rating, reload, sheet
from villages.models import RoundParameter
from villages.models.reference_data import VALUES

pytestmark = pytest.mark.django_db

VALUE = {"好": 100, "较好": 80, "一般": 60, "差": 40}
EVEN = {"1": Fraction(100), "2": Fraction(80), "3": Fraction(60), "4": Fraction(40)}


# --- worked by hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),  # 0.125
        (Fraction(3, 8), 2, "0.38"),  # 0.375
        (Fraction(2675, 1000), 2, "2.68"),  # a binary 2.675 rounds to 2.67
        (Fraction(1005, 1000), 2, "1.01"),  # a binary 1.005 rounds to 1.00
        (Fraction(200, 3), 2, "66.67"),
        (Fraction(100, 3), 2, "33.33"),
        (Fraction(99995, 1000), 2, "100.00"),
        (Fraction(0), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_halves_go_up_without_passing_through_a_binary_number(value, places, expected):
    assert str(scoring.half_up(value, places)) == expected


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"1": 1}, "100.00"),
        ({"4": 7}, "40.00"),
        # (12×100 + 5×80 + 2×60 + 1×40) ÷ 20 = 1760 ÷ 20
        ({"1": 12, "2": 5, "3": 2, "4": 1}, "88.00"),
        # the same with abstentions and void marks beside them
        ({"1": 12, "2": 5, "3": 2, "4": 1, "5": 9, "0": 4}, "88.00"),
        # (2×100 + 1×80) ÷ 3 = 93.333…
        ({"1": 2, "2": 1}, "93.33"),
        # (1×100 + 2×80) ÷ 3 = 86.666…
        ({"1": 1, "2": 2}, "86.67"),
        # 32 votes, one of them 较好: 100 − 20÷32 = 99.375, half up
        ({"1": 31, "2": 1}, "99.38"),
        # 32 votes, five of them 较好: 100 − 100÷32 = 96.875
        ({"1": 27, "2": 5}, "96.88"),
        ({"5": 3, "0": 2}, None),
        ({}, None),
    ],
)
def test_a_score_is_the_value_of_the_votes_over_the_valid_ones(votes, expected):
    basis = scoring.Basis(EVEN, {}, 5)
    found = scoring.score({"": Counter(votes)}, basis)
    assert (None if found is None else str(scoring.half_up(found))) == expected


def test_weights_make_the_score_of_the_groups_scores():
    # 干部 (100+40)÷2 = 70, 群众 (80+80+80+60)÷4 = 75; weights 20 and 60: (1400 + 4500) ÷ 80 = 73.75
    votes = {
        "cadre": Counter({"1": 1, "4": 1}),
        "villager": Counter({"2": 3, "3": 1}),
        "party": Counter({"4": 50}),
        "": Counter({"4": 50}),
    }
    weights = {"cadre": Fraction(20), "villager": Fraction(60)}
    assert scoring.score(votes, scoring.Basis(EVEN, weights, 5)) == Fraction(295, 4)
    # A weighted group without a valid vote takes no part: 群众 alone remains.
    votes["cadre"] = Counter({"5": 3})
    assert scoring.score(votes, scoring.Basis(EVEN, weights, 5)) == 75
    # Without weights every vote is alike, those of no group included.
    everybody = Fraction(3 * 80 + 60 + 100 * 40, 104)
    assert scoring.score(votes, scoring.Basis(EVEN, {}, 5)) == everybody


def test_equal_scores_share_a_place_and_the_next_one_is_left_out():
    values = [Decimal("88.00"), None, Decimal("93.33"), Decimal("88.00"), Decimal("70.10")]
    assert scoring.ranks(values) == [2, None, 1, 2, 4]


def test_places_go_by_the_score_as_shown():
    # 86.664 and 86.656 both read 86.66: nobody could say why one stands before the other.
    subjects = [_subject(n) for n in (1, 2, 3)]
    basis = scoring.Basis(
        {"1": Fraction("86.664"), "2": Fraction("86.656"), "3": Fraction(0), "4": Fraction(0)}, {}, 5
    )
    votes = {2: {"": Counter({"1": 1})}, 3: {"": Counter({"2": 1})}}
    found = scoring.scored(subjects, votes, basis)
    assert [(row.score, row.rank) for row in found[1:]] == [(Decimal("86.66"), 1), (Decimal("86.66"), 1)]


def _subject(number):
    return type(
        "S",
        (),
        {"number": number, "kind": "committee" if number == 1 else "member", "name": str(number), "post": ""},
    )


# --- the parameters ---------------------------------------------------------------------------------------


def test_the_initial_values_are_those_of_the_method():
    assert VALUES["score_weights"] == VALUE
    assert VALUES["rating_group_weights"] == dict.fromkeys(Group.labels, 0)


def test_what_is_computed_with_is_written_down_at_opening(cast):
    rating = open_rating(cast)
    RoundParameter.objects.create(
        round=cast.round, key="score_weights", label="分值", value={"好": 90, "较好": 70, "一般": 50, "差": 0}
    )
    basis = scoring.basis_of(reload(rating))
    assert [basis.levels[mark] for mark in "1234"] == [100, 80, 60, 40]
    other = open_rating(cast, cast.other_inspection)
    assert [scoring.basis_of(other).levels[mark] for mark in "1234"] == [90, 70, 50, 0]


# --- recomputed from the workbook -------------------------------------------------------------------------

GROUPS = ["村组干部", "党员代表", "村民代表", "普通群众"]


def random_rows(number, seed):
    rng = random.Random(seed)
    marks = ["好", "较好", "一般", "差", "弃权", "无效", None]
    return [
        [
            n,
            rng.choice(GROUPS),
            *(
                "好" if at == 0 else m
                for at, m in enumerate(rng.choices(marks, [40, 25, 12, 8, 7, 4, 4], k=4))
            ),
        ]
        for n in range(1, number + 1)
    ]


def by_sql(rows):
    """Counts and scores of each subject from the typed rows, by plain SQL; the score as a fraction."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE vote (subject TEXT, voters TEXT, mark TEXT)")
    base.executemany(
        "INSERT INTO vote VALUES (?, ?, ?)",
        [(name, row[1], row[2 + at] or "弃权") for row in rows for at, name in enumerate(NAMES)],
    )
    found = {}
    for name, total, valid, good in base.execute(
        """SELECT subject,
                  100 * SUM(mark = '好') + 80 * SUM(mark = '较好') + 60 * SUM(mark = '一般') + 40 * SUM(mark = '差'),
                  SUM(mark IN ('好', '较好', '一般', '差')), SUM(mark IN ('好', '较好'))
           FROM vote GROUP BY subject"""
    ):
        counts = dict(
            base.execute("SELECT mark, COUNT(*) FROM vote WHERE subject = ? GROUP BY mark", (name,))
        )
        found[name] = (counts, Fraction(total, valid), Fraction(100 * good, valid))
    return found


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_locked_results_are_those_of_plain_sql_over_the_workbook(cast, seed):
    rows = random_rows(97, seed)
    results = selectors.rating_results(cast.member, reload(locked(cast, rows)))
    expected = by_sql(rows)
    order = sorted((scoring.half_up(expected[name][1]) for name in NAMES[1:]), reverse=True)
    for line, name in zip(results.lines, NAMES, strict=True):
        counts, score, good = expected[name]
        assert dict(zip(["好", "较好", "一般", "差", "弃权", "无效"], line.cells, strict=True)) == {
            label: counts.get(label, 0) for label in ["好", "较好", "一般", "差", "弃权", "无效"]
        }
        # |shown − exact| ≤ half a hundredth, and a half goes up
        assert -Fraction(1, 200) < Fraction(line.score) - score <= Fraction(1, 200)
        assert -Fraction(1, 200) < Fraction(line.good_rate) - good <= Fraction(1, 200)
        assert line.rank == (None if name == NAMES[0] else order.index(line.score) + 1)
    assert results.ballots == 97 and results.intact


def test_counted_sheets_and_single_ballots_are_added_up(cast):
    rating = open_rating(cast)
    marks = {str(n): [6, 2, 1, 0, 1, 0] for n in range(1, 5)}
    sheet(rating, 10, "party", way="counted", marks=marks, second=cast.member)
    services.enter_ballots(
        actor=cast.member, rating=rating, channel="visit", group="villager",
        ballots=[{"number": "", "marks": "1234"}, {"number": "7", "marks": "5503"}],
    )  # fmt: skip
    sheet(rating, 2, "villager", channel="visit", second=cast.member)
    services.close_rating(actor=cast.leader, rating=reload(rating))
    done = services.lock_rating(actor=cast.leader, rating=reload(rating))
    lines = selectors.rating_results(cast.member, reload(done)).lines
    assert [line.cells for line in lines] == [
        [7, 2, 1, 0, 2, 0], [6, 3, 1, 0, 2, 0], [6, 2, 2, 0, 1, 1], [6, 2, 2, 1, 1, 0],
    ]  # fmt: skip
    # 班子: (700 + 160 + 60) ÷ 10
    assert lines[0].score == Decimal("92.00")
    assert "7×100＋2×80＋1×60＋0×40）÷10＝92.00" in lines[0].formula


def test_a_tampered_tally_is_noticed(cast):
    rating = locked(cast, random_rows(30, 1))
    assert selectors.rating_results(cast.member, reload(rating)).intact
    row = RatingTally.objects.filter(rating=rating).first()
    RatingTally.objects.filter(pk=row.pk).update(count=row.count + 1)
    assert not selectors.rating_results(cast.member, reload(rating)).intact


def test_weights_of_the_round_enter_the_locked_score(cast):
    RoundParameter.objects.create(
        round=cast.round, key="rating_group_weights", label="权重",
        value=dict.fromkeys(Group.labels, 0) | {"党员代表": 70, "普通群众": 30},
    )  # fmt: skip
    rows = [[n, "党员代表", "好", "好", "较好", "差"] for n in range(1, 13)]
    rows += [[n, "普通群众", "差", "较好", "差", "好"] for n in range(13, 33)]
    results = selectors.rating_results(cast.member, reload(locked(cast, rows)))
    # 班子 100×0.7 + 40×0.3; 江 100×0.7 + 80×0.3; 严 80×0.7 + 40×0.3; 钟 40×0.7 + 100×0.3
    assert [line.score for line in results.lines] == [
        Decimal(n) for n in ("82.00", "94.00", "68.00", "58.00")
    ]
    assert results.weighted and "党员代表70" in results.method
    assert all(cell is None for line in results.lines for group in line.groups for cell in group.cells)


def test_too_few_ballots_show_nothing(cast):
    rows = [[n, "党员代表", "好", "好", "好", "差"] for n in range(1, 5)]
    results = selectors.rating_results(cast.member, reload(locked(cast, rows)))
    assert not results.enough and results.lines == []
    assert selectors.locked_rating(cast.member, cast.inspection) is None


def test_a_locked_rating_is_handed_on_as_a_frozen_record(cast):
    rating = locked(cast, random_rows(40, 2))
    handed = selectors.locked_rating(cast.office_clerk, cast.inspection)
    assert (
        handed.rating == rating.pk
        and handed.digest == rating.result_hash
        and len(handed.scores) == len(PEOPLE) + 1
    )
    assert handed.scores[0].is_committee and sum(handed.scores[0].levels.values()) == handed.scores[0].valid
    with pytest.raises(AttributeError):
        handed.ballots = 1
    assert selectors.locked_rating(cast.outsider, cast.inspection) is None
    assert selectors.locked_rating(cast.village, cast.inspection) is None
    assert Rating.objects.count() == 1
