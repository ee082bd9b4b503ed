"""Locked results as they may be shown: by item, by aspect, by group, with what a few people answered hidden."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from core.display import percent
from surveys.models import AskedItem, Aspect, Item, OpenAnswer, Survey, respondent_groups
from surveys.rules import specification
from surveys.selectors.suppression import PAIRS, Row, pooled, shown
from surveys.selectors.tallies import Counts, digest_of, stored_counts
from villages.selectors import parameter

# A group of fewer people than this is not shown by itself.
GROUP_LEAST = 10
STEP = 5
_BARS = (
    ("1", "好", "#2a7a4d"),
    ("2", "较好", "#86b89b"),
    ("3", "一般", "#e0b25a"),
    ("4", "差", "#9b2830"),
    ("5", "不了解", "#7d8790"),
    ("0", "未答", "#b9c0c6"),
)


@dataclass(frozen=True)
class Rate:
    """The rate of 好+较好 among the opinions: one number, an interval, or nothing that may be said."""

    low: Fraction | None
    high: Fraction | None

    @property
    def text(self) -> str:
        """``93.3%``, or ``90%—98%`` where the exact number would say what a few people answered."""
        if self.low is None or self.high is None:
            return "—"
        if self.low == self.high:
            return percent(self.low.numerator, self.low.denominator)
        low, high = self.low * 100, -((-self.high * 100) // 1)
        return f"{int(low)}%—{int(high)}%"

    @property
    def value(self) -> float | None:
        """For drawing: the exact rate, or the lower end, from 0 to 100."""
        return None if self.low is None else round(float(self.low * 100), 1)


@dataclass(frozen=True)
class Part:
    """One cell of an item's line, or a pair of which only the sum may be shown; ``None``: neither."""

    value: int | None
    span: int = 1


@dataclass(frozen=True)
class ItemLine:
    """One item: its row of counts as it may be shown, and its rate."""

    number: int
    aspect: str
    text: str
    row: Row
    rate: Rate

    @property
    def parts(self) -> list[Part]:
        """The six cells from 好 to 未答, a pair drawn together where its cells are hidden."""
        parts: list[Part] = []
        for pair, total in zip(PAIRS, self.row.pairs, strict=True):
            cells = [self.row.cells[digit] for digit in pair]
            parts += [Part(total, 2)] if cells[0] is None else [Part(value) for value in cells]
        return parts


@dataclass(frozen=True)
class GroupLine:
    """One group: how many sheets (``None`` where hidden), and its rate for each aspect in words."""

    label: str
    sheets: int | None
    rates: list[str]


@dataclass(frozen=True)
class Results:
    """What may be shown of one locked survey."""

    sheets: int
    least: int
    items: list[ItemLine]
    aspects: list[tuple[str, Rate]]
    groups: list[GroupLine]
    words: list[str]
    digest: str
    intact: bool

    group_least: int = GROUP_LEAST

    @property
    def radar(self) -> list[tuple[str, float | None]]:
        """The aspects for drawing."""
        return [(name, rate.value) for name, rate in self.aspects]

    @property
    def bars(self) -> dict[str, Any]:
        """Stacked bars of all items (an ECharts option): shown cells, and what is not shown apart in grey."""
        lines = list(reversed(self.items))
        series = [
            _series(label, colour, [line.row.cells[digit] for line in lines])
            for digit, label, colour in _BARS
        ]
        rest = [line.row.total - sum(value or 0 for value in line.row.cells.values()) for line in lines]
        series.append(_series("不单列", "#d5d9dd", rest))
        names = [f"第{line.number}题" for line in lines]
        return {
            "legend": {"left": 0},
            "xAxis": {"type": "value", "max": self.sheets, "minInterval": 1},
            "yAxis": {"type": "category", "data": names},
            "series": [one for one in series if any(one["data"])],
        }

    @property
    def enough(self) -> bool:
        """Are there enough sheets to show anything?"""
        return self.sheets >= self.least


def _series(name: str, colour: str, data: Sequence[int | None]) -> dict[str, Any]:
    return {"name": name, "type": "bar", "stack": "all", "itemStyle": {"color": colour}, "data": data}


def results(viewer: Any, survey: Survey) -> Results | None:
    """The results of a survey the viewer has been shown; ``None`` until they are locked."""
    if survey.status != Survey.Status.LOCKED:
        return None
    least = int(parameter(survey.round, "small_group_min"))
    compiled = specification(survey.questionnaire)
    counts = stored_counts(survey, compiled)
    items = [question for question in compiled.questions if question.kind == Item.Kind.SCALE5]
    rated = {question.aspect for question in items}
    known = Aspect.objects.filter(questionnaire=survey.questionnaire_id)
    aspects = [aspect for aspect in known if aspect.name in rated]
    lines = [_item_line(item, counts.get("", {}).get(item.start + 1, Counter()), least) for item in items]
    total = lines[0].row.total if lines else 0
    return Results(
        sheets=total,
        least=least,
        items=lines,
        aspects=[(aspect.name, _pooled(lines, aspect.name)) for aspect in aspects],
        groups=_groups(counts, items, aspects, least, total),
        words=_words(survey, total, least),
        digest=survey.result_hash,
        intact=digest_of(counts) == survey.result_hash,
    )


def _item_line(item: AskedItem, counts: Counter[str], least: int) -> ItemLine:
    row = shown(counts, least)
    return ItemLine(item.number, item.aspect, item.text, row, Rate(row.low, row.high))


def _pooled(lines: list[ItemLine], aspect: str) -> Rate:
    """From what is shown of the items, so that an aspect never tells what its items hide."""
    return Rate(*pooled([line.row for line in lines if line.aspect == aspect]))


def _groups(
    counts: Counts, items: list[AskedItem], aspects: list[Aspect], least: int, total: int
) -> list[GroupLine]:
    names = {row.code: row.name for row in respondent_groups()}
    sizes = {group: _size(counts.get(group, {})) for group in names}
    hidden = hidden_groups(sizes, total)
    lines = []
    for group, size in sizes.items():
        if not size:
            continue
        rates = [_about(counts[group], items, aspect, least) for aspect in aspects]
        closed = group in hidden
        lines.append(GroupLine(names[group], None if closed else size, [] if closed else rates))
    return lines


def _about(columns: dict[int, Counter[str]], items: list[AskedItem], aspect: Aspect, least: int) -> str:
    """A group's rate for an aspect, to the nearest 5 %: enough to compare groups, too coarse to subtract them."""
    places = [item.start + 1 for item in items if item.aspect == aspect.name]
    together = sum((columns.get(place, Counter()) for place in places), Counter())
    opinions = sum(together[digit] for digit in "1234")
    if opinions < least:
        return "—"
    share = Fraction(100 * (together["1"] + together["2"]), opinions)
    return f"约{int(share / STEP + Fraction(1, 2)) * STEP}%"


def _size(columns: dict[int, Counter[str]]) -> int:
    return next(iter(columns.values())).total() if columns else 0


def hidden_groups(sizes: dict[str, int], total: int) -> set[str]:
    """Groups too small to show; were there just one, the total would give it away, so the next smallest goes too.

    Sheets without a group are one more part of the total that nobody sees.
    """
    filled = {group: size for group, size in sizes.items() if size}
    hidden = {group for group, size in filled.items() if size < GROUP_LEAST}
    unnamed = total - sum(filled.values())
    rest = sorted((group for group in filled if group not in hidden), key=lambda group: filled[group])
    if rest and (hidden or 0 < unnamed < GROUP_LEAST) and len(hidden) + bool(unnamed) == 1:
        hidden.add(rest[0])
    return hidden


def _words(survey: Survey, total: int, least: int) -> list[str]:
    """What was written, in an order of chance (the key is random)."""
    if total < least:
        return []
    return list(OpenAnswer.objects.filter(survey=survey).order_by("pk").values_list("text", flat=True))
