"""Propose the common problems of a round from the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import SYSTEM
from core.errors import ServiceError
from findings.selectors.common_proposal import compare_round
from findings.selectors.common_texts import Unspoken, compared_findings
from findings.services import write_proposal
from villages.models import Round
from villages.selectors.rounds import round_named

UNREADABLE = 2


class Command(BaseCommand):
    """``common_problems --round ID [--commit] [--json]``.

    Reads every paper of the round and prints the groups, the widest first, and what stays single; keys are those of
    the rows. Without ``--commit`` nothing is written. Exit code 2: there is no such round.
    """

    help = "横向比对一个轮次的问题，提出共性问题；加 --commit 写入待认定，不加只列出。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The round and what to do with it."""
        parser.add_argument("--round", required=True, help="轮次标识")
        parser.add_argument("--commit", action="store_true", help="写入待认定的共性问题")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, write when asked, print."""
        try:
            round_ = round_named(options["round"])
        except ServiceError as error:
            raise CommandError(error.message, returncode=UNREADABLE) from None
        compared = compare_round(round_)
        if options["commit"]:
            write_proposal(actor=SYSTEM, round=round_, compared=compared)
        told = self._told(round_, compared.proposal)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for group in told["groups"]:
            count = len(group["findings"]) + len(group["leads"])
            self.stdout.write(f"{group['label']}：{count}个问题，共同用语：{'、'.join(group['keywords'])}")
        self.stdout.write(f"共{len(told['groups'])}组，{len(told['singles'])}个单列。")

    def _told(self, round_: Round, proposal: Any) -> dict[str, Any]:
        findings = {str(key) for key in compared_findings(round_).values_list("pk", flat=True)}
        unspoken = Unspoken(round_)
        groups = [
            {
                "label": unspoken.without(group.label),
                "findings": [key for key in group.members if key in findings],
                "leads": [key for key in group.members if key not in findings],
                "keywords": [word for word in group.keywords if unspoken.free(word)],
            }
            for group in proposal.groups
        ]
        return {"groups": groups, "singles": [key for key in proposal.singles if key in findings]}
