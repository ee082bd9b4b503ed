"""The three signatures under a problem workpaper, and what undoes or ends them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core import clock, records
from core.errors import ServiceError
from core.text import clean
from findings import rules
from findings.models import Finding, FindingStatus, Signature, SignRole
from findings.selectors.content import content_hash
from findings.services.common.placing import place_paper
from findings.services.revision import drop_signatures
from findings.services.thread_figures import follow_paper
from findings.workflow import FINDING_FLOW
from villages.access import is_office
from villages.services import next_form_number


@transaction.atomic
def sign_as_handler(*, actor: Any, finding: Finding, revision: int | None = None) -> Finding:
    """First signature: submit the complete paper for checking. The number is given here, once and for ever.

    Raises ``ServiceError`` naming what is missing.
    """
    missing = rules.missing_parts(finding) if rules.may_submit(actor, finding) else []
    if missing:
        raise ServiceError(rules.missing_sentence(missing))
    changes = {}
    if not finding.no and FINDING_FLOW.check(actor, finding, "sign_handler"):
        changes["no"] = next_form_number(actor=actor, inspection=finding.inspection, kind="DG")
    FINDING_FLOW.apply(finding, "sign_handler", actor=actor, revision=revision, changes=changes)
    return _sign(actor, finding, SignRole.HANDLER)


@transaction.atomic
def sign_as_deputy(*, actor: Any, finding: Finding, revision: int | None = None) -> Finding:
    """Second signature: a deputy leader confirms what the handler signed."""
    FINDING_FLOW.apply(finding, "sign_deputy", actor=actor, revision=revision, changes={"deputy": actor})
    return _sign(actor, finding, SignRole.DEPUTY)


@transaction.atomic
def sign_as_leader(*, actor: Any, finding: Finding, revision: int | None = None) -> Finding:
    """Third signature: the leader confirms; from now on a report may rest on the paper."""
    FINDING_FLOW.apply(finding, "sign_leader", actor=actor, revision=revision, changes={"leader": actor})
    _sign(actor, finding, SignRole.LEADER)
    follow_paper(actor=actor, finding=finding)
    return finding


def _sign(actor: Any, finding: Finding, role: SignRole) -> Finding:
    """Keep the hash of the stored content under the signature; the earlier signers must have signed the same."""
    stored = Finding.objects.select_related("category", "subcategory").get(pk=finding.pk)
    digest = content_hash(stored)
    earlier = finding.signatures.filter(cleared_at__isnull=True).exclude(content_hash=digest)
    if earlier.exists():
        raise ServiceError("底稿内容与前一签名人所签的不一致，请退回经办人重新提交。")
    mark = Signature(finding=finding, role=role, user=actor, at=clock.now(), content_hash=digest)
    records.create(mark, actor=actor, verb="findings.signature")
    return finding


@transaction.atomic
def return_finding(*, actor: Any, finding: Finding, reason: str, revision: int | None = None) -> Finding:
    """Send the paper back to its handler with a reason; the signatures under it fall."""
    changes = {"deputy": None, "leader": None}
    FINDING_FLOW.apply(
        finding, "return", actor=actor, revision=revision, reason=clean(reason), changes=changes
    )
    drop_signatures(actor=actor, finding=finding, why=f"{actor.display_name}退回：{clean(reason)}")
    return finding


@transaction.atomic
def withdraw_finding(
    *, actor: Any, finding: Finding, reason: str, group_decision: str, revision: int | None = None
) -> Finding:
    """Drop a numbered paper by decision of the team meeting: row, number, content and signatures stay."""
    if FINDING_FLOW.check(actor, finding, "withdraw") and not group_decision.strip():
        raise ServiceError("请填写组务会的研究意见（时间、参加人、结论）。", "group_decision")
    changes = {"group_decision": clean(group_decision)}
    FINDING_FLOW.apply(
        finding, "withdraw", actor=actor, revision=revision, reason=clean(reason), changes=changes
    )
    follow_paper(actor=actor, finding=finding)
    place_paper(actor=actor, finding=finding)
    return finding


@transaction.atomic
def file_finding(*, actor: Any, finding: Finding, revision: int | None = None) -> Finding:
    """Take a signed paper on file with the office; read-only from now on."""
    return FINDING_FLOW.apply(finding, "file", actor=actor, revision=revision)


@dataclass
class BulkOutcome:
    """What a step on many papers did, and what it left alone with the reason for each."""

    done: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, str]] = field(default_factory=list)


@transaction.atomic
def sign_many(*, actor: Any, findings: list[tuple[Finding, int]]) -> BulkOutcome:
    """Take the next step of each of ``findings`` (paper, revision looked at) where that step is ``actor``'s.

    Deputy and leader sign, the office takes on file.
    Each paper stands alone: a refused one is listed with its reason and changes nothing.
    """
    return _each(findings, lambda finding, revision: _sign_next(actor, finding, revision))


@transaction.atomic
def return_many(*, actor: Any, findings: list[tuple[Finding, int]], reason: str) -> BulkOutcome:
    """Send each of ``findings`` (paper, revision looked at) back with one reason, where ``actor`` may.

    Each paper stands alone, as in ``sign_many``. Raises ``ServiceError`` without a reason.
    """
    if not reason.strip():
        raise ServiceError("请填写退回的理由，说明要补充或改正什么。", "reason")

    def send_back(finding: Finding, revision: int) -> Finding:
        return return_finding(actor=actor, finding=finding, reason=reason, revision=revision)

    return _each(findings, send_back)


def _each(findings: list[tuple[Finding, int]], step: Callable[[Finding, int], Finding]) -> BulkOutcome:
    outcome = BulkOutcome()
    for finding, revision in findings:
        try:
            with transaction.atomic():
                outcome.done.append(step(finding, revision))
        except ServiceError as error:
            outcome.refused.append((finding, error.message))
    return outcome


def _sign_next(actor: Any, finding: Finding, revision: int) -> Finding:
    """The step that waits in the paper's present state; submitting is never done in bulk."""
    if finding.status == FindingStatus.CHECKING:
        return sign_as_deputy(actor=actor, finding=finding, revision=revision)
    if finding.status == FindingStatus.SIGNING:
        return sign_as_leader(actor=actor, finding=finding, revision=revision)
    if finding.status == FindingStatus.SIGNED and is_office(actor):
        return file_finding(actor=actor, finding=finding, revision=revision)
    raise ServiceError(f"当前状态为“{finding.get_status_display()}”，不在待复核、待审签。")
