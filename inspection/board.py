"""The round board: villages × stages, days left, counts; every number opens what is behind it."""

from collections import Counter
from typing import Any

from findings import selectors as findings
from inspection.desk import village_lines
from villages.models import Round, Stage
from villages.selectors import ladder


def build_board(
    viewer: Any, round_: Round, *, stage: str = "", team: str = "", town: str = ""
) -> dict[str, Any]:
    """Rows of the board under the chosen filters, with the numbers of each choice."""
    lines = village_lines(viewer, round_)
    stages = Counter(line["inspection"].status for line in lines)
    shown = [
        line
        for line in lines
        if stage in ("", line["inspection"].status)
        and team in ("", str(line["inspection"].team.number))
        and town in ("", line["inspection"].town.code)
    ]
    return {
        "lines": shown,
        "stages": _stage_options(stages),
        "teams": _options(lines, lambda row: (str(row.team.number), row.team.name)),
        "towns": _options(lines, lambda row: (row.town.code, row.town.name)),
        "late": sum(line["late"] for line in shown),
        "on_site": sum(line["on_site"] for line in shown),
        "problems": sum(line["problems"] for line in shown),
        "waiting": sum(line["waiting"] for line in shown),
        "heat": findings.heat(viewer, round_),
    }


def _stage_options(counts: Counter[str]) -> list[dict[str, Any]]:
    options = [{"value": "", "label": "全部", "count": sum(counts.values())}]
    options += [
        {"value": str(stage), "label": f"{char} {label}", "count": counts[stage]}
        for stage, char, label in ladder.STEPS
    ]
    return [*options, {"value": str(Stage.FILED), "label": "已归档", "count": counts[Stage.FILED]}]


def _options(lines: list[dict[str, Any]], of: Any) -> list[dict[str, Any]]:
    """The distinct choices among the rows, in their order, each with its number."""
    counts = Counter(of(line["inspection"]) for line in lines)
    return [{"value": value, "label": label, "count": n} for (value, label), n in sorted(counts.items())]
