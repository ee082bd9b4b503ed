"""The empty official document every Word file starts from: parts, page, grid, styles, page numbers.

python-docx's own template carries parts that fail schema validation, so the package is begun from the few parts
below; python-docx adds section and footers. The result is made once per layout and kept.
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

from core.office.wordstyles import BODY_FONT, GRID_STYLE, LINE, PAGE_NUMBER_FONT, STYLES, fonts
from core.office.wordxml import indent, twips

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARK = "BODY"


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
    document = docx.Document(io.BytesIO(_skeleton()))
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
    head, _, tail = parts.pop("word/document.xml").partition(
        f"<w:p><w:r><w:t>{_MARK}</w:t></w:r></w:p>".encode()
    )
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
    old.getparent().replace(old, parse_xml(f"<w:p {_W}>{properties}{field}</w:p>"))


def _skeleton() -> bytes:
    overrides = {
        "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/settings", "settings.xml")
        ),
        "word/document.xml": f"<w:document {_W} {_R}><w:body><w:p><w:r><w:t>{_MARK}</w:t></w:r></w:p>"
        "<w:sectPr/></w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "docProps/core.xml": core_properties("", "", "2000-01-01T00:00:00Z"),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content if content.startswith("<?xml") else _XML + content)
    return stream.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY_FONT)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return f"<w:styles {_W}>{defaults}{''.join(style.markup() for style in STYLES)}{GRID_STYLE}</w:styles>"


def _settings() -> str:
    """Chinese defaults of Word; punctuation is not squeezed, so that a full line keeps its 28 characters."""
    compat = "".join(
        f"<w:{name}/>"
        for name in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
        )
    )
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="632"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def core_properties(title: str, author: str, moment: str) -> str:
    """Return ``docProps/core.xml``; the texts must be escaped, ``moment`` is a W3C time in UTC."""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
