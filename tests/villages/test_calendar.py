"""The working-day calendar: counting with it, keeping it, seeing a year of it."""

import datetime as dt

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from tests.factories import make_inspection, make_village
from villages import services
from villages.models import CalendarDay, Recusal
from villages.selectors.calendar import (
    WorkCalendar,
    add_working_days,
    is_working_day,
    load_calendar,
    missing_years,
    working_days_between,
)

d = dt.date


@pytest.fixture
def national(db):
    services.seed_reference(actor=SYSTEM)
    return load_calendar()


# Days of the notices of 2025 and 2026, picked by hand.
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (d(2025, 1, 26), True),  # Sunday worked for the Spring Festival
        (d(2025, 1, 28), False),
        (d(2025, 2, 4), False),
        (d(2025, 2, 5), True),
        (d(2025, 10, 8), False),
        (d(2025, 10, 11), True),
        (d(2026, 1, 1), False),
        (d(2026, 1, 4), True),
        (d(2026, 2, 23), False),
        (d(2026, 2, 24), True),
        (d(2026, 2, 28), True),
        (d(2026, 4, 6), False),
        (d(2026, 5, 9), True),
        (d(2026, 6, 19), False),
        (d(2026, 9, 25), False),
        (d(2026, 9, 20), True),
        (d(2026, 10, 10), True),
        (d(2026, 3, 14), False),  # a plain Saturday
        (d(2026, 3, 16), True),
    ],
)
def test_the_seeded_years_are_as_the_notices_say(national, day, works):
    assert is_working_day(national, day) is works


def test_the_years_have_as_many_working_days_as_the_notices_leave(national):
    # 2025: 261 weekdays, 18 of them off, 5 weekend days worked. 2026: 261, 19 off, 6 worked.
    assert working_days_between(national, d(2025, 1, 1), d(2025, 12, 31)) == 261 - 18 + 5
    assert working_days_between(national, d(2026, 1, 1), d(2026, 12, 31)) == 261 - 19 + 6


def test_days_are_counted_from_the_next_one_on_and_backwards():
    calendar = WorkCalendar(rest={d(2026, 5, 1): "劳动节"}, work={d(2026, 5, 9): "调休"})
    assert add_working_days(calendar, d(2026, 4, 30), 1) == d(2026, 5, 4)  # Friday off, then the weekend
    assert add_working_days(calendar, d(2026, 5, 8), 1) == d(2026, 5, 9)
    assert add_working_days(calendar, d(2026, 5, 4), -1) == d(2026, 4, 30)
    assert add_working_days(calendar, d(2026, 5, 2), 0) == d(2026, 5, 4)
    assert working_days_between(calendar, d(2026, 4, 30), d(2026, 5, 9)) == 7
    assert working_days_between(calendar, d(2026, 5, 9), d(2026, 4, 30)) == 0


def test_a_year_without_entries_is_named(national):
    assert missing_years(national, d(2025, 12, 1), d(2028, 1, 31)) == [2027, 2028]


def test_seeding_again_leaves_what_the_office_changed(cast, national):
    CalendarDay.objects.filter(day=d(2026, 5, 1)).delete()
    services.seed_reference(actor=SYSTEM)
    assert not CalendarDay.objects.filter(day=d(2026, 5, 1)).exists()


def test_the_office_enters_changes_and_takes_out_days_with_a_trace(cast):
    row = services.set_calendar_days(
        actor=cast.office_clerk, first=d(2027, 10, 1), last=d(2027, 10, 3), kind="rest", name="国庆节"
    )
    assert CalendarDay.objects.count() == 3
    services.set_calendar_days(actor=cast.office_head, first=d(2027, 10, 1), kind="rest", name="国庆")
    row.refresh_from_db()
    assert (row.name, row.revision) == ("国庆", 2)
    with pytest.raises(StaleRecord):
        services.remove_calendar_day(actor=cast.office_clerk, row=row, revision=1)
    services.remove_calendar_day(actor=cast.office_clerk, row=row, revision=2)
    assert CalendarDay.objects.count() == 2
    verbs = set(AuditEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True))
    assert verbs == {"calendar.add_day", "calendar.change_day", "calendar.remove_day"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first": d(2027, 3, 1), "kind": "work", "name": "调休"}, "不是周末"),
        ({"first": d(2027, 3, 2), "last": d(2027, 3, 1), "kind": "rest", "name": "节"}, "不能早于"),
        ({"first": d(2027, 3, 1), "last": d(2027, 5, 1), "kind": "rest", "name": "节"}, "最多登记31天"),
        ({"first": d(2027, 3, 1), "kind": "rest", "name": " "}, "请写明"),
    ],
)
def test_bad_days_are_refused_in_a_sentence(cast, values, words):
    with pytest.raises(ServiceError, match=words):
        services.set_calendar_days(actor=cast.office_clerk, **values)
    assert not CalendarDay.objects.exists()


def test_only_the_office_changes_the_calendar(cast):
    for who in (cast.leader, cast.town, cast.sysadmin):
        with pytest.raises(NotAllowed):
            services.set_calendar_days(actor=who, first=d(2027, 1, 1), kind="rest", name="元旦")


def test_the_page_shows_the_year_warns_of_an_empty_one_and_takes_a_day(cast, client, national):
    client.force_login(cast.office_clerk)
    address = reverse("villages:calendar")
    page = client.get(f"{address}?year=2026").content.decode()
    assert "5月1日 星期五 劳动节，休息日" in page and "5月9日 星期六 劳动节调休，调休上班" in page
    assert "还没有登记任何节假日" in client.get(f"{address}?year=2028").content.decode()
    sent = {"first": "2028-01-01", "last": "", "kind": "rest", "name": "元旦"}
    assert client.post(f"{address}?year=2028", sent).url == f"{address}?year=2028"
    assert CalendarDay.objects.get(day=d(2028, 1, 1)).name == "元旦"
    bad = client.post(f"{address}?year=2028", {"first": "2028-01-03", "kind": "work", "name": "调休"})
    assert bad.status_code == 422 and "不是周末" in bad.content.decode()
    for odd in ("year=二〇", "year=99999999", "year=2026&day=2026-02-31", "year=2026&day=x"):
        assert client.get(f"{address}?{odd}").status_code == 200
    client.force_login(cast.leader)
    assert client.post(address, sent).status_code == 403
    assert "登记或修改" not in client.get(address).content.decode()


# --- another team for a village ---------------------------------------------------------------------------


def test_a_village_not_begun_moves_to_another_team_with_its_days(cast):
    row = services.move_assignment(
        actor=cast.office_clerk, inspection=cast.inspection, team=cast.other_team, revision=1,
        changes={"entry_on": d(2026, 4, 1), "exit_on": d(2026, 4, 10)},
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.team, row.entry_on, row.exit_on) == (
        cast.other_team,
        d(2026, 4, 1),
        d(2026, 4, 1) and row.exit_on,
    )
    assert AuditEntry.objects.filter(verb="teams.move_assignment").count() == 1


def test_a_move_is_refused_for_a_tie_a_begun_village_and_a_stale_page(cast):
    def move(**over):
        values = {"actor": cast.office_clerk, "inspection": cast.inspection, "team": cast.other_team,
                  "revision": None, "changes": {}}  # fmt: skip
        return services.move_assignment(**values | over)

    with pytest.raises(NotAllowed):
        move(actor=cast.leader)
    with pytest.raises(StaleRecord):
        move(revision=7)
    with pytest.raises(ServiceError, match="起止日期"):
        move(changes={"exit_on": d(2027, 1, 1)})
    Recusal.objects.create(user=cast.outsider, village=cast.village_place, relation="kin")
    with pytest.raises(ServiceError, match="应当回避"):
        move()
    type(cast.inspection).objects.filter(pk=cast.inspection.pk).update(status="survey")
    cast.inspection.refresh_from_db()
    with pytest.raises(ServiceError, match="已经有工作记录"):
        move()
    free = make_inspection(cast.team, make_village(cast.town_place))
    assert move(inspection=free).team == cast.other_team
