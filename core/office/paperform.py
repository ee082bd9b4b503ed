"""Internal papers as one ruled form: label and value cells, long texts, small lists, places to sign."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from core.office.chinese import long_date
from core.office.wordbase import PAPER
from core.office.wordfile import WordFile
from core.office.wordxml import paragraph, plain_text, runs, twips

# One table with a grid of 3 mm columns: every row spans as many as it needs (Word allows 63).
_UNITS = 52
_UNIT = twips(3)
_LABEL_UNITS = 8
_SIGNATURE_HEIGHT = twips(20)


class PaperForm(WordFile):
    """A form filled in from top to bottom. ``number`` stands right above the ruled part, ``heading`` left."""

    def __init__(
        self, *, title: str, created: dt.date, author: str = "", number: str = "", heading: str = ""
    ) -> None:
        super().__init__(PAPER, title=title, created=created, author=author)
        self._rows: list[str] = []
        self._add("FormTitle", title)
        self._add("FormLine", "")
        if number or heading:
            tab = f'<w:tabs><w:tab w:val="right" w:pos="{_UNITS * _UNIT}"/></w:tabs>'
            self._body.append(paragraph("FormLine", runs(f"{heading}\t{number}"), tab))

    def pairs(self, pairs: Iterable[tuple[str, Any]], columns: int = 2) -> None:
        """Add label and value cells, ``columns`` pairs a line; a last odd pair takes the whole line."""
        items = [(label, plain_text(value)) for label, value in pairs]
        for start in range(0, len(items), columns):
            line = items[start : start + columns]
            cells, left = [], _UNITS
            for position, (label, value) in enumerate(line):
                share = left // (len(line) - position)
                cells += [_cell(_LABEL_UNITS, _label(label)), _cell(share - _LABEL_UNITS, _value(value))]
                left -= share
            self._rows.append(_row(cells))

    def block(self, label: str, text: Any, *, min_height_mm: float = 20) -> None:
        """Add a label with a long text; every line of the text is a paragraph. The row may run over pages."""
        lines = [line.strip() for line in plain_text(text).splitlines() if line.strip()] or [""]
        content = "".join(paragraph("FormBlock", runs(line)) for line in lines)
        cells = [_cell(_LABEL_UNITS, _label(label)), _cell(_UNITS - _LABEL_UNITS, content, middle=False)]
        self._rows.append(_row(cells, height=twips(min_height_mm), whole=False))

    def grid(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[Any]],
        widths_mm: Sequence[float] | None = None,
        *,
        label: str = "",
    ) -> None:
        """Add a small list inside the form, under an optional full-width ``label``."""
        units = _shares(widths_mm or [len(header) + 2 for header in headers])
        if label:
            self._rows.append(_row([_cell(_UNITS, paragraph("TableHead", runs(label)))]))
        self._rows.append(
            _row([_cell(share, _label(header)) for share, header in zip(units, headers, strict=True)])
        )
        for row in rows:
            self._rows.append(
                _row(
                    [_cell(share, _value(plain_text(value))) for share, value in zip(units, row, strict=True)]
                )
            )

    def signatures(self, signers: Iterable[tuple[str, str, dt.date | None]]) -> None:
        """Add places to sign, up to three a line: ``(label, name or "", day or None)``."""
        items = list(signers)
        for start in range(0, len(items), 3):
            line = items[start : start + 3]
            units = _shares([1] * len(line))
            cells = [
                _cell(share, _signature(*signer), middle=False)
                for share, signer in zip(units, line, strict=True)
            ]
            self._rows.append(_row(cells, height=_SIGNATURE_HEIGHT))

    def note(self, text: str) -> None:
        """End the ruled part and add a note under it."""
        self._close()
        for line in text.splitlines():
            self._add("FormLine", line)

    def next_form(self, *, title: str, number: str = "", heading: str = "") -> None:
        """Begin a further form on a new page of the same file."""
        self._close()
        self.start_page()
        self._add("FormTitle", title)
        self._add("FormLine", "")
        self._add("FormLine", f"{heading}　{number}")

    def to_bytes(self) -> bytes:
        """Return the file."""
        self._close()
        return super().to_bytes()

    def _close(self) -> None:
        """Write the rows collected so far as one table."""
        if not self._rows:
            return
        columns = f'<w:gridCol w:w="{_UNIT}"/>' * _UNITS
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{_UNITS * _UNIT}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(self._rows)}</w:tbl>{paragraph('Hairline')}"
        )
        self._rows.clear()


def _shares(weights: Sequence[float]) -> list[int]:
    scale = _UNITS / sum(weights)
    units = [max(2, int(weight * scale)) for weight in weights]
    widest = units.index(max(units))
    units[widest] += _UNITS - sum(units)
    return units


def _row(cells: list[str], *, height: int = twips(9), whole: bool = True) -> str:
    keep = "<w:cantSplit/>" if whole else ""
    return f'<w:tr><w:trPr>{keep}<w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>'


def _cell(units: int, content: str, *, middle: bool = True) -> str:
    place = "center" if middle else "top"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{units * _UNIT}" w:type="dxa"/><w:gridSpan w:val="{units}"/>'
        f'<w:vAlign w:val="{place}"/></w:tcPr>{content}</w:tc>'
    )


def _label(text: str) -> str:
    return paragraph("TableHead", runs(text))


def _value(text: str) -> str:
    return paragraph("TableText", runs(text))


def _signature(label: str, name: str, day: dt.date | None) -> str:
    date = long_date(day) or "　　年　　月　　日"
    return (
        paragraph("TableText", runs(f"{label}：{name}"))
        + paragraph("TableText")
        + paragraph("TableText", runs(date), '<w:jc w:val="right"/>')
    )
