"""Working copies of material: what a file tells of its maker, machine and place is left out; the original has it all.

Pictures are encoded anew. Of Word and Excel files properties, names of authors, paths and printers, attached data and
what stands beside the picture in photographs go. A part of which none of this can be said for sure keeps the file out.
"""

import io
import re
import zipfile
from pathlib import Path

from core.errors import ServiceError
from core.files import thumbnails
from findings.services.clues.bare_pictures import NotBare, bare_picture

_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EXTENDED = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
_PROPERTIES = {"docprops/core.xml": _CORE, "docprops/app.xml": _EXTENDED}
# Whole folders that show nothing on a page; part names know no capitals.
_DROPPED = ("docprops/", "customxml/", "xl/printersettings/", "word/printersettings/")
_MARKUP = (".xml", ".rels", ".vml", ".psmdcp")
# Fonts have makers of their own, and nothing of the document's.
_HARMLESS = (".odttf",)

_TAG = re.compile(rb"""<[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
# A formatted table of a workbook: its displayName is the table's own, and needed.
_TABLE = re.compile(rb"<(?:[\w.-]+:)?table[\s>]")
_ROOT_OF_PROPERTIES = re.compile(rb"<(?:[\w.-]+:)?(coreProperties|Properties)[\s>/]")
_VALUE = rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
_NAMED = re.compile(
    rb"(?<![\w.:-])((?:[\w.-]+:)?(?:author|initials|userId|userName|displayName|lastEdited))" + _VALUE
)
_AUTHOR = re.compile(rb"(<((?:[\w.-]+:)?author)(?:\s[^<>]*)?>)[^<]*(</\2\s*>)")
# Where the workbook lay on its maker's disk.
_PATH = re.compile(rb"<(?:[\w.-]+:)?absPath\b[^<>]*>")
_PRINTER = re.compile(rb"(<(?:[\w.-]+:)?pageSetup\b[^<>]*?)\s+[\w.-]+:id" + _VALUE)
_POINTER = re.compile(
    rb"<((?:[\w.-]+:)?(?:Relationship|Override))\b[^<>]*(?:docProps/(?:custom|thumbnail)|customXml/|printerSettings/)"
    rb"[^<>]*(?:/>|>\s*</\1\s*>)",
    re.I,
)
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def bare_copy(path: Path, kind: str) -> bytes:
    """The content of ``path`` without what tells of its maker; a PDF stays as it is."""
    if kind in ("jpg", "png"):
        return thumbnails.working_copy(path)
    if kind in ("docx", "xlsx"):
        return _bare_package(path)
    return path.read_bytes()


def _bare_package(path: Path) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            low = name.lower()
            if low in _PROPERTIES or not (low.startswith(_DROPPED) or low.endswith("/")):
                content = _PROPERTIES.get(low) or _bare_part(name, source.read(name))
                target.writestr(zipfile.ZipInfo(name, _SAME_DAY), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _bare_part(name: str, content: bytes) -> bytes:
    low = name.lower()
    try:
        picture = bare_picture(content)
    except NotBare:
        raise _refusal(name) from None
    if picture is not None:
        return picture
    if low.endswith(_MARKUP):
        return _bare_markup(name, content)
    if low.endswith(_HARMLESS):
        return content
    raise _refusal(name)


def _bare_markup(name: str, content: bytes) -> bytes:
    # Looked through byte by byte: another encoding, or words put together by entities, would hide from that.
    if b"\0" in content or b"<!DOCTYPE" in content:
        raise _refusal(name)
    content = _COMMENT.sub(b"", content)
    if name.lower().endswith((".rels", "[content_types].xml")):
        return _POINTER.sub(b"", content)
    root = _TAG.search(content)
    if root and (found := _ROOT_OF_PROPERTIES.match(root.group())):
        return _CORE if found[1] == b"coreProperties" else _EXTENDED
    if root and _TABLE.match(root.group()):
        return content
    content = _TAG.sub(lambda tag: _NAMED.sub(rb'\1=""', tag.group()), content)
    content = _AUTHOR.sub(rb"\1\3", _PATH.sub(_without_path, content))
    return _PRINTER.sub(rb"\1", content)


def _without_path(tag: re.Match[bytes]) -> bytes:
    return re.sub(rb"\burl" + _VALUE, b'url=""', tag.group())


def _refusal(name: str) -> ServiceError:
    part = name.rpartition("/")[2]
    return ServiceError(
        f"文件里的“{part}”去不掉制作者信息，未接收。请删去嵌入的对象，图片改用 JPG 或 PNG 后另存，或导出为 PDF 后上传。"
    )
