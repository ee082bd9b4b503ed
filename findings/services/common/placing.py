"""One paper more: it joins a group or stays single as soon as it is saved, without the round being read again."""

from typing import Any

from django.db import transaction

from core import audit, records
from findings.models import CommonGroup, CommonMember, Finding, Lead
from findings.rules.common import ENOUGH, standing
from findings.selectors.common_texts import sayings_of, shelf_of, text_of
from findings.services.common.deciding import member_of
from findings.services.common.figures import keys_of, paper_fields, recount

# What of a finding is read to place it.
PLACED_WITH = ("inspection", "round", "village", "category", "subcategory", "watch_item__check_point")


@transaction.atomic
def place_paper(*, actor: Any, finding: Finding) -> CommonMember | None:
    """Put a new or changed finding where it belongs by the machine's lights; what people decided stays.

    One that was deleted, withdrawn or merged leaves its group.
    """
    row = member_of(finding)
    if finding.deleted_at or finding.status in Finding.PUT_ASIDE:
        _leave(actor, finding, row)
        return None
    if row is not None and row.sure:
        return row
    shelf = shelf_of(finding.round)
    if shelf is None:
        return row
    best = next((near for near in shelf.near(text_of(finding), 1) if near.alike >= ENOUGH), None)
    if row is not None and best is not None and str(row.group_id) == best.key:
        return row
    _leave(actor, finding, row)
    group = CommonGroup.objects.select_related("round").get(pk=best.key) if best else None
    if group is None or _judged_apart(finding, group):
        return None
    found = CommonMember(**paper_fields(finding), group=group, seq=group.papers + 1)
    records.create(found, actor=actor, verb="findings.common.place")
    recount(actor=actor, group=group, verb="findings.common.place", words=False)
    return found


@transaction.atomic
def replace_lead(*, actor: Any, lead: Lead, finding: Finding | None = None) -> None:
    """Let ``finding`` stand where the lead it came from stood, so that one problem is counted once.

    Without ``finding`` the lead only leaves: it is concluded.
    """
    row = member_of(lead)
    if row is None:
        return
    if finding is None or member_of(finding) is not None:
        _leave(actor, lead, row)
    else:
        records.update(
            row,
            actor=actor,
            verb="findings.common.place",
            revision=None,
            changes={"lead": None, "finding": finding},
        )


def _leave(actor: Any, paper: Finding | Lead, row: CommonMember | None) -> None:
    if row is None:
        return
    group = row.group
    row.delete()
    audit.record(actor=actor, verb="findings.common.take", target=paper)
    recount(actor=actor, group=group, verb="findings.common.place", words=False)


def _judged_apart(finding: Finding, group: CommonGroup) -> bool:
    """Did somebody say that the paper is not one problem with one of the group's?"""
    _, apart = standing(sayings_of(finding.round))
    key, others = str(finding.pk), set(keys_of(group))
    return any(key in pair and not others.isdisjoint(pair) for pair in apart)
