"""A sheet for a wall: large centred lines, points to read, and one square code drawn as a table of black cells.

A table prints as sharp as text, needs no picture in the file, and opens alike in Word, WPS and LibreOffice.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from core.office.wordbase import PAPER
from core.office.wordfile import WordFile
from core.office.wordstyles import TITLE_FONT, fonts
from core.office.wordxml import paragraph, runs, twips

_CENTRED = '<w:jc w:val="center"/>'


class Poster(WordFile):
    """One A4 page; sizes are in points."""

    def __init__(self, *, title: str, created: dt.date, author: str = "") -> None:
        super().__init__(PAPER, title=title, created=created, author=author)

    def line(self, text: str, size: float, *, bold: bool = False, after: float = 6) -> None:
        """One centred line, or as many as it takes."""
        face = fonts(TITLE_FONT) if bold else ""
        self._line(text, size, face, f'<w:spacing w:after="{round(after * 20)}"/>{_CENTRED}')

    def points(self, texts: Iterable[str], size: float) -> None:
        """Short sentences, one below the other."""
        for text in texts:
            self._line(f"● {text}", size, "", '<w:spacing w:after="120"/>')

    def _line(self, text: str, size: float, face: str, properties: str) -> None:
        half = round(size * 2)
        self._body.append(
            paragraph(
                "FormLine", runs(text, f'{face}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'), properties
            )
        )

    def code(self, matrix: Iterable[Iterable[int]], side_mm: float) -> None:
        """A square code; ``matrix`` holds 1 for black, row by row, and brings its own quiet margin."""
        lines = [[int(cell) for cell in line] for line in matrix]
        cell = twips(side_mm / len(lines))
        grid = f'<w:gridCol w:w="{cell}"/>' * len(lines[0])
        self._body.append(
            '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_row(line, cell) for line in lines)}</w:tbl>"
        )
        self._add("Hairline", "")


def _row(line: list[int], cell: int) -> str:
    cells = []
    for black, run in groupby(line):
        count = len(list(run))
        span = f'<w:gridSpan w:val="{count}"/>' if count > 1 else ""
        fill = "000000" if black else "FFFFFF"
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{cell * count}" w:type="dxa"/>{span}'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>{paragraph("Hairline")}</w:tc>'
        )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{cell}" w:hRule="exact"/></w:trPr>{"".join(cells)}</w:tr>'
