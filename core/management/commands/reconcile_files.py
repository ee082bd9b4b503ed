"""Compare the file store with its rows; exit 0 when they agree, 1 when a row's file is missing or changed."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.files import reconcile


class Command(BaseCommand):
    """Names rows without their file and removes, when asked to, what a crash left in the store."""

    help = "核对文件存储：0 一致，1 有文件缺失或大小不符"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare removal and the machine-readable output."""
        parser.add_argument("--remove", action="store_true", help="删除没有记录指向、超过 24 小时的残留文件")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found and leave with the exit code."""
        found = reconcile.compare()
        removed = reconcile.remove_unnamed(found) if options["remove"] else 0
        if options["json"]:
            result = {
                "missing": [str(stored.pk) for stored in found.missing],
                "changed": [str(stored.pk) for stored in found.changed],
                "unnamed": len(found.unnamed),
                "removed": removed,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            for stored in found.missing:
                self.stdout.write(f"缺失：{stored.name}（{stored.pk}）")
            for stored in found.changed:
                self.stdout.write(f"大小不符：{stored.name}（{stored.pk}）")
            self.stdout.write(f"残留文件 {len(found.unnamed)} 个，已删除 {removed} 个。")
        sys.exit(1 if found.missing or found.changed else 0)
