"""Looks over a Word or Excel file we produced before anybody gets it.

"It opens" proves nothing: LibreOffice opens files Word refuses. This check is quick enough for every job; the
tests add a schema validator on top.
"""

import io
import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ACTIVE = re.compile(r"vbaProject|activeX|oleObject|externalLinks/", re.I)
_PIECE = 1024 * 1024


def check_ooxml(content: bytes | Path, *, formulas_allowed: bool = False) -> list[str]:
    """Return what is wrong with a produced docx or xlsx; an empty list means fine."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content)
        damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError) as error:
        return [f"not a zip: {error}"]
    if damaged:
        return [f"damaged entry: {damaged}"]
    with archive:
        names = archive.namelist()
        if len(set(names)) != len(names):
            return ["duplicate entries"]
        problems = [f"active or linked content: {name}" for name in names if _ACTIVE.search(name)]
        for name in names:
            if name.endswith((".xml", ".rels")):
                problems += _check_markup(archive, name, formulas_allowed)
        return problems or [*_check_types(archive), *_check_relations(archive)]


def _check_markup(archive: zipfile.ZipFile, name: str, formulas_allowed: bool) -> list[str]:
    try:
        with archive.open(name) as part:
            for _, element in iterparse(part, events=("end",), forbid_dtd=True):
                element.clear()
    except (ParseError, DefusedXmlException) as error:
        return [f"{name}: {error}"]
    if name.startswith("xl/worksheets/") and not formulas_allowed and _contains(archive, name, _FORMULA):
        return [f"{name}: formula"]
    return []


def _contains(archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]) -> bool:
    with archive.open(name) as part:
        tail = b""
        while block := part.read(_PIECE):
            if pattern.search(tail + block):
                return True
            tail = block[-16:]
    return False


def _check_types(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        return ["[Content_Types].xml missing"]
    root = fromstring(archive.read("[Content_Types].xml"))
    defaults = {item.get("Extension", "").lower() for item in root.iter(_TYPES + "Default")}
    overrides = {
        item.get("PartName", "").lstrip("/"): item.get("ContentType")
        for item in root.iter(_TYPES + "Override")
    }
    problems = [f"declared but absent: {name}" for name in overrides if name not in names]
    problems += [
        f"no content type: {name}"
        for name in names
        if name != "[Content_Types].xml"
        and name not in overrides
        and name.rpartition(".")[2].lower() not in defaults
    ]
    if len([kind for kind in overrides.values() if kind in _MAIN]) != 1:
        problems.append("not exactly one main part")
    return problems


def _check_relations(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    if "_rels/.rels" not in names:
        return ["_rels/.rels missing"]
    problems = []
    for name in sorted(names):
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in fromstring(archive.read(name)).iter(_RELATION):
                problems += _check_relation(name, folder, relation, names)
    return problems


def _check_relation(name: str, folder: str, relation: Element, names: set[str]) -> list[str]:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        return [f"{name}: external target {target}"]
    path = (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )
    return [] if path in names else [f"{name}: dangling target {target}"]
