"""各村对照: one figure of one year for the villages of a round, sorted, with the median."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from core.display import NOTHING, money
from ledgers.models import VillageFigures
from ledgers.rules.pictures.medians import Middle, Neighbour, middle, per_household
from ledgers.rules.pictures.points import Picture
from ledgers.rules.pictures.summary import YearSum, from_data
from ledgers.selectors.pictures.shared import chart, choices, middle_told
from villages.models import Round, Village, VillageInspection

_BARS = 30  # more are not to be read in a chart; the table has them all
Value = Callable[[YearSum, int | None], Decimal | None]


@dataclass(frozen=True)
class Measure:
    """A figure villages are put side by side by: its name, unit, the picture it comes from, how it is read."""

    label: str
    unit: str
    picture: Picture
    value: Value


MEASURES: dict[str, Measure] = {
    "expense": Measure("户均支出", "元", Picture.ACCOUNTS, lambda year, homes: per_household(year.expense, homes)),
    "income": Measure("户均收入", "元", Picture.ACCOUNTS, lambda year, homes: per_household(year.income, homes)),
    "vouchers": Measure("凭证", "张", Picture.MONTHS, lambda year, _: Decimal(year.vouchers)),
    "top": Measure(
        "前10名收款人占比", "%", Picture.PAYEES,
        lambda year, _: None if year.top_share is None else (year.top_share * 100).quantize(Decimal("0.1")),
    ),
    "arrears": Measure("户均欠租", "元", Picture.CONTRACTS, lambda year, homes: per_household(year.arrears, homes)),
}  # fmt: skip


@dataclass(frozen=True)
class VillageLine:
    """One village: its figure, how often that is the median, and its picture."""

    rank: int
    village: Village
    text: str
    times: str
    url: str


@dataclass(frozen=True)
class RoundPage:
    """Villages with the figure, the highest first, and those of which it is not known."""

    headline: str
    measure: Measure
    year: int | None
    measures: list[dict[str, str]]
    years: list[dict[str, str]]
    lines: list[VillageLine]
    unknown: list[Village]
    median: str
    chart: dict[str, Any]


def round_page(viewer: Any, round_: Round, what: str = "", year: str = "") -> RoundPage:
    """The villages of ``round_`` that ``viewer`` sees; ``year`` of the newest with books where none is chosen."""
    measure = MEASURES.get(what, MEASURES["expense"])
    seen = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    rows = VillageFigures.objects.filter(village__in=seen.values("village")).select_related("village")
    known = [(row.village, Neighbour(row.village.households, from_data(row.figures))) for row in rows]
    years = sorted({each.year for _, one in known for each in one.summary.years if each.vouchers})
    chosen = int(year) if year in map(str, years) else max(years, default=None)
    values = {village: _value(one, measure, chosen) for village, one in known}
    found = sorted(
        ((value, village) for village, value in values.items() if value is not None),
        key=lambda each: (-each[0], each[1].code),
    )
    median = middle(value for value, _ in found)
    return RoundPage(
        headline=_headline(found, measure, chosen, median),
        measure=measure,
        year=chosen,
        measures=choices(("" if key == "expense" else key, each.label) for key, each in MEASURES.items()),
        years=choices(("" if each == years[-1] else each, f"{each}年") for each in years[-6:]),
        lines=[
            _line(rank, village, value, median, measure) for rank, (value, village) in enumerate(found, 1)
        ],
        unknown=[village for village, value in values.items() if value is None],
        median=middle_told(median),
        chart=_chart(found, median, measure),
    )


def _value(one: Neighbour, measure: Measure, year: int | None) -> Decimal | None:
    sums = next((each for each in one.summary.years if each.year == year), None)
    return measure.value(sums, one.households) if sums else None


def _headline(
    found: list[tuple[Decimal, Village]], measure: Measure, year: int | None, median: Middle | None
) -> str:
    if not found:
        return "还没有可以对照的账册"
    value, village = found[0]
    said = f"{year}年{measure.label}最高的是{village.name}，{money(value)}{measure.unit}"
    if median and median.value:
        times = f"{value / median.value:.1f}倍"
        usual = f"{money(median.value)}{measure.unit}"
        said += f"，是{median.villages}个村（社区）中位数{usual}的{times}"
    return said


def _line(
    rank: int, village: Village, value: Decimal, median: Middle | None, measure: Measure
) -> VillageLine:
    times = f"{value / median.value:.1f}倍" if median and median.value else NOTHING
    return VillageLine(rank, village, money(value), times, _address(village, measure))


def _address(village: Village, measure: Measure) -> str:
    return f"{reverse('ledgers:pictures', kwargs={'pk': village.pk})}?picture={measure.picture}"


def _chart(found: list[tuple[Decimal, Village]], median: Middle | None, measure: Measure) -> dict[str, Any]:
    shown = found[:_BARS]
    data = [{"value": float(value), "url": _address(village, measure)} for value, village in shown]
    bars: dict[str, Any] = {"name": measure.label, "type": "bar", "data": data}
    if median:
        mark = {"yAxis": float(median.value), "label": {"formatter": "中位数", "position": "insideEndTop"}}
        bars["markLine"] = {"symbol": "none", "data": [mark]}
    names = [village.name for _, village in shown]
    axis = {"type": "category", "data": names, "axisLabel": {"interval": 0, "rotate": 30}}
    return chart([], measure.unit, [bars], xAxis=axis, legend={"show": False})
