"""A slip of the finger in a year is said at its field, wherever a paper or a page takes a day."""

import datetime as dt

import pytest
from django.urls import reverse

from core import clock
from core.errors import ServiceError
from findings.models import SurveyTable
from tests.findings import papers, tables
from tests.findings.test_table_pages import check, typed

pytestmark = pytest.mark.django_db

MAKERS = [papers.talk, papers.field, tables.table]
# The cast's round ends on 31 May 2026.
TODAY, END = dt.date(2026, 3, 12), dt.date(2026, 5, 31)


def at(day, hour=4):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(1, 1, 1, tzinfo=dt.UTC),
        dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC),
        at(dt.date(1949, 9, 30)),
        at(END + dt.timedelta(days=1)),
    ],
)
def test_no_paper_is_dated_beyond_its_round_or_living_memory(cast, make, moment):
    with clock.held(TODAY), pytest.raises(ServiceError, match="1949年10月1日至2026年5月31日之间") as refusal:
        make(cast, happened_at=moment, ended_at=None)
    assert refusal.value.field == "happened_at"


@pytest.mark.parametrize("make", MAKERS)
def test_the_first_and_the_last_day_are_taken(cast, make):
    with clock.held(TODAY):
        for day in (dt.date(1949, 10, 1), END):
            assert make(cast, happened_at=at(day), ended_at=at(day, 5)).pk


def test_after_the_round_a_draft_may_be_a_week_ahead(cast):
    with clock.held(dt.date(2026, 7, 10)):
        assert tables.table(cast, happened_at=at(dt.date(2026, 7, 17), 1), ended_at=None).pk
        with pytest.raises(ServiceError, match="2026年7月17日之间"):
            tables.table(cast, happened_at=at(dt.date(2026, 7, 18)), ended_at=None)


def test_an_end_in_a_year_nobody_meant_is_said_at_its_field(cast):
    with pytest.raises(ServiceError) as refusal:
        tables.table(cast, ended_at=dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC))
    assert refusal.value.field == "ended_at"


def test_a_paper_dated_before_the_rule_is_still_edited(cast):
    made = tables.table(cast)
    late = at(END + dt.timedelta(days=700))
    SurveyTable.objects.filter(pk=made.pk).update(happened_at=late, ended_at=None)
    tables.edit(cast.member, papers.reload(made), happened_at=late, remarks="补记")
    assert papers.reload(made).remarks == "补记"


@pytest.mark.parametrize("sent", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_the_form_says_so_and_the_grid_still_answers(cast, client, sent):
    client.force_login(cast.member)
    address = reverse("findings:table_new", kwargs={"pk": cast.inspection.pk, "kind": "contracts"})
    response = client.post(address, typed(cast, tables.ROWS["contracts"], happened_at=sent, ended_at=""))
    assert response.status_code == 422 and response.context["form"].errors["happened_at"]
    assert not SurveyTable.objects.exists()
    answer = check(cast, client, tables.ROWS["contracts"], kind="contracts", happened_at=sent)
    assert answer.status_code == 200 and answer.json()["figures"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "x"])
def test_addresses_with_a_day_nobody_meant_answer_as_without_one(cast, client, day):
    client.force_login(cast.leader)
    assert client.get(reverse("findings:progress"), {"day": day}).status_code == 200
    address = reverse("findings:progress_day", kwargs={"pk": cast.inspection.pk, "day": day})
    assert client.get(address).status_code == 404
