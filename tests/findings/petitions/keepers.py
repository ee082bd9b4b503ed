"""Custodians for tests, with keys that cost little, and the way to a reading."""

from unittest.mock import patch

from nacl.pwhash import argon2id

from findings import services
from findings.models import Custodian, Opening
from findings.services.petitions import boxes
from tests.findings.petitions import petitions

PASSWORD = "a-login-password"
PASSPHRASE = "一句只有自己知道的话语吧"
TEXTS = {"name": "欧阳告", "phone": "13900001234", "original": "我是三组的，我亲眼看见。"}


def cheap():
    """One guess costs next to nothing inside."""
    return patch.multiple(boxes, OPSLIMIT=argon2id.OPSLIMIT_MIN, MEMLIMIT=argon2id.MEMLIMIT_MIN)


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def appointed(cast, user):
    return services.appoint_custodian(actor=cast.office_head, user=user)


def keeper(cast, user, passphrase=PASSPHRASE):
    with cheap():
        return services.choose_passphrase(
            actor=with_password(user),
            custodian=appointed(cast, user),
            password=PASSWORD,
            passphrase=passphrase,
        )


def sealed_petition(cast, texts=TEXTS, files=(), **over):
    """A petition with something sealed, openable by the member and the clerk."""
    for user in (cast.member, cast.office_clerk):
        if not Custodian.objects.filter(user=user, retired_on=None).exists():
            keeper(cast, user)
    petition = petitions.registered(cast, **over)
    services.seal_petition(actor=petition.registered_by, petition=petition, texts=texts, files=files)
    return petitions.reload(petition)


def asked(cast, petition=None, wanted=("name",), actor=None):
    row = services.ask_to_read(
        actor=actor or cast.member, petition=petition or sealed_petition(cast), wanted=wanted,
        reason="需要联系反映人核对合同原件",
    )  # fmt: skip
    return reload(row)


def approved(cast, petition=None, wanted=("name",)):
    return reload(services.approve_opening(actor=cast.office_head, opening=asked(cast, petition, wanted)))


def read(cast, opening, actor=None, password=PASSWORD, passphrase=PASSPHRASE):
    return services.read_sealed(
        actor=actor or cast.member, opening=opening, password=password, passphrase=passphrase
    )


def reload(opening):
    return Opening.objects.select_related("petition__inspection", "petition__team").get(pk=opening.pk)
