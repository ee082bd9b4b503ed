"""``manage.py import_ratings``: ballots of one village's rating from a workbook, read or stored, with scores.

With ``--json`` one object is printed::

    {"village": "990101101201", "village_name": "…", "round": "…", "rating": "<id>", "way": "single" | "counted",
     "committed": false, "accepted": 41, "refused": 2,
     "defects":  [{"sheet": "Sheet1", "row": 7, "column": "…", "message": "…"}],
     "repeated": [the same], "warnings": [the same],
     "method": "得分＝…", "group_weights": {"党员代表": 40.0},
     "subjects": [{"number": 1, "kind": "committee" | "member", "name": "…", "post": "…",
                   "counts": {"好": 30, "较好": 8, "一般": 2, "差": 1}, "abstain": 1, "void": 0, "valid": 41,
                   "score": 92.68, "good_rate": 92.68, "rank": null,
                   "groups": {"党员代表": {"counts": {…}, "abstain": 0, "void": 0, "valid": 20, "score": 93.0}}}]}

``accepted`` are ballots (``way`` ``single``: one ballot a row) or rows (``counted``: one subject a row); ``refused``
are rows with at least one defect; ``subjects`` counts the accepted ones and nothing else. ``score`` and ``good_rate``
have two decimals, rounded half up, and are null without a valid vote; ``rank`` is among the members, equal scores
share it. Votes without a group stand under ``未分类``. This is the operator's own view: small groups are not hidden.

Without ``--round`` the rating of the running round is meant, or of the newest round when none is running.
"""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from core.audit import SYSTEM
from core.errors import ServiceError
from core.office.columns import CellError
from surveys.models import LEVELS, Channel, Mark, Rating, group_names
from surveys.rules import PAPER
from surveys.rules.weights import strays
from surveys.selectors import scoring
from surveys.selectors.rating_results import UNTOLD
from surveys.services import import_ratings
from villages.models import Round


class Command(BaseCommand):
    """Reads a workbook of ballots, single or counted, for one village; stores them only with ``--commit``."""

    help = (
        "读入一个村（社区）的民主测评票（逐票或汇总），给出各对象票数和得分；不加 --commit 只检查，不入库。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The workbook, the village, the round, the occasion."""
        parser.add_argument("file", type=Path, metavar="FILE", help="Excel 或 CSV 文件")
        parser.add_argument("--village", required=True, metavar="CODE", help="村（社区）12位代码")
        parser.add_argument(
            "--round", default="", metavar="ROUND", help="轮次的序号或名称；不写取正在进行的轮次"
        )
        parser.add_argument(
            "--channel", default=Channel.ENTRY, choices=[str(c.value) for c in PAPER], help="发放场合"
        )
        parser.add_argument("--commit", action="store_true", help="入库")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, store when told to, report; exit 1 when the file as a whole cannot be read."""
        rating = _rating(options["village"], options["round"])
        try:
            reading = import_ratings(
                actor=SYSTEM, rating=rating, channel=options["channel"], filename=options["file"].name,
                content=options["file"].read_bytes(), commit=options["commit"],
            )  # fmt: skip
        except OSError as error:
            raise CommandError(f"文件打不开：{error.strerror}") from None
        except ServiceError as error:
            raise CommandError(error.message) from None
        basis, names = scoring.basis_of(rating), group_names()
        rows = scoring.scored(rating.subjects.all(), reading.votes(), basis)
        report = {
            "village": rating.village.code,
            "village_name": rating.village.name,
            "round": rating.round.name,
            "rating": str(rating.pk),
            "way": str(reading.way),
            "committed": options["commit"],
            "accepted": reading.accepted,
            "refused": reading.refused,
            "defects": [_fault(fault) for fault in reading.defects],
            "repeated": [_fault(fault) for fault in reading.repeated],
            "warnings": [_fault(fault) for fault in reading.warnings],
            "method": basis.in_words + strays(rating.round),
            "group_weights": {
                names[group]: float(weight) for group, weight in basis.groups.items() if group in names
            },
            "subjects": [_subject(row, basis, names) for row in rows],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report: dict[str, Any]) -> None:
        done, unit = (
            ("已入库" if report["committed"] else "可入库"),
            "张" if report["way"] == "single" else "行",
        )
        self.stdout.write(
            f"{done}{report['accepted']}{unit}，有误{report['refused']}{unit}，重复{len(report['repeated'])}{unit}。"
        )
        for row in report["subjects"]:
            counts = " ".join(f"{label}{count}" for label, count in row["counts"].items())
            score = "—" if row["score"] is None else f"{row['score']:.2f}"
            place = f" 第{row['rank']}名" if row["rank"] else ""
            self.stdout.write(
                f"{row['name']} {row['post']}：{counts} 弃权{row['abstain']} 无效{row['void']}，得分{score}{place}"
            )
        for fault in [*report["defects"], *report["repeated"]]:
            self.stdout.write(f"{fault['sheet']} 第{fault['row']}行 {fault['column']} {fault['message']}")


def _rating(code: str, wanted: str) -> Rating:
    rows = Rating.objects.filter(village__code=code).select_related("village", "round", "team", "inspection")
    if wanted:
        is_number = wanted.isdecimal() and len(wanted) < 5
        rows = rows.filter(Q(round__number=int(wanted)) if is_number else Q(round__name=wanted))
    found = sorted(rows, key=lambda row: (row.round.status == Round.Status.OPEN, row.round.starts_on))
    if not found:
        raise CommandError(f"村（社区）{code}没有安排民主测评，请先在“广 调查”里安排。")
    return found[-1]


def _subject(row: scoring.Scored, basis: scoring.Basis, names: dict[str, str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": str(row.kind),
        "name": row.name,
        "post": row.post,
        **_figures(row.total),
        "score": None if row.score is None else float(row.score),
        "good_rate": None if row.good_rate is None else float(row.good_rate),
        "rank": row.rank,
        "groups": {
            names.get(group, UNTOLD): _figures(votes) | {"score": _score(votes, basis)}
            for group, votes in sorted(row.votes.items())
        },
    }


def _figures(votes: Counter[str]) -> dict[str, Any]:
    return {
        "counts": {mark.label: votes[mark] for mark in LEVELS},
        "abstain": votes[Mark.ABSTAIN],
        "void": votes[Mark.VOID],
        "valid": scoring.valid_votes(votes),
    }


def _score(votes: Counter[str], basis: scoring.Basis) -> float | None:
    value = scoring.simple_score(votes, basis.levels)
    return None if value is None else float(scoring.half_up(value))


def _fault(fault: CellError) -> dict[str, Any]:
    return {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "message": fault.message}
