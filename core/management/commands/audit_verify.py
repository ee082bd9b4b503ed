"""Verify the audit chain; exit 0 when it holds, 1 when it is broken, 2 when it cannot be read."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from core import audit


class Command(BaseCommand):
    """Walks the whole chain and names the first entry that was changed, removed or cut off."""

    help = "核验留痕链：0 完好，1 被改动，2 无法核验"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the starting point and the machine-readable output."""
        parser.add_argument("--from", dest="start", type=int, default=1, help="从第几条开始")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result and leave with its exit code."""
        try:
            count, broken = audit.verify(options["start"])
        except DatabaseError as error:
            self._leave(2, {"ok": False, "error": str(error)}, "无法核验：数据库读取失败。", options["json"])
        if broken:
            result = {"ok": False, "checked": count, "seq": broken.seq, "kind": broken.kind}
            self._leave(
                1, result | {"message": broken.message}, f"留痕链断裂：{broken.message}", options["json"]
            )
        self._leave(0, {"ok": True, "checked": count}, f"留痕链完好，共核验 {count} 条。", options["json"])

    def _leave(self, code: int, result: dict[str, Any], sentence: str, as_json: bool) -> None:
        self.stdout.write(json.dumps(result, ensure_ascii=False) if as_json else sentence)
        sys.exit(code)
