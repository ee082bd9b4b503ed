"""The way of a watch item: role × state → the steps offered and taken."""

import pytest

from core.errors import NotAllowed, ServiceError
from prep import services
from prep.models import WatchItem, WatchStatus
from prep.workflow import WATCH
from tests.prep.lists import make_item
from villages.models import Stage

pytestmark = pytest.mark.django_db

S = WatchStatus
TEAM_STEPS = {
    S.OPEN: {"clear", "suspect", "confirm"},
    S.SUSPECTED: {"clear", "confirm", "reopen"},
    S.CLEARED: {"reopen"},
    S.CONFIRMED: {"reopen"},
    S.HANDED_OVER: {"reopen"},
}
HANDED = {S.OPEN, S.SUSPECTED, S.CONFIRMED}


def steps(user, item):
    return {name for name in WATCH.transitions if WATCH.check(user, item, name)}


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("role", ["leader", "deputy", "member", "archivist"])
def test_an_item_nobody_holds_is_concluded_by_anyone_of_the_team(cast, status, role):
    item = make_item(cast.inspection, status=status)
    expected = set(TEAM_STEPS[status])
    if role in ("leader", "deputy") and status in HANDED:
        expected.add("hand_over")
    assert steps(getattr(cast, role), item) == expected


@pytest.mark.parametrize("status", S.values)
def test_an_item_somebody_holds_is_concluded_by_its_holder_or_the_leaders(cast, status):
    item = make_item(cast.inspection, status=status, assignee=cast.member)
    assert steps(cast.member, item) == TEAM_STEPS[status]
    assert steps(cast.deputy, item) >= TEAM_STEPS[status]
    assert steps(cast.archivist, item) == set()


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize(
    "role",
    ["outsider", "office_head", "office_clerk", "town", "village", "discipline", "organisation", "department",
     "sysadmin", "stranger"],
)  # fmt: skip
def test_nobody_else_takes_any_step(cast, status, role):
    assert steps(getattr(cast, role), make_item(cast.inspection, status=status)) == set()


def test_a_conclusion_is_kept_with_the_note_it_rests_on(cast):
    item = make_item(cast.inspection)
    services.conclude_watch_item(
        actor=cast.member, item=item, result=S.SUSPECTED, note="  2024年公示缺两个季度 "
    )
    stored = WatchItem.objects.get(pk=item.pk)
    assert (stored.status, stored.note, stored.revision) == (S.SUSPECTED, "2024年公示缺两个季度", 2)


def test_a_conclusion_without_a_note_is_refused(cast):
    item = make_item(cast.inspection)
    with pytest.raises(ServiceError):
        services.conclude_watch_item(actor=cast.member, item=item, result=S.CLEARED, note=" ")
    assert WatchItem.objects.get(pk=item.pk).status == S.OPEN


def test_open_is_no_conclusion(cast):
    with pytest.raises(ServiceError):
        services.conclude_watch_item(
            actor=cast.member, item=make_item(cast.inspection), result=S.OPEN, note="不查了"
        )


def test_a_reopened_item_keeps_its_note_and_can_be_concluded_again(cast):
    item = make_item(cast.inspection, status=S.CLEARED, note="台账齐全")
    services.reopen_watch_item(actor=cast.leader, item=item, reason="群众另有反映")
    assert WatchItem.objects.get(pk=item.pk).note == "台账齐全"
    services.conclude_watch_item(actor=cast.leader, item=item, result=S.CONFIRMED, note="台账系补造")
    assert WatchItem.objects.get(pk=item.pk).status == S.CONFIRMED


@pytest.mark.parametrize("stage", [Stage.RECTIFY, Stage.FILED])
def test_once_the_village_is_in_rectification_nothing_moves(cast, stage):
    type(cast.inspection).objects.filter(pk=cast.inspection.pk).update(status=stage)
    item = WatchItem.objects.get(pk=make_item(cast.inspection).pk)
    with pytest.raises(NotAllowed):
        services.conclude_watch_item(actor=cast.leader, item=item, result=S.CLEARED, note="未发现")
