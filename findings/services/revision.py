"""The one way a problem workpaper changes: raise its revision, and let signatures over older content fall."""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import audit, clock, records
from core.errors import StaleRecord
from findings.models import Finding, Signature
from findings.services.thread_figures import follow_paper
from findings.workflow import FINDING_FLOW


@transaction.atomic
def revise(
    *,
    actor: Any,
    finding: Finding,
    revision: int | None,
    verb: str,
    changes: dict[str, Any] | None = None,
    attempted: dict[str, Any] | None = None,
    reason: str = "",
) -> Finding:
    """Write ``changes`` and raise the revision, even when only a part of the paper changed.

    Under signatures the paper goes back to draft and every signature in force is cleared: none of the signers
    has seen the new content. ``attempted`` is what the person typed, for the page that shows both versions.
    Raises ``NotAllowed`` and ``StaleRecord``.
    """
    changes = changes or {}
    expected = finding.revision if revision is None else revision
    try:
        if finding.status in Finding.UNDER_SIGNATURE:
            _reopen(actor, finding, expected, changes, reason)
        else:
            records.write_revision(
                finding,
                expected,
                changes,
                attempted=changes,
                actor=actor,
                verb=verb,
                before=records.field_values(finding, list(changes)),
                reason=reason,
            )
    except StaleRecord as error:
        raise StaleRecord(error.current, attempted or {}) from None
    if "years" in changes:
        follow_paper(actor=actor, finding=finding)
    return finding


def _reopen(actor: Any, finding: Finding, revision: int, changes: dict[str, Any], reason: str) -> None:
    changes = changes | {"deputy": None, "leader": None}
    FINDING_FLOW.apply(
        finding, "reopen", actor=actor, revision=revision, changes=changes, reason=reason or "签名后修改"
    )
    drop_signatures(actor=actor, finding=finding, why=f"{actor.display_name}修改了底稿内容")


@transaction.atomic
def drop_signatures(*, actor: Any, finding: Finding, why: str) -> int:
    """Clear every signature in force, kept as history with the reason; return how many fell."""
    rows = Signature.objects.filter(finding=finding, cleared_at__isnull=True).select_related("user")
    fallen = [f"{row.get_role_display()}{row.user.display_name}" for row in rows]
    if fallen:
        rows.update(cleared_at=clock.now(), clear_reason=why[:300], revision=F("revision") + 1)
        audit.record(
            actor=actor, verb="findings.clear_signatures", target=finding, before={"签名": fallen}, reason=why
        )
    return len(fallen)
