"""Official papers and letters, given in their own words, as Word files to GB/T 9704."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from core.office.docx import OfficialDocument

_LEVEL1 = re.compile(r"[一二三四五六七八九十]+、(.{1,28})")
_LEVEL2 = re.compile(r"（[一二三四五六七八九十]+）(.{1,24})")


@dataclass(frozen=True)
class OfficialText:
    """One paper: its words, its tables (``{"title", "headers", "rows", "widths"}``), and what surrounds them."""

    title: str
    masthead: str
    issuer: str
    number: str
    day: dt.date | None
    created: dt.date
    addressee: str
    copy_to: str
    body: str
    annexes: tuple[dict[str, Any], ...]
    draft: bool
    secrecy: str = ""
    remark: str = ""


def official_docx(text: OfficialText) -> bytes:
    """Render the paper; a draft says that it is one."""
    doc = OfficialDocument(
        title=text.title,
        subtitle="（草稿）" if text.draft else "",
        created=text.day or text.created,
        author=text.issuer,
        masthead=f"{text.masthead}文件" if text.masthead else "",
        number=text.number,
        secrecy=text.secrecy,
        addressee=text.addressee,
    )
    for line in filter(None, map(str.strip, text.body.splitlines())):
        _line(doc, line)
    doc.attachments([annex["title"] for annex in text.annexes])
    doc.sign(text.issuer, text.day, sealed=True)
    if text.remark:
        doc.remark(text.remark)
    for number, annex in enumerate(text.annexes, 1):
        doc.annex(number if len(text.annexes) > 1 else None, annex["title"])
        doc.table(annex["headers"], annex["rows"], annex["widths"])
    if text.masthead and text.day:
        doc.imprint(issuer=text.issuer, issued_on=text.day, copy_to=text.copy_to)
    return doc.to_bytes()


def _line(doc: OfficialDocument, line: str) -> None:
    """A short line that begins 一、 or （一） and ends without a stop is a heading."""
    first, second = _LEVEL1.fullmatch(line), _LEVEL2.fullmatch(line)
    if first and not line.endswith("。"):
        doc.level1(first[1])
    elif second and not line.endswith("。"):
        doc.level2(second[1])
    else:
        doc.body(line)
