"""A process that stands for the web: has a custodian, asks the vault again and again, and is told when to ask.

One JSON line in, one JSON line out, like ``tests.kill.desk``.
"""

import json
import os
import sys
from typing import Any
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")
django.setup()

# Models can only be imported once Django stands.
from nacl.pwhash import argon2id  # noqa: E402

from core import clock  # noqa: E402
from core.audit import verify  # noqa: E402
from core.errors import ServiceError  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from findings import services  # noqa: E402
from findings.models import Custodian, Opening, OpeningStatus  # noqa: E402
from findings.services.petitions import boxes, vault  # noqa: E402
from tests.factories import make_cast  # noqa: E402
from tests.findings.petitions import petitions  # noqa: E402

CANARY = "欧阳金丝雀"
PASSWORD, PASSPHRASE = "a-login-password", "一句金丝雀才知道的话语"
_held: dict[str, Any] = {}


def prepare() -> str:
    """A petition with something sealed; the key that a guess is cheap for is made here, not in the vault."""
    cast = make_cast()
    cast.member.set_password(PASSWORD)
    cast.member.save()
    keeper = services.appoint_custodian(actor=cast.office_head, user=cast.member)
    with patch.multiple(boxes, OPSLIMIT=argon2id.OPSLIMIT_MIN, MEMLIMIT=argon2id.MEMLIMIT_MIN):
        public, locked = boxes.make_pair(PASSPHRASE)
    Custodian.objects.filter(pk=keeper.pk).update(public_key=public, locked_key=locked)
    petition = petitions.registered(cast)
    services.seal_petition(actor=cast.member, petition=petition, texts={"name": CANARY})
    _held.update(cast=cast, petition=petition, path=os.environ["VAULT_SOCKET"])
    return str(petition.pk)


def grant() -> str:
    """One more request that was allowed; earlier readings are put back a day, or five would be all there are."""
    Opening.objects.exclude(read_at=None).update(read_at=clock.now().replace(year=2020))
    row = Opening.objects.create(
        petition=_held["petition"], wanted=["name"], reason="需要联系反映人核对合同原件",
        requested_by=_held["cast"].member, approved_by=_held["cast"].office_head, approved_at=clock.now(),
        status=OpeningStatus.APPROVED,
    )  # fmt: skip
    _held["grant"] = row
    return str(row.pk)


def read() -> str:
    """Ask the vault; what was read, or why not."""
    arguments = {
        "actor": _held["cast"].member, "opening": _held["grant"], "password": PASSWORD, "passphrase": PASSPHRASE,
    }  # fmt: skip
    try:
        return vault._ask(_held["path"], "read_sealed", arguments).parts[0].texts[0]
    except ServiceError as refusal:
        return refusal.message


def traced() -> int:
    """How many readings the trail knows of."""
    return AuditEntry.objects.filter(verb="findings.petition.read_sealed").count()


def chain() -> str | None:
    """What is wrong with the trail."""
    _, problem = verify()
    return problem and problem.message


if __name__ == "__main__":
    commands = {"prepare": prepare, "grant": grant, "read": read, "traced": traced, "chain": chain}
    for line in sys.stdin:
        print(json.dumps(commands[json.loads(line)["do"]]()), flush=True)
