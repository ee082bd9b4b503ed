"""Put the initial reference data in: the five aspects, the dated defaults, and the district when it is named."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import SYSTEM
from core.errors import ServiceError
from villages import services


class Command(BaseCommand):
    """``seed_reference [--district CODE NAME SIGN]``; safe to run again."""

    help = "写入初始参照数据（问题分类、轮次参数默认值、保密承诺书），可重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The district, when it shall be named too."""
        parser.add_argument("--district", nargs=3, metavar=("区代码", "区名称", "区代字"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed and say what was added."""
        counts = services.seed_reference(actor=SYSTEM)
        if options["district"]:
            code, name, short = options["district"]
            try:
                services.set_district(actor=SYSTEM, code=code, name=name, short=short)
            except ServiceError as error:
                raise CommandError(error.message) from None
        self.stdout.write(
            f"新增分类 {counts['categories']} 条、参数默认值 {counts['parameters']} 条、"
            f"保密承诺书 {counts['pledges']} 版。"
        )
