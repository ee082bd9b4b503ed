"""On PostgreSQL: what is sealed is read by the vault's role alone, through the vault's own process."""

import json

import pytest

from tests.stack.deployment import ROLE_PREFIX

pytestmark = pytest.mark.stack

CANARY = "欧阳金丝雀"
TRY = """
import json
from django.db import DatabaseError, connection, transaction
found = []
for statement in {statements!r}:
    try:
        with transaction.atomic():
            connection.cursor().execute(statement)
        found.append(statement)
    except DatabaseError as error:
        assert error.__cause__.pgcode == '42501', (statement, error)
print(json.dumps(found))
"""
READS = [
    "SELECT box FROM findings_sealedpart", "SELECT box FROM findings_sealedkey",
    "SELECT locked_key FROM findings_custodian", "SELECT * FROM findings_sealedpart",
]  # fmt: skip
CHANGES = [
    f"{verb} {table}{rest}"
    for table in ("findings_sealedpacket", "findings_sealedpart", "findings_sealedkey", "findings_custodian")
    for verb, rest in (("DELETE FROM", ""), ("UPDATE", " SET revision = 1"))
]
COUNTS = [
    "SELECT count(*) FROM findings_sealedpacket",
    "SELECT packet_id, custodian_id FROM findings_sealedkey",
]

# Told in a district of its own: the other tests of this deployment have people too.
STORY = f"""
import json
from findings import services
from findings.models import Opening
from tests.factories import make_cast, number_anew
from tests.findings.petitions import petitions
number_anew(500)
cast = make_cast(county='990102')
for person in (cast.member, cast.office_head):
    person.set_password('a-login-password')
    person.save()
keeper = services.appoint_custodian(actor=cast.office_head, user=cast.member)
services.choose_passphrase(
    actor=cast.member, custodian=keeper, password='a-login-password', passphrase='一句只有自己知道的话语吧')
key = services.make_recovery_key(actor=cast.office_head, password='a-login-password')
petition = petitions.registered(cast)
petition = services.seal_petition(actor=cast.member, petition=petition, texts={{'name': '{CANARY}'}})
read = []
for proof in ({{'passphrase': '一句只有自己知道的话语吧'}}, {{'recovery': key}}):
    opening = services.ask_to_read(
        actor=cast.member, petition=petition, wanted=['name'], reason='需要联系反映人核对合同原件')
    opening = services.approve_opening(actor=cast.office_head, opening=opening)
    opening = Opening.objects.get(pk=opening.pk)
    reading = services.read_sealed(actor=cast.member, opening=opening, password='a-login-password', **proof)
    read.append(reading.parts[0].texts)
services.rewrap_packets(actor=cast.member, custodian=keeper, passphrase='一句只有自己知道的话语吧')
services.retire_custodian(actor=cast.office_head, custodian=keeper, reason='轮岗')
print(json.dumps(read))
"""


def allowed(stack, service, statements):
    """Those of ``statements`` that the role of ``service`` may run; the others fail for want of rights."""
    code = TRY.format(statements=statements)
    return json.loads(stack.manage(service, "shell", "--no-imports", "-c", code).splitlines()[-1])


@pytest.mark.parametrize("service", ["web", "worker"])
def test_web_and_worker_neither_read_nor_change_what_is_sealed(stack, service):
    assert allowed(stack, service, READS + CHANGES) == []
    assert allowed(stack, service, COUNTS) == COUNTS


def test_only_the_web_adds_rows(stack):
    adds = ["INSERT INTO findings_sealedpacket SELECT * FROM findings_sealedpacket WHERE false"]
    assert allowed(stack, "web", adds) == adds
    assert allowed(stack, "worker", adds) == []


def test_the_vault_reads_and_writes_next_to_nothing(stack):
    assert allowed(stack, "vault", READS) == READS
    others = [
        "DELETE FROM core_auditentry", "UPDATE core_auditentry SET reason = ''", "UPDATE villages_user SET role = ''",
        "DELETE FROM findings_sealedpart", "UPDATE findings_sealedkey SET revision = 1", "CREATE TABLE x (i int)",
        "INSERT INTO findings_petition SELECT * FROM findings_petition WHERE false",
    ]  # fmt: skip
    assert allowed(stack, "vault", others) == []


def test_a_reading_goes_through_the_vault_from_the_web_process(stack):
    answer = stack.manage("web", "shell", "--no-imports", "-c", STORY).splitlines()[-1]
    assert json.loads(answer) == [[CANARY], [CANARY]]
    assert CANARY not in stack.log("vault") + stack.log("web")


def test_without_the_vault_it_is_said_so_and_with_it_back_all_is_well(stack):
    code = (
        "from findings import services\nfrom core.errors import ServiceError\n"
        "try: services.make_recovery_key(actor=None, password='x')\n"
        "except ServiceError as e: print(e.message)\n"
    )
    stack.stop("vault")
    try:
        assert "封存服务没有运行" in stack.manage("web", "shell", "--no-imports", "-c", code)
    finally:
        stack.start("vault")
        stack.wait_until_well("vault")


def test_granting_again_changes_nothing_and_only_the_owner_grants(stack):
    assert "已分配" in stack.manage("migrate", "grant_roles")
    with pytest.raises(AssertionError, match="属主账号"):
        stack.manage("web", "grant_roles")
    assert f"{ROLE_PREFIX}_vault" in stack.secret("db_vault_url")
