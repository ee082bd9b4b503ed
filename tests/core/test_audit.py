"""The trail: what it records, what it hides, and that nobody can bend it unseen."""

import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core import audit, records
from core.models import AuditEntry, AuditHead
from tests.factories import make_town, make_user
from tests.trail import guard_lifted

pytestmark = pytest.mark.django_db


def add(cast, count=3):
    return [
        audit.record(actor=cast.member, verb="test.note", target=cast.team, after={"n": n}, reason="甲\n乙")
        for n in range(count)
    ]


def without_guard(statement):
    """Do what a database superuser could do behind the product's back."""
    with guard_lifted(), connection.cursor() as cursor:
        cursor.execute(statement)


def run_verify():
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("audit_verify", "--json", stdout=out)
    return left.value.code, json.loads(out.getvalue())


def test_an_entry_says_who_did_what_to_which_object_and_why(cast):
    entry = audit.record(
        actor=cast.leader, verb="villages.rename", target=cast.team, before={"name": "旧"}, after={"name": "新"},
        reason="更正",
    )  # fmt: skip
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert (stored.actor_name, stored.actor_role, stored.verb) == ("组长", "inspector", "villages.rename")
    assert (stored.target_type, stored.target_id) == ("villages.team", str(cast.team.pk))
    assert (stored.before, stored.after, stored.reason) == ({"name": "旧"}, {"name": "新"}, "更正")


def test_the_digest_can_be_recomputed_by_a_reader_who_knows_only_the_published_recipe(cast):
    first, second = add(cast, 2)
    stored = AuditEntry.objects.get(pk=second.pk)
    body = {
        "v": 1, "seq": stored.seq, "at": stored.at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
        "actor": [stored.actor_id, stored.actor_name, stored.actor_role], "verb": stored.verb,
        "target": [stored.target_type, stored.target_id, stored.target_label],
        "before": {}, "after": {"n": 1}, "reason": "甲\n乙", "source": "",
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert stored.digest == hashlib.sha256((first.digest + "\n" + text).encode()).hexdigest()


def test_an_untouched_chain_verifies(cast):
    add(cast, 5)
    assert run_verify() == (0, {"ok": True, "checked": 5})


@pytest.mark.parametrize(
    ("damage", "seq", "kind"),
    [
        ("UPDATE core_auditentry SET reason = 'x' WHERE seq = 2", 2, "content"),
        ("UPDATE core_auditentry SET actor_name = '别人' WHERE seq = 3", 3, "content"),
        ("DELETE FROM core_auditentry WHERE seq = 2", 2, "missing"),
        ("DELETE FROM core_auditentry WHERE seq = 1", 1, "missing"),
        ("DELETE FROM core_auditentry WHERE seq = 4", 4, "tail"),
        ("UPDATE core_auditentry SET previous = digest WHERE seq = 2", 2, "link"),
    ],
)
def test_every_manipulation_is_found_at_its_place(cast, damage, seq, kind):
    add(cast, 4)
    without_guard(damage)
    code, result = run_verify()
    assert (code, result["seq"], result["kind"]) == (1, seq, kind)


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditentry SET reason = 'x'", "DELETE FROM core_auditentry"]
)
def test_the_database_itself_refuses_to_change_the_trail(cast, statement):
    add(cast, 2)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 2


def test_a_change_and_its_entry_stand_or_fall_together(cast, monkeypatch):
    def fail(entry):
        raise DatabaseError("trail is down")

    monkeypatch.setattr(audit, "_append", fail)
    with pytest.raises(DatabaseError):
        records.update(cast.team, actor=cast.leader, verb="x.y", revision=None, changes={"name": "改名"})
    cast.team.refresh_from_db()
    assert cast.team.name != "改名"
    assert AuditEntry.objects.count() == 0


def test_values_of_secret_fields_never_reach_the_trail(cast):
    records.update(
        cast.member,
        actor=cast.sysadmin,
        verb="villages.password",
        revision=None,
        changes={"password": "canary-7"},
    )
    entry = AuditEntry.objects.get()
    assert "canary-7" not in json.dumps([entry.before, entry.after, entry.target_label, entry.reason])
    assert set(entry.after) == {"password"}


def test_naughty_text_survives_a_round_trip_and_still_verifies(cast):
    text = "𠮷野家 ‮ e\u0301 \x00 \ud800 =1+1 <b>"
    entry = audit.record(
        actor=cast.member, verb="test.text", after={"text": text, "list": [text]}, reason=text
    )
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.after["text"] == "𠮷野家 ‮ é   =1+1 <b>"
    assert run_verify()[0] == 0


def test_history_of_one_object_is_newest_first_and_only_its_own(cast):
    add(cast, 2)
    audit.record(actor=cast.member, verb="test.other", target=cast.other_team)
    assert [entry.after["n"] for entry in audit.history(cast.team)] == [1, 0]


def test_a_batch_leaves_one_entry_with_its_count(cast):
    town = make_town(cast.district)
    users = [type(cast.member)(username=f"batch{n}", display_name=f"批量{n}") for n in range(3)]
    records.bulk_create(users, actor=cast.sysadmin, verb="villages.import", summary="账号导入", target=town)
    entry = AuditEntry.objects.get()
    assert (entry.after["count"], entry.target_label) == (3, "账号导入")


def test_the_head_follows_the_last_entry(cast):
    last = add(cast, 3)[-1]
    head = AuditHead.objects.get()
    assert (head.seq, head.digest) == (3, last.digest)


def test_a_nameless_actor_is_recorded_as_the_system(cast):
    assert audit.record(actor=audit.SYSTEM, verb="jobs.reap").actor_name == "系统"


def test_the_label_of_an_object_is_kept_after_the_object_is_gone(cast):
    gone = make_user("inspector", "离任者")
    audit.record(actor=cast.sysadmin, verb="villages.remove", target=gone)
    gone.delete()
    assert AuditEntry.objects.get().target_label == "离任者"
