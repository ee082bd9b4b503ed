"""Items taken over from elsewhere, and where each item of the list comes from."""

import pytest

from core.errors import NotAllowed, ServiceError
from prep import services
from prep.models import Origin, Scope, WatchItem, WatchStatus
from prep.services import WatchSeed
from tests.prep.lists import make_item
from villages.models import Recusal, Stage

pytestmark = pytest.mark.django_db

POND = WatchSeed(
    title="鱼塘租金拖欠",
    source="letter:7",
    category="E3",
    basis="农村集体资源发包有关规定",
    method="对流水",
    evidence_hint="合同、收据",
    note="农业农村局函告：两年租金未入账。",
)


def seed(cast, rows=(POND,), origin=Origin.LETTER, actor=None):
    return services.seed_watch_items(
        actor=actor or cast.member, inspection=cast.inspection, origin=origin, rows=rows
    )


def test_a_row_becomes_an_open_item_of_this_village_with_its_words(cast):
    make_item(cast.inspection)
    seed(cast)
    item = WatchItem.objects.get(origin=Origin.LETTER)
    assert (item.seq, item.title, item.method, item.evidence_hint) == (2, POND.title, "对流水", "合同、收据")
    assert (item.scope, item.status, item.note) == (Scope.INDIVIDUAL, WatchStatus.OPEN, "")
    assert (item.category.code, item.origin_note) == ("E3", POND.note)


def test_taking_over_twice_adds_nothing_even_after_the_item_was_reworded(cast):
    (item,) = seed(cast)
    services.edit_watch_item(actor=cast.member, item=item, revision=1, values={"title": "两年租金去向"})
    assert seed(cast) == []
    more = WatchSeed(title="另一件", source="letter:8")
    assert [made.title for made in seed(cast, [POND, more, more])] == ["另一件"]
    assert WatchItem.objects.count() == 2


def test_the_same_key_from_another_origin_is_another_source(cast):
    seed(cast)
    assert len(seed(cast, origin=Origin.CLUE)) == 1


def test_a_title_too_long_for_a_line_is_cut_visibly(cast):
    (item,) = seed(cast, [WatchSeed(title="很长" * 100, source="1", note="全文" * 300)])
    assert len(item.title) == 120 and item.title.endswith("…")
    assert item.origin_note == "全文" * 300


def test_an_empty_title_and_an_unknown_origin_are_refused(cast):
    with pytest.raises(ServiceError, match="待查什么问题"):
        seed(cast, [WatchSeed(title="  ", source="1")])
    with pytest.raises(ServiceError, match="来源"):
        seed(cast, origin="rumour")
    assert not WatchItem.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "office_head", "town", "village", "sysadmin", "stranger"])
def test_only_the_own_team_takes_over(cast, role):
    with pytest.raises(NotAllowed):
        seed(cast, actor=getattr(cast, role))


def test_who_stands_aside_does_not_take_over(cast):
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    with pytest.raises(NotAllowed):
        seed(cast)


@pytest.mark.parametrize(
    ("stage", "origin"),
    [
        (Stage.PREP, Origin.TEAM),
        (Stage.SURVEY, Origin.FIELDWORK),
        (Stage.FINDING, Origin.FIELDWORK),
        (Stage.REPORT, Origin.FIELDWORK),
    ],
)
def test_an_item_added_after_preparation_is_born_during_fieldwork(cast, stage, origin):
    cast.inspection.status = stage
    item = services.add_watch_item(actor=cast.member, inspection=cast.inspection, title="夜间施工")
    assert item.origin == origin
