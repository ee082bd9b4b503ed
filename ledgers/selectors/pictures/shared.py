"""What all pictures share: a figure that opens its rows, and how medians are said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from core.display import NOTHING, money
from ledgers.rules.pictures.cells import Cell
from ledgers.rules.pictures.medians import Middle
from ledgers.rules.pictures.points import Picture

_WAN = Decimal(10_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """A figure in a table: its words and, where there are rows behind it, their address."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Links:
    """Addresses of one picture of one village."""

    village: UUID
    picture: Picture

    def rows(self, **asked: Any) -> str:
        """Where the rows of a point are listed; what is ``None`` is left out."""
        query = {"picture": self.picture.value} | {k: str(v) for k, v in asked.items() if v is not None}
        return f"{reverse('ledgers:picture_rows', kwargs={'pk': self.village})}?{urlencode(query)}"

    def figure(self, cell: Cell, **asked: Any) -> Figure:
        """A sum in yuan with its rows; a dash where there are none."""
        return Figure(money(cell.amount), self.rows(**asked)) if cell.rows else Figure(NOTHING)

    def point(self, cell: Cell, **asked: Any) -> dict[str, Any]:
        """The same for a chart, in ten thousands of yuan."""
        return {"value": wan(cell.amount)} | ({"url": self.rows(**asked)} if cell.rows else {})


def wan(amount: Decimal) -> float:
    """Ten thousands of yuan, to the second place."""
    return float((amount / _WAN).quantize(_CENT, ROUND_HALF_UP))


def middle_told(found: Middle | None, unit: str = "") -> str:
    """A median with the number of villages it is of: ``312.40（12个村）``; a dash where it is hidden."""
    return f"{money(found.value)}{unit}（{found.villages}个村）" if found else NOTHING


def middle_value(found: Middle | None) -> float | None:
    """A median for a chart."""
    return float(found.value) if found else None


def chart(names: Sequence[str], unit: str, series: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Series over names as an ECharts option."""
    return {
        "legend": {"type": "scroll", "left": 0},
        "xAxis": {"type": "category", "data": list(names)},
        "yAxis": {"type": "value", "name": unit, "nameTextStyle": {"align": "left"}},
        "grid": {
            "left": 8,
            "right": 16,
            "top": 36 if "legend" in more else 64,
            "bottom": 8,
            "containLabel": True,
        },
        "series": list(series),
    } | more


def choices(options: Iterable[tuple[Any, str]]) -> list[dict[str, str]]:
    """Values and labels as the pills of a page take them."""
    return [{"value": str(value), "label": label} for value, label in options]
