"""The rule book as a workbook."""

from typing import Any

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from prep.documents.rulebook import rule_book_xlsx
from prep.selectors.rulebook_sheet import rule_sheet
from villages.access import is_office
from villages.models import User


def _may_have_book(user: User, blank: bool) -> bool:
    return is_office(user)


@job("prep.rule_sheet", title="导出法规制度库 Excel", allowed=_may_have_book)
def rule_book(ctx: JobContext, **args: Any) -> StoredFile:
    """The whole book, or an empty form."""
    asker = User.objects.get(pk=ctx.actor_id)
    if not is_office(asker):
        raise ServiceError("法规制度库由巡察办导出，没有生成。")
    blank = bool(args["blank"])
    ctx.progress(0, 1, "法规制度库")
    name = "法规制度空白表" if blank else "法规制度库"
    return ctx.store(f"{name}.xlsx", rule_book_xlsx(rule_sheet(asker, clock.today(), blank=blank)))
