"""Word and Excel files from outside: the right kind of document, and nothing active or remote inside."""

import re
import zipfile
from typing import IO
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from core.errors import ServiceError
from core.files import zipguard

MAIN_TYPE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PART_LIMIT = 8 * 1024 * 1024
_MACRO = re.compile(r"vbaProject|vbaData|macrosheets/|\.bas$", re.I)
_ACTIVE = re.compile(r"activeX|oleObject|/ctrlProps/", re.I)
_ACTIVE_RELATION = ("/vbaProject", "/oleObject", "/control", "/package", "/attachedTemplate", "/aFChunk")

MACRO = "文件带有宏，未接收。请另存为不带宏的 .docx 或 .xlsx 后上传。"
ACTIVE = "文件里嵌有控件或其他程序的对象，未接收。请删去这些对象，或导出为 PDF 后上传。"
LINKED = "文件里有指向外部文件的链接，未接收。请在“数据—编辑链接”或“文件—编辑链接”里断开链接后另存再上传。"


def check(stream: IO[bytes], kind: str) -> None:
    """Raise ``ServiceError`` unless ``stream`` is a harmless ``docx`` or ``xlsx`` as ``kind`` says."""
    with zipguard.open_checked(stream) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
            raise ServiceError(f"文件内容不是 .{kind} 文档，请核对后重新上传。")
        for name in names:
            if _MACRO.search(name):
                raise ServiceError(MACRO)
            if _ACTIVE.search(name):
                raise ServiceError(ACTIVE)
            if "externalLinks/" in name:
                raise ServiceError(LINKED)
            if name.endswith(".rels"):
                _check_relations(_parse(archive, name))
        _check_main_part(archive, kind)


def _check_relations(root: Element) -> None:
    for relation in root.iter(_RELATION):
        kind = relation.get("Type", "")
        if relation.get("TargetMode") == "External":
            # A link a reader may click is text; anything the program loads by itself is not let in.
            scheme = urlsplit(relation.get("Target", "").strip()).scheme.lower()
            if not kind.endswith("/hyperlink") or scheme not in ("http", "https", "mailto", "tel"):
                raise ServiceError(LINKED)
        elif kind.endswith(_ACTIVE_RELATION):
            raise ServiceError(ACTIVE)


def _check_main_part(archive: zipfile.ZipFile, kind: str) -> None:
    """The part the package calls its document must be declared as ``kind``: a renamed file is found here."""
    targets = [
        "/" + relation.get("Target", "").lstrip("/")
        for relation in _parse(archive, "_rels/.rels").iter(_RELATION)
        if relation.get("Type", "").endswith("/officeDocument")
    ]
    types = _parse(archive, "[Content_Types].xml")
    declared = {item.get("PartName"): item.get("ContentType", "") for item in types.iter(_TYPES + "Override")}
    found = declared.get(targets[0], "") if len(targets) == 1 else ""
    if "macroEnabled" in found or "vbaProject" in " ".join(declared.values()):
        raise ServiceError(MACRO)
    if found != MAIN_TYPE[kind] or targets[0].lstrip("/") not in archive.namelist():
        raise ServiceError(f"文件内容不是 .{kind} 文档，请用 Word、Excel 或 WPS 另存为 .{kind} 后上传。")


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _PART_LIMIT:
        raise ServiceError(zipguard.SUSPICIOUS)
    try:
        return fromstring(archive.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ServiceError(zipguard.DAMAGED) from None
