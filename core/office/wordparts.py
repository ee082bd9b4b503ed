"""The few parts an empty Word package consists of, as text."""

import io
import zipfile

from core.office.wordstyles import (
    BODY_FONT,
    GRID_STYLE,
    LEVEL1_FONT,
    LEVEL2_FONT,
    PAGE_NUMBER_FONT,
    STYLES,
    TITLE_FONT,
    fonts,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY_MARK = "<w:p><w:r><w:t>BODY</w:t></w:r></w:p>"

_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_VENDOR = "application/vnd.openxmlformats"
_TYPES = {
    "word/document.xml": f"{_VENDOR}-officedocument.wordprocessingml.document.main+xml",
    "word/styles.xml": f"{_VENDOR}-officedocument.wordprocessingml.styles+xml",
    "word/settings.xml": f"{_VENDOR}-officedocument.wordprocessingml.settings+xml",
    "word/fontTable.xml": f"{_VENDOR}-officedocument.wordprocessingml.fontTable+xml",
    "word/theme/theme1.xml": f"{_VENDOR}-officedocument.theme+xml",
    "docProps/core.xml": f"{_VENDOR}-package.core-properties+xml",
}
# Names the same faces go by on other systems; a program that lacks the first tries the second.
_OTHER_NAMES = {
    TITLE_FONT: "方正小标宋_GBK",
    BODY_FONT: "FangSong_GB2312",
    LEVEL2_FONT: "KaiTi_GB2312",
    LEVEL1_FONT: "SimHei",
    PAGE_NUMBER_FONT: "SimSun",
}


def skeleton() -> bytes:
    """Return a package whose body holds only ``BODY_MARK``."""
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_VENDOR}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"), (_CORE, "docProps/core.xml")
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/settings", "settings.xml"),
            (f"{_OFFICE}/fontTable", "fontTable.xml"),
            (f"{_OFFICE}/theme", "theme/theme1.xml"),
        ),
        "word/document.xml": f"<w:document {W} {_R}><w:body>{BODY_MARK}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": _theme(),
        "docProps/core.xml": core_properties("", "", "2000-01-01T00:00:00Z"),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content if content.startswith("<?xml") else _XML + content)
    return stream.getvalue()


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
    return f"<w:styles {W}>{defaults}{''.join(style.markup() for style in STYLES)}{GRID_STYLE}</w:styles>"


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
        f'<w:settings {W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="632"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    fonts_used = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _OTHER_NAMES.items()
    )
    return f"<w:fonts {W}>{fonts_used}</w:fonts>"


def _theme() -> str:
    """A plain black-and-white theme: Word wants the part, our styles take nothing from it."""
    black, white = '<a:srgbClr val="000000"/>', '<a:srgbClr val="FFFFFF"/>'
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f"<a:{name}>{white if name.startswith('lt') else black}</a:{name}>" for name in names)
    faces = f'<a:latin typeface="{BODY_FONT}"/><a:ea typeface="{BODY_FONT}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Office"><a:majorFont>{faces}</a:majorFont>'
        f"<a:minorFont>{faces}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
