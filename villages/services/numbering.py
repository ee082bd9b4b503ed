"""Form numbers: gap-free per round, team and kind of form, taken in the transaction of the signature."""

import re
from typing import Any

from django.db import transaction

from core import audit
from core.errors import ServiceError, StaleRecord
from villages.models import FormNumber, Team, VillageInspection

KIND = re.compile(r"[A-Z]{1,4}")
# Stands where the village's digits would be on a paper of the whole team.
NO_VILLAGE = "000"


@transaction.atomic
def next_form_number(
    *, actor: Any, kind: str, inspection: VillageInspection | None = None, team: Team | None = None
) -> str:
    """Take the next number of ``kind`` (表类码, e.g. ``DG`` 底稿, ``TH`` 谈话) and return it.

    For a paper about one village give ``inspection``; for one of the whole team give ``team``. Call it inside
    the transaction that signs the paper: if that fails, the number returns and no gap is left.
    Pattern: ``{区代字}巡{年}-{轮}-{组}-{村码后3位}-{表类码}-{4位}``.
    """
    owner = inspection.team if inspection is not None else team
    if owner is None or not KIND.fullmatch(kind):
        raise ServiceError("无法编号：没有说明巡察组或表类码。")
    counter, _ = FormNumber.objects.get_or_create(round_id=owner.round_id, team=owner, kind=kind)
    counter = FormNumber.objects.select_for_update().get(pk=counter.pk)
    taken = counter.last + 1
    row = FormNumber.objects.filter(pk=counter.pk, last=counter.last)
    if row.update(last=taken, revision=counter.revision + 1) != 1:
        raise StaleRecord(counter)
    number = _text(owner, inspection, kind, taken)
    audit.record(actor=actor, verb="numbers.take", target=counter, after={"number": number}, label=number)
    return number


def number_head(team: Team, inspection: VillageInspection | None) -> str:
    """The part of a form number that is known before it is taken: round, team and village."""
    round_ = team.round
    village = inspection.village.code[-3:] if inspection is not None else NO_VILLAGE
    return f"{round_.district.short}巡{round_.year}-{round_.number}-{team.number}-{village}"


def _text(team: Team, inspection: VillageInspection | None, kind: str, taken: int) -> str:
    return f"{number_head(team, inspection)}-{kind}-{taken:04d}"
