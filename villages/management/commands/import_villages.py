"""Read an office's register of villages from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import SYSTEM
from core.errors import ServiceError
from villages import services
from villages.selectors.village_plan import ImportPlan, plan_village_import

UNREADABLE, REFUSED = 2, 1


class Command(BaseCommand):
    """``import_villages FILE --county CODE [--commit [--strict]] [--json]``.

    Without ``--commit`` nothing is written. With it the good rows are written in one transaction and the faulty
    ones are listed; ``--strict`` writes nothing when there is a faulty row. Exit codes: 0 read (and written when
    asked), 1 refused by ``--strict``, 2 the file or the code could not be read.
    """

    help = "导入村（社区）名册：先预览，加 --commit 才写入；只写正确的行，有错的行逐行列出。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the district's code, and what to do with it."""
        parser.add_argument("file", help="xlsx、xls 或 csv 文件")
        parser.add_argument("--county", required=True, help="6位区代码")
        parser.add_argument("--commit", action="store_true", help="写入；不加只预览")
        parser.add_argument("--strict", action="store_true", help="只要有一行有错就全部不写（退出码1）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, write when asked, report."""
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError:
            self._unreadable(f"打不开文件：{path}", options["json"])
        try:
            plan = plan_village_import(SYSTEM, content, path.name, options["county"])
        except ServiceError as error:
            self._unreadable(error.message, options["json"])
        refused = bool(options["commit"] and options["strict"] and plan.errors)
        if options["commit"] and not refused:
            plan = services.import_villages(
                actor=SYSTEM, content=content, filename=path.name, county=options["county"]
            )
        self._print(plan, options["json"], written=options["commit"] and not refused)
        if refused:
            raise CommandError("有错误的行，按 --strict 的要求全部未导入。", returncode=REFUSED)

    def _unreadable(self, message: str, as_json: bool) -> None:
        if as_json:
            fault = {"row": 0, "column": "", "message": message}
            empty = {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": [fault], "warnings": []}
            self.stdout.write(json.dumps(empty, ensure_ascii=False))
        raise CommandError(message, returncode=UNREADABLE)

    def _print(self, plan: ImportPlan, as_json: bool, *, written: bool) -> None:
        report = plan.report()
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for kind, title in (("errors", "错误"), ("warnings", "提醒")):
            for remark in report[kind]:
                self.stdout.write(f"{title} 第{remark['row']}行 {remark['column']}：{remark['message']}")
        figures = "新增 {created}，更新 {updated}，不变 {unchanged}".format(**report)
        self.stdout.write(f"共 {report['rows']} 行：{figures}，有错 {len(report['errors'])} 处。")
        self.stdout.write("已写入。" if written else "仅预览，未写入（加 --commit 写入）。")
