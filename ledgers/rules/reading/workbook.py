"""Reads every sheet of a file that can be read, and says of the others why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from core.office.columns import CellError
from core.office.errorcells import error_cells, unfinished_formulas
from core.office.tables import ImportRefused, read_tables
from ledgers.rules.reading.heads import Mapping, NoHead
from ledgers.rules.reading.identity import Mark
from ledgers.rules.reading.sheet import Sheet, read_sheet


class Refused(NamedTuple):
    """A sheet that could not be read: its name, the sentence, and what may be its head, for mapping it by hand."""

    name: str
    sentence: str
    heads: tuple[str, ...] = ()


@dataclass
class Workbook:
    """The sheets of a file that could be read, and those that could not."""

    sheets: list[Sheet] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_file(
    content: bytes,
    filename: str,
    *,
    mark: Mark,
    year: int | None = None,
    learned: Iterable[Mapping] = (),
    by_hand: bool = False,
) -> Workbook:
    """Every sheet of the file. Raises ``ImportRefused`` when none of them can be read.

    ``by_hand``: a sheet whose head is not known is no reason to refuse the file, as people can tell what it means.
    """
    known, book = list(learned), Workbook()
    refusals: list[ImportRefused] = []
    tables = read_tables(content, filename)
    for table in [table for table in tables if any(table.rows)] or tables[:1]:
        try:
            book.sheets.append(read_sheet(table, filename, mark=mark, year=year, learned=known))
        except ImportRefused as refusal:
            refusals.append(refusal)
            heads = refusal.heads if isinstance(refusal, NoHead) else ()
            book.refused.append(Refused(table.sheet, refusal.message, heads))
        table.rows.clear()  # a sheet is not held as a table and as values at once
    if not book.sheets and not (by_hand and any(refused.heads for refused in book.refused)):
        raise min(refusals, key=lambda refusal: isinstance(refusal, NoHead))
    _tell_lost_cells(book, content)
    return book


def _tell_lost_cells(book: Workbook, content: bytes) -> None:
    """A formula nobody computed and an error arrive as blanks; here a blank would pass for no money."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for lost in (error_cells(content), unfinished_formulas(content)):
        for name in lost.keys() & sheets.keys():
            sheet, fields = sheets[name], sheets[name].mapping.fields
            for row, column, written in lost[name]:
                if column < len(fields) and fields[column]:
                    told = f"这一格的公式没有结果（{written[:20]}），读不出数。请用 Excel 或 WPS 打开、保存后重新上传。"
                    sheet.faults.append(
                        CellError(row + 1, sheet.kind.field(fields[column]).title, told, name)
                    )
            sheet.faults.sort(key=lambda fault: fault.row)
