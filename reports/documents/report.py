"""巡察报告 as a Word file to GB/T 9704, with the issue list as its annex."""

import datetime as dt
from dataclasses import dataclass

from core.display import money
from core.office.docx import OfficialDocument
from reports.documents.lists import IssueRow

EXAMPLE = "如："
_WIDTHS = (9, 18, 20, 38, 76, 25, 29, 17)


@dataclass(frozen=True)
class Line:
    """One printed statement; a heading stands above others, everything else is a paragraph."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Chapter:
    """A chapter; ``parts`` are (sub-heading or empty, lines). ``numbered``: its paragraphs are 1. 2. 3."""

    title: str
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    numbered: bool = False


@dataclass(frozen=True)
class ReportPaper:
    """Everything the report prints. ``number`` is empty for a draft, ``signer`` the team's full name."""

    title: str
    addressee: str
    number: str
    signer: str
    day: dt.date
    chapters: tuple[Chapter, ...]
    issues: tuple[IssueRow, ...]


def report_docx(paper: ReportPaper) -> bytes:
    """Render the report; the numbering of levels is the document's own."""
    doc = OfficialDocument(
        title=paper.title,
        created=paper.day,
        author=paper.signer,
        number=paper.number,
        addressee=paper.addressee,
    )
    for chapter in paper.chapters:
        doc.level1(chapter.title)
        for heading, lines in chapter.parts:
            if heading:
                doc.level2(heading)
            for line in lines:
                _line(doc, line, chapter.numbered)
    if paper.issues:
        doc.attachments(["各村（社区）问题清单"])
    doc.sign(paper.signer, paper.day)
    if paper.issues:
        _annex(doc, paper.issues)
    return doc.to_bytes()


def _line(doc: OfficialDocument, line: Line, numbered: bool) -> None:
    if line.heading:
        doc.level2(line.text)
    elif numbered and not line.text.startswith(EXAMPLE):
        doc.level3(line.text.replace("\n", ""))
    else:
        doc.body(line.text)


def _annex(doc: OfficialDocument, issues: tuple[IssueRow, ...]) -> None:
    doc.annex(1, "各村（社区）问题清单", landscape=True)
    rows = [
        [
            str(number),
            row.village,
            row.category,
            row.title,
            row.summary,
            row.origin,
            money(row.amount) if row.amount else "",
            row.severity,
        ]
        for number, row in enumerate(issues, 1)
    ]
    headers = [
        "序号",
        "村（社区）",
        "问题类别",
        "主要特征",
        "问题表现",
        "问题出处",
        "金额（元）",
        "重点/一般",
    ]
    doc.table(headers, rows, list(_WIDTHS), align="clllllrc")
