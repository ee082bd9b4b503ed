"""What people do with common problems: accept, split, merge, name, put papers in and take them out, give up.

Every decision is remembered and teaches the next proposal.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from findings.models import CommonGroup, CommonMember, Finding, GroupStatus, Lead
from findings.rules.grouping import can_decide_common, can_group_paper
from findings.services.common.figures import keys_of, paper_fields, recount, remember
from findings.workflow.common import COMMON_FLOW


@transaction.atomic
def accept_group(*, actor: Any, group: CommonGroup, revision: int | None = None) -> CommonGroup:
    """Say that all its papers are one problem of several villages."""
    changes = {"accepted_on": clock.today(), "accepted_by_name": actor.display_name}
    COMMON_FLOW.apply(group, "accept", actor=actor, revision=revision, changes=changes)
    CommonMember.objects.filter(group=group).update(sure=True)
    remember(actor=actor, round_=group.round, left=keys_of(group), together=True)
    return group


@transaction.atomic
def dissolve_group(
    *, actor: Any, group: CommonGroup, revision: int | None = None, reason: str = ""
) -> CommonGroup:
    """Give a group up: its papers stand alone again and are not proposed with each other any more."""
    COMMON_FLOW.apply(group, "dissolve", actor=actor, revision=revision, reason=clean(reason).strip())
    keys = keys_of(group)
    remember(actor=actor, round_=group.round, left=keys, right=keys, together=False)
    CommonMember.objects.filter(group=group).delete()
    return group


@transaction.atomic
def name_group(
    *, actor: Any, group: CommonGroup, revision: int, name: str, description: str = ""
) -> CommonGroup:
    """Say in people's words what the problem is; the name stays with the group in later proposals."""
    demand(can_decide_common(actor, group))
    title = " ".join(clean(name).split())[:120]
    if not title:
        raise ServiceError("请填写共性问题的名称。", "name")
    changes = {"name": title, "description": clean(description).strip(), "named": True}
    return records.update(group, actor=actor, verb="findings.common.name", revision=revision, changes=changes)


@transaction.atomic
def split_group(
    *, actor: Any, group: CommonGroup, revision: int, members: Collection[Any], apart: bool = False
) -> CommonGroup:
    """Take ``members`` (keys of member rows) out: as a group of their own, or ``apart``, each standing alone.

    Returns the new group, or the old one where none was made.
    """
    demand(can_decide_common(actor, group))
    rows = list(CommonMember.objects.filter(group=group, pk__in=members).select_related("finding", "lead"))
    if not rows:
        raise ServiceError("请勾选要拆出的问题。")
    out, left = [row.key for row in rows], set(keys_of(group))
    rest = left.difference(out)
    if not rest:
        raise ServiceError("组内至少留一个问题；全部不是共性的，请撤销这一组。")
    remember(actor=actor, round_=group.round, left=out, right=out if apart else (), together=not apart)
    remember(actor=actor, round_=group.round, left=out, right=rest, together=False)
    if group.status == GroupStatus.ACCEPTED:
        remember(actor=actor, round_=group.round, left=rest, together=True)
    made = group
    if apart or len(rows) == 1:
        CommonMember.objects.filter(pk__in=[row.pk for row in rows]).delete()
    else:
        made = _begin(actor, group.round, rows[0].paper.title)
        CommonMember.objects.filter(pk__in=[row.pk for row in rows]).update(group=made, sure=True)
        recount(actor=actor, group=made, verb="findings.common.split")
    recount(actor=actor, group=group, verb="findings.common.split", revision=revision)
    return made


def _begin(actor: Any, round_: Any, name: str) -> CommonGroup:
    row = CommonGroup(round=round_, name=name[:120])
    return records.create(row, actor=actor, verb="findings.common.begin")


@transaction.atomic
def merge_groups(*, actor: Any, group: CommonGroup, revision: int, into: CommonGroup) -> CommonGroup:
    """Put all papers of ``group`` into ``into``; the emptied group is given up."""
    demand(can_decide_common(actor, group))
    demand(can_decide_common(actor, into))
    if group.pk == into.pk or group.round_id != into.round_id or into.status == GroupStatus.DISSOLVED:
        raise ServiceError("请选择本轮次的另一组共性问题。", "into")
    keys = keys_of(group) + keys_of(into)
    last = CommonMember.objects.filter(group=into).count()
    reason = f"并入“{into.name}”"
    changes = {"papers": 0, "villages": 0}
    COMMON_FLOW.apply(group, "dissolve", actor=actor, revision=revision, reason=reason, changes=changes)
    for number, row in enumerate(CommonMember.objects.filter(group=group).order_by("seq", "id"), last + 1):
        CommonMember.objects.filter(pk=row.pk).update(group=into, seq=number, sure=True)
    remember(actor=actor, round_=into.round, left=keys, together=True)
    return recount(actor=actor, group=into, verb="findings.common.merge")


@transaction.atomic
def put_to_group(*, actor: Any, paper: Finding | Lead, group: CommonGroup) -> CommonMember:
    """Say that the paper is this problem, wherever it stood before."""
    demand(can_group_paper(actor, paper))
    if group.round_id != paper.round_id or group.status == GroupStatus.DISSOLVED:
        raise ServiceError("请选择本轮次的一组共性问题。", "group")
    fields = paper_fields(paper)
    known = member_of(paper)
    if known is not None and known.group_id == group.pk:
        if not known.sure:
            records.update(
                known, actor=actor, verb="findings.common.put", revision=None, changes={"sure": True}
            )
            remember(actor=actor, round_=group.round, left=[known.key, *keys_of(group)[:1]], together=True)
        return known
    if known is not None:
        take_from_group(actor=actor, paper=paper)
    beside = keys_of(group)
    row = CommonMember(**fields, group=group, seq=len(beside) + 1, sure=True)
    records.create(row, actor=actor, verb="findings.common.put")
    remember(actor=actor, round_=group.round, left={row.key, *beside[:1]}, together=True)
    recount(actor=actor, group=group, verb="findings.common.put")
    return row


@transaction.atomic
def take_from_group(*, actor: Any, paper: Finding | Lead) -> CommonGroup:
    """Say that the paper is not this problem; it stands alone."""
    demand(can_group_paper(actor, paper))
    row = member_of(paper)
    if row is None:
        raise ServiceError("这个问题不在任何一组共性问题里。")
    group, key = row.group, row.key
    row.delete()
    audit.record(actor=actor, verb="findings.common.take", target=paper)
    remember(actor=actor, round_=group.round, left=[key], right=keys_of(group), together=False)
    return recount(actor=actor, group=group, verb="findings.common.take")


def member_of(paper: Finding | Lead) -> CommonMember | None:
    """Where the paper stands."""
    rows = CommonMember.objects.select_related("group__round")
    return rows.filter(**{"finding" if isinstance(paper, Finding) else "lead": paper}).first()
