"""Who may know of a clue by name, and the trace that somebody read it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.models import AuditEntry
from core.text import clean
from findings import rules
from findings.models import Clue, ClueReader
from findings.selectors.clues import nameable
from findings.services.clues.writing import held, note_step
from findings.workflow.clue import CLUE_READ, CLUE_VERB
from villages.models import User


@transaction.atomic
def add_clue_reader(*, actor: Any, clue: Clue, user: User, reason: str) -> ClueReader:
    """Let one more person know, with a reason; who and why stands with the clue, not in the trail."""
    stored = held(clue)
    demand(rules.can_name_readers(actor, stored))
    words = _reason(reason)
    if ClueReader.objects.filter(clue=stored, user=user, removed_on__isnull=True).exists():
        raise ServiceError(f"{user.display_name}已经是知悉人，不用再增加。", "user")
    if not nameable(actor, stored).filter(pk=user.pk).exists():
        raise ServiceError("这个人不能列为知悉人，请从名单里选择。", "user")
    reader = ClueReader(clue=clue, user=user, added_by=actor, added_on=clock.today())
    records.create(reader, actor=actor, verb=CLUE_VERB)
    note_step(clue, actor, "增加知悉人", f"{user.display_name}：{words}")
    return reader


@transaction.atomic
def remove_clue_reader(
    *, actor: Any, reader: ClueReader, reason: str, revision: int | None = None
) -> ClueReader:
    """Take a person off the list, with a reason; from the next page on the clue is not there for them."""
    demand(rules.can_remove_reader(actor, reader))
    words = _reason(reason)
    if reader.removed_on is not None:
        raise ServiceError("已经取消。")
    changes = {"removed_on": clock.today()}
    records.update(reader, actor=actor, verb=CLUE_VERB, revision=revision, changes=changes)
    note_step(reader.clue, actor, "取消知悉人", f"{reader.user.display_name}：{words}")
    return reader


def _reason(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise ServiceError("请写明理由。", "sealed_text")
    return words


@transaction.atomic
def note_clue_reading(*, actor: Any, clue: Clue, always: bool = False) -> None:
    """Leave the trace that ``actor`` read it: once a day for its page, ``always`` for a sheet or a file."""
    if not always:
        midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        own = AuditEntry.objects.filter(actor_id=str(actor.pk), verb=CLUE_READ, target_id=str(clue.pk))
        if own.filter(target_type=clue._meta.label_lower, at__gte=midnight).exists():
            return
    audit.record(actor=actor, verb=CLUE_READ, target=clue)
