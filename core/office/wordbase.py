"""The empty official document every Word file starts from: parts, page, grid, styles, page numbers.

python-docx's own template carries parts that fail schema validation, so the package is begun from the few
parts of ``wordparts``; python-docx adds section and footers. The result is made once per layout and kept.
"""

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from core.office.wordparts import BODY_MARK, W, skeleton
from core.office.wordstyles import LINE, PAGE_NUMBER_FONT, fonts
from core.office.wordxml import indent, twips


@dataclass(frozen=True)
class Layout:
    """Page geometry in millimetres. ``number_below`` is from the text's lower edge to the page number's dash."""

    name: str
    top: float
    bottom: float
    left: float
    right: float
    number_below: float
    grid: bool

    @property
    def text_width(self) -> float:
        """Width of the text in millimetres, portrait."""
        return 210 - self.left - self.right


# GB/T 9704-2012: 37 mm above, 28 mm at the binding, 156 x 225 mm of text; the number's dash 7 mm below it.
OFFICIAL = Layout("official", 37, 35, 28, 26, 7, grid=True)
# Internal papers are no official documents: same width, more lines.
PAPER = Layout("paper", 25, 22, 28, 26, 7, grid=False)


@dataclass(frozen=True)
class Base:
    """An empty package: ``parts`` without the main one, whose body goes between ``head`` and ``tail``."""

    parts: dict[str, bytes]
    head: bytes
    tail: bytes
    footers: str
    layout: Layout

    def section(self, *, landscape: bool = False, inner: bool = False) -> str:
        """Return ``w:sectPr``; ``inner`` for a section that ends before the document does."""
        page = self.layout
        if landscape:
            # Turned to the left: the binding edge becomes the upper one.
            size = f'<w:pgSz w:w="{twips(297)}" w:h="{twips(210)}" w:orient="landscape"/>'
            margins = (page.left, page.bottom, page.right, page.top)
        else:
            size = f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/>'
            margins = (page.top, page.right, page.bottom, page.left)
        top, right, bottom, left = (twips(value) for value in margins)
        # The number's line is 14 pt high; its dash runs through the middle.
        footer = max(twips(margins[2] - page.number_below) - 140, 340)
        kind = '<w:type w:val="nextPage"/>' if inner or landscape else ""
        grid = f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>' if page.grid and not landscape else ""
        return (
            f"<w:sectPr>{self.footers}{kind}{size}"
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850"'
            f' w:footer="{footer}" w:gutter="0"/>{grid}</w:sectPr>'
        )


@lru_cache
def base(layout: Layout) -> Base:
    """Return the empty package for ``layout``."""
    document = docx.Document(io.BytesIO(skeleton()))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    document.settings.odd_and_even_pages_header_footer = True
    # Outer edges: odd pages right, even pages left, one character in.
    _number_page(section.footer, "right", indent(right=1))
    _number_page(section.even_page_footer, "left", indent(left=1))
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, _, tail = parts.pop("word/document.xml").partition(BODY_MARK.encode())
    footers = "".join(
        f'<w:footerReference w:type="{reference.get(qn("w:type"))}" r:id="{reference.rId}"/>'
        for reference in section._sectPr.footerReference_lst  # the only way to the relation ids
    )
    return Base(parts, head, tail.partition(b"</w:sectPr>")[2], footers, layout)


def _number_page(footer: Any, side: str, edge: str) -> None:
    """Put ``— 1 —`` into a footer."""
    footer.is_linked_to_previous = False
    text = f"<w:rPr>{fonts(PAGE_NUMBER_FONT)}</w:rPr>"
    field = "".join(
        f"<w:r>{text}{content}</w:r>"
        for content in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    old = footer.paragraphs[0]._p
    properties = f'<w:pPr><w:pStyle w:val="Footer"/>{edge}<w:jc w:val="{side}"/></w:pPr>'
    old.getparent().replace(old, parse_xml(f"<w:p {W}>{properties}{field}</w:p>"))
