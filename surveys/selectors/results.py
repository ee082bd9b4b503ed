"""Locked results as they may be shown: by item, by aspect, by group, with what a few people answered hidden."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from surveys.models import AskedItem, Aspect, Channel, Item, OpenAnswer, Survey, respondent_groups
from surveys.rules import specification
from surveys.selectors.choices import ChoiceItem, choice_items
from surveys.selectors.rates import AspectRate, Rate
from surveys.selectors.suppression import PAIRS, Row, shown
from surveys.selectors.tallies import Counts, channel_slice, digest_of, stored_counts
from villages.selectors import parameter

# A group of fewer people than this is not shown by itself.
GROUP_LEAST = 10
STEP = 5
# A rate below this is worth asking why.
LOW_RATE = 80
_BARS = (
    ("1", "好", "#2a7a4d"),
    ("2", "较好", "#86b89b"),
    ("3", "一般", "#e0b25a"),
    ("4", "差", "#9b2830"),
    ("5", "不了解", "#7d8790"),
    ("0", "未答", "#b9c0c6"),
)


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
    def is_low(self) -> bool:
        """Is the rate low, as far as it may be said?"""
        return self.rate.value is not None and self.rate.value < LOW_RATE

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
    """One group, or one occasion: how many sheets (``None`` where hidden), and its rate for each aspect in words."""

    label: str
    sheets: int | None
    rates: list[str]


@dataclass(frozen=True)
class Results:
    """What may be shown of one locked survey."""

    sheets: int
    least: int
    items: list[ItemLine]
    rates: list[tuple[str, AspectRate]]
    groups: list[GroupLine]
    channels: list[GroupLine]
    choices: list[ChoiceItem]
    words: list[str]
    digest: str
    intact: bool

    group_least: int = GROUP_LEAST

    @property
    def aspects(self) -> list[tuple[str, Rate]]:
        """The aspects with what may be said of each."""
        return [(name, found.rate) for name, found in self.rates]

    @property
    def aspect_names(self) -> list[str]:
        """The aspects in order."""
        return [name for name, _ in self.rates]

    @property
    def now(self) -> list[Rate]:
        """The rates in the order of the aspects."""
        return [found.rate for _, found in self.rates]

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
    total = _size(counts.get("", {}))
    return Results(
        sheets=total,
        least=least,
        items=lines,
        rates=[(aspect.name, _pooled(lines, aspect.name)) for aspect in aspects],
        groups=_slices(_groups(), counts, items, aspects, least, total),
        channels=_slices(_channels(), counts, items, aspects, least, total),
        choices=choice_items(compiled.questions, counts.get("", {}), total, least),
        words=_words(survey, total, least),
        digest=survey.result_hash,
        intact=digest_of(counts) == survey.result_hash,
    )


def _item_line(item: AskedItem, counts: Counter[str], least: int) -> ItemLine:
    row = shown(counts, least)
    return ItemLine(item.number, item.aspect, item.text, row, Rate(row.low, row.high))


def _pooled(lines: list[ItemLine], aspect: str) -> AspectRate:
    """From what is shown of the items, so that an aspect never tells what its items hide."""
    return AspectRate.of(line.row for line in lines if line.aspect == aspect)


def _groups() -> dict[str, str]:
    return {row.code: row.name for row in respondent_groups()}


def _channels() -> dict[str, str]:
    return {channel_slice(channel): str(channel.label) for channel in Channel}


def _slices(
    names: dict[str, str],
    counts: Counts,
    items: list[AskedItem],
    aspects: list[Aspect],
    least: int,
    total: int,
) -> list[GroupLine]:
    """One way to cut the sheets into parts: by group, or by occasion. Never both at once."""
    sizes = {part: _size(counts.get(part, {})) for part in names}
    hidden = hidden_groups(sizes, total)
    lines = []
    for part, size in sizes.items():
        if not size:
            continue
        rates = [_about(counts[part], items, aspect, least) for aspect in aspects]
        closed = part in hidden
        lines.append(GroupLine(names[part], None if closed else size, [] if closed else rates))
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
