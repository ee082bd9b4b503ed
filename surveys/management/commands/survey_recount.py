"""``manage.py survey_recount``: count every sheet again; exit 0 when the locked counts stand, 1 when they do not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from surveys.models import Survey
from surveys.selectors.tallies import changed_since_locking


class Command(BaseCommand):
    """Counts the sheets of all locked surveys and names those that no longer give the counts kept at locking."""

    help = "重新清点已锁定调查的全部答卷，与锁定时的统计核对：0 一致，1 不一致"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result and leave with its exit code."""
        rows = Survey.objects.filter(status=Survey.Status.LOCKED).select_related("village", "questionnaire")
        surveys = list(rows.order_by("village__code"))
        changed = changed_since_locking(surveys)
        for survey in changed:
            self.stdout.write(f"{survey}：答卷与锁定时的统计不一致。")
        self.stdout.write(f"共核对{len(surveys)}份调查，{len(changed)}份不一致。")
        sys.exit(bool(changed))
