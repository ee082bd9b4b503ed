"""Work of this stage that is too long for a request."""

from typing import Any

from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from findings.documents import field_docx, paper_docx
from findings.models import FieldPaper, Finding
from findings.selectors.field import field_data, with_field_relations
from findings.selectors.paper import paper_data, with_relations
from villages.models import User


def _may_have(user: User, finding: str) -> bool:
    return Finding.objects.visible_to(user).filter(pk=finding).exists()


@job("findings.paper", title="生成问题底稿 Word", allowed=_may_have)
def paper(ctx: JobContext, **args: Any) -> StoredFile:
    """One workpaper as Word; what the asker may see decides again when the job runs."""
    asker = User.objects.get(pk=ctx.actor_id)
    finding = with_relations(Finding.objects.visible_to(asker)).filter(pk=args["finding"]).first()
    if finding is None:
        raise ServiceError("这份底稿已不在您可以看的范围内，没有生成。")
    ctx.progress(0, 1, finding.title)
    content = paper_docx(paper_data(finding))
    return ctx.store(f"问题底稿 {finding.no or finding.draft_no} {finding.village.name}.docx", content)


def _may_have_field(user: User, paper: str) -> bool:
    return FieldPaper.objects.visible_to(user).filter(pk=paper).exists()


@job("findings.field", title="生成现场记录 Word", allowed=_may_have_field)
def field(ctx: JobContext, **args: Any) -> StoredFile:
    """One visit, check or meeting as Word."""
    asker = User.objects.get(pk=ctx.actor_id)
    papers = with_field_relations(FieldPaper.objects.visible_to(asker)).select_related(
        "town", "round__district"
    )
    row = papers.filter(pk=args["paper"]).first()
    if row is None:
        raise ServiceError("这份记录已不在您可以看的范围内，没有生成。")
    ctx.progress(0, 1, row.get_kind_display())
    name = f"{row.get_kind_display()} {row.no or '未编号'} {row.village.name}.docx"
    return ctx.store(name, field_docx(field_data(row)))
