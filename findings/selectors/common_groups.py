"""Common problems as a viewer sees them: all figures of a group, and the papers that are his to read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from core.listing import Page, capped_count, keyset
from findings.models import CommonGroup, CommonIndex, CommonMember, Finding, GroupStatus, Lead
from findings.rules.common import ENOUGH, Share, Text
from findings.rules.likeness import highlighted
from findings.selectors.common_texts import compared_findings, shelf_of, text_of
from villages.models import Round, VillageInspection

# Wordings shown of a group in the list; words of a paper shown there.
_SHOWN, _WORDS = 3, 90
_ON_PAGE = 20
_MEMBERS = 100
# A single paper is shown beside a group from this share of the likeness that would join it.
_LOOKS_NEAR = 0.6
_JOINED = (
    "finding__village", "finding__team", "finding__round", "lead__village", "lead__team", "village", "town", "team",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One paper of a group in its own words, in pieces, each with whether the group shares it."""

    member: CommonMember
    title: list[tuple[str, bool]]
    words: list[tuple[str, bool]]


@dataclass(frozen=True)
class GroupLine:
    """One group in a list. ``hidden``: papers the viewer may not read, which only count."""

    group: CommonGroup
    name: str
    keywords: list[str]
    wordings: list[Wording]
    shares: list[Share]
    hidden: int


@dataclass(frozen=True)
class GroupList:
    """A page of groups, and how many there are of each state."""

    page: Page
    lines: list[GroupLine]
    count: tuple[int, bool]
    states: dict[str, int] = field(default_factory=dict)


def groups_of(viewer: Any, round_: Round) -> QuerySet[CommonGroup]:
    """Groups of a round the viewer may see."""
    return CommonGroup.objects.visible_to(viewer).filter(round=round_)


def group_list(viewer: Any, round_: Round, status: str, *, cursor: str = "") -> GroupList:
    """Groups of one state, the widest first; a fixed number of queries."""
    rows = groups_of(viewer, round_)
    chosen = rows.filter(status=status)
    page = keyset(chosen, order=["-villages", "id"], cursor=cursor, size=_ON_PAGE)
    states = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    return GroupList(page, lines_of(viewer, round_, page.rows), capped_count(chosen), states)


def lines_of(viewer: Any, round_: Round, groups: Sequence[CommonGroup]) -> list[GroupLine]:
    """Groups with their figures per town and the first wordings the viewer may read; four queries."""
    keys = [group.pk for group in groups]
    seen = CommonMember.objects.visible_to(viewer).filter(group__in=keys)
    counts = dict(seen.order_by().values_list("group").annotate(n=Count("pk")))
    ranked = seen.annotate(
        rank=Window(RowNumber(), partition_by=F("group"), order_by=[F("seq").asc(), F("id").asc()])
    ).filter(rank__lte=_SHOWN)
    first: dict[Any, list[CommonMember]] = defaultdict(list)
    for row in ranked.select_related(*_JOINED).order_by("group", "seq", "id"):
        first[row.group_id].append(row)
    shares = _shares(round_, keys)
    return [
        _line(group, first[group.pk], shares[group.pk], group.papers - counts.get(group.pk, 0))
        for group in groups
    ]


def _line(group: CommonGroup, rows: list[CommonMember], shares: list[Share], hidden: int) -> GroupLine:
    words = keywords_for(group, rows, hidden)
    name = group.name if group.named or not hidden or not rows else rows[0].paper.title
    return GroupLine(group, name, words, [wording(row, words) for row in rows], shares, max(0, hidden))


def keywords_for(group: CommonGroup, rows: Iterable[CommonMember], hidden: int) -> list[str]:
    """Of the shared words those that stand in what the viewer may read anyway."""
    if not hidden:
        return list(group.keywords)
    read = "\n".join(f"{row.paper.title}\n{_said(row.paper)}" for row in rows)
    return [word for word in group.keywords if word in read]


def _said(paper: Finding | Lead) -> str:
    return paper.text if isinstance(paper, Lead) else paper.summary


def wording(row: CommonMember, words: Iterable[str]) -> Wording:
    """A paper's words, those of the group marked."""
    said = _said(row.paper)
    short = said if len(said) <= _WORDS else f"{said[:_WORDS]}…"
    marks = list(words)
    return Wording(row, highlighted(row.paper.title, marks), highlighted(short, marks))


def _shares(round_: Round, keys: Sequence[Any]) -> dict[Any, list[Share]]:
    """Of every town that has the problem: in how many of its villages in the round."""
    inspected = VillageInspection.objects.filter(round=round_).order_by().values_list("town__name")
    every = dict(inspected.annotate(n=Count("pk")))
    found: dict[Any, list[Share]] = {key: [] for key in keys}
    rows = CommonMember.objects.filter(group__in=keys).order_by().values_list("group", "town__name")
    for key, town, count in rows.annotate(n=Count("village", distinct=True)):
        found[key].append(Share(town, count, every.get(town, count)))
    return {key: sorted(rows, key=lambda share: (-share.villages, share.town)) for key, rows in found.items()}


# --- one group --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TownLine:
    """A town with the problem: its share, and its key for a letter."""

    town: Any
    name: str
    share: Share
    papers: int


@dataclass(frozen=True)
class GroupPage:
    """One group: the papers the viewer may read, a page of them, and the towns."""

    line: GroupLine
    page: Page
    wordings: list[Wording]
    towns: list[TownLine]
    others: list[CommonGroup]


def group_page(viewer: Any, group: CommonGroup, *, cursor: str = "") -> GroupPage:
    """What stands on a group's page."""
    (line,) = lines_of(viewer, group.round, [group])
    rows = CommonMember.objects.visible_to(viewer).filter(group=group).select_related(*_JOINED)
    page = keyset(rows, order=["seq", "id"], cursor=cursor, size=_MEMBERS)
    words = keywords_for(group, page.rows, line.hidden)
    others = groups_of(viewer, group.round).exclude(status=GroupStatus.DISSOLVED).exclude(pk=group.pk)
    return GroupPage(
        line, page, [wording(row, words) for row in page.rows], _towns(group, line.shares),
        list(others.order_by("-villages", "id")[:200]),
    )  # fmt: skip


def _towns(group: CommonGroup, shares: list[Share]) -> list[TownLine]:
    rows = CommonMember.objects.filter(group=group).order_by().values("town", "town__name")
    figures = {row["town__name"]: row for row in rows.annotate(papers=Count("pk"))}
    return [
        TownLine(figures[share.town]["town"], share.town, share, figures[share.town]["papers"])
        for share in shares
    ]


# --- what stands alone ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SingleLine:
    """A paper in no group, and the group it looks most like: may it belong there after all?"""

    finding: Finding
    near: CommonGroup | None
    percent: int = 0


def single_list(
    viewer: Any, round_: Round, *, cursor: str = ""
) -> tuple[Page, list[SingleLine], tuple[int, bool]]:
    """Papers of the viewer in no group, with the nearest group; a fixed number of queries."""
    placed = CommonMember.objects.filter(finding=OuterRef("pk"))
    readable = Finding.objects.visible_to(viewer).filter(pk__in=compared_findings(round_).values("pk"))
    rows = readable.filter(~Exists(placed)).select_related(*TEXT_JOINS)
    page = keyset(rows, order=["-id"], cursor=cursor)
    return page, _near_lines(viewer, round_, page.rows), capped_count(rows)


TEXT_JOINS = ("village", "team", "round", "category", "subcategory", "watch_item__check_point")


def _near_lines(viewer: Any, round_: Round, findings: list[Finding]) -> list[SingleLine]:
    shelf = shelf_of(round_)
    groups = {str(group.pk): group for group in groups_of(viewer, round_).defer("profile")}
    lines = []
    for finding in findings:
        best = (
            next((near for near in shelf.near(text_of(finding)) if near.key in groups), None)
            if shelf
            else None
        )
        if best is None or best.alike < ENOUGH * _LOOKS_NEAR:
            lines.append(SingleLine(finding, None))
        else:
            lines.append(SingleLine(finding, groups[best.key], min(99, round(100 * best.alike / ENOUGH))))
    return lines


# --- one paper --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperCard:
    """Where one paper stands: its group, or the groups it may join."""

    line: GroupLine | None
    member: CommonMember | None
    near: list[GroupLine]
    proposed: bool


def paper_card(viewer: Any, finding: Finding) -> PaperCard:
    """The group of a paper as the viewer sees it, otherwise those it looks like, the likeliest first."""
    row = (
        CommonMember.objects.visible_to(viewer).filter(finding=finding).select_related("group__round").first()
    )
    if row is not None:
        (line,) = lines_of(viewer, row.group.round, [row.group])
        return PaperCard(line, row, [], True)
    near = near_groups(viewer, finding.round, text_of(finding))
    return PaperCard(None, None, near or [], near is not None)


def near_groups(viewer: Any, round_: Round, text: Text) -> list[GroupLine] | None:
    """Groups the viewer may see that ``text`` looks like, the likeliest first; ``None`` before the first proposal."""
    shelf = shelf_of(round_)
    if shelf is None:
        return None
    near = [found.key for found in shelf.near(text) if found.alike >= ENOUGH * _LOOKS_NEAR]
    rows = groups_of(viewer, round_).exclude(status=GroupStatus.DISSOLVED).in_bulk(near)
    known = {str(key): group for key, group in rows.items()}
    return lines_of(viewer, round_, [known[key] for key in near if key in known])


def last_proposal(round_: Round) -> CommonIndex | None:
    """When the round was last compared, and how many papers that were."""
    return CommonIndex.objects.filter(round=round_).defer("scale").first()
