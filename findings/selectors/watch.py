"""Between the watch list and the papers: what was written from an item, and what earlier rounds found in a village."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.display import money
from core.ids import key_of
from findings.models import Finding, SourceKind
from prep.models import Origin, WatchItem
from prep.services import WatchSeed
from villages.models import Round, VillageInspection
from villages.selectors.schemes import five_code

_SOURCE_OF = {
    Origin.EARLIER: SourceKind.EARLIER,
    Origin.LETTER: SourceKind.DEPARTMENT,
    Origin.CLUE: SourceKind.SURVEY,
}
_METHOD = "对照原底稿和整改材料到现场核实：改到位没有，有没有反弹"
_EVIDENCE = "原底稿、整改报告及佐证材料、近一年凭证和合同"


def watch_item_named(viewer: Any, round_: Round, key: str) -> WatchItem | None:
    """The visible item of the round whose key stands in the address."""
    rows = WatchItem.objects.visible_to(viewer).filter(round=round_, pk=key_of(key))
    return rows.select_related("category__parent").first()


def first_words(item: WatchItem) -> dict[str, Any]:
    """What a paper written from an item begins with."""
    category = item.category
    source = _SOURCE_OF.get(Origin(item.origin))
    return {
        "title": item.title,
        "category": category.parent or category if category else None,
        "subcategory": category if category and category.parent_id else None,
        "basis": [item.basis] if item.basis else [],
        "summary": item.note,
        "origins": [source] if source else [],
    }


def papers_of_item(viewer: Any, item: WatchItem) -> QuerySet[Finding]:
    """Papers written from an item, as far as the viewer may see them."""
    rows = Finding.objects.visible_to(viewer).alive().filter(watch_item=item)
    return rows.exclude(status__in=Finding.PUT_ASIDE).select_related("team", "handler").order_by("id")


# --- earlier rounds ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EarlierProblem:
    """A confirmed problem of an earlier round in the same village, and the item it became, if it was taken over."""

    finding: Finding
    known: str
    item: WatchItem | None


def earlier_problems(inspection: VillageInspection) -> list[EarlierProblem]:
    """Confirmed problems earlier rounds found in this village, newest round first; two queries.

    The team that goes there now must know them although another team wrote them, so the caller asks whether the
    viewer works in this village. Only the words of the problem come along: no evidence, no persons, no signatures.
    """
    rows = Finding.objects.confirmed().filter(
        village=inspection.village_id, round__starts_on__lt=inspection.round.starts_on
    )
    papers = list(
        rows.exclude(round=inspection.round_id)
        .select_related("round", "team", "category__scheme", "subcategory__scheme")
        .order_by("-round__starts_on", "category__order", "id")
    )
    keys = {WatchItem.key_of(Origin.EARLIER, str(paper.pk)): paper.pk for paper in papers}
    taken = WatchItem.objects.filter(inspection=inspection, source_key__in=keys)
    items = {keys[item.source_key]: item for item in taken}
    return [EarlierProblem(paper, known_of(paper), items.get(paper.pk)) for paper in papers]


def known_of(paper: Finding) -> str:
    """What became known of a problem of an earlier round, in a few lines."""
    lines = [f"{paper.round.name}底稿{paper.short_no}：{paper.summary.strip() or paper.title}"]
    if paper.amount is not None:
        lines.append(f"涉及金额{money(paper.amount)}元。")
    if paper.response_of_target.strip():
        lines.append(f"村党组织当时的意见：{paper.response_of_target.strip()}")
    if paper.disposal:
        lines.append(f"当时的处置建议：{paper.get_disposal_display()}；底稿{paper.get_status_display()}。")
    return "\n".join(lines)


def seed_of(paper: Finding) -> WatchSeed:
    """An earlier problem as an item of the present list."""
    return WatchSeed(
        title=f"上轮问题是否整改到位：{paper.title}",
        source=str(paper.pk),
        category=five_code(paper.subcategory or paper.category),
        basis="；".join(paper.basis) or "巡视巡察整改有关规定",
        method=_METHOD,
        evidence_hint=_EVIDENCE,
        note=known_of(paper),
    )
