"""What has been collected for each topic, and where it is still thin."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from core.listing import Page, keyset
from findings.models import Commonality, Finding, FindingStatus, Severity, Topic, TopicPaper
from villages.models import Round, VillageInspection

# Below this share of the round's villages a special report speaks for some places only.
_ENOUGH_VILLAGES = 0.5
_ENOUGH_PAPERS = 5
_SIGNED = (FindingStatus.SIGNED, FindingStatus.FILED)


@dataclass(frozen=True)
class TopicLine:
    """One topic in figures, as the viewer sees its papers; ``thin``: what is still missing, in words."""

    topic: Topic
    papers: int
    villages: int
    key: int
    signed: int
    amount: Decimal
    thin: list[str]


def topics_of(viewer: Any, round_: Round) -> list[TopicLine]:
    """Every topic of the round with what has been collected; three queries however many there are."""
    seen = _live(TopicPaper.objects.visible_to(viewer).filter(round=round_))
    figures = {row["topic"]: row for row in seen.order_by().values("topic").annotate(**_FIGURES)}
    villages = VillageInspection.objects.visible_to(viewer).filter(round=round_).count()
    topics = Topic.objects.visible_to(viewer).filter(round=round_)
    return [_line(topic, figures.get(topic.pk, {}), villages) for topic in topics]


_FIGURES = {
    "papers": Count("pk"),
    "villages": Count("village", distinct=True),
    "key": Count("pk", filter=Q(finding__severity=Severity.KEY)),
    "signed": Count("pk", filter=Q(finding__status__in=_SIGNED)),
    "weak": Count("pk", filter=Q(finding__strength__lte=1)),
    "common": Count("pk", filter=Q(finding__commonality=Commonality.COMMON)),
    "amount": Sum("finding__amount"),
}


def _live(rows: Any) -> Any:
    """Papers that still stand."""
    return rows.filter(finding__deleted_at__isnull=True).exclude(finding__status__in=Finding.PUT_ASIDE)


def _line(topic: Topic, figures: dict[str, Any], villages: int) -> TopicLine:
    count = {name: figures.get(name) or 0 for name in _FIGURES}
    return TopicLine(
        topic=topic, papers=count["papers"], villages=count["villages"], key=count["key"], signed=count["signed"],
        amount=Decimal(count["amount"]), thin=_thin(count, villages),
    )  # fmt: skip


def _thin(count: dict[str, Any], villages: int) -> list[str]:
    """Where the material does not carry a report yet; empty when it does."""
    if not count["papers"]:
        return ["还没有底稿"]
    found = []
    if count["papers"] < _ENOUGH_PAPERS:
        found.append(f"只有{count['papers']}份底稿")
    if count["villages"] < villages * _ENOUGH_VILLAGES:
        found.append(f"只涉及{count['villages']}个村（社区），共{villages}个")
    if count["weak"]:
        found.append(f"{count['weak']}份佐证不足两类")
    if count["papers"] > count["signed"]:
        found.append(f"{count['papers'] - count['signed']}份还没有审签")
    if not count["common"]:
        found.append("没有共性问题")
    return found


def topic_papers(viewer: Any, topic: Topic, *, cursor: str = "") -> Page:
    """The papers of a topic the viewer may see, the latest put there first."""
    rows = _live(TopicPaper.objects.visible_to(viewer).filter(topic=topic))
    joined = rows.select_related("finding__category", "finding__team", "finding__round", "village")
    return keyset(joined, order=["-id"], cursor=cursor, size=50)


def topics_of_paper(viewer: Any, finding: Finding) -> list[TopicPaper]:
    """The topics a paper has been put to."""
    rows = TopicPaper.objects.visible_to(viewer).filter(finding=finding)
    return list(rows.select_related("topic").order_by("topic_id"))


def open_topics(viewer: Any, finding: Finding) -> list[Topic]:
    """Topics a paper may still be put to."""
    rows = Topic.objects.visible_to(viewer).filter(round=finding.round_id, closed_on__isnull=True)
    return list(rows.exclude(papers__finding=finding))
