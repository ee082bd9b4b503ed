"""The summary workbook; what the asker may see decides again when the job runs."""

from typing import Any

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from surveys.documents.summary import summary_xlsx
from surveys.models import Survey
from surveys.rules import can_browse
from surveys.selectors.summary import summary
from villages.models import Round, User


def _may_have(user: User, round: str, survey: str) -> bool:
    if survey:
        return Survey.objects.visible_to(user).filter(pk=survey).exists()
    return bool(can_browse(user)) and Round.objects.visible_to(user).filter(pk=round).exists()


@job("surveys.summary", title="生成调查测评汇总表", allowed=_may_have)
def summary_workbook(ctx: JobContext, round: str, survey: str) -> StoredFile:
    """All villages of a round the asker may see, or one village."""
    asker = User.objects.get(pk=ctx.actor_id)
    row = Round.objects.visible_to(asker).select_related("district").filter(pk=round).first()
    one: Any = None
    if survey:
        rows = Survey.objects.visible_to(asker).select_related("village", "round__district")
        one = rows.filter(pk=survey).first()
    if row is None or (survey and one is None):
        raise ServiceError("这份结果已不在您可以看的范围内，没有生成。")
    made = summary(asker, row, clock.today(), one)
    ctx.progress(1, 2, made.title)
    return ctx.store(f"{made.title}.xlsx", summary_xlsx(made))
