"""Pictures of results drawn as SVG by the server: they print, need no script, and say their numbers in words."""

import math
from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()

_SIZE, _RADIUS, _LABEL = 400, 130, 152
_RINGS = (25, 50, 75, 100)


@register.inclusion_tag("surveys/radar.html")
def radar(points: Sequence[tuple[str, float | None]], title: str) -> dict[str, Any]:
    """A radar of ``(name, value 0–100)``; a value that may not be shown leaves its place at the centre, unmarked."""
    spokes = [_spoke(at, len(points), name, value) for at, (name, value) in enumerate(points)]
    rings = [
        {"value": ring, "points": _polygon([ring] * len(points)), "y": _SIZE / 2 - _RADIUS * ring / 100}
        for ring in _RINGS
    ]
    return {
        "size": _SIZE, "centre": _SIZE / 2, "rings": rings, "spokes": spokes, "title": title,
        "outline": _polygon([value or 0 for _, value in points]),
    }  # fmt: skip


def _at(position: int, count: int, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * position / count - math.pi / 2
    return round(_SIZE / 2 + radius * math.cos(angle), 1), round(_SIZE / 2 + radius * math.sin(angle), 1)


def _polygon(values: Sequence[float]) -> str:
    corners = [_at(at, len(values), _RADIUS * value / 100) for at, value in enumerate(values)]
    return " ".join(f"{x},{y}" for x, y in corners)


def _spoke(position: int, count: int, name: str, value: float | None) -> dict[str, Any]:
    end, label = _at(position, count, _RADIUS), _at(position, count, _LABEL)
    dot = _at(position, count, _RADIUS * (value or 0) / 100)
    side = label[0] - _SIZE / 2
    anchor = "middle" if abs(side) < 12 else "start" if side > 0 else "end"
    return {"name": name, "value": value, "end": end, "label": label, "dot": dot, "anchor": anchor}
