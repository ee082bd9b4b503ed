"""Reading marks: which content of a paper a person has looked at.

They are no business writes: nothing follows from them for anybody else, and a line in the trail for each paper that is
opened would bury what was done. So they leave no audit entry. All of them are written here and nowhere else.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.models import AuditEntry
from findings.models import Finding, Look


@transaction.atomic
def note_look(*, actor: Any, finding: Finding) -> tuple[Look, bool]:
    """Remember that ``actor`` has opened ``finding`` as it stands; the flag says that it had changed since.

    The mark then keeps where the trail stood at the look before, so that the changes can still be read when the
    paper is opened once more.
    """
    look = Look.objects.filter(user=actor, finding=finding).first()
    if look is not None and look.seen_revision == finding.revision:
        return look, False
    changed = look is not None
    fresh = _mark(actor, finding, _newest([finding]))
    if look is not None:
        fresh.before_entry, fresh.before_at = look.seen_entry, look.seen_at
    _keep([fresh], ["before_entry", "before_at"])
    return fresh, changed


@transaction.atomic
def note_own_step(*, actor: Any, findings: list[Finding]) -> None:
    """What ``actor`` has just done to ``findings`` is no news for the same person."""
    newest = _newest(findings)
    _keep([_mark(actor, finding, newest) for finding in findings], [])


def _newest(findings: list[Finding]) -> dict[str, int]:
    """Number of the newest entry of the trail about each of ``findings``."""
    keys = [str(finding.pk) for finding in findings]
    entries = AuditEntry.objects.filter(target_type=Finding._meta.label_lower, target_id__in=keys)
    return dict(entries.order_by().values_list("target_id").annotate(Max("seq")))


def _mark(actor: Any, finding: Finding, newest: dict[str, int]) -> Look:
    return Look(
        user=actor,
        finding=finding,
        seen_revision=finding.revision,
        seen_entry=newest.get(str(finding.pk), 0),
        seen_at=clock.now(),
    )


def _keep(looks: list[Look], more: list[str]) -> None:
    """Insert, or overwrite the person's earlier mark: two windows of one person may open a paper at once."""
    Look.objects.bulk_create(
        looks,
        update_conflicts=True,
        unique_fields=["user", "finding"],
        update_fields=["seen_revision", "seen_entry", "seen_at", *more],
    )
