"""The door to the vault: what may be asked, how refusals travel, and that nothing secret is said on either side."""

import base64
import json
import socket
import threading

import pytest

from core import wire
from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Custodian
from findings.services.petitions import boxes, vault
from findings.services.petitions.readings import Opened, Reading, SealedFile
from tests.findings.petitions import keepers
from villages.models import Membership

WORDS = "金丝雀不该出现在日志里"


def ask(message):
    """As the other end of the socket sees it; ``None`` when the vault hung up."""
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(5)
        if isinstance(message, bytes):
            near.sendall(message)
            near.shutdown(socket.SHUT_WR)
        else:
            wire.send(near, message)
        vault.answer(far)
        far.close()
        try:
            return wire.receive(near, vault.LARGEST_ANSWER)
        except (wire.BrokenMessage, ConnectionError):
            return None


def row(obj):
    return {"row": obj._meta.label_lower, "pk": str(obj.pk)}


def reading_of(cast, asked, **over):
    given = {
        "actor": row(cast.member), "opening": row(asked), "password": keepers.PASSWORD,
        "passphrase": keepers.PASSPHRASE,
    }  # fmt: skip
    return {"do": "read_sealed", "address": "203.0.113.5", "arguments": given | over}


@pytest.mark.django_db
def test_what_is_asked_over_the_socket_is_what_the_service_does(cast):
    opening = keepers.approved(cast)
    answer = ask(reading_of(cast, opening))
    assert vault._unpacked(answer["result"]).parts == [Opened("反映人姓名", ["欧阳告"])]
    entry = AuditEntry.objects.get(verb="findings.petition.read_sealed")
    assert (entry.actor_id, entry.source) == (str(cast.member.pk), "203.0.113.5")
    assert ask(reading_of(cast, opening))["error"] == "not_allowed"  # spent


@pytest.mark.django_db
def test_a_web_process_gone_astray_opens_nothing_by_asking(cast):
    waiting = keepers.asked(cast)
    assert ask(reading_of(cast, waiting))["error"] == "not_allowed"
    opening = services.approve_opening(actor=cast.office_head, opening=waiting)
    keepers.with_password(cast.office_clerk)
    for wrong in (
        {"actor": row(cast.office_clerk)}, {"password": "x"}, {"passphrase": "猜一个猜一个猜一个"},
        {"actor": row(opening.petition)}, {"opening": row(cast.member)}, {"opening": {"row": "x.y", "pk": "1"}},
        {"opening": {"row": "findings.opening", "pk": "no key"}}, {"actor": None},
    ):  # fmt: skip
        answer = ask(reading_of(cast, opening, **wrong))
        assert "result" not in answer, wrong
    assert ask({"do": "seal_petition", "arguments": {}})["error"] == "failed"
    assert ask({"do": "__import__", "arguments": {}})["error"] == "failed"
    assert not AuditEntry.objects.filter(verb="findings.petition.read_sealed").exists()


@pytest.mark.django_db
def test_a_message_names_no_other_rows_than_those_of_the_services(cast):
    opening = keepers.approved(cast)
    entry = AuditEntry.objects.first()
    answer = ask(reading_of(cast, opening, opening={"row": "core.auditentry", "pk": str(entry.pk)}))
    assert (answer["error"], "已不存在" in answer["message"]) == ("refused", True)


@pytest.mark.django_db
def test_whoever_was_barred_is_nobody_to_the_vault(cast):
    custodian = keepers.keeper(cast, cast.member)
    arguments = {"actor": row(cast.member), "custodian": row(custodian), "passphrase": keepers.PASSPHRASE}
    assert "result" in ask({"do": "rewrap_packets", "arguments": arguments})
    cast.member.is_active = False
    cast.member.save()
    assert ask({"do": "rewrap_packets", "arguments": arguments})["error"] == "refused"


@pytest.mark.django_db
def test_who_left_the_team_since_the_approval_reads_nothing(cast):
    opening = keepers.approved(cast)
    Membership.objects.filter(user=cast.member).delete()
    assert ask(reading_of(cast, opening))["error"] == "not_allowed"
    assert AuditEntry.objects.filter(verb="findings.opening.denied").exists()


@pytest.mark.django_db
def test_a_fault_says_nothing_of_what_was_being_opened(cast, monkeypatch, caplog):
    opening = keepers.approved(cast)

    def break_down(*_):
        raise RuntimeError(WORDS)

    monkeypatch.setattr(boxes, "open_part", break_down)
    answer = ask(reading_of(cast, opening))
    assert answer["error"] == "failed"
    assert "RuntimeError" in caplog.text
    for secret in (WORDS, keepers.PASSPHRASE, keepers.PASSWORD, keepers.TEXTS["name"]):
        assert secret not in caplog.text + json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n", b"\xff" * 9, b"\0\0\0\x04nope"])
def test_nonsense_is_hung_up_on(sent, caplog):
    assert ask(sent) is None
    assert "nope" not in caplog.text


def test_a_ping_is_answered():
    assert ask({"do": "ping"}) == {"result": "vault"}


def test_a_reading_travels_whole():
    whole = bytes(range(256))
    reading = Reading([Opened("原件", ["一"], [whole], [SealedFile("pdf", whole)]), Opened("空")], 2)
    travelled = json.loads(json.dumps(vault._packed(reading)))
    assert vault._unpacked(travelled) == reading
    assert base64.b64encode(whole).decode() in json.dumps(travelled)


# --- the asking side --------------------------------------------------------------------------------------


@pytest.fixture
def away(settings, tmp_path):
    settings.VAULT_SOCKET = str(tmp_path / "vault.sock")
    return settings.VAULT_SOCKET


def test_a_vault_that_is_away_is_said_so(away):
    with pytest.raises(ServiceError, match="封存服务没有运行"):
        services.make_recovery_key(actor=None, password="x")


def _answering(path, answer):
    """A vault that gives one prepared answer."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(1)

    def serve():
        line, _ = listener.accept()
        with line, listener:
            wire.receive(line, 10**6)
            if answer is not None:
                wire.send(line, answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "kind", "match"),
    [
        ({"error": "refused", "message": "登录密码不对。", "field": "password"}, ServiceError, "登录密码"),
        ({"error": "not_allowed", "message": "不行。", "field": None}, NotAllowed, "不行"),
        ({"error": "failed", "message": "封存服务出错"}, ServiceError, "出错"),
        (None, ServiceError, "没有答复"),
    ],
)
def test_refusals_travel_with_their_kind_and_field(away, answer, kind, match):
    thread = _answering(away, answer)
    with pytest.raises(kind, match=match) as refused:
        services.make_recovery_key(actor=None, password="x")
    thread.join()
    assert refused.value.field == (answer or {}).get("field")


@pytest.mark.django_db
def test_the_vault_is_never_asked_from_inside_a_transaction(away):
    with pytest.raises(RuntimeError):
        services.make_recovery_key(actor=None, password="x")


@pytest.mark.django_db
def test_the_locked_key_is_left_in_the_database_by_every_page(cast):
    keepers.keeper(cast, cast.member)
    for found in (Custodian.objects.get(), Custodian._base_manager.get()):
        assert found.get_deferred_fields() == {"locked_key"}
