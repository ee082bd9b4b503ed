"""One paper with everything around it, as its page and its printed form show it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Prefetch, QuerySet, When, prefetch_related_objects
from django.utils import timezone

from core.display import NOTHING, money
from findings import rules
from findings.documents import EvidenceLine, PaperData, SignatureLine, StepLine
from findings.models import (
    Discipline,
    DiscoveryStep,
    EvidenceItem,
    Finding,
    FindingPerson,
    FindingStatus,
    Responsibility,
    Signature,
    SignRole,
)
from findings.selectors.content import content_hash

CHAIN = (SignRole.HANDLER, SignRole.DEPUTY, SignRole.LEADER)
_WORDS = {SignRole.HANDLER: "经办", SignRole.DEPUTY: "复核", SignRole.LEADER: "审签"}


@dataclass(frozen=True)
class Link:
    """One place in the chain of signatures: signed by whom and when, or whose turn it is."""

    role: str
    label: str
    word: str
    signature: Signature | None
    now: bool
    name: str = ""


def with_relations(papers: Any) -> Any:
    """Join what rules and pages of a paper read."""
    return papers.select_related(
        "inspection",
        "round",
        "team",
        "village",
        "town",
        "category",
        "subcategory",
        "handler",
        "deputy",
        "leader",
        "watch_item",
    )


def evidence_of(finding: Finding) -> list[EvidenceItem]:
    """The materials in order, with their files and talks."""
    return list(finding.evidence.select_related("file", "talk", "paper", "table").order_by("seq"))


def signatures_of(finding: Finding) -> list[Signature]:
    """Every signature ever given, oldest first, cleared ones included."""
    return list(finding.signatures.select_related("user").order_by("at", "id"))


def chain(finding: Finding, signatures: list[Signature]) -> list[Link]:
    """经办人 → 副组长 → 组长 as they stand now."""
    live = {mark.role: mark for mark in signatures if mark.cleared_at is None}
    turn = {
        FindingStatus.DRAFT: SignRole.HANDLER,
        FindingStatus.RETURNED: SignRole.HANDLER,
        FindingStatus.CHECKING: SignRole.DEPUTY,
        FindingStatus.SIGNING: SignRole.LEADER,
    }.get(FindingStatus(finding.status))
    links = []
    for role in CHAIN:
        mark = live.get(role)
        name = (
            mark.user.display_name
            if mark
            else finding.handler.display_name
            if role == SignRole.HANDLER
            else ""
        )
        links.append(Link(role, role.label, _WORDS[role], mark, role == turn and mark is None, name))
    return links


def seal_broken(finding: Finding, signatures: list[Signature]) -> bool:
    """Do the signatures in force stand over other content than the paper's present one?"""
    digests = {mark.content_hash for mark in signatures if mark.cleared_at is None}
    return bool(digests) and digests != {content_hash(finding)}


def persons_of(viewer: Any, finding: Finding) -> QuerySet[FindingPerson] | None:
    """Persons concerned, or ``None`` for those who must not know that there are any."""
    if not rules.can_see_persons(viewer, finding):
        return None
    return FindingPerson.objects.visible_to(viewer).filter(finding=finding)


@dataclass(frozen=True)
class Alike:
    """What is known of the same kind of problem: earlier rounds here, other villages now, papers to lay beside it."""

    earlier: list[Finding]
    villages: list[str]
    papers: list[Finding]


def alike(viewer: Any, finding: Finding) -> Alike:
    """Papers of the same second-level category: of this village in other rounds, of other villages in this one."""
    if finding.subcategory is None:
        return Alike([], [], [])
    same = Finding.objects.visible_to(viewer).alive().exclude(status__in=Finding.PUT_ASIDE)
    earlier = (
        same.filter(village=finding.village_id, subcategory__code=finding.subcategory.code)
        .exclude(round=finding.round_id)
        .select_related("round", "village", "team")
        .order_by("-round__year", "-id")[:3]
    )
    others = same.filter(round=finding.round_id, subcategory=finding.subcategory_id).exclude(
        village=finding.village_id
    )
    names = others.order_by("village__code").values_list("village__name", flat=True).distinct()
    here = Case(When(village=finding.village_id, then=0), default=1)
    papers = same.filter(round=finding.round_id, subcategory=finding.subcategory_id).exclude(pk=finding.pk)
    near = papers.select_related("village", "team", "round").order_by(here, "id")[:4]
    return Alike(list(earlier), list(names[:12]), list(near))


def merge_candidates(viewer: Any, finding: Finding) -> QuerySet[Finding]:
    """Papers of the same village that ``finding`` may go into, alike ones first."""
    papers = Finding.objects.visible_to(viewer).alive().filter(inspection=finding.inspection_id)
    open_ones = papers.exclude(status__in=[*Finding.PUT_ASIDE, FindingStatus.FILED]).exclude(pk=finding.pk)
    near = Case(
        When(subcategory=finding.subcategory_id, then=0),
        When(category=finding.category_id, then=1),
        default=2,
    )
    return open_ones.select_related("team").order_by(near, "id")


def merged_papers(viewer: Any, finding: Finding) -> list[Finding]:
    """Papers that went into ``finding``."""
    return list(
        Finding.objects.visible_to(viewer).filter(merged_into=finding).select_related("team").order_by("id")
    )


def printed_parts() -> tuple[Any, ...]:
    """What :func:`paper_data` reads beside the paper itself, to be fetched for many papers at once."""
    return (
        Prefetch("signatures", Signature.objects.select_related("user").order_by("at", "id")),
        Prefetch("evidence", EvidenceItem.objects.select_related("file", "talk", "paper").order_by("seq")),
        Prefetch("steps", DiscoveryStep.objects.order_by("seq")),
    )


def paper_data(finding: Finding) -> PaperData:
    """The paper in words, for print and Word; names of persons concerned stay out."""
    prefetch_related_objects([finding], *printed_parts())
    links = chain(finding, list(finding.signatures.all()))
    number = finding.no or f"{finding.draft_no}（预编号）"
    return PaperData(
        number=number,
        prepared_on=finding.prepared_on,
        office=f"{finding.round.district.name}委巡察办",
        round=finding.round.name,
        team=finding.team.name,
        village=f"{finding.town.name}{finding.village.name}党组织",
        villager_groups=finding.villager_groups or NOTHING,
        title=finding.title,
        category=_category(finding),
        weight=f"{finding.get_severity_display()}问题、{finding.get_commonality_display()}问题",
        period=finding.period,
        amount=money(finding.amount),
        quantity=f"{finding.quantity.normalize():f}{finding.unit}"
        if finding.quantity is not None
        else NOTHING,
        summary=finding.summary,
        origins="、".join(finding.origin_labels) or NOTHING,
        steps=tuple(
            StepLine(row.on, row.get_method_display(), row.people, row.text) for row in finding.steps.all()
        ),
        facts=finding.facts,
        evidence=tuple(_evidence_line(item) for item in finding.evidence.all()),
        basis=tuple(finding.basis),
        root_cause=finding.root_cause,
        qualification="、".join(qualifications(finding)) or NOTHING,
        response=finding.response_of_target or _no_response(finding),
        disposal=finding.get_disposal_display() or NOTHING,
        open_question=finding.open_question,
        status=finding.get_status_display(),
        signatures=tuple(
            SignatureLine(link.label, link.name if link.signature else "", _day(link.signature))
            for link in links
        ),
    )


def qualifications(finding: Finding) -> list[str]:
    """Responsibility and disciplines in words."""
    return [Responsibility(v).label for v in finding.responsibility] + [
        Discipline(v).label for v in finding.disciplines
    ]


def _category(finding: Finding) -> str:
    parts = [finding.category.name] + ([finding.subcategory.name] if finding.subcategory else [])
    return " · ".join(parts)


def _no_response(finding: Finding) -> str:
    return f"未取得反映意见：{finding.no_response_reason}" if finding.no_response_reason else ""


def _day(signature: Signature | None) -> dt.date | None:
    return timezone.localdate(signature.at) if signature else None


def _evidence_line(item: EvidenceItem) -> EvidenceLine:
    cited = item.minutes
    name = f"{item.name}（{cited.no}）" if cited and cited.no not in item.name else item.name
    return EvidenceLine(item.seq, name, item.get_kind_display(), item.get_origin_display(), item.page_range)
