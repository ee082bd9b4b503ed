"""The end of the stage for one village: papers decided, one signed, nothing left open, unsigned or lent."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from findings import rules
from findings.models import Finding
from findings.selectors.clues import undecided_clues
from findings.selectors.documents import still_out
from findings.selectors.progress import open_leads, open_papers, open_petitions
from findings.selectors.tables import open_tables
from prep.rules import open_items
from prep.services import record_prior_counts
from villages.models import Stage, VillageInspection
from villages.services import advance_stage


@transaction.atomic
def finish_findings(
    *, actor: Any, inspection: VillageInspection, revision: int | None = None
) -> VillageInspection:
    """Move the village on to writing the report. Raises ``ServiceError`` saying what is in the way."""
    demand(rules.can_finish(actor, inspection))
    obstacles = open_papers(inspection)
    if left := open_items(inspection):
        obstacles.append(f"待查问题清单还有{left}条没有结论")
    if waiting := open_leads(inspection):
        obstacles.append(f"还有{waiting}条疑点待核")
    if out := still_out(inspection):
        obstacles.append(f"还有{out}件调阅资料没有归还")
    if unsigned := open_tables(inspection):
        obstacles.append(f"还有{unsigned}张三资调查表没有二人签名")
    if pending := open_petitions(inspection):
        obstacles.append(f"还有{pending}件信访没有办结")
    # Only who ends the stage hears of it, and knows of it anyway.
    if undecided := undecided_clues(actor, inspection):
        obstacles.append(f"还有{undecided}条问题线索没有签字送审或撤回")
    if obstacles:
        raise ServiceError(f"还不能转入撰写报告：{'；'.join(obstacles)}。")
    advanced = advance_stage(actor=actor, inspection=inspection, to=Stage.REPORT, revision=revision)
    confirmed = Finding.objects.alive().filter(inspection=inspection, status__in=Finding.CONFIRMED).count()
    record_prior_counts(actor=actor, inspection=advanced, problems=confirmed)
    return advanced
