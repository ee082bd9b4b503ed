"""Villages of a round side by side: sorted, with the median, only those one sees, in one number of queries."""

import pytest
from django.urls import reverse

from ledgers.selectors.pictures.round import round_page
from tests.factories import make_inspection
from tests.ledgers.stored import make_sheet
from tests.ledgers.test_figures import keep, spending_village
from tests.ledgers.test_picture_of_accounts import paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def villages(cast):
    """Six villages of 400 households; the first has spent 400 yuan, the next 800 and so on."""
    made = [spending_village(cast.town_place, cast.leader, 400 * n, name=f"甲{n}村") for n in range(1, 7)]
    for place in made:
        make_inspection(cast.team, place)
    return made


def test_the_highest_first_with_the_median(cast, villages):
    shown = round_page(cast.leader, cast.round)
    assert [(line.rank, line.village.name, line.text) for line in shown.lines] == [
        (n, f"甲{7 - n}村", f"{7 - n}.00") for n in range(1, 7)
    ]
    assert shown.median == "3.50（6个村）"
    assert shown.headline == "2025年户均支出最高的是甲6村，6.00元，是6个村（社区）中位数3.50元的1.7倍"
    assert shown.lines[-1].times == "0.3倍"


def test_of_few_villages_no_median_is_told(cast):
    for place in [spending_village(cast.town_place, cast.leader, 100 * n) for n in range(1, 5)]:
        make_inspection(cast.team, place)
    shown = round_page(cast.leader, cast.round)
    assert (len(shown.lines), shown.median) == (4, "—")
    assert "markLine" not in shown.chart["series"][0]


def test_other_figures_and_years(cast, villages):
    make_sheet(
        villages[0],
        cast.leader,
        "entries",
        [row for n in (5, 6) for row in paid(n, 2024, 4000, party="甲店")],
    )
    keep(villages[0])
    shown = round_page(cast.leader, cast.round, "vouchers", "2024")
    assert [(line.village, line.text) for line in shown.lines] == [(villages[0], "2.00")]
    assert set(shown.unknown) == set(villages[1:])
    shares = round_page(cast.leader, cast.round, "top", "2024")
    assert shares.lines[0].text == "100.00"
    assert round_page(cast.leader, cast.round, "x", "1900").year == 2025


def test_only_villages_one_sees(cast, villages):
    foreign = spending_village(cast.other_town_place, cast.outsider, 99999)
    make_inspection(cast.other_team, foreign)
    assert foreign not in [line.village for line in round_page(cast.leader, cast.round).lines]
    assert round_page(cast.outsider, cast.round).lines[0].village == foreign
    assert foreign in [line.village for line in round_page(cast.office_head, cast.round).lines]


def test_many_villages_cost_no_more_queries(cast, client, django_assert_max_num_queries):
    client.force_login(cast.leader)
    with django_assert_max_num_queries(100) as few:
        client.get(reverse("ledgers:picture_round"))
    for n in range(8):
        make_inspection(cast.team, spending_village(cast.town_place, cast.leader, 10 * n + 1))
    with django_assert_max_num_queries(len(few)):
        html = client.get(reverse("ledgers:picture_round")).content.decode()
    assert "为中位数的" in html
