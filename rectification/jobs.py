"""Background work of the rectification stage."""

from typing import Any
from uuid import UUID

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from rectification import rules
from rectification.documents import ledger_xlsx
from rectification.documents.order import order_docx
from rectification.documents.order_register import register_xlsx
from rectification.models import FixOrder
from rectification.selectors.order_paper import order_paper
from rectification.selectors.order_register import order_register
from rectification.selectors.orders import with_order_relations
from rectification.selectors.papers import ledger_paper
from villages.models import Round, User


def _may_have(user: User, round: str) -> bool:
    return bool(rules.can_browse(user)) and Round.objects.visible_to(user).filter(pk=round).exists()


@job("rectification.ledger", title="生成整改台账", allowed=_may_have)
def ledger(ctx: JobContext, round: str) -> StoredFile:
    """The ledger of a round, as far as the asking person may see it at this moment."""
    user = _asker(ctx)
    row = Round.objects.visible_to(user).select_related("district").filter(pk=round).first()
    if row is None or not rules.can_browse(user):
        raise ServiceError("您已不能查看这一轮次，未生成文件。")
    paper = ledger_paper(user, row, clock.today())
    return ctx.store(f"{row.name}整改台账.xlsx", ledger_xlsx(paper))


def _may_have_order(user: User, order: str) -> bool:
    return bool(rules.can_browse(user)) and FixOrder.objects.visible_to(user).filter(pk=order).exists()


@job("rectification.order", title="生成交办单 Word", allowed=_may_have_order)
def order(ctx: JobContext, order: str) -> StoredFile:
    """One order with all that followed, as the office files it."""
    return _word(ctx, order, whole=True)


@job("rectification.order_copy", title="生成交办单送达联", allowed=_may_have_order)
def order_copy(ctx: JobContext, order: str) -> StoredFile:
    """The order as it was sent, for the addressee: without the number of the workpaper behind it."""
    return _word(ctx, order, whole=False)


def _word(ctx: JobContext, order: str, *, whole: bool) -> StoredFile:
    rows = with_order_relations(FixOrder.objects.visible_to(_asker(ctx)))
    row = rows.filter(pk=order).first()
    if row is None:
        raise ServiceError("这份交办单已不在您可以看的范围内，没有生成。")
    ctx.progress(0, 1, row.title)
    name = f"交办单 {row.doc_no}{'' if whole else '（送达联）'}.docx"
    return ctx.store(name, order_docx(order_paper(row, whole=whole)))


@job("rectification.order_register", title="生成交办单登记簿", allowed=_may_have)
def register(ctx: JobContext, round: str) -> StoredFile:
    """The register of a round, as far as the asking person may see it at this moment."""
    user = _asker(ctx)
    row = Round.objects.visible_to(user).select_related("district").filter(pk=round).first()
    if row is None or not rules.can_browse(user):
        raise ServiceError("您已不能查看这一轮次，未生成文件。")
    content = register_xlsx(order_register(user, row, clock.today()))
    return ctx.store(f"{row.name}即知即改交办单登记簿.xlsx", content)


def _asker(ctx: JobContext) -> Any:
    return User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
