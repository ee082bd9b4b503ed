"""Paragraph styles of GB/T 9704-2012, by the fonts' official names.

The office's own machines have these fonts; a server that draws previews substitutes them through fontconfig
(``deploy/fontconfig``), never by writing other names into the document.
"""

from dataclasses import dataclass

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
LEVEL1_FONT = "黑体"
LEVEL2_FONT = "楷体_GB2312"
PAGE_NUMBER_FONT = "宋体"

# 225 mm of text in 22 lines is 28.99 pt a line; 28.95 pt (579 twips) lets the 22nd line still fit.
LINE = 579
# 156 mm in 28 characters is 15.79 pt each; 3号 is 16 pt, so a quarter point less between characters (5 twips).
# A character grid would do the same in Word, but LibreOffice spreads such a grid wide apart.
CHARACTER_SPACING = -5
_BODY_SIZE = 32

_EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
_SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_FIRST_LINE = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'
_CENTRE = '<w:jc w:val="center"/>'


@dataclass(frozen=True)
class Style:
    """One paragraph style: ``size`` in half points, ``layout`` the inside of ``w:pPr`` in schema order."""

    id: str
    name: str
    font: str = BODY_FONT
    size: int = 32
    layout: str = ""
    extra: str = ""
    based_on: str = "Normal"

    def markup(self) -> str:
        """Return the ``w:style`` element."""
        based = "" if self.id == "Normal" else f'<w:basedOn w:val="{self.based_on}"/>'
        default = ' w:default="1"' if self.id == "Normal" else ""
        spacing = CHARACTER_SPACING if self.size == _BODY_SIZE else 0
        custom = "" if self.name.isascii() else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/><w:pPr>{self.layout}</w:pPr><w:rPr>{fonts(self.font)}{self.extra}"
            f'<w:spacing w:val="{spacing}"/><w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr></w:style>'
        )


def fonts(name: str) -> str:
    """Return ``w:rFonts`` naming ``name`` for every script, so that quotation marks are Chinese ones too."""
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
    )


STYLES = (
    Style(
        "Normal",
        "Normal",
        layout='<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_EXACT}<w:jc w:val="both"/>',
    ),
    Style("Title", "Title", TITLE_FONT, 44, f'<w:keepNext/><w:snapToGrid w:val="0"/>{_EXACT}{_CENTRE}'),
    Style("Subtitle", "Subtitle", LEVEL2_FONT, 32, f"<w:keepNext/>{_CENTRE}"),
    Style("Heading1", "heading 1", LEVEL1_FONT, 32, f'<w:keepNext/>{_FIRST_LINE}<w:outlineLvl w:val="0"/>'),
    Style("Heading2", "heading 2", LEVEL2_FONT, 32, f'<w:keepNext/>{_FIRST_LINE}<w:outlineLvl w:val="1"/>'),
    Style("OfficialBody", "公文正文", layout=_FIRST_LINE),
    Style("FlushLeft", "顶格"),
    Style("Centred", "居中", layout=_CENTRE),
    Style("RightSide", "右侧", layout='<w:keepLines/><w:jc w:val="right"/>'),
    Style("Marking", "密级和紧急程度", LEVEL1_FONT, 32),
    Style("AnnexMark", "附件标识", LEVEL1_FONT, 32, "<w:keepNext/>"),
    Style(
        "Masthead",
        "发文机关标志",
        TITLE_FONT,
        62,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        + _CENTRE,
        '<w:color w:val="FF0000"/>',
    ),
    Style("TableText", "表格文字", BODY_FONT, 24, f'<w:snapToGrid w:val="0"/>{_SINGLE}<w:jc w:val="left"/>'),
    Style("TableHead", "表头", LEVEL1_FONT, 24, f'<w:keepNext/><w:snapToGrid w:val="0"/>{_SINGLE}{_CENTRE}'),
    Style("TableCaption", "表题", LEVEL1_FONT, 28, f'<w:keepNext/><w:snapToGrid w:val="0"/>{_CENTRE}'),
    Style("TickBox", "勾选框", PAGE_NUMBER_FONT, 36, f'<w:snapToGrid w:val="0"/>{_SINGLE}{_CENTRE}'),
    Style("FormTitle", "表单标题", TITLE_FONT, 36, f'<w:snapToGrid w:val="0"/>{_SINGLE}{_CENTRE}'),
    Style("FormLine", "表单说明", BODY_FONT, 24, f'<w:snapToGrid w:val="0"/>{_SINGLE}'),
    Style("FormNote", "表单附注", BODY_FONT, 21, f'<w:snapToGrid w:val="0"/>{_SINGLE}'),
    Style(
        "FormBlock",
        "表单正文",
        BODY_FONT,
        24,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"'
        ' w:line="400" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="480"/>',
    ),
    Style("Imprint", "版记", BODY_FONT, 28, f'<w:snapToGrid w:val="0"/>{_SINGLE}'),
    Style(
        "Hairline",
        "分节",
        BODY_FONT,
        2,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    ),
    Style(
        "Footer",
        "footer",
        PAGE_NUMBER_FONT,
        28,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>',
    ),
)

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
GRID_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="公文表格"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr>'
    "<w:tblBorders>"
    + "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
