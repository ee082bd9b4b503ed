"""What is known of a village beyond one round, and its years as charts."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from prep.models import CommitteeMember, VillageProject, YearFigure
from villages.models import Village

_WAN = Decimal(10_000)


@dataclass(frozen=True)
class VillageKnowledge:
    """Yearly figures, the committee, and the charts of the years (ECharts options, empty without figures)."""

    years: list[YearFigure] = field(default_factory=list)
    members: list[CommitteeMember] = field(default_factory=list)
    projects: list[VillageProject] = field(default_factory=list)
    money_chart: dict[str, Any] = field(default_factory=dict)
    complaint_chart: dict[str, Any] = field(default_factory=dict)


def village_knowledge(viewer: Any, village: Village) -> VillageKnowledge:
    """Three queries: the years, the committee and the projects, as far as the viewer may see them."""
    years = list(YearFigure.objects.visible_to(viewer).filter(village=village).order_by("year"))
    members = list(CommitteeMember.objects.visible_to(viewer).filter(village=village))
    projects = list(VillageProject.objects.visible_to(viewer).filter(village=village))
    if not years:
        return VillageKnowledge(years, members, projects)
    return VillageKnowledge(years, members, projects, _money(years), _complaints(years))


def _money(years: list[YearFigure]) -> dict[str, Any]:
    series = [
        {"name": "收入", "type": "bar", "data": [_wan(row.income) for row in years]},
        {"name": "支出", "type": "bar", "data": [_wan(row.expense) for row in years]},
        {"name": "年末债务", "type": "line", "data": [_wan(row.debt) for row in years]},
    ]
    return _chart(years, series, "万元")


def _complaints(years: list[YearFigure]) -> dict[str, Any]:
    series = [
        {"name": "信访", "type": "bar", "data": [row.petitions for row in years]},
        {"name": "违纪案件", "type": "bar", "data": [row.cases for row in years]},
    ]
    return _chart(years, series, "件")


def _chart(years: list[YearFigure], series: list[dict[str, Any]], unit: str) -> dict[str, Any]:
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [f"{row.year}年" for row in years]},
        "yAxis": {"type": "value", "name": unit, "minInterval": 1},
        "series": series,
    }


def _wan(amount: Decimal | None) -> float | None:
    return None if amount is None else float(round(amount / _WAN, 2))
