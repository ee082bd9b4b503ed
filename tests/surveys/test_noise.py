"""Chance: the intervals against published figures, the verdict against what is plain to see."""

from fractions import Fraction

import pytest

from surveys.rules.noise import Share, difference, differs, quantile
from surveys.selectors.rates import AspectRate, Rate

Z95 = 1.959964


# R. G. Newcombe, Statistics in Medicine 17 (1998): 857–872, table I, method 3 (score without continuity correction).
@pytest.mark.parametrize(
    ("hits", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_one_rate_is_the_published_one(hits, people, low, high):
    found = Share(hits / people, people).interval(Z95)
    assert found == pytest.approx((low, high), abs=5e-5)


# The same author, pages 873–890, table II, method 10 (hybrid score).
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(one, other, low, high):
    shares = [Share(hits / people, people) for hits, people in (one, other)]
    assert difference(*shares) == pytest.approx((low, high), abs=1e-4)


def test_more_comparisons_ask_for_more():
    assert quantile() == pytest.approx(Z95, abs=1e-5)
    # Two-sided 0.05/10: the 0.9975 quantile.
    assert quantile(10) == pytest.approx(2.807034, abs=1e-5)
    one, other = Share(0.80, 70), Share(0.60, 80)
    assert differs(one, other) == 1
    assert differs(other, one) == -1
    assert differs(one, other, comparisons=100) == 0


def rate(low, high=None, people=60.0):
    return AspectRate(Rate(Fraction(low), Fraction(low if high is None else high)), people)


def test_an_interval_speaks_with_the_end_that_says_least():
    rest = rate("0.60", people=400)
    assert rate("0.85").against(rest, 1) == 1
    assert rate("0.65", "0.85").against(rest, 1) == 0
    assert rate("0.80", "0.90").against(rest, 1) == 1
    assert rate("0.30", "0.35").against(rest, 1) == -1
    assert rate("0.35", "0.55").against(rest, 1) == 0


def test_nobody_differs_from_nobody():
    nothing = AspectRate(Rate(None, None), 0.0)
    assert nothing.against(rate("0.5"), 1) == rate("0.5").against(nothing, 1) == 0
    assert rate("0.9").against(AspectRate(Rate(Fraction(0), Fraction(0)), 0.0), 1) == 0
