"""Setting the columns of a preview right: all previews of the file with the same heads are read again."""

from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.files.store import read_bytes
from core.jobs import enqueue
from ledgers.models import LedgerRow, LedgerSheet, LedgerSource, SheetStatus
from ledgers.rules.columns import checked_mapping
from ledgers.rules.gaps import years_missing
from ledgers.rules.keeping import can_decide
from ledgers.rules.reading.heads import Mapping
from ledgers.rules.reading.workbook import Workbook
from ledgers.selectors.reading import READ_AT_ONCE, read_books
from ledgers.services.reading import fill_sheet, store_rows

_WRITTEN = (
    "name", "kind", "title", "mapping", "refusal", "rows_count", "differences", "differences_count", "unread",
    "unread_count", "unread_figures", "notes", "unmapped", "gaps",
)  # fmt: skip


@transaction.atomic
def map_columns(
    *, actor: Any, sheet: LedgerSheet, kind: str, fields: list[str], revision: int | None = None
) -> LedgerSheet:
    """Read a preview again with the columns a person chose; a large file by a job.

    Raises ``ServiceError`` when the choice cannot be read, and then everything stays as it was.
    """
    demand(can_decide(actor, sheet))
    if sheet.status != SheetStatus.PREVIEW:
        raise ServiceError("只有待确认的表可以改列的含义。")
    if revision is not None and revision != sheet.revision:
        raise StaleRecord(sheet)
    chosen = checked_mapping(kind, sheet.mapping["heads"], fields)
    source = sheet.source
    if source.file.size > READ_AT_ONCE:
        args = {"source": source.pk, "mapping": chosen.to_json()}
        enqueue("ledgers.map", args=args, actor=actor, subject=source, dedupe=f"ledgers.map:{sheet.pk}")
        return sheet
    read = read_books(read_bytes(source.file), source.file.name, year=source.year, chosen=[chosen])
    store_mapped(actor=actor, source=source, read=read, chosen=chosen)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def store_mapped(*, actor: Any, source: LedgerSource, read: Workbook, chosen: Mapping) -> LedgerSource:
    """Put what was read with ``chosen`` in the place of the file's previews with these heads."""
    found = {sheet.name: sheet for sheet in read.sheets if sheet.mapping == chosen}
    heads, gaps = list(chosen.heads), years_missing(read.sheets)
    waiting = source.sheets.filter(status=SheetStatus.PREVIEW)
    rows = [sheet for sheet in waiting if sheet.mapping["heads"] == heads and sheet.name in found]
    if not rows:
        raise ServiceError(next((refused.sentence for refused in read.refused), "这样选，没有读出内容。"))
    for sheet in rows:
        LedgerRow.objects.filter(sheet=sheet).delete()
        fresh = LedgerSheet(pk=sheet.pk, source=source, village_id=source.village_id)
        fill_sheet(fresh, found[sheet.name], gaps)
        changes = records.field_values(fresh, _WRITTEN)
        changes |= {"by_hand": True, "years": store_rows(fresh, found[sheet.name])}
        records.update(sheet, actor=actor, verb="ledgers.sheet.map", revision=None, changes=changes)
    return source
