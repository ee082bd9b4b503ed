"""Outlines of talks as Word, one or all of a village in one file; also offered to the village's set of papers."""

from typing import Any

from core.blanks import filled_paper
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from prep.documents.outline import outlines_docx
from prep.models import Outline
from prep.selectors.outlines import papers_of, printable
from villages.models import User, VillageInspection


def _may_have(user: User, inspection: str, outline: str = "") -> bool:
    if outline:
        return Outline.objects.visible_to(user).filter(pk=outline).exists()
    return VillageInspection.objects.visible_to(user).filter(pk=inspection).exists()


@job("prep.outlines", title="生成谈话提纲 Word", allowed=_may_have)
def outlines(ctx: JobContext, **args: Any) -> StoredFile:
    """What the asker may see decides again when the job runs."""
    asker = User.objects.get(pk=ctx.actor_id)
    rows = printable(asker, args["inspection"], args.get("outline"))
    if not rows:
        raise ServiceError("没有您可以打印的谈话提纲，请先拟好提纲。")
    ctx.progress(0, len(rows), rows[0].village.name)
    content = outlines_docx(papers_of(rows))
    ctx.progress(len(rows), len(rows), rows[0].village.name)
    name = f"谈话提纲 {rows[0].kind.name}" if args.get("outline") else f"谈话提纲 共{len(rows)}份"
    return ctx.store(f"{name} {rows[0].village.name}.docx", content)


@filled_paper("prep.outlines", title="谈话提纲", stage="prep")
def village_outlines(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    """Every outline in force of a village, for its set of papers."""
    rows = printable(viewer, inspection.pk)
    return (f"谈话提纲 {inspection.village.name}.docx", outlines_docx(papers_of(rows))) if rows else None
