"""Take in a file of a village's books from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.audit import SYSTEM
from core.errors import ServiceError
from ledgers import services
from ledgers.selectors.preview import Preview, preview
from ledgers.selectors.shelf import twin_of
from villages.models import Village

UNREADABLE, REFUSED = 2, 1


class Command(BaseCommand):
    """``import_ledger --village CODE FILE [--year YEAR] [--commit [--reason TEXT] [--replace]] [--json]``.

    Without ``--commit`` nothing is written. With it all sheets that could be read are confirmed in one transaction.
    One in which a total is wrong or a year is missing refuses the whole file, unless ``--reason`` says why it is
    taken as it is; the same sheet of an earlier file is withdrawn only with ``--replace``. Exit codes: 0 read (and
    written when asked), 1 refused, 2 the file or the village could not be read.
    """

    help = "导入一个村（社区）的账册文件：先预览，加 --commit 才入账册；合计不符或缺年度的，须用 --reason 写明理由。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the village, and what to do with it."""
        parser.add_argument("file", help="xlsx、xls 或 csv 文件")
        parser.add_argument("--village", required=True, help="村（社区）12位区划代码")
        parser.add_argument("--year", type=int, help="年度，表里没有写年份时需要")
        parser.add_argument("--commit", action="store_true", help="入账册；不加只预览")
        parser.add_argument("--reason", default="", help="对不上或缺年度时，照原样采用的理由")
        parser.add_argument("--replace", action="store_true", help="账册里已有同一张表时替换它")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, write when asked, report."""
        path = Path(options["file"])
        village, content, found = self._read(path, options)
        refusal = ""
        if options["commit"]:
            try:
                self._write(village, path.name, content, options)
            except ServiceError as error:
                refusal = error.message
        self._print(found, options, written=options["commit"] and not refusal, refusal=refusal)
        if refusal:
            raise CommandError(refusal, returncode=REFUSED)

    def _read(self, path: Path, options: dict[str, Any]) -> tuple[Village, bytes, Preview]:
        try:
            village = Village.objects.get(code=options["village"])
            content = path.read_bytes()
            found = preview(content, path.name, year=options["year"])
            if not found.sheets:
                raise ServiceError(found.refused[0].sentence)
            return village, content, found
        except Village.DoesNotExist:
            message = f"没有这个村（社区）：{options['village']}"
        except OSError:
            message = f"打不开文件：{path}"
        except ServiceError as error:
            message = error.message
        if options["json"]:
            fault = {"sheet": "", "row": 0, "column": "", "message": message}
            empty = {"rows": 0, "created": 0, "sheets": [], "errors": [fault], "warnings": []}
            self.stdout.write(json.dumps(empty, ensure_ascii=False))
        raise CommandError(message, returncode=UNREADABLE)

    @transaction.atomic
    def _write(self, village: Village, name: str, content: bytes, options: dict[str, Any]) -> None:
        source = services.take_in(
            actor=SYSTEM,
            village=village,
            upload=SimpleUploadedFile(name, content),
            year=options["year"],
            at_once=True,
        )
        for sheet in source.sheets.exclude(kind="").select_related("source__file").order_by("position"):
            replaces = twin_of(sheet) if options["replace"] else None
            services.confirm_sheet(actor=SYSTEM, sheet=sheet, reason=options["reason"], replaces=replaces)

    def _print(self, found: Preview, options: dict[str, Any], *, written: bool, refusal: str) -> None:
        report = found.report(created=found.rows if written else 0)
        if refusal:
            report["errors"].insert(0, {"sheet": "", "row": 0, "column": "", "message": refusal})
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for sheet in report["sheets"]:
            years = "、".join(sheet["years"]) or "不分年"
            self.stdout.write(f"{sheet['name']}：{sheet['kind_name']}，{years}，{sheet['rows']}行")
        for kind, title in (("errors", "错误"), ("warnings", "提醒")):
            for remark in report[kind]:
                where = f"{remark['sheet']} 第{remark['row']}行" if remark["row"] else remark["sheet"]
                self.stdout.write(f"{title} {where} {remark['column']}：{remark['message']}")
        self.stdout.write(f"共 {len(report['sheets'])} 张表，{report['rows']} 行。")
        self.stdout.write("已入账册。" if written else "未入账册（加 --commit 写入）。")
