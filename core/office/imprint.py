"""The 版记: ruled lines whose last one lies on the lower edge of the last page's text."""

from collections.abc import Sequence

from core.office.wordxml import paragraph, runs, twips

_WIDTH = twips(156)
_MARGIN = 280  # twips: one character of 4号 on both sides


def imprint(lines: Sequence[str]) -> str:
    """Return a table placed at the foot of the text; a tab in a line sends what follows to the right edge.

    Word and WPS put it there; LibreOffice does not float a table as wide as the text and shows it in place.
    """
    rows = "".join(
        _row(line, first=number == 0, last=number == len(lines) - 1) for number, line in enumerate(lines)
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
        ' w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(line: str, *, first: bool, last: bool) -> str:
    edges = _edge("top", 8 if first else 6) + _edge("bottom", 8 if last else 6)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{_WIDTH - _MARGIN}"/></w:tabs>' if "\t" in line else ""
    text = paragraph("Imprint", runs(line), f'{tab}<w:ind w:left="{_MARGIN}" w:right="{_MARGIN}"/>')
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/>'
        f"<w:tcBorders>{edges}</w:tcBorders></w:tcPr>{text}</w:tc></w:tr>"
    )


def _edge(name: str, eighths: int) -> str:
    """Return a border: 0.35 mm (8 eighths of a point) above and below, 0.25 mm (6) between."""
    return f'<w:{name} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
