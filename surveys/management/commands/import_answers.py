"""``manage.py import_answers``: typed-in paper sheets of one survey, read or stored, with a report."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from core.audit import SYSTEM
from core.errors import ServiceError
from core.office.columns import CellError
from surveys import rules
from surveys.models import Channel, Survey
from surveys.services import import_answers


class Command(BaseCommand):
    """Reads a workbook of paper sheets for one survey; stores them only with ``--commit``."""

    help = "读入一个村（社区）的纸质问卷录入表；不加 --commit 只检查，不入库。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The workbook, the survey, the occasion."""
        parser.add_argument("file", type=Path, metavar="FILE", help="Excel 或 CSV 文件")
        parser.add_argument("--survey", type=UUID, required=True, metavar="ID", help="问卷调查的标识")
        parser.add_argument(
            "--channel", default=Channel.ENTRY, choices=[str(c.value) for c in rules.PAPER], help="发放场合"
        )
        parser.add_argument("--commit", action="store_true", help="入库")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, store when told to, report; exit 1 when the file as a whole cannot be read."""
        survey = Survey.objects.select_related("questionnaire", "village", "inspection").filter(
            pk=options["survey"]
        )
        chosen = survey.first()
        if chosen is None:
            raise CommandError("没有这个问卷调查。")
        try:
            reading = import_answers(
                actor=SYSTEM, survey=chosen, channel=options["channel"], filename=options["file"].name,
                content=options["file"].read_bytes(), commit=options["commit"],
            )  # fmt: skip
        except OSError as error:
            raise CommandError(f"文件打不开：{error.strerror}") from None
        except ServiceError as error:
            raise CommandError(error.message) from None
        compiled = rules.specification(chosen.questionnaire)
        report = {
            "survey": str(chosen.pk),
            "committed": options["commit"],
            "accepted": len(reading.sheets),
            "refused": reading.refused,
            "defects": [_fault(fault) for fault in reading.defects],
            "repeated": [_fault(fault) for fault in reading.repeated],
            "warnings": [_fault(fault) for fault in reading.warnings],
            "tallies": reading.tallies(compiled),
            "words": reading.written(compiled),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report: dict[str, Any]) -> None:
        done = "已入库" if report["committed"] else "可入库"
        self.stdout.write(
            f"{done}{report['accepted']}份，不能入库{report['refused']}份，重复{len(report['repeated'])}份。"
        )
        for fault in [*report["defects"], *report["repeated"]]:
            self.stdout.write(f"{fault['sheet']} 第{fault['row']}行 {fault['column']} {fault['message']}")


def _fault(fault: CellError) -> dict[str, Any]:
    return {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "message": fault.message}
