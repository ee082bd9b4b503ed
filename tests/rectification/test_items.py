"""Feedback becomes a ledger: copied words, owners, days."""

import datetime as dt

import pytest
from django.db import models

from core.clock import add_months
from core.errors import NotAllowed, ServiceError
from rectification import services
from rectification.models import Progress, RectifyItem
from tests.rectification.ledger import make_feedback, make_feedback_item
from villages.models import Office, RoundParameter


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 4, 25), 3, dt.date(2026, 7, 25)),
        (dt.date(2026, 8, 31), 3, dt.date(2026, 11, 30)),  # November has no 31st
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2027, 11, 30), 3, dt.date(2028, 2, 29)),  # leap year
        (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 10, 15), 3, dt.date(2027, 1, 15)),
        (dt.date(2026, 9, 30), 3, dt.date(2026, 12, 30)),
        (dt.date(2026, 12, 1), 12, dt.date(2027, 12, 1)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2026, 3, 5), 0, dt.date(2026, 3, 5)),
    ],
)
def test_a_deadline_is_clipped_to_the_end_of_its_month(day, months, expected):
    assert add_months(day, months) == expected


def test_items_copy_their_words_and_get_owner_level_and_day(cast):
    feedback = make_feedback(cast, issued_on=dt.date(2026, 8, 31))
    make_feedback_item(cast, feedback, scope="common", title="制定小型工程管理办法")
    make_feedback_item(cast, feedback, village=cast.village_place)
    make_feedback_item(cast, feedback, village=cast.village_place, immediate=True, title="退还加压费")
    items = services.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    assert [(i.title, i.level, i.term, i.village, i.due_on) for i in items] == [
        ("制定小型工程管理办法", "rules", "fixed", None, dt.date(2026, 11, 30)),
        ("收回到期鱼塘", "village", "fixed", cast.village_place, dt.date(2026, 11, 30)),
        ("退还加压费", "village", "immediate", cast.village_place, dt.date(2026, 9, 7)),
    ]
    assert {item.owner for item in items} == {Office.objects.get(kind="town", town=cast.town_place)}
    assert {item.status for item in items} == {"pending"}


def test_the_rounds_own_months_decide(cast):
    RoundParameter.objects.create(round=cast.round, key="rectify_due_months", label="整改期限", value=6)
    feedback = make_feedback(cast)
    make_feedback_item(cast, feedback)
    (item,) = services.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    assert item.due_on == dt.date(2026, 10, 25)


def test_making_the_ledger_twice_makes_it_once(cast):
    feedback = make_feedback(cast)
    make_feedback_item(cast, feedback)
    for _ in range(2):
        services.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    assert RectifyItem.objects.count() == 1


def test_later_changes_of_the_letter_do_not_reach_the_item(cast):
    feedback = make_feedback(cast)
    row = make_feedback_item(cast, feedback)
    (item,) = services.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    type(row).objects.filter(pk=row.pk).update(title="改了", detail="改了", requirement="改了")
    item.refresh_from_db()
    assert (item.title, item.detail) == ("收回到期鱼塘", "鱼塘合同到期后未收回")


@pytest.mark.parametrize("who", ["leader", "member", "town", "village", "discipline", "sysadmin", "stranger"])
def test_only_the_office_makes_the_ledger(cast, who):
    with pytest.raises(NotAllowed):
        services.create_items_from_feedback(actor=getattr(cast, who), feedback=make_feedback(cast))


def test_a_town_without_a_registered_committee_is_named(cast):
    feedback = make_feedback(cast)
    make_feedback_item(cast, feedback)
    for user in (cast.town, cast.village):
        user.office = None
        user.save()
    Office.objects.filter(kind="town", town=cast.town_place).delete()
    with pytest.raises(ServiceError, match=cast.town_place.name):
        services.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)


def test_no_foreign_key_leads_from_the_ledger_to_a_finding():
    reached = {
        field.related_model._meta.label
        for model in (RectifyItem, Progress)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    }
    assert not any(label.startswith("findings.") for label in reached)
