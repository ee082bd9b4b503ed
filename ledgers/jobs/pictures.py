"""The workbook of the pictures of a village's books; who may see the village is asked again when the job runs."""

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from ledgers.documents.pictures import pictures_xlsx
from ledgers.selectors.pictures.portrait import portrait_of
from ledgers.selectors.shelf import villages_seen
from villages.models import User


def _may_have(user: User, village: str) -> bool:
    return villages_seen(user).filter(pk=village).exists()


@job("ledgers.pictures", title="生成账册画像表", allowed=_may_have)
def pictures(ctx: JobContext, village: str) -> StoredFile:
    """One village's workbook."""
    asker = User.objects.get(pk=ctx.actor_id)
    row = villages_seen(asker).select_related("town__district").filter(pk=village).first()
    if row is None:
        raise ServiceError("这个村（社区）的账册已不在您可以看的范围内，没有生成。")
    made = portrait_of(row, clock.today())
    return ctx.store(f"{made.title}.xlsx", pictures_xlsx(made))
