"""Keyset pages: every row once, forward and back, whatever the ties."""

import pytest

from core.ids import uuid7
from core.listing import capped_count, keyset
from tests.factories import make_town, make_village
from villages.models import Village


@pytest.fixture
def rows(cast):
    town = make_town(cast.district)
    for n in range(23):
        make_village(town, code=f"{town.code[:9]}{200 + n:03d}", name=f"村{n % 3}")
    return Village.objects.filter(town=town)


@pytest.mark.django_db
@pytest.mark.parametrize("order", [["name"], ["-name"], ["-name", "code"], ["code"]])
def test_walking_forward_gives_every_row_once_in_order(rows, order):
    seen, cursor = [], ""
    while True:
        page = keyset(rows, order=order, cursor=cursor, size=5)
        seen += page.rows
        cursor = page.next
        if not cursor:
            break
    fields = [name.lstrip("-") for name in order]
    expected = list(rows.order_by(*order, "id"))
    assert [r.pk for r in seen] == [r.pk for r in expected], fields


@pytest.mark.django_db
def test_going_back_returns_the_page_one_came_from(rows):
    first = keyset(rows, order=["name"], size=5)
    second = keyset(rows, order=["name"], cursor=first.next, size=5)
    third = keyset(rows, order=["name"], cursor=second.next, size=5)
    back = keyset(rows, order=["name"], cursor=third.previous, size=5)
    assert [r.pk for r in back.rows] == [r.pk for r in second.rows]
    start = keyset(rows, order=["name"], cursor=second.previous, size=5)
    assert [r.pk for r in start.rows] == [r.pk for r in first.rows]
    assert start.previous == ""
    assert start.next


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "WzAsWyJhIl1d", "é", "WzAsWyJhIiwiYiJdXQ"])
def test_a_forged_cursor_gives_the_first_page(rows, cursor):
    assert (
        keyset(rows, order=["name"], cursor=cursor, size=5).rows == keyset(rows, order=["name"], size=5).rows
    )


@pytest.mark.django_db
def test_a_count_stops_at_its_cap(rows):
    assert capped_count(rows, cap=10) == (10, True)
    assert capped_count(rows, cap=23) == (23, False)


def test_identifiers_are_version_seven_and_strictly_increase():
    made = [uuid7() for _ in range(5000)]
    assert {u.version for u in made} == {7}
    assert {u.variant for u in made} == {"specified in RFC 4122"}
    assert [u.int for u in made] == sorted({u.int for u in made})
