"""Asking for the ledger as a workbook, and taking files out."""

from typing import Any

from django.db import transaction

from core import audit
from core.access import demand
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from rectification import rules
from rectification.models import RectifyItem
from reports.models import Feedback
from villages.models import Round

LEDGER = "rectification.ledger"


@transaction.atomic
def request_ledger(*, actor: Any, round: Round) -> Job:
    """Have the ledger of a round made as a workbook."""
    demand(rules.can_browse(actor))
    return enqueue(
        LEDGER,
        args={"round": str(round.pk)},
        actor=actor,
        title=f"{round.name}整改台账",
        dedupe=f"{LEDGER}:{round.pk}:{actor.pk}",
        subject=round,
    )


@transaction.atomic
def note_download(*, actor: Any, item: RectifyItem, file: StoredFile) -> StoredFile:
    """Leave in the trail who took which evidence out."""
    audit.record(actor=actor, verb="rectification.download", target=item, after={"文件": file.name})
    return file


@transaction.atomic
def note_letter(*, actor: Any, feedback: Feedback, file: StoredFile) -> StoredFile:
    """Leave in the trail who of the addressee took the feedback letter."""
    audit.record(actor=actor, verb="rectification.download", target=feedback, after={"文件": file.name})
    return file
