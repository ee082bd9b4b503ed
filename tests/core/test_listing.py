"""Keyset pages: every row once, forward and back, whatever the ties."""

import base64
import json

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


# What nobody's page ever linked to: depth, lone surrogates, nulls, infinities, days at the ends of the calendar.
FORGED = [
    ("code", [0, [None, None]]),
    ("code", [0, ["\ud800", "x"]]),
    ("households", [0, [float("inf"), "x"]]),
    ("households", [0, [10**400, "x"]]),
    ("households", [0, [10**30, "0198f0a0-0000-7000-8000-000000000000"]]),
    ("-households", [0, [-(10**30), "0198f0a0-0000-7000-8000-000000000000"]]),
    ("updated_at", [0, ["0001-01-01T00:00:00+08:00", "0198f0a0-0000-7000-8000-000000000000"]]),
    ("updated_at", [0, ["9999-12-31T23:59:59-10:00", "0198f0a0-0000-7000-8000-000000000000"]]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content"), FORGED)
def test_a_cursor_with_impossible_values_gives_the_first_page(rows, name, content):
    cursor = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    page = keyset(rows, order=[name], cursor=cursor, size=5)
    assert page.rows == keyset(rows, order=[name], size=5).rows


@pytest.mark.django_db
def test_a_cursor_of_endless_depth_gives_the_first_page(rows):
    cursor = base64.urlsafe_b64encode(b"[" * 100_000).decode()
    assert keyset(rows, order=["code"], cursor=cursor, size=5).previous == ""


@pytest.mark.django_db
def test_rows_ordered_by_what_they_belong_to_have_a_second_page(rows):
    first = keyset(rows.select_related("town"), order=["town"], size=20)
    second = keyset(rows, order=["town"], cursor=first.next, size=20)
    assert len({row.pk for row in [*first.rows, *second.rows]}) == rows.count()


@pytest.mark.django_db
def test_a_count_stops_at_its_cap(rows):
    assert capped_count(rows, cap=10) == (10, True)
    assert capped_count(rows, cap=23) == (23, False)


def test_identifiers_are_version_seven_and_strictly_increase():
    made = [uuid7() for _ in range(5000)]
    assert {u.version for u in made} == {7}
    assert {u.variant for u in made} == {"specified in RFC 4122"}
    assert [u.int for u in made] == sorted({u.int for u in made})
