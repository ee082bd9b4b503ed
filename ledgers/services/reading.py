"""Storing what was read of a file: one preview for each sheet, its rows in batches."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from core import audit, clock, records
from ledgers.models import LedgerRow, LedgerSheet, LedgerSource
from ledgers.rules.gaps import years_missing
from ledgers.rules.reading.sheet import Sheet
from ledgers.rules.reading.typed import typed
from ledgers.rules.reading.workbook import Refused, Workbook
from ledgers.rules.stored import to_data, words_of

_BATCH = 1000
# So many of a sheet's faults are kept to be shown; their numbers are kept whole.
_KEPT = 300
_TITLE, _NAME = 200, 120


@transaction.atomic
def store_sheet(
    *, actor: Any, source: LedgerSource, position: int, found: Sheet, gaps: dict[str, list[str]]
) -> LedgerSheet:
    """Keep one sheet as a preview, with its rows; ``gaps`` are the years missing in the file, by kind."""
    sheet = LedgerSheet(source=source, village_id=source.village_id, position=position)
    fill_sheet(sheet, found, gaps)
    # The rows first: the sheet comes with its numbers by year. Both are there when the transaction ends.
    sheet.years = store_rows(sheet, found)
    return records.create(sheet, actor=actor, verb="ledgers.sheet.store")


@transaction.atomic
def finish_reading(*, actor: Any, source: LedgerSource, read: Workbook) -> LedgerSource:
    """Keep the sheets that could not be read with the reason; the file has been read."""
    for position, refused in enumerate(read.refused, len(read.sheets) + 1):
        records.create(_refused_sheet(source, position, refused), actor=actor, verb="ledgers.sheet.store")
    changes = {"read_at": clock.now()}
    return records.update(source, actor=actor, verb="ledgers.source.read", revision=None, changes=changes)


@transaction.atomic
def store_reading(*, actor: Any, source: LedgerSource, read: Workbook) -> LedgerSource:
    """Keep every sheet of ``read`` as a preview."""
    gaps = years_missing(read.sheets)
    for position, found in enumerate(read.sheets, 1):
        store_sheet(actor=actor, source=source, position=position, found=found, gaps=gaps)
    return finish_reading(actor=actor, source=source, read=read)


@transaction.atomic
def forget_reading(*, actor: Any, source: LedgerSource) -> LedgerSource:
    """Drop what an interrupted reading left, before the file is read again."""
    if source.sheets.exists():
        source.sheets.all().delete()
        audit.record(actor=actor, verb="ledgers.source.again", target=source)
    return source


def fill_sheet(sheet: LedgerSheet, found: Sheet, gaps: dict[str, list[str]]) -> None:
    """Set what was understood of a sheet."""
    faults = sorted(found.faults, key=lambda fault: fault.row)
    figures = {known.title for known in found.kind.by_key.values() if known.reads == "amount"}
    sheet.name, sheet.kind, sheet.title = found.name[:_NAME], found.kind.code, found.title[:_TITLE]
    sheet.mapping, sheet.refusal = found.mapping.to_json(), ""
    sheet.rows_count = len(found.rows)
    sheet.differences = [
        {"row": told.row, "column": "", "told": told.sentence} for told in found.differences[:_KEPT]
    ]
    sheet.differences_count = len(found.differences)
    sheet.unread = [_told(fault) for fault in faults[:_KEPT]]
    sheet.unread_count = len(faults)
    sheet.unread_figures = sum(fault.column in figures for fault in faults)
    sheet.notes = [_told(note) for note in found.notes[:_KEPT]]
    sheet.unmapped, sheet.gaps = found.unmapped, gaps.get(found.kind.code, [])


def _told(error: Any) -> dict[str, Any]:
    return {"row": error.row, "column": error.column, "told": error.message}


def _refused_sheet(source: LedgerSource, position: int, refused: Refused) -> LedgerSheet:
    return LedgerSheet(
        source=source,
        village_id=source.village_id,
        position=position,
        name=refused.name[:_NAME],
        refusal=refused.sentence,
        mapping={"kind": "", "heads": list(refused.heads), "fields": [""] * len(refused.heads)},
    )


def store_rows(sheet: LedgerSheet, found: Sheet) -> dict[str, int]:
    """Write the rows of a sheet in batches; answers how many there are of each year."""
    years: Counter[int] = Counter()
    made = _rows(sheet, found)
    while batch := list(islice(made, _BATCH)):
        years.update(row.year for row in batch if row.year)
        records.check_lengths(batch)
        LedgerRow.objects.bulk_create(batch)
    return {str(year): count for year, count in sorted(years.items())}


def _rows(sheet: LedgerSheet, found: Sheet) -> Iterator[LedgerRow]:
    for row in typed(found, str):
        day = getattr(row, "day", None) or getattr(row, "paid_on", None)
        yield LedgerRow(
            sheet=sheet,
            village_id=sheet.village_id,
            kind=sheet.kind,
            year=getattr(row, "year", None) or found.year,
            month=getattr(row, "month", None) or (day.month if day else None),
            line=int(row.key),
            data=to_data(row),
            words=words_of(row),
        )
