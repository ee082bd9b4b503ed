"""What a file would give, without storing anything: for the command."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ledgers.rules.gaps import years_missing
from ledgers.rules.reading.sheet import Sheet
from ledgers.rules.reading.typed import typed
from ledgers.rules.reading.workbook import Refused
from ledgers.selectors.reading import read_books


@dataclass(frozen=True)
class Preview:
    """The sheets read, those that could not be, and what is missing by kind."""

    sheets: list[Sheet]
    refused: list[Refused]
    gaps: dict[str, list[str]]

    @property
    def rows(self) -> int:
        """Rows of all sheets."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    def report(self, *, created: int) -> dict[str, Any]:
        """The whole as plain JSON. ``errors`` are what a confirmation needs a reason for, or cannot be read at all."""
        errors = [_remark(row.name, 0, "", row.sentence) for row in self.refused]
        warnings = []
        for sheet in self.sheets:
            errors += [_remark(sheet.name, told.row, "", told.sentence) for told in sheet.differences]
            warnings += [_remark(sheet.name, f.row, f.column, f.message) for f in sheet.faults]
        for kind, told in self.gaps.items():
            name = next(sheet.kind.name for sheet in self.sheets if sheet.kind.code == kind)
            errors += [_remark(name, 0, "", sentence) for sentence in told]
        return {
            "rows": self.rows,
            "created": created,
            "sheets": [_sheet(sheet) for sheet in self.sheets],
            "errors": errors,
            "warnings": warnings,
        }


def preview(content: bytes, filename: str, *, year: int | None = None) -> Preview:
    """Read a file. Raises ``ImportRefused``."""
    book = read_books(content, filename, year=year)
    return Preview(book.sheets, book.refused, years_missing(book.sheets))


def _sheet(sheet: Sheet) -> dict[str, Any]:
    years = Counter(getattr(row, "year", None) or sheet.year for row in typed(sheet, str))
    return {
        "name": sheet.name,
        "kind": sheet.kind.code,
        "kind_name": sheet.kind.name,
        "title": sheet.title,
        "years": {str(year): count for year, count in sorted(years.items(), key=str) if year},
        "rows": len(sheet.rows),
    }


def _remark(sheet: str, row: int, column: str, message: str) -> dict[str, Any]:
    return {"sheet": sheet, "row": row, "column": column, "message": message}
