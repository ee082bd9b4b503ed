"""Internal papers as one ruled form: label and value cells, long texts, lists, boxes to tick, places to sign."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any

from core.office.chinese import long_date, width
from core.office.pictures import Picture
from core.office.wordbase import PAPER
from core.office.wordfile import WordFile
from core.office.wordstyles import LEVEL1_FONT, fonts
from core.office.wordxml import paragraph, plain_text, runs, twips

BOX = "□"
# Characters of 小四 that a value takes on one line: as the only one of its row, as one of two.
FULL_LINE, HALF_LINE = 29, 11
# A space at which no line ends.
_TIED = "\u00a0"

_ROW_MM = 9
_SIGNATURE_MM = 20
# The room of one of two pictures on a line.
_PICTURE_MM = (72.0, 62.0)
# How the cells of a list stand: left, centred, right, or large to be ticked by hand.
_STYLES = {
    "l": ("TableText", ""),
    "c": ("TableText", "center"),
    "r": ("TableText", "right"),
    "t": ("TickBox", ""),
}


@dataclass(frozen=True)
class _Ruling:
    """One table with a grid of narrow columns: every row spans as many as it needs (Word allows 63)."""

    units: int
    unit: int
    label: int


_UPRIGHT = _Ruling(52, twips(3), 10)
# 250 mm of text in 60 columns.
_TURNED = _Ruling(60, twips(25 / 6), 7)


def ticks(options: Iterable[str], room: float = FULL_LINE) -> str:
    """Choices to be ticked by hand (``□ 原件　□ 复印件``) in lines of at most ``room`` characters.

    A box and its word are never parted by the end of a line.
    """
    lines: list[str] = []
    for option in options:
        choice = f"{BOX}{_TIED}{option}"
        joined = f"{lines[-1]}　{choice}" if lines else ""
        if lines and width(joined.replace(_TIED, " ")) <= room:
            lines[-1] = joined
        else:
            lines.append(choice)
    return "\n".join(lines)


class PaperForm(WordFile):
    """A form filled in from top to bottom.

    ``number`` stands right above the ruled part, ``heading`` left; ``mark`` (密级) and ``edition`` above the title.
    """

    def __init__(
        self,
        *,
        title: str,
        created: dt.date,
        author: str = "",
        number: str = "",
        heading: str = "",
        mark: str = "",
        edition: str = "",
        landscape: bool = False,
    ) -> None:
        super().__init__(PAPER, title=title, created=created, author=author)
        self._landscape = landscape
        self._ruling = _TURNED if landscape else _UPRIGHT
        self._rows: list[str] = []
        if mark or edition:
            self._ends(mark, edition, fonts(LEVEL1_FONT))
        self._add("FormTitle", title)
        self._add("FormLine", "")
        if number or heading:
            self._ends(heading, number)

    def pairs(self, pairs: Iterable[tuple[str, Any]], columns: int = 2, *, row_mm: float = _ROW_MM) -> None:
        """Add label and value cells, ``columns`` pairs a line; a last odd pair takes the whole line."""
        items = [(label, plain_text(value)) for label, value in pairs]
        for start in range(0, len(items), columns):
            line = items[start : start + columns]
            cells, left = [], self._ruling.units
            for position, (label, value) in enumerate(line):
                share = left // (len(line) - position)
                cells += [self._cell(self._ruling.label, _label(label))]
                cells += [self._cell(share - self._ruling.label, _value(value))]
                left -= share
            self._rows.append(_row(cells, height=row_mm))

    def block(self, label: str, text: Any, *, min_height_mm: float = 20) -> None:
        """Add a label with a long text; every line of the text is a paragraph. The row may run over pages."""
        cells = [
            self._cell(self._ruling.label, _label(label)),
            self._cell(self._ruling.units - self._ruling.label, _paragraphs(text), middle=False),
        ]
        self._rows.append(_row(cells, height=min_height_mm, whole=False))

    def band(self, text: str) -> None:
        """Add a heading across the whole form."""
        self._rows.append(_row([self._cell(self._ruling.units, _label(text))]))

    def room(self, text: Any = "", *, min_height_mm: float = 20) -> None:
        """Add one cell across the whole form, with a text or to be written in."""
        cell = self._cell(self._ruling.units, _paragraphs(text), middle=False)
        self._rows.append(_row([cell], height=min_height_mm, whole=False))

    def grid(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[Any]],
        widths_mm: Sequence[float] | None = None,
        *,
        label: str = "",
        align: str = "",
        row_mm: float = _ROW_MM,
        merge_first: bool = False,
    ) -> None:
        """Add a small list inside the form, under an optional full-width ``label``.

        ``align`` is one letter per column (``l``, ``c``, ``r``, ``t`` for a box to tick). ``merge_first``: equal values
        below each other in the first column become one cell. Without ``headers`` only the rows are added.
        """
        lines = [[plain_text(value) for value in row] for row in rows]
        units = _shares(widths_mm or [len(header) + 2 for header in headers], self._ruling.units)
        if label:
            self.band(label)
        if headers:
            cells = [self._cell(share, _label(header)) for share, header in zip(units, headers, strict=True)]
            self._rows.append(_row(cells))
        letters = (align + "l" * len(units))[: len(units)]
        for _, group in groupby(lines, key=lambda line: line[0] if merge_first else None):
            for position, line in enumerate(group):
                merge = ("restart" if position == 0 else "continue") if merge_first else ""
                self._rows.append(_row(self._list_cells(units, line, letters, merge), height=row_mm))

    def _list_cells(self, units: Sequence[int], line: Sequence[str], letters: str, merge: str) -> list[str]:
        """The cells of one row of a list; ``merge`` is the first one's part in a merged cell."""
        cells = []
        for position, (share, text, letter) in enumerate(zip(units, line, letters, strict=True)):
            down = merge if position == 0 else ""
            style, place = _STYLES[letter]
            content = paragraph(
                style,
                "" if down == "continue" else runs(text),
                f'<w:jc w:val="{place}"/>' if place else "",
            )
            cells.append(self._cell(share, content, merge=down))
        return cells

    def signatures(
        self, signers: Iterable[tuple[str, str, dt.date | None]], *, height_mm: float = _SIGNATURE_MM
    ) -> None:
        """Add places to sign, up to three a line: ``(label, name or "", day or None)``."""
        items = list(signers)
        for start in range(0, len(items), 3):
            line = items[start : start + 3]
            units = _shares([1] * len(line), self._ruling.units)
            cells = [
                self._cell(share, _signature(*signer), middle=False)
                for share, signer in zip(units, line, strict=True)
            ]
            self._rows.append(_row(cells, height=height_mm))

    def prose(self, text: str) -> None:
        """End the ruled part and add running text, a paragraph a line."""
        self._close()
        self._body.append(_paragraphs(text))

    def note(self, text: str) -> None:
        """End the ruled part and add a note under it."""
        self._close()
        for line in text.splitlines():
            self._add("FormNote", line)

    def next_page(self) -> None:
        """Go on on a new page."""
        self._close()
        self.start_page(landscape=self._landscape)

    def pictures(self, pictures: Iterable[tuple[Picture, str]], *, label: str = "") -> None:
        """Add pictures with their captions, two a line, under an optional full-width ``label``."""
        items = list(pictures)
        if label and items:
            self.band(label)
        half = self._ruling.units // 2
        for start in range(0, len(items), 2):
            line = items[start : start + 2]
            share = half if len(line) == 2 else self._ruling.units
            self._rows.append(_row([self._cell(share, self._pictured(*item)) for item in line]))

    def _pictured(self, picture: Picture, caption: str) -> str:
        centre = '<w:jc w:val="center"/>'
        shown = self._drawing(picture, *_PICTURE_MM)
        return paragraph("TableText", shown, centre) + paragraph("TableText", runs(caption), centre)

    def next_form(
        self, *, title: str, number: str = "", heading: str = "", landscape: bool | None = None
    ) -> None:
        """Begin a further form on a new page of the same file, upright or turned as before unless told."""
        self._close()
        self.start_page(landscape=self._landscape if landscape is None else landscape)
        self._ruling = _TURNED if self._landscape else _UPRIGHT
        self._add("FormTitle", title)
        self._add("FormLine", "")
        self._ends(heading, number)

    def write(self, stream: IO[bytes]) -> None:
        """Write the file."""
        self._close()
        super().write(stream)

    def _ends(self, left: str, right: str, left_face: str = "") -> None:
        """One line with a text at each end; ``left_face`` formats the left one."""
        edge = self._ruling.units * self._ruling.unit
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
        self._body.append(paragraph("FormLine", runs(left, left_face) + runs(f"\t{right}"), tab))

    def _close(self) -> None:
        """Write the rows collected so far as one table."""
        if not self._rows:
            return
        ruling = self._ruling
        columns = f'<w:gridCol w:w="{ruling.unit}"/>' * ruling.units
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{ruling.units * ruling.unit}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(self._rows)}</w:tbl>{paragraph('Hairline')}"
        )
        self._rows.clear()

    def _cell(self, units: int, content: str, *, middle: bool = True, merge: str = "") -> str:
        place = "center" if middle else "top"
        down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{units * self._ruling.unit}" w:type="dxa"/><w:gridSpan w:val="{units}"/>{down}'
            f'<w:vAlign w:val="{place}"/></w:tcPr>{content}</w:tc>'
        )


def _shares(weights: Sequence[float], all_units: int) -> list[int]:
    scale = all_units / sum(weights)
    units = [max(2, int(weight * scale)) for weight in weights]
    widest = units.index(max(units))
    units[widest] += all_units - sum(units)
    return units


def _row(cells: list[str], *, height: float = _ROW_MM, whole: bool = True) -> str:
    """A row at least ``height`` millimetres high."""
    keep = "<w:cantSplit/>" if whole else ""
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{keep}{least}</w:trPr>{''.join(cells)}</w:tr>"


def _label(text: str) -> str:
    return paragraph("TableHead", runs(text))


def _value(text: str) -> str:
    return paragraph("TableText", runs(text))


def _paragraphs(text: Any) -> str:
    lines = [line.strip() for line in plain_text(text).splitlines() if line.strip()] or [""]
    return "".join(paragraph("FormBlock", runs(line)) for line in lines)


def _signature(label: str, name: str, day: dt.date | None) -> str:
    date = long_date(day) or "　　年　　月　　日"
    return (
        paragraph("TableText", runs(f"{label}：{name}"))
        + paragraph("TableText")
        + paragraph("TableText", runs(date), '<w:jc w:val="right"/>')
    )
