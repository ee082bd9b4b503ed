"""Run the checks over a round's books from the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.audit import SYSTEM
from core.errors import ServiceError
from ledgers.models import LedgerHit
from ledgers.selectors.medians import District
from ledgers.selectors.runs import due_villages
from ledgers.services import check_village
from villages.selectors.rounds import round_named

UNREADABLE = 2


class Command(BaseCommand):
    """``check_ledgers --round ID [--all] [--json]``.

    Checks the villages whose books have changed since the last run (``--all``: every one), then tells every hit that
    stands in the round. Exit codes: 0 checked, 2 there is no such round.
    """

    help = "按规则比对一个轮次的账册：只比有变化的村，加 --all 全部重新比对；列出现有的全部提示。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, and how much of it."""
        parser.add_argument("--round", required=True, help="轮次标识")
        parser.add_argument("--all", action="store_true", help="没有变化的村也重新比对")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check village by village, then tell."""
        try:
            round_ = round_named(options["round"])
        except ServiceError as error:
            raise CommandError(error.message, returncode=UNREADABLE) from None
        wanted = [due for due in due_villages(None, round_, clock.today()) if options["all"] or not due.fresh]
        district = District(round_.district_id)
        for due in wanted:
            check_village(actor=SYSTEM, inspection=due.inspection, district=district)
        hits = LedgerHit.objects.filter(round=round_).standing().select_related("village")
        rows = hits.order_by("village__code", "-severity", "rule", "id").iterator(chunk_size=500)
        if options["json"]:
            self._print_json(rows)
            return
        count = 0
        for count, hit in enumerate(rows, 1):  # noqa: B007 (the last number is told below)
            self.stdout.write(f"{hit.village.name} {hit.rule} {hit.reason}")
        self.stdout.write(f"比对了{len(wanted)}个村，现有提示{count}条。")

    def _print_json(self, rows: Any) -> None:
        """One list, written hit by hit: a district's hits are never all in memory."""
        self.stdout.write("[", ending="")
        for number, hit in enumerate(rows):
            told = {
                "rule": hit.rule,
                "village": hit.village.code,
                "years": hit.year_list,
                "rows": hit.rows,
                "amount": None if hit.amount is None else str(hit.amount),
                "reason": hit.reason,
            }
            self.stdout.write(("," if number else "") + json.dumps(told, ensure_ascii=False), ending="\n")
        self.stdout.write("]")
