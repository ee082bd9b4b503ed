"""Asking for the checks to run in the background."""

from typing import Any

from django.db import transaction

from core import clock
from core.access import demand
from core.jobs import enqueue
from core.models import Job
from ledgers.rules import handling
from ledgers.selectors.books import stamp_of
from villages.models import Round, Stage, Village, VillageInspection

# From then on nothing found changes any more.
_CLOSED = (Stage.RECTIFY, Stage.FILED)


@transaction.atomic
def request_check(*, actor: Any, round_: Round, everything: bool = False) -> Job:
    """Have the villages ``actor`` sees checked where their books changed; with ``everything`` all of them."""
    demand(handling.can_check(actor, round_))
    before = clock.now().isoformat() if everything else ""
    return enqueue(
        "ledgers.check",
        args={"round": str(round_.pk), "before": before},
        actor=actor,
        title=f"{round_.name}账册{'全部重新' if everything else ''}比对",
        dedupe=f"ledgers.check:{round_.pk}:{bool(everything)}",
        subject=round_,
    )


@transaction.atomic
def recheck_village(*, actor: Any, village: Village) -> None:
    """Have one village, and no other, checked again in the rounds in which it is still looked at.

    A change while a run is under way asks for another one. A person's run covers what that person sees; where the
    books themselves have changed, the system is the ``actor``.
    """
    stamp = stamp_of(village)
    rows = VillageInspection.objects.filter(village=village).exclude(status__in=_CLOSED)
    for inspection in rows.select_related("round"):
        enqueue(
            "ledgers.check",
            args={"round": str(inspection.round_id), "village": village.code},
            actor=actor,
            title=f"{village.name}账册比对",
            dedupe=f"ledgers.check:{inspection.pk}:{stamp}",
            subject=inspection,
        )
