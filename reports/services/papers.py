"""Asking for a paper: made in the background, kept with the record it is about."""

from typing import Any

from django.db import transaction

from core import audit
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from reports import rules
from reports.models import Feedback, Report
from villages.models import Village

WORD, TOWN_LIST, VILLAGE_LIST, FEEDBACK = (
    "reports.word",
    "reports.town_list",
    "reports.issue_list",
    "reports.feedback",
)


@transaction.atomic
def request_report(*, actor: Any, report: Report) -> Job:
    """Have the report made as a Word file."""
    demand(rules.can_print(actor, report))
    return _ask(WORD, report, actor, f"{report.title}（第{report.edition}稿）")


@transaction.atomic
def request_town_list(*, actor: Any, report: Report) -> Job:
    """Have the merged issue list of the town made as a workbook."""
    demand(rules.can_print(actor, report))
    return _ask(TOWN_LIST, report, actor, f"{report.town.name}问题清单（汇总）")


@transaction.atomic
def request_village_list(*, actor: Any, report: Report, village: Village) -> Job:
    """Have the issue list of one village of the report made as a workbook."""
    demand(rules.can_print(actor, report))
    if village.town_id != report.town_id:
        raise ServiceError("这个村（社区）不在报告范围内。")
    return _ask(VILLAGE_LIST, report, actor, f"{village.name}问题清单", village=str(village.pk))


@transaction.atomic
def request_feedback(*, actor: Any, feedback: Feedback) -> Job:
    """Have the feedback letter made as a Word file."""
    demand(rules.can_print(actor, feedback))
    return enqueue(
        FEEDBACK,
        args={"feedback": str(feedback.pk)},
        actor=actor,
        title=f"{feedback.town.name}反馈意见",
        dedupe=f"{FEEDBACK}:{feedback.pk}:{actor.pk}",
        subject=feedback,
    )


@transaction.atomic
def note_download(*, actor: Any, row: Report | Feedback, file: StoredFile) -> StoredFile:
    """Leave in the trail who took which paper out."""
    audit.record(actor=actor, verb="reports.download", target=row, after={"文件": file.name})
    return file


def _ask(kind: str, report: Report, actor: Any, title: str, **args: str) -> Job:
    # A second press of the button while the paper is being made gives the same job.
    dedupe = ":".join([kind, str(report.pk), str(actor.pk), *args.values()])
    return enqueue(
        kind,
        args={"report": str(report.pk)} | args,
        actor=actor,
        title=title[:120],
        dedupe=dedupe,
        subject=report,
    )
