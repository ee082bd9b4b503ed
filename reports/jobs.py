"""Background work of the report stage: read what the asking person may see, render it, keep the file."""

from typing import Any
from uuid import UUID

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from core.office.official import official_docx
from reports import rules
from reports.documents import feedback_docx, issue_list_xlsx, report_docx, town_list_xlsx
from reports.models import EarlyLetter, Feedback, Report
from reports.selectors.early import early_text
from reports.selectors.papers import feedback_paper, report_paper, town_list, village_list
from villages.models import User, Village


def _found(user: User | None, model: Any, pk: str) -> Any:
    """The row, by the rights the person has at this moment; ``None`` when there are none."""
    rows = model.objects.visible_to(user).select_related("town", "team", "round__district")
    row = rows.filter(pk=pk).first()
    return row if row is not None and rules.can_print(user, row) else None


def _visible(ctx: JobContext, model: Any, pk: str) -> Any:
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    row = _found(user, model, pk)
    if row is None:
        raise ServiceError("您已不能查看这份材料，未生成文件。")
    return row


def _may_have_report(user: User, report: str, **_: str) -> bool:
    return _found(user, Report, report) is not None


def _may_have_feedback(user: User, feedback: str) -> bool:
    return _found(user, Feedback, feedback) is not None


@job("reports.word", title="生成巡察报告", allowed=_may_have_report)
def word(ctx: JobContext, report: str) -> StoredFile:
    """The report as it stands, or as it was issued."""
    row = _visible(ctx, Report, report)
    ctx.progress(0, 2, "汇集语句")
    paper = report_paper(row)
    ctx.progress(1, 2, "排版")
    name = f"{row.title}.docx" if row.is_issued else f"{row.title}（第{row.edition}稿）.docx"
    return ctx.store(name, report_docx(paper))


@job("reports.town_list", title="生成问题清单（汇总）", allowed=_may_have_report)
def merged_list(ctx: JobContext, report: str) -> StoredFile:
    """The merged list of the town."""
    row = _visible(ctx, Report, report)
    return ctx.store(f"{row.town.name}问题清单（汇总）.xlsx", town_list_xlsx(*town_list(row)))


@job("reports.issue_list", title="生成村（社区）问题清单", allowed=_may_have_report)
def one_list(ctx: JobContext, report: str, village: str) -> StoredFile:
    """The list of one village."""
    row = _visible(ctx, Report, report)
    place = Village.objects.get(pk=village)
    return ctx.store(f"{place.name}问题清单.xlsx", issue_list_xlsx(village_list(row, place.name)))


@job("reports.feedback", title="生成反馈意见", allowed=_may_have_feedback)
def letter(ctx: JobContext, feedback: str) -> StoredFile:
    """The feedback letter."""
    row = _visible(ctx, Feedback, feedback)
    return ctx.store(f"{row.title}.docx", feedback_docx(feedback_paper(row)))


def _may_have_early(user: User, letter: str) -> bool:
    return EarlyLetter.objects.visible_to(user).filter(pk=letter).exists()


@job("reports.early_letter", title="生成共性问题提示函", allowed=_may_have_early)
def early_letter(ctx: JobContext, letter: str) -> StoredFile:
    """One early letter, as drafted or as sent."""
    asker = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    rows = EarlyLetter.objects.visible_to(asker).select_related("round__district", "town")
    row = rows.filter(pk=letter).first()
    if row is None:
        raise ServiceError("您已不能查看这份材料，未生成文件。")
    text = early_text(row, clock.today())
    return ctx.store(f"{row.title}{'（草稿）' if text.draft else ''}.docx", official_docx(text))
