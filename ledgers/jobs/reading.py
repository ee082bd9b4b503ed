"""Reading large files of a village's books."""

from typing import Any

from core.errors import ServiceError
from core.files.store import read_bytes
from core.jobs import JobContext, job
from ledgers import services
from ledgers.models import LedgerSource
from ledgers.rules.gaps import years_missing
from ledgers.rules.keeping import can_keep_books
from ledgers.rules.reading.heads import Mapping
from ledgers.selectors.reading import read_books
from villages.models import User


def _may_have(user: User, source: str, mapping: Any = None) -> bool:
    return LedgerSource.objects.visible_to(user).filter(pk=source).exists()


def _source(ctx: JobContext, key: str) -> LedgerSource:
    asker = User.objects.get(pk=ctx.actor_id)
    row = LedgerSource.objects.visible_to(asker).select_related("file").filter(pk=key).first()
    if row is None or not can_keep_books(asker, row.village_id):
        raise ServiceError("这个村（社区）已不在您可以办理的范围内，没有读取。")
    return row


@job("ledgers.read", title="读取账册文件", allowed=_may_have)
def read_all(ctx: JobContext, source: str) -> None:
    """Every sheet of a file into a preview, one after the other."""
    row = _source(ctx, source)
    ctx.progress(0, 1, "打开文件，核对各张表")
    read = read_books(read_bytes(row.file), row.file.name, year=row.year)
    gaps, total = years_missing(read.sheets), len(read.sheets) + 1
    with ctx.fenced():
        services.forget_reading(actor=ctx.actor, source=row)
    for position, found in enumerate(read.sheets, 1):
        ctx.progress(position - 1, total, f"写入“{found.name}”{len(found.rows)}行")
        with ctx.fenced():
            services.store_sheet(actor=ctx.actor, source=row, position=position, found=found, gaps=gaps)
        found.rows.clear()
    ctx.progress(total, total, "读完")
    with ctx.finishing():
        services.finish_reading(actor=ctx.actor, source=row, read=read)


@job("ledgers.map", title="按所选的列重新读取账册", allowed=_may_have)
def map_again(ctx: JobContext, source: str, mapping: dict[str, Any]) -> None:
    """The previews of a file with the same heads, read again with other columns."""
    row, chosen = _source(ctx, source), Mapping.from_json(mapping)
    ctx.progress(0, 1, "重新读取")
    read = read_books(read_bytes(row.file), row.file.name, year=row.year, chosen=[chosen])
    with ctx.finishing():
        services.store_mapped(actor=ctx.actor, source=row, read=read, chosen=chosen)
