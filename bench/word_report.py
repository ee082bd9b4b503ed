"""A report: for every finding a heading and three paragraphs, and one table with a row of five cells each."""

import datetime as dt
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx

from bench.rows import SENTENCE, rows
from core.office.docx import OfficialDocument

TITLE = "Word report, short"
SIZE = 500
REACH = 5
PEER = "python-docx, as commonly written"

HEADERS = ("序号", "类别", "特征", "表现", "出处")
PARAGRAPHS = (SENTENCE * 2, SENTENCE, "原因：管理不严，公开不及时。")
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def findings(size: int):
    """``(heading, paragraphs, cells)`` of each finding."""
    for row in rows(size):
        yield (
            f"{row[5]}的问题",
            [text.format(*row[:3]) for text in PARAGRAPHS],
            [str(cell) for cell in row[:5]],
        )


def prepare(size: int, folder: Path) -> None:
    """Nothing: every contestant makes its findings while it writes."""


def limit(size: int, folder: Path) -> None:
    """The body's XML written straight into the zip, with styles by id: nobody can be faster with the same library."""

    def paragraph(style: str, text: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'

    pieces = [f"<w:document {NAMESPACE}><w:body>"]
    cells = []
    for heading, texts, row in findings(size):
        pieces.append(paragraph("Heading1", heading))
        pieces += [paragraph("Body", text) for text in texts]
        cells.append(row)
    pieces.append("<w:tbl>")
    for row in [HEADERS, *cells]:
        pieces.append("<w:tr>")
        pieces += [f"<w:tc>{paragraph('Cell', cell)}</w:tc>" for cell in row]
        pieces.append("</w:tr>")
    pieces.append("</w:tbl></w:body></w:document>")
    with zipfile.ZipFile(folder / "limit.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "".join(pieces))


def ours(size: int, folder: Path) -> None:
    """The product's one builder."""
    report = OfficialDocument(title="报告", created=dt.date(2026, 1, 1), addressee="区委巡察工作领导小组")
    cells = []
    for heading, texts, row in findings(size):
        report.level3(heading)
        for text in texts:
            report.body(text)
        cells.append(row)
    report.table(HEADERS, cells)
    (folder / "ours.docx").write_bytes(report.to_bytes())


def peer(size: int, folder: Path) -> None:
    """Styles by name, rows added one by one."""
    document = docx.Document()
    cells = []
    for heading, texts, row in findings(size):
        document.add_heading(heading, 1)
        for text in texts:
            document.add_paragraph(text, style="Normal")
        cells.append(row)
    table = document.add_table(1, len(HEADERS))
    for row in cells:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(folder / "peer.docx")
