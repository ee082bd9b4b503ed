"""Plain writes: revisions, lost updates, putting aside and restoring."""

import pytest

from core import audit, records
from core.errors import StaleRecord
from core.models import AuditEntry
from villages.models import Team, Village

pytestmark = pytest.mark.django_db


def change(team, name, revision=None):
    return records.update(
        team, actor=audit.SYSTEM, verb="team.rename", revision=revision, changes={"name": name}
    )


def test_each_write_raises_the_revision_and_keeps_before_and_after(cast):
    old = cast.team.name
    change(cast.team, "新名")
    stored = Team.objects.get(pk=cast.team.pk)
    assert (stored.name, stored.revision) == ("新名", 2)
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"name": old}, {"name": "新名"})


def test_the_second_of_two_editors_is_refused_and_both_texts_are_at_hand(cast):
    mine, theirs = Team.objects.get(pk=cast.team.pk), Team.objects.get(pk=cast.team.pk)
    change(theirs, "对方的名字")
    with pytest.raises(StaleRecord) as stale:
        change(mine, "我的名字")
    assert stale.value.current.name == "对方的名字"
    assert stale.value.attempted == {"name": "我的名字"}
    assert Team.objects.get(pk=cast.team.pk).name == "对方的名字"


def test_an_old_form_is_refused_even_when_it_changes_nothing_else(cast):
    change(cast.team, "甲")
    with pytest.raises(StaleRecord):
        change(Team.objects.get(pk=cast.team.pk), "乙", revision=1)


def test_saving_without_a_change_writes_nothing(cast):
    change(cast.team, cast.team.name)
    assert Team.objects.get(pk=cast.team.pk).revision == 1
    assert not AuditEntry.objects.exists()


def test_a_row_that_vanished_is_reported_as_stale_with_no_current_version(cast):
    village = cast.other_inspection.village
    cast.other_inspection.delete()
    gone = Village.objects.get(pk=village.pk)
    for office in gone.offices.all():
        office.delete()
    village.delete()
    with pytest.raises(StaleRecord) as stale:
        records.update(gone, actor=audit.SYSTEM, verb="v.edit", revision=None, changes={"name": "x"})
    assert stale.value.current is None


def test_putting_aside_keeps_the_row_with_its_reason_and_restore_brings_it_back(cast):
    village = cast.village_place
    records.soft_delete(village, actor=cast.office_clerk, verb="villages.remove", reason="撤并")
    assert list(Village.objects.filter(pk=village.pk)) == [village]
    assert not Village.objects.alive().filter(pk=village.pk).exists()
    kept = Village.objects.get(pk=village.pk)
    assert (kept.delete_reason, kept.deleted_by_name) == ("撤并", "办公室职员")
    records.restore(kept, actor=cast.office_clerk, verb="villages.restore")
    assert Village.objects.alive().filter(pk=village.pk).exists()


def test_create_records_the_filled_fields(cast):
    team = Team(round=cast.round, number=99, name="机动组")
    records.create(team, actor=cast.office_clerk, verb="team.create")
    entry = AuditEntry.objects.get()
    assert entry.after == {"round": cast.round.name, "number": 99, "name": "机动组"}
