"""A village's years beside those of its town and its district: five years, whether or not each has figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from prep.models import YearFigure
from villages.models import Village, VillageInspection

SPAN = 5
# A middle of fewer villages would tell what one of them has.
FEWEST = 3

_WAN = Decimal(10_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class YearLine:
    """One year in words; ``None`` and dashes where nothing is known."""

    year: int
    figure: YearFigure | None
    per_head: Decimal | None
    town: dict[str, Decimal | None]
    district: dict[str, Decimal | None]


@dataclass(frozen=True)
class YearsView:
    """Five lines, three charts (ECharts options), and in words what is missing and how it was counted."""

    lines: list[YearLine] = field(default_factory=list)
    people: int | None = None
    gap: str = ""
    middles: str = ""
    money_chart: dict[str, Any] = field(default_factory=dict)
    head_chart: dict[str, Any] = field(default_factory=dict)
    complaint_chart: dict[str, Any] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Is there any figure at all?"""
        return any(line.figure for line in self.lines)


def last_year(inspection: VillageInspection) -> int:
    """The last full year before the team enters: to it the five years of the profile lead."""
    return (inspection.entry_on.year if inspection.entry_on else inspection.round.year) - 1


def years_view(
    figures: Iterable[YearFigure], village: Village, newest: int, people: int | None = None
) -> YearsView:
    """One query for the neighbours, whatever their number. ``people``: whom to divide by, else the register's number.

    The viewer has been asked for by the caller: of other villages only the middle of at least three is shown.
    """
    known = {row.year: row for row in figures}
    newest = max([newest, *known])
    window = range(newest - SPAN + 1, newest + 1)
    people = people or village.population
    town, district = _middles(village, window)
    lines = [
        YearLine(year, known.get(year), _per_head(known.get(year), people), town[year], district[year])
        for year in window
    ]
    view = YearsView(lines, people, _gap(lines), _middles_in_words(lines))
    if not view.known:
        return view
    return YearsView(lines, people, view.gap, view.middles, _money(lines), _heads(lines), _complaints(lines))


def _per_head(figure: YearFigure | None, people: int | None) -> Decimal | None:
    if figure is None or figure.income is None or not people:
        return None
    return (figure.income / people).quantize(_CENT)


_Middle = dict[str, Decimal | None]


def _middles(village: Village, window: range) -> tuple[dict[int, _Middle], dict[int, _Middle]]:
    """By year the middle of income per head and of petitions, in the town and in the district."""
    rows = YearFigure.objects.filter(
        year__in=window, village__town__district=village.town.district_id, village__deleted_at=None
    ).values_list("year", "village__town", "income", "petitions", "village__population")
    heads: dict[tuple[int, Any], list[Decimal]] = defaultdict(list)
    petitions: dict[tuple[int, Any], list[Decimal]] = defaultdict(list)
    for year, town, income, count, people in rows:
        for place in (town, None):
            if income is not None and people:
                heads[year, place].append(income / people)
            if count is not None:
                petitions[year, place].append(Decimal(count))
    return tuple(  # type: ignore[return-value]
        {y: {"head": _middle(heads[y, place]), "petitions": _middle(petitions[y, place])} for y in window}
        for place in (village.town_id, None)
    )


def _middle(values: list[Decimal]) -> Decimal | None:
    return Decimal(median(values)).quantize(_CENT) if len(values) >= FEWEST else None


def _gap(lines: list[YearLine]) -> str:
    """What is missing, in words."""
    absent = [f"{line.year}年" for line in lines if line.figure is None]
    parts = [f"缺{'、'.join(absent)}的数据"] if absent else []
    for name, label in (
        ("income", "收入"),
        ("expense", "支出"),
        ("debt", "债务"),
        ("petitions", "信访"),
        ("cases", "案件"),
    ):
        blank = [f"{line.year}年" for line in lines if line.figure and getattr(line.figure, name) is None]
        if blank:
            parts.append(f"{label}缺{'、'.join(blank)}")
    return f"{'；'.join(parts)}。图中留空，不按零计。" if parts else ""


def _middles_in_words(lines: list[YearLine]) -> str:
    if any(line.town["head"] is not None for line in lines):
        return "中位数：把各村数值从低到高排列取中间一个。"
    if any(line.district["head"] is not None for line in lines):
        return f"本镇有数据的村不足{FEWEST}个，只列全区中位数。"
    return f"全区有数据的村不足{FEWEST}个，暂不列中位数。"


def _money(lines: list[YearLine]) -> dict[str, Any]:
    names = (("收入", "income", "bar"), ("支出", "expense", "bar"), ("年末债务", "debt", "line"))
    return _chart(
        lines,
        "万元",
        [
            {"name": label, "type": kind, "data": [_wan(getattr(line.figure, name, None)) for line in lines]}
            for label, name, kind in names
        ],
    )


def _heads(lines: list[YearLine]) -> dict[str, Any]:
    return _chart(
        lines,
        "元/人",
        [
            {"name": "本村", "type": "bar", "data": [_number(line.per_head) for line in lines]},
            {"name": "全镇中位数", "type": "line", "data": [_number(line.town["head"]) for line in lines]},
            {
                "name": "全区中位数",
                "type": "line",
                "data": [_number(line.district["head"]) for line in lines],
            },
        ],
    )


def _complaints(lines: list[YearLine]) -> dict[str, Any]:
    return _chart(
        lines,
        "件",
        [
            {
                "name": "信访",
                "type": "bar",
                "data": [getattr(line.figure, "petitions", None) for line in lines],
            },
            {
                "name": "违纪案件",
                "type": "bar",
                "data": [getattr(line.figure, "cases", None) for line in lines],
            },
            {
                "name": "全区信访中位数",
                "type": "line",
                "data": [_number(line.district["petitions"]) for line in lines],
            },
        ],
    )


def _chart(lines: list[YearLine], unit: str, series: list[dict[str, Any]]) -> dict[str, Any]:
    series = [entry for entry in series if any(value is not None for value in entry["data"])]
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [f"{line.year}年" for line in lines]},
        "yAxis": {"type": "value", "name": unit},
        "series": series,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _wan(amount: Decimal | None) -> float | None:
    return None if amount is None else float((amount / _WAN).quantize(_CENT))
