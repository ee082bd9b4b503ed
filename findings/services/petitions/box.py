"""The anonymous box: opened for a village, letters that arrive sealed, and messages to and fro under a receipt."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.idempotency import once
from core.text import clean
from findings import rules
from findings.models import BoxMessage, BoxThread, Channel, Petition, PetitionBox, PetitionKind, SealedField
from findings.rules.box import BOX_SUMMARY
from findings.selectors.boxes import is_receiving, may_receive
from findings.selectors.petition_days import closing_day
from findings.services.petitions.register import register_petition
from findings.services.petitions.sealed import seal_petition
from surveys.services.sealing import keyed
from surveys.services.slips import ALPHABET, random_text, typed
from villages.models import VillageInspection, spine

RECEIPT, CODE = 8, 16
_KEY = 32
# What a village sends in a day; a flood shuts the box until tomorrow.
A_DAY = 100


@transaction.atomic
def open_box(*, actor: Any, inspection: VillageInspection) -> PetitionBox:
    """Open the box of a village, or open it again; the address stays the one on the posters."""
    demand(rules.can_keep_box(actor, inspection))
    if not may_receive(inspection, closing_day(inspection)):
        raise ServiceError("本村已过信访受理截止日，不再开设意见箱。")
    known = PetitionBox.objects.filter(inspection=inspection).first()
    if known is not None:
        changes = {"closed_on": None}
        return records.update(known, actor=actor, verb="findings.box.open", revision=None, changes=changes)
    row = PetitionBox(**spine(inspection), token=random_text(26, 128), opened_on=clock.today())
    return records.create(row, actor=actor, verb="findings.box.open")


@transaction.atomic
def close_box(*, actor: Any, box: PetitionBox) -> PetitionBox:
    """Take nothing more in; letters that came can still be asked about."""
    demand(rules.can_keep_box(actor, box.inspection))
    changes = {"closed_on": clock.today()}
    return records.update(box, actor=actor, verb="findings.box.close", revision=None, changes=changes)


def receipt_of(key: str) -> tuple[str, str]:
    """Receipt and query code of the letter sent with ``key``; a resend is given the same ones."""
    drawn = int(keyed("petition box", key), 16)
    receipt, code = [], []
    for _ in range(RECEIPT):
        drawn, digit = divmod(drawn, len(ALPHABET))
        receipt.append(ALPHABET[digit])
    for _ in range(CODE):
        drawn, digit = divmod(drawn, 10)
        code.append(str(digit))
    return "".join(receipt), "".join(code)


@transaction.atomic
def drop_letter(
    *, actor: Any, box: PetitionBox, key: str, kind: str, text: str, files: Sequence[UploadedFile] = ()
) -> Petition:
    """Take a letter in: sealed at once, registered under a summary that says only that it came. Twice is once."""
    if len(key) != _KEY or not is_receiving(box):
        raise ServiceError("页面已经过期，请重新扫码打开。")
    if not clean(text).strip():
        raise ServiceError("请写明要反映的事情。", "sealed_text")
    return once(
        scope=f"box:{box.pk}",
        key=key,
        payload={},
        action=lambda: _take_in(actor, box, key, kind, text, files),
    )


def _take_in(
    actor: Any, box: PetitionBox, key: str, kind: str, text: str, files: Sequence[UploadedFile]
) -> Petition:
    today = clock.today()
    if box.threads.filter(petition__received_on=today).count() >= A_DAY:
        raise ServiceError("今天来件太多，请明天再来，或投到村口的意见箱。")
    petition = register_petition(
        actor=actor, inspection=box.inspection,
        values={
            "channel": Channel.QR, "received_on": today, "summary": BOX_SUMMARY, "in_scope": True,
            "kind": kind if kind in PetitionKind.values else PetitionKind.ACCUSATION,
        },
        sealed={"texts": {SealedField.ORIGINAL: text}, "files": files},
    )  # fmt: skip
    receipt, code = receipt_of(key)
    thread = BoxThread(petition=petition, box=box, receipt=receipt, code_hash=make_password(code))
    records.create(thread, actor=actor, verb="findings.box.letter")
    return petition


def find_thread(box: PetitionBox, receipt: str, code: str) -> BoxThread | None:
    """The letter with this receipt and code; as slow for a wrong receipt as for a wrong code."""
    thread = BoxThread.objects.filter(box=box, receipt=typed(receipt)[:RECEIPT]).first()
    digits = "".join(char for char in code if char.isdigit())[:CODE]
    if thread is None:
        make_password(digits)
        return None
    return thread if check_password(digits, thread.code_hash) else None


@transaction.atomic
def add_to_letter(
    *, actor: Any, thread: BoxThread, key: str, text: str, files: Sequence[UploadedFile] = ()
) -> BoxMessage:
    """More from whoever wrote the letter; sealed beside the first."""
    if len(key) != _KEY:
        raise ServiceError("页面已经过期，请重新查询。")

    def add() -> BoxMessage:
        texts = {SealedField.ORIGINAL.value: text}
        seal_petition(actor=actor, petition=thread.petition, texts=texts, files=files)
        row = BoxMessage(thread=thread, from_team=False, on=clock.today())
        return records.create(row, actor=actor, verb="findings.box.more")

    return once(scope=f"box-more:{thread.pk}", key=key, payload={}, action=add)


@transaction.atomic
def write_back(*, actor: Any, petition: Petition, text: str) -> BoxMessage:
    """A message of the team, read by whoever has the receipt."""
    demand(rules.can_write_back(actor, petition))
    words = clean(text).strip()
    if not words:
        raise ServiceError("请写明要告诉来件人的话。", "text")
    thread = BoxThread.objects.get(petition=petition)
    row = BoxMessage(thread=thread, from_team=True, text=words, on=clock.today())
    return records.create(row, actor=actor, verb="findings.box.message")
