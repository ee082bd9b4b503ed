"""Take in a round's list of problems from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import SYSTEM
from core.errors import ServiceError
from findings import services
from findings.selectors.finding_plan import FindingPlan, plan_finding_import
from villages.selectors.rounds import round_named

UNREADABLE, REFUSED = 2, 1


class Command(BaseCommand):
    """``import_findings --round ID FILE [--commit [--strict]] [--json]``.

    Without ``--commit`` nothing is written. With it the good rows become drafts of their handlers in one
    transaction and the faulty ones are listed; ``--strict`` writes nothing when there is a faulty row. Exit codes:
    0 read (and written when asked), 1 refused by ``--strict``, 2 the file or the round could not be read.
    """

    help = "导入问题清单为底稿草稿：先预览，加 --commit 才写入；只写正确的行，有错的行逐行列出。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the round, and what to do with it."""
        parser.add_argument("file", help="xlsx、xls 或 csv 文件")
        parser.add_argument("--round", required=True, help="轮次标识")
        parser.add_argument("--commit", action="store_true", help="写入；不加只预览")
        parser.add_argument("--strict", action="store_true", help="只要有一行有错就全部不写（退出码1）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, write when asked, report."""
        plan = self._plan(options)
        refused = bool(options["commit"] and options["strict"] and plan.errors)
        written = options["commit"] and not refused
        if written:
            services.commit_finding_import(actor=SYSTEM, plan=plan)
        self._print(plan, options["json"], written=written)
        if refused:
            raise CommandError("有错误的行，按 --strict 的要求全部未导入。", returncode=REFUSED)

    def _plan(self, options: dict[str, Any]) -> FindingPlan:
        path = Path(options["file"])
        try:
            round_ = round_named(options["round"])
            content = path.read_bytes()
            return plan_finding_import(actor=SYSTEM, round=round_, content=content, filename=path.name)
        except OSError:
            message = f"打不开文件：{path}"
        except ServiceError as error:
            message = error.message
        if options["json"]:
            fault = {"row": 0, "column": "", "message": message}
            empty = {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": [fault], "warnings": []}
            self.stdout.write(json.dumps(empty, ensure_ascii=False))
        raise CommandError(message, returncode=UNREADABLE)

    def _print(self, plan: FindingPlan, as_json: bool, *, written: bool) -> None:
        report = plan.report()
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for kind, title in (("errors", "错误"), ("warnings", "提醒")):
            for remark in report[kind]:
                self.stdout.write(f"{title} 第{remark['row']}行 {remark['column']}：{remark['message']}")
        figures = "新建草稿 {created}，已有 {unchanged}".format(**report)
        self.stdout.write(f"共 {report['rows']} 行：{figures}，有错 {len(report['errors'])} 处。")
        self.stdout.write("已写入。" if written else "仅预览，未写入（加 --commit 写入）。")
