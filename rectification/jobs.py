"""Background work of the rectification stage."""

from uuid import UUID

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from rectification import rules
from rectification.documents import ledger_xlsx
from rectification.selectors.papers import ledger_paper
from villages.models import Round, User


def _may_have(user: User, round: str) -> bool:
    return bool(rules.can_browse(user)) and Round.objects.visible_to(user).filter(pk=round).exists()


@job("rectification.ledger", title="生成整改台账", allowed=_may_have)
def ledger(ctx: JobContext, round: str) -> StoredFile:
    """The ledger of a round, as far as the asking person may see it at this moment."""
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    row = Round.objects.visible_to(user).select_related("district").filter(pk=round).first()
    if row is None or not rules.can_browse(user):
        raise ServiceError("您已不能查看这一轮次，未生成文件。")
    paper = ledger_paper(user, row, clock.today())
    return ctx.store(f"{row.name}整改台账.xlsx", ledger_xlsx(paper))
