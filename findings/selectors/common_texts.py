"""What of a round's findings and leads is compared to find common problems, and what must not show in its words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Sum

from findings.models import (
    CommonDecision,
    CommonGroup,
    CommonIndex,
    Finding,
    FindingPerson,
    GroupStatus,
    Lead,
    LeadCheck,
    LeadSource,
    LeadStatus,
)
from findings.rules.common import Reader, Saying, Shelf, Text, read_points
from prep.models import CheckPoint, CheckPointLibrary, CommitteeMember
from villages.models import Category, Round, Village, VillageInspection

# A lead somebody told of is not compared: its words could lead to who spoke.
COMPARED_LEADS = (LeadSource.LEDGER, LeadSource.RESULT, LeadSource.WATCH, LeadSource.TEAM)
# The longest texts are read so far; what a problem is stands at the beginning.
_READ = 1500
_SHORTEST_NAME = 2


def compared_findings(round_: Round) -> Any:
    """Findings of the round that still stand."""
    return Finding.objects.alive().filter(round=round_).exclude(status__in=Finding.PUT_ASIDE)


def compared_leads(round_: Round) -> Any:
    """Leads of the round that are neither concluded nor checked by a workpaper: from then on the finding speaks."""
    rows = Lead.objects.filter(round=round_, status=LeadStatus.OPEN, source__in=COMPARED_LEADS)
    written = LeadCheck.objects.standing().filter(lead=OuterRef("pk"), finding__isnull=False)
    return rows.exclude(Exists(written))


def texts_of(round_: Round) -> Iterator[Text]:
    """Every finding and lead as it is compared: title, what shows, category, check point and basis; nothing else."""
    names = (
        "pk", "village__code", "title", "summary", "category__code", "subcategory__code",
        "watch_item__check_point__code", "basis",
    )  # fmt: skip
    for row in compared_findings(round_).order_by("id").values_list(*names).iterator(2000):
        yield _text(*row)
    fewer = ("pk", "village__code", "title", "text", "category__code")
    for row in compared_leads(round_).order_by("id").values_list(*fewer).iterator(2000):
        yield _text(*row)


def text_of(paper: Finding | Lead) -> Text:
    """One of them."""
    if isinstance(paper, Lead):
        return _text(
            paper.pk,
            paper.village.code,
            paper.title,
            paper.text,
            paper.category.code if paper.category else None,
        )
    item, second = paper.watch_item, paper.subcategory
    point = item.check_point.code if item and item.check_point else None
    return _text(
        paper.pk, paper.village.code, paper.title, paper.summary, paper.category.code,
        second.code if second else None, point, paper.basis,
    )  # fmt: skip


def text_typed(title: str, summary: str, categories: Sequence[Category]) -> Text:
    """A paper that is still being written."""
    first = next((row.code for row in categories if row.parent_id is None), None)
    second = next((row.code for row in categories if row.parent_id is not None), None)
    return _text("", "", title, summary, first, second)


def _text(
    key: Any,
    village: str,
    title: str,
    summary: str,
    category: str | None = None,
    second: str | None = None,
    point: str | None = None,
    basis: Any = (),
) -> Text:
    words = summary[:_READ]
    return Text(str(key), village, title, words, category or "", second or "", point or "", tuple(basis))


def towns_of(round_: Round) -> dict[str, str]:
    """The town's name of every village of the round, by the village's code."""
    rows = VillageInspection.objects.filter(round=round_)
    return dict(rows.values_list("village__code", "town__name"))


def passed_over(round_: Round, unspoken: "Unspoken") -> set[str]:
    """Names of persons, and of the round's villages and towns with and without their endings: they decide nothing."""
    rows = VillageInspection.objects.filter(round=round_)
    full = {name for pair in rows.values_list("village__name", "town__name") for name in pair}
    bare = {name.removesuffix("社区").removesuffix("村") for name in full}
    return {name for name in full | bare if len(name) >= _SHORTEST_NAME} | unspoken.names


def check_points() -> tuple[Text, ...]:
    """The library of check points in force, code as key."""
    rows = CheckPoint.objects.filter(library__status=CheckPointLibrary.Status.CURRENT, active=True)
    read = rows.order_by("code").values_list("code", "title", "method", "evidence_hint")
    return tuple(Text(code, "", title, f"{method}，{hint}") for code, title, method, hint in read)


def sayings_of(round_: Round) -> list[Saying]:
    """What people said, oldest first."""
    rows = CommonDecision.objects.filter(round=round_).order_by("id").values_list("together", "left", "right")
    return [Saying(together, tuple(left), tuple(right)) for together, left, right in rows]


class Unspoken:
    """Names of persons that no word shown for a group may hold: the restricted ones of papers, and the committees."""

    def __init__(self, round_: Round) -> None:
        persons = FindingPerson.objects.filter(round=round_).values_list("name", flat=True)
        villages = Village.objects.filter(inspections__round=round_)
        members = CommitteeMember.objects.filter(village__in=villages).values_list("name", flat=True)
        self.names = {name for name in (*persons, *members) if len(name) >= _SHORTEST_NAME}
        self._pieces = {piece for name in self.names for piece in _pieces(name)}

    def free(self, word: str) -> bool:
        """Does ``word`` hold no name, and is it no part of one?"""
        return word not in self._pieces and self.names.isdisjoint(_pieces(word))

    def without(self, words: str) -> str:
        """``words`` with every name taken out."""
        for name in self.names.intersection(_pieces(words)):
            words = words.replace(name, "某")
        return words


def _pieces(word: str) -> set[str]:
    return {
        word[start:end] for start in range(len(word)) for end in range(start + _SHORTEST_NAME, len(word) + 1)
    }


def shelf_of(round_: Round) -> Shelf | None:
    """The round's groups as last proposed, to find where a paper stands; ``None`` before the first proposal.

    Two queries as long as no group has changed: what is read then is kept in the process.
    """
    proposed = CommonIndex.objects.filter(round=round_).values_list("proposed_at", flat=True).first()
    if proposed is None:
        return None
    groups = _standing_groups(round_.pk)
    state = groups.aggregate(n=Count("pk"), changes=Sum("revision"), last=Max("updated_at"))
    return _shelf(round_.pk, (proposed, *state.values()))


def _standing_groups(round_key: Any) -> Any:
    return CommonGroup.objects.filter(round=round_key).exclude(status=GroupStatus.DISSOLVED)


@lru_cache(maxsize=2)
def _shelf(round_key: Any, state: tuple[Any, ...]) -> Shelf:
    """The shelf as of ``state``, which no change of a group leaves as it is."""
    round_ = Round.objects.get(pk=round_key)
    kept = CommonIndex.objects.get(round=round_)
    profiles = {str(pk): profile for pk, profile in _standing_groups(round_key).values_list("pk", "profile")}
    return Shelf(kept.scale, profiles, Reader(passed_over(round_, Unspoken(round_))), _read(check_points()))


@lru_cache(maxsize=2)
def _read(points: tuple[Text, ...]) -> dict[str, Any]:
    return read_points(points, Reader())
