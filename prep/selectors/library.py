"""The library as people read it: versions, points with how often they hit, and two versions beside each other."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from prep.models import AttentionClass, CheckPoint, CheckPointLibrary, WatchItem, WatchStatus
from prep.selectors.library_plan import LABELS
from prep.selectors.traits import trait_labels
from villages.models import Category, Round

# A point has hit where the problem was there: confirmed, or handed to the village to be put right.
HIT = (WatchStatus.CONFIRMED, WatchStatus.HANDED_OVER)
# So many rounds in a row without a hit suggest leaving a point out.
IDLE_ROUNDS = 2
_COMPARED = ("category", "title", "basis", "method", "evidence_hint", "traits", "attention")
_CLASSES = {str(value): str(label) for value, label in AttentionClass.choices}


@dataclass(frozen=True)
class Record:
    """How a point did over the rounds: villages in which it was verified, hits among them, the last one's round."""

    used: int = 0
    hits: int = 0
    last_hit: str = ""
    idle: bool = False


@dataclass(frozen=True)
class PointLine:
    """A point as the list shows it."""

    point: CheckPoint
    traits: str
    attention: str
    record: Record


@dataclass(frozen=True)
class PointFilters:
    """Which points are wanted; empty means all. ``show``: ``idle`` or ``off``."""

    category: str = ""
    trait: str = ""
    show: str = ""

    @classmethod
    def read(cls, data: Any) -> "PointFilters":
        """From the address of the page."""
        return cls(**{name: data.get(name, "") for name in ("category", "trait", "show")})


@dataclass(frozen=True)
class PointList:
    """The lines under the filters, and the choices with their counts."""

    lines: list[PointLine]
    total: int
    categories: list[dict[str, Any]]
    traits: list[dict[str, Any]]
    shows: list[dict[str, Any]]


def versions(viewer: Any) -> QuerySet[CheckPointLibrary]:
    """Every version, newest first, with ``point_count``, the number of points in force."""
    rows = CheckPointLibrary.objects.visible_to(viewer)
    return rows.annotate(point_count=Count("points", filter=Q(points__active=True))).order_by("-version")


def library_in_use(viewer: Any) -> CheckPointLibrary | None:
    """The version lists are drawn from."""
    return versions(viewer).filter(status=CheckPointLibrary.Status.CURRENT).first()


def point_list(viewer: Any, library: CheckPointLibrary, filters: PointFilters) -> PointList:
    """Five queries, whatever the number of points: points, categories, traits, and their record over the rounds."""
    points = list(CheckPoint.objects.visible_to(viewer).filter(library=library))
    history, labels = point_records(), trait_labels()
    lines = [_line(point, history.get(point.code, Record()), labels) for point in points]
    return PointList(
        lines=[line for line in lines if _wanted(line, filters)],
        total=len(points),
        categories=_categories(library, points),
        traits=_traits(points, labels),
        shows=[
            {"value": "", "label": "全部", "count": len(lines)},
            {"value": "idle", "label": "建议删减", "count": sum(_is_idle(line) for line in lines)},
            {"value": "off", "label": "未启用", "count": sum(not line.point.active for line in lines)},
        ],
    )


def _line(point: CheckPoint, record: Record, labels: dict[str, str]) -> PointLine:
    return PointLine(point, in_words(point.traits, labels), in_words(point.attention, _CLASSES), record)


def in_words(values: list[str], labels: dict[str, str]) -> str:
    """Stored values of a list field as their names."""
    return "、".join(labels.get(value, value) for value in values)


def _is_idle(line: PointLine) -> bool:
    return line.point.active and line.record.idle


def _wanted(line: PointLine, filters: PointFilters) -> bool:
    point = line.point
    shown = {"idle": _is_idle(line), "off": not point.active}.get(filters.show, True)
    trait = filters.trait in ("", *point.traits) or (filters.trait == "-" and not point.traits)
    return point.category.startswith(filters.category) and trait and shown


def _categories(library: CheckPointLibrary, points: list[CheckPoint]) -> list[dict[str, Any]]:
    tops = Category.objects.filter(scheme__code=library.scheme_code, parent=None).order_by(
        "scheme__version", "order"
    )
    names = dict(tops.values_list("code", "name"))
    counts = Counter(point.category[:1] for point in points)
    options = [{"value": c, "label": names.get(c, c), "count": n} for c, n in sorted(counts.items())]
    return [{"value": "", "label": "全部", "count": len(points)}, *options]


def _traits(points: list[CheckPoint], labels: dict[str, str]) -> list[dict[str, Any]]:
    counts = Counter(trait for point in points for trait in point.traits)
    options = [{"value": v, "label": label, "count": counts[v]} for v, label in labels.items() if counts[v]]
    every = sum(not point.traits for point in points)
    return [{"value": "-", "label": "不分类型", "count": every}, *options]


# --- record over the rounds -------------------------------------------------------------------------------


def point_records() -> dict[str, Record]:
    """By code of the point, over all versions: how it did. Two queries.

    Counts only, of all teams alike: which village they come from is not told.
    """
    rounds = {pk: (place, name) for place, (pk, name) in enumerate(_rounds())}
    rows = WatchItem.objects.filter(check_point__isnull=False).order_by()
    counted = rows.values_list("check_point__code", "round").annotate(
        open=Count("pk", filter=Q(status=WatchStatus.OPEN)),
        hits=Count("pk", filter=Q(status__in=HIT)),
        drawn=Count("pk"),
    )
    by_code: dict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
    for code, round_, still_open, hits, drawn in counted:
        place, name = rounds[round_]
        by_code[code].append((place, hits, drawn - still_open, name if not still_open else ""))
    names = dict(rounds.values())
    return {code: _record(sorted(found, reverse=True), names) for code, found in by_code.items()}


def _rounds() -> list[tuple[Any, str]]:
    return list(Round.objects.order_by("starts_on", "number").values_list("pk", "name"))


def _record(found: list[tuple[int, int, int, str]], names: dict[int, str]) -> Record:
    """``found``, newest round first: (place of the round, hits, verified, name when nothing is open there)."""
    settled = [hits for _, hits, used, closed in found if used and closed]
    return Record(
        used=sum(used for _, _, used, _ in found),
        hits=sum(hits for _, hits, _, _ in found),
        last_hit=next((names[place] for place, hits, _, _ in found if hits), ""),
        idle=len(settled) >= IDLE_ROUNDS and not any(settled[:IDLE_ROUNDS]) and not _hit_since(found),
    )


def _hit_since(found: list[tuple[int, int, int, str]]) -> bool:
    """Has the point hit in a round that is still going on?"""
    return any(hits for _, hits, _, closed in found if not closed)


# --- two versions -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One part of a point as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What a version brings against another one."""

    added: list[CheckPoint] = field(default_factory=list)
    changed: list[tuple[CheckPoint, list[Change]]] = field(default_factory=list)
    dropped: list[CheckPoint] = field(default_factory=list)
    same: int = 0


def compare(viewer: Any, old: CheckPointLibrary, new: CheckPointLibrary) -> Comparison:
    """Points in force of two versions, matched by their codes."""
    both = CheckPoint.objects.visible_to(viewer).filter(library__in=[old.pk, new.pk], active=True)
    before, after = ({p.code: p for p in both if p.library_id == row.pk} for row in (old, new))
    words = {"traits": trait_labels(), "attention": _CLASSES}
    pairs = [(point, _changes(before[code], point, words)) for code, point in after.items() if code in before]
    changed = [(point, changes) for point, changes in pairs if changes]
    return Comparison(
        added=[point for code, point in after.items() if code not in before],
        changed=changed,
        dropped=[point for code, point in before.items() if code not in after],
        same=len(pairs) - len(changed),
    )


def _changes(old: CheckPoint, new: CheckPoint, words: dict[str, dict[str, str]]) -> list[Change]:
    pairs = [(name, _shown(old, name, words), _shown(new, name, words)) for name in _COMPARED]
    return [Change(LABELS[name], before, after) for name, before, after in pairs if before != after]


def _shown(point: CheckPoint, name: str, words: dict[str, dict[str, str]]) -> str:
    value = getattr(point, name)
    return (in_words(value, words[name]) or "所有") if name in words else str(value)
