"""The proposal for a whole round: read, grouped, written in one go; what people accepted stays as it is."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from core import audit, clock
from core.access import demand
from core.jobs import enqueue
from core.models.jobs import Job
from findings.models import CommonGroup, CommonIndex, CommonMember, Finding, GroupStatus
from findings.rules.common import Group, Proposal
from findings.rules.grouping import can_propose_common
from findings.selectors import common_texts as reading
from findings.selectors.common_proposal import Compared
from findings.services.common.placing import PLACED_WITH, place_paper
from villages.models import Round


@transaction.atomic
def request_proposal(*, actor: Any, round: Round) -> Job:
    """Have the whole round compared in the background."""
    demand(can_propose_common(actor, round))
    return enqueue(
        "findings.common",
        args={"round": str(round.pk)},
        actor=actor,
        title=f"横向比对 {round.name}",
        dedupe=f"findings.common:{round.pk}",
        subject=round,
    )


@transaction.atomic
def write_proposal(*, actor: Any, round: Round, compared: Compared) -> int:
    """Put the proposal in the place of the last one; the number of groups.

    A group keeps its row, and with it its address and its name, where most of its papers come from one that was there.
    """
    demand(can_propose_common(actor, round))
    Round.objects.select_for_update().get(pk=round.pk)
    places = _places(round)
    old = _old(round)
    CommonMember.objects.filter(group__round=round, sure=False).delete()
    kept = _rows(round, compared.proposal.groups, places, old)
    stale = CommonGroup.objects.filter(round=round, status=GroupStatus.PROPOSED, named=False)
    stale.exclude(pk__in=[row.pk for row, _ in kept]).exclude(members__sure=True).delete()
    CommonIndex.objects.update_or_create(
        round=round,
        defaults={
            "papers": compared.papers, "proposed_at": clock.now(), "scale": dict(compared.proposal.scale),
        },
    )  # fmt: skip
    _recount_rest(round, [row.pk for row, _ in kept])
    _place_latecomers(actor, compared.proposal, places)
    after = {"比对": compared.papers, "组": len(kept)}
    audit.record(actor=actor, verb="findings.common.propose", target=round, after=after)
    return len(kept)


def _recount_rest(round_: Round, written: list[Any]) -> None:
    """Groups of people that the proposal does not know lose what was only proposed."""
    rest = (
        CommonGroup.objects.filter(round=round_).exclude(status=GroupStatus.DISSOLVED).exclude(pk__in=written)
    )
    counted = rest.annotate(n=Count("members"), places=Count("members__village", distinct=True))
    for key, papers, villages in counted.values_list("pk", "n", "places"):
        rest.filter(pk=key).update(papers=papers, villages=villages, revision=F("revision") + 1)


def _place_latecomers(actor: Any, proposal: Proposal, places: dict[str, dict[str, Any]]) -> None:
    """Papers written while the round was being compared are placed one by one."""
    read = {key for group in proposal.groups for key in group.members}.union(proposal.singles)
    late = [
        fields["finding_id"] for key, fields in places.items() if key not in read and "finding_id" in fields
    ]
    for finding in Finding.objects.filter(pk__in=late).select_related(*PLACED_WITH):
        place_paper(actor=actor, finding=finding)


def _places(round_: Round) -> dict[str, dict[str, Any]]:
    """The member's columns of every compared paper, by key."""
    columns = ("inspection_id", "round_id", "team_id", "village_id", "town_id")
    found = {}
    for name, rows in (
        ("finding_id", reading.compared_findings(round_)), ("lead_id", reading.compared_leads(round_)),
    ):  # fmt: skip
        for key, *values in rows.values_list("pk", *columns).iterator(2000):
            found[str(key)] = dict(zip(columns, values, strict=True)) | {name: key}
    return found


def _old(round_: Round) -> dict[str, Any]:
    """The group each paper stands in now."""
    rows = CommonMember.objects.filter(group__round=round_).values_list("finding", "lead", "group")
    return {str(finding or lead): group for finding, lead, group in rows}


def _rows(
    round_: Round, groups: tuple[Group, ...], places: dict[str, dict[str, Any]], old: dict[str, Any]
) -> list[tuple[CommonGroup, Group]]:
    """The rows of groups and members, written."""
    known = {row.pk: row for row in CommonGroup.objects.filter(round=round_).exclude(status="dissolved")}
    sure = set(_sure(round_))
    unspoken = reading.Unspoken(round_)
    taken: set[Any] = set()
    found, members = [], []
    for group in groups:
        votes = Counter(old[key] for key in group.members if key in old and old[key] not in taken)
        held = [old[key] for key in group.members if key in sure]
        claim: Any = held[0] if held else votes.most_common(1)[0][0] if votes else None
        row = known.get(claim) or CommonGroup(round=round_)
        if row.pk in taken:
            row = CommonGroup(round=round_)
        taken.add(row.pk)
        _describe(row, group, unspoken, places)
        found.append((row, group))
        members += [
            CommonMember(**places[key], group=row, seq=number)
            for number, key in enumerate(group.members, 1)
            if key in places and key not in sure
        ]
    for row, _ in found:
        row.revision += not row._state.adding
        row.save()
    CommonMember.objects.bulk_create(members, batch_size=500)
    return found


def _sure(round_: Round) -> Iterable[str]:
    rows = CommonMember.objects.filter(group__round=round_, sure=True).values_list("finding", "lead")
    return (str(finding or lead) for finding, lead in rows)


def _describe(row: CommonGroup, group: Group, unspoken: Any, places: dict[str, dict[str, Any]]) -> None:
    row.keywords = [word for word in group.keywords if unspoken.free(word)]
    row.profile = dict(group.profile)
    row.papers = len(group.members)
    row.villages = len({places[key]["village_id"] for key in group.members if key in places})
    if not row.named and row.status == GroupStatus.PROPOSED:
        row.name = unspoken.without(group.label)[:120]
