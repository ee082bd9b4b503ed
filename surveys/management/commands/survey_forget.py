"""``manage.py survey_forget``: some days after a survey ended, destroy its private key and its receipts."""

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from core.audit import SYSTEM
from surveys.selectors.overview import to_forget
from surveys.services import forget_survey


class Command(BaseCommand):
    """After this, not even somebody with the key and an old copy of the database could pair slips and answers."""

    help = "销毁结束满七天的调查的混合密钥和收卷回执；每天运行一次。"

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction for each survey."""
        surveys = list(to_forget(clock.today()))
        for survey in surveys:
            forget_survey(actor=SYSTEM, survey=survey)
        self.stdout.write(f"已销毁{len(surveys)}个调查的混合密钥。")
