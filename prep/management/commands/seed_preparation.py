"""Put in what preparation comes with: check points, the rule book, whom to talk to, the question bank."""

from typing import Any

from django.core.management.base import BaseCommand

from core.audit import SYSTEM
from prep import services


class Command(BaseCommand):
    """``seed_preparation``; safe to run again."""

    help = "载入监督要点库、法规制度库、谈话对象类别和谈话题库，可重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what is in use."""
        library = services.load_library(actor=SYSTEM)
        kinds = services.seed_target_kinds(actor=SYSTEM)
        bank = services.load_question_bank(actor=SYSTEM)
        book = services.load_rule_book(actor=SYSTEM)
        self.stdout.write(f"已载入{library}、{bank}，新增谈话对象类别{len(kinds)}个、法规制度{len(book)}件。")
