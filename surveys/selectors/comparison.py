"""Villages beside each other, and rounds after each other: rates of the aspects, and which differences mean something.

Everything rests on what may be shown of each village's items, so that no comparison tells what a result hides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from surveys.models import Item, Survey, Tally
from surveys.selectors.rates import AspectRate, verdict_word
from surveys.selectors.suppression import Row, shown
from villages.models import Round
from villages.selectors import parameter

# The lower the rate, the darker: 1 below 95 %, 5 below 65 %.
_HEAT = (95, 90, 85, 75, 65)


@dataclass(frozen=True)
class Cell:
    """One aspect of one village: its rate, and whether the rest really differs from it (1, 0, −1)."""

    found: AspectRate
    verdict: int = 0

    @property
    def text(self) -> str:
        """The rate."""
        return self.found.rate.text

    @property
    def word(self) -> str:
        """高于, 低于 or 差别在误差范围内."""
        return verdict_word(self.verdict)

    @property
    def heat(self) -> int | None:
        """0 (95 % and more) to 5 (below 65 %), for colouring; ``None`` where nothing may be said."""
        value = self.found.rate.value
        return None if value is None else sum(value < bound for bound in _HEAT)


@dataclass(frozen=True)
class SurveyRates:
    """One locked survey: sheets, rates by aspect, and the shown rows they come from."""

    survey: Survey
    sheets: int
    rows: dict[str, list[Row]]

    def rate(self, aspect: str) -> AspectRate:
        """Of one aspect."""
        return AspectRate.of(self.rows.get(aspect, []))


@dataclass(frozen=True)
class VillageLine:
    """One village in the table."""

    survey: Survey
    sheets: int
    cells: list[Cell]


@dataclass(frozen=True)
class RoundLine:
    """One whole round in the table: how many villages, and its rates beside those of the round looked at."""

    round: Round
    villages: int
    sheets: int
    cells: list[Cell]


@dataclass(frozen=True)
class Comparison:
    """All locked surveys of a round the viewer may see."""

    aspects: list[str]
    lines: list[VillageLine]
    whole: list[Cell]
    sheets: int
    earlier: list[RoundLine]
    comparisons: int

    @property
    def bars(self) -> dict[str, Any]:
        """Rates of all aspects by village as an ECharts option."""
        names = [line.survey.village.name for line in self.lines]
        series = [
            {"name": aspect, "type": "bar", "data": [line.cells[at].found.rate.value for line in self.lines]}
            for at, aspect in enumerate(self.aspects)
        ]
        return {
            "legend": {"left": 0, "type": "scroll"},
            "xAxis": {"type": "category", "data": names, "axisLabel": {"interval": 0, "rotate": 30}},
            "yAxis": {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}},
            "series": series,
        }


def locked_surveys(viewer: Any, round_: Round | None) -> QuerySet[Survey]:
    """Locked surveys of a round the viewer may see."""
    rows = Survey.objects.visible_to(viewer).filter(round=round_, status=Survey.Status.LOCKED)
    return rows.select_related("village", "town", "team", "round", "questionnaire").order_by("village__code")


def town_options(viewer: Any, round_: Round | None) -> list[dict[str, Any]]:
    """Towns with locked surveys and how many, for the filter."""
    rows = locked_surveys(viewer, round_).order_by("town__code").values_list("town__code", "town__name")
    counted = Counter(rows)
    options = [{"value": code, "label": name, "count": count} for (code, name), count in counted.items()]
    return [{"value": "", "label": "全部", "count": counted.total()}, *options]


def survey_rates(surveys: Iterable[Survey]) -> list[SurveyRates]:
    """The rates of many surveys from one query over their tallies."""
    known = list(surveys)
    counted: dict[Any, dict[tuple[int, str], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    tallies = Tally.objects.filter(survey__in=known, group="", item__kind=Item.Kind.SCALE5)
    for survey, number, aspect, level, count in tallies.values_list(
        "survey", "item__number", "item__aspect__name", "level", "count"
    ):
        counted[survey][number, aspect][level] += count
    rounds = {survey.round_id: survey.round for survey in known}
    limits = {key: int(parameter(round_, "small_group_min")) for key, round_ in rounds.items()}
    return [_rates(survey, counted[survey.pk], limits[survey.round_id]) for survey in known]


def _rates(survey: Survey, items: dict[tuple[int, str], Counter[str]], least: int) -> SurveyRates:
    rows: dict[str, list[Row]] = defaultdict(list)
    for (_, aspect), counts in sorted(items.items()):
        rows[aspect].append(shown(counts, least))
    sheets = max((counts.total() for counts in items.values()), default=0)
    return SurveyRates(survey, sheets, dict(rows))


def _together(found: Iterable[SurveyRates], aspect: str) -> AspectRate:
    """Of several villages: one person is one person wherever they live."""
    parts = [(one.rate(aspect), one.rows.get(aspect, [])) for one in found]
    pooled = AspectRate.of(row for _, rows in parts for row in rows)
    return AspectRate(pooled.rate, sum(rate.people for rate, _ in parts))


def comparison(viewer: Any, round_: Round | None, town: str = "") -> Comparison:
    """Villages of ``round_`` side by side, each against the others together; earlier rounds below."""
    found = survey_rates(locked_surveys(viewer, round_))
    aspects = list(dict.fromkeys(aspect for one in found for aspect in one.rows))
    chosen = [one for one in found if not town or one.survey.town.code == town]
    comparisons = len(chosen) * len(aspects)
    lines = [
        VillageLine(one.survey, one.sheets, [_beside(one, found, aspect, comparisons) for aspect in aspects])
        for one in chosen
    ]
    return Comparison(
        aspects=aspects,
        lines=lines,
        whole=[Cell(_together(found, aspect)) for aspect in aspects],
        sheets=sum(one.sheets for one in found),
        earlier=_earlier_rounds(viewer, round_, found, aspects),
        comparisons=comparisons,
    )


def _beside(one: SurveyRates, found: list[SurveyRates], aspect: str, comparisons: int) -> Cell:
    mine = one.rate(aspect)
    rest = _together((other for other in found if other is not one), aspect)
    return Cell(mine, mine.against(rest, comparisons))


def _earlier_rounds(
    viewer: Any, round_: Round | None, found: list[SurveyRates], aspects: list[str]
) -> list[RoundLine]:
    if round_ is None or not found:
        return []
    rows = Survey.objects.visible_to(viewer).filter(status=Survey.Status.LOCKED, round__year__lte=round_.year)
    rows = rows.exclude(round=round_).select_related("round", "village").order_by("-round__number")
    rounds: dict[Any, list[SurveyRates]] = defaultdict(list)
    for one in survey_rates(row for row in rows if row.round.number < round_.number):
        rounds[one.survey.round_id].append(one)
    comparisons = len(rounds) * len(aspects)
    return [
        RoundLine(
            group[0].survey.round, len(group), sum(one.sheets for one in group),
            [_then(group, found, aspect, comparisons) for aspect in aspects],
        )
        for group in rounds.values()
    ]  # fmt: skip


def _then(group: list[SurveyRates], now: list[SurveyRates], aspect: str, comparisons: int) -> Cell:
    then = _together(group, aspect)
    return Cell(then, _together(now, aspect).against(then, comparisons))


@dataclass(frozen=True)
class EarlierLine:
    """What the same village said in an earlier round, and whether now really differs from then."""

    round: Round
    sheets: int
    cells: list[Cell]


def earlier_of(survey: Survey) -> list[EarlierLine]:
    """Earlier locked surveys of the village of ``survey``, which the reader has been shown; aspects by name.

    Whoever may see the village's results now may see what it said before: sums only, whoever's team it was.
    """
    rows = Survey.objects.filter(village=survey.village_id, status=Survey.Status.LOCKED)
    rows = rows.filter(round__number__lt=survey.round.number).select_related("round", "village")
    then = survey_rates(rows.order_by("-round__number"))
    if not then:
        return []
    now = survey_rates([survey])[0]
    comparisons = len(then) * len(now.rows)
    return [
        EarlierLine(
            one.survey.round, one.sheets,
            [Cell(one.rate(aspect), now.rate(aspect).against(one.rate(aspect), comparisons)) for aspect in now.rows],
        )
        for one in then
    ]  # fmt: skip
