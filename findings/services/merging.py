"""Two papers about one problem: one goes into the other, and both are kept."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.text import clean
from findings import rules
from findings.models import EvidenceItem, Finding
from findings.services.common.placing import place_paper
from findings.services.evidence import list_materials
from findings.services.revision import revise
from findings.services.thread_figures import follow_merge
from findings.workflow import FINDING_FLOW


@transaction.atomic
def merge_finding(
    *, actor: Any, finding: Finding, into: Finding, reason: str, revision: int | None = None
) -> Finding:
    """Let ``finding`` go into ``into``: it keeps number, content and signatures, and stands in no list any more.

    The kept paper takes over the materials it does not have yet, and the origins and years; sums are left to
    people, who alone know whether the two overlap. What was signed there has changed with that, so its signatures
    fall. Returns the merged paper.
    """
    if FINDING_FLOW.check(actor, finding, "merge"):
        demand(rules.can_take_in(actor, finding, into))
    FINDING_FLOW.apply(
        finding, "merge", actor=actor, revision=revision, reason=clean(reason), changes={"merged_into": into}
    )
    why = f"并入底稿{finding.short_no}"
    changes = _joined(into, finding)
    if changes:
        revise(actor=actor, finding=into, revision=None, verb="findings.take_in", changes=changes, reason=why)
    items = _missing_materials(into, finding)
    if items:
        list_materials(actor=actor, finding=into, items=items)
    follow_merge(actor=actor, finding=finding, into=into)
    place_paper(actor=actor, finding=finding)
    return finding


def _joined(into: Finding, finding: Finding) -> dict[str, Any]:
    """Origins and years of both, where the kept paper lacks some."""
    found = {}
    for name in ("origins", "years"):
        mine = list(getattr(into, name))
        more = [value for value in getattr(finding, name) if value not in mine]
        if more:
            found[name] = sorted(mine + more) if name == "years" else mine + more
    return found


def _missing_materials(into: Finding, finding: Finding) -> list[dict[str, Any]]:
    """Materials of ``finding`` that ``into`` does not list: the same file, talk or title counts once."""
    known = {_mark(item) for item in into.evidence.select_related("file", "talk", "paper", "table")}
    rows = finding.evidence.select_related("file", "talk", "paper", "table").order_by("seq")
    return [
        {
            name: getattr(item, name)
            for name in ("name", "kind", "origin", "page_range", "file", "talk", "paper", "table")
        }
        for item in rows
        if _mark(item) not in known
    ]


def _mark(item: EvidenceItem) -> tuple[str, str]:
    if item.file is not None:
        return ("file", item.file.sha256)
    if item.minutes is not None:
        # Several rows of one survey sheet are several materials.
        return ("minutes", f"{item.minutes.pk}{item.page_range if item.table else ''}")
    return ("name", item.name + item.page_range)
