"""Work of this stage that is too long for a request."""

from typing import Any

from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from surveys.documents.questionnaire import questionnaire_docx
from surveys.jobs.papers import bank_export, knowledge_file, rating_paper
from surveys.jobs.summary import summary_workbook
from surveys.jobs.using import handover, town_letter
from surveys.models import Questionnaire
from surveys.selectors.paper import printed
from villages.models import User

__all__ = [
    "bank_export",
    "handover",
    "knowledge_file",
    "questionnaire",
    "rating_paper",
    "summary_workbook",
    "town_letter",
]


def _may_have(user: User, questionnaire: str) -> bool:
    return Questionnaire.objects.visible_to(user).filter(pk=questionnaire).exists()


@job("surveys.questionnaire", title="生成纸质问卷 Word", allowed=_may_have)
def questionnaire(ctx: JobContext, **args: Any) -> StoredFile:
    """One version of a questionnaire as a form to be printed."""
    asker = User.objects.get(pk=ctx.actor_id)
    row = Questionnaire.objects.visible_to(asker).filter(pk=args["questionnaire"]).first()
    if row is None:
        raise ServiceError("这份问卷已不在您可以看的范围内，没有生成。")
    ctx.progress(0, 1, row.title)
    return ctx.store(f"{row.title}（第{row.version}版）.docx", questionnaire_docx(printed(row)))
