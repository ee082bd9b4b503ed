"""Child process: reads a workbook from standard input and prints its sheets in pieces.

Prints ``marshal`` values, each after its length in eight bytes: ``("sheet", name)``, then lists of rows, and ``None``
at the very end. A row is a list of
``str``, ``float`` and ``bool`` beginning at column A and row 1; an empty row is an empty list. Dates come as ISO
text. Merged ranges are filled. Arguments: most filled rows, most columns. Exit codes: see the constants.
"""

import datetime as dt
import gc
import io
import marshal
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

PASSWORD, BROKEN, TOO_MANY_ROWS, NO_SHEET = 3, 4, 5, 6
_PIECE = 500
# Marshal's version 2 keeps no table of references, which is quicker for cells that are all different.
_VERSION = 2


def main(max_rows: int, max_columns: int) -> int:
    """Print every visible sheet, or all sheets when none is visible."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        visible = [meta for meta in sheets if meta.visible == SheetVisibleEnum.Visible]
        left = max_rows
        for meta in visible or sheets:
            _put(("sheet", meta.name))
            for piece in _pieces(_filled(book.get_sheet_by_name(meta.name), max_columns)):
                left -= sum(1 for row in piece if row)
                if left < 0:
                    return TOO_MANY_ROWS
                _put_rows(piece)
    except PasswordError:
        return PASSWORD
    except (CalamineError, ValueError, OSError):
        return BROKEN
    _put(None)
    sys.stdout.flush()
    return 0 if sheets else NO_SHEET


def _filled(sheet: CalamineSheet, max_columns: int) -> Iterator[list[Any]]:
    """Yield the rows; every cell of a merged range has the range's value."""
    starting: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        starting.setdefault(top, []).append((left, min(right, max_columns - 1), bottom))
    open_ranges: list[tuple[int, int, int, Any]] = []
    for number, row in enumerate(sheet.iter_rows()):
        del row[max_columns:]
        if number in starting:
            open_ranges += [
                (left, right, bottom, row[left])
                for left, right, bottom in starting[number]
                if left < len(row)
            ]
        if open_ranges:
            open_ranges = [merged for merged in open_ranges if merged[2] >= number]
            for left, right, _, value in open_ranges:
                for column in range(left, min(right + 1, len(row))):
                    if row[column] == "":
                        row[column] = value
        yield row if row.count("") < len(row) else []


def _pieces(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    piece: list[list[Any]] = []
    for row in rows:
        piece.append(row)
        if len(piece) == _PIECE:
            yield piece
            piece = []
    yield piece


def _put_rows(rows: list[list[Any]]) -> None:
    try:
        _put(rows)
    except ValueError:  # dates and times are what marshal does not know
        _put([[_plain(cell) for cell in row] for row in rows])


def _put(value: Any) -> None:
    message = marshal.dumps(value, _VERSION)
    sys.stdout.buffer.write(len(message).to_bytes(8, "big") + message)


def _plain(cell: Any) -> str | float | bool:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell if isinstance(cell, str | float | bool | int) else str(cell)


if __name__ == "__main__":
    # Nothing here makes reference cycles; looking for them among a million cells takes longer than reading them.
    gc.disable()
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
