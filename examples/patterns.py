"""Made-up problems in the words inspection papers use (``patterns.csv``). No real person, place or petition."""

import csv
from pathlib import Path
from typing import NamedTuple


class Pattern(NamedTuple):
    """One kind of problem.

    Its text holds placeholders: ``{y1}`` ``{y2}`` years, ``{n}`` ``{m}`` small counts, ``{money}`` the amount in yuan,
    ``{group}`` a villager group, ``{area}`` an area, ``{month}`` a month. ``money`` is a range in yuan or ``None``.
    """

    code: str
    title: str
    text: str
    money: tuple[int, int] | None
    basis: str
    origins: str
    evidence: tuple[str, ...]
    weight: str
    cause: str


def load() -> list[Pattern]:
    """Read all patterns in the order of the file."""
    with (Path(__file__).parent / "patterns.csv").open(encoding="utf-8", newline="") as file:
        return [_pattern(row) for row in csv.DictReader(file)]


def _pattern(row: dict[str, str]) -> Pattern:
    low, high = row.pop("money_from"), row.pop("money_to")
    evidence = tuple(row.pop("evidence").split("；"))
    return Pattern(**row, money=(int(low), int(high)) if low else None, evidence=evidence)


RESPONSES = [
    "情况属实，村两委已开会研究，将限期整改。",
    "情况属实，部分由历史原因形成，愿意配合清理。",
    "基本属实，对涉及金额的计算口径需进一步核对。",
    "属实，已安排专人补充资料并向镇党委报告。",
]
