"""``manage.py survey_mix``: mix what is waiting; with ``--all`` everything, before a copy is taken."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from core.audit import SYSTEM
from surveys.selectors.overview import to_mix, to_record
from surveys.services import mix_all, mix_answers, record_mixing


class Command(BaseCommand):
    """Mixes the waiting answers of every survey, so that a copy of the database holds nothing that can be linked."""

    help = "混合各调查待混合的匿名答卷；每次随机留下二十份，备份前加 --all，一份不留。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether nothing stays behind, however few there are."""
        parser.add_argument("--all", action="store_true", help="一份不留，不足二十份的也混合")

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction for each survey."""
        mix = mix_all if options["all"] else mix_answers
        count = sum(mix(actor=SYSTEM, survey=survey) for survey in to_mix())
        for survey in to_record(clock.today()):
            record_mixing(actor=SYSTEM, survey=survey)
        self.stdout.write(f"已混合{count}份。")
