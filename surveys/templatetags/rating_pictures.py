"""Bars of ratings drawn as SVG by the server: they print, need no script, and say their numbers in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from surveys.models import LEVELS

register = template.Library()

_WIDTH = 240


@register.inclusion_tag("surveys/level_bar.html")
def level_bar(counts: Sequence[int]) -> dict[str, Any]:
    """One bar cut by the shares of the four levels; nothing without a vote."""
    total = sum(counts)
    parts, left = [], 0.0
    for mark, count in zip(LEVELS, counts, strict=True):
        share = _WIDTH * count / total if total else 0
        if count:
            parts.append({"mark": mark, "x": round(left, 1), "width": round(share, 1)})
        left += share
    words = "，".join(f"{mark.label}{count}票" for mark, count in zip(LEVELS, counts, strict=True))
    return {"parts": parts, "width": _WIDTH, "words": words}


@register.inclusion_tag("surveys/score_bar.html")
def score_bar(score: Decimal | None) -> dict[str, Any]:
    """One bar as long as the score, of a hundred."""
    return {
        "length": 0 if score is None else round(_WIDTH * float(score) / 100, 1),
        "width": _WIDTH,
        "score": score,
    }


@register.simple_tag
def score_of(line: Any, name: str) -> str:
    """The score somebody of this name had in another rating; a dash for who was not rated then."""
    score = line.scores.get(name)
    return "—" if score is None else str(score)
