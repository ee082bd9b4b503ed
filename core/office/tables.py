"""Tables as offices really send them: xlsx, xls, CSV in three encodings – read as rows of plain cells.

Workbooks are parsed in a limited child process after their zip directory was judged, so a bomb costs one child.
"""

import csv
import io
import marshal
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from core.errors import ServiceError
from core.files import ooxml, sandbox, signatures
from core.files.encodings import encoding_of

MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_BYTES = 20 * 1024 * 1024

Cell = str | float | bool

_WORKER = Path(__file__).with_name("sheet_worker.py")
_DELIMITERS = ",\t;|，"
_SNIFF_LINES = 50
_TOO_BIG = "表格内容过大，无法读取。请删去多余的空行、空列和格式，只留有内容的部分另存为新文件后再上传。"
_SENTENCES = {
    3: "文件设有打开密码，系统无法读取。请在 Excel 或 WPS 里取消密码后重新上传。",
    4: "表格无法打开，可能没有传完或已损坏。请在电脑上确认能打开，另存一份后重新上传。",
    5: f"表格超过 {MAX_ROWS} 行。请拆成几个文件分别上传。",
    6: "文件里没有工作表，请核对后重新上传。",
    -signal.SIGABRT: _TOO_BIG,
    -signal.SIGALRM: _TOO_BIG,
    -signal.SIGKILL: _TOO_BIG,
    -signal.SIGXCPU: _TOO_BIG,
    -signal.SIGSEGV: _TOO_BIG,
    1: _TOO_BIG,  # Python's own MemoryError
}


class ImportRefused(ServiceError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass
class Table:
    """One sheet. ``rows[0]`` is row 1 of the file; cells are text, numbers or yes/no, an empty row is ``[]``."""

    sheet: str
    rows: list[list[Cell]] = field(default_factory=list)


def read_tables(content: bytes, filename: str = "") -> list[Table]:
    """Return the visible sheets of a workbook, or the one table of a text file.

    What the file is, its content decides, not ``filename``, which only names the table of a text file. Dates come
    as ISO text, merged cells each hold the range's value. Raises ``ImportRefused``.
    """
    if not content:
        raise ImportRefused("文件是空的，没有任何内容，请核对后重新上传。")
    if len(content) > MAX_BYTES:
        raise ImportRefused(f"表格超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后上传。")
    head = content[: signatures.HEAD_BYTES]
    family = signatures.family_of(head)
    try:
        if family == "zip":
            ooxml.check(io.BytesIO(content), "xlsx")
            return _read_workbook(content)
        if family == "ole":
            signatures.require_kind("xls", head, content)
            return _read_workbook(content)
        if family in ("text", "utf16"):
            return [Table(filename, _read_text(content))]
        signatures.require_kind("xlsx", head, content)
    except ImportRefused:
        raise
    except ServiceError as refusal:
        raise ImportRefused(refusal.message) from None
    raise ImportRefused("无法识别的文件。请上传 Excel 表格（.xlsx、.xls）或 CSV 文件。")


def _read_workbook(content: bytes) -> list[Table]:
    try:
        with sandbox.running(_WORKER, str(MAX_ROWS), str(MAX_COLUMNS), content=content) as output:
            return list(_receive(output))
    except sandbox.WorkerFailed as failure:
        raise ImportRefused(_SENTENCES.get(failure.code, _SENTENCES[4])) from None


def _receive(output: IO[bytes]) -> Iterator[Table]:
    table: Table | None = None
    while (message := _message(output)) is not None:
        if isinstance(message, tuple):
            if table is not None:
                yield table
            table = Table(message[1])
        elif table is not None:
            table.rows += message
    if table is not None:
        yield table


def _message(output: IO[bytes]) -> Any:
    """One value of the worker's; ``EOFError`` when the worker ended before its last one."""
    length = int.from_bytes(output.read(8), "big")
    content = output.read(length)
    if not length or len(content) < length:
        raise EOFError
    return marshal.loads(content)  # noqa: S302  (written by our own worker)


def _read_text(content: bytes) -> list[list[Cell]]:
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        raise ImportRefused(
            "文字编码无法识别。请用 Excel 或 WPS 打开，另存为 .xlsx 或 UTF-8 的 CSV 后上传。"
        ) from None
    text = text.removeprefix("\ufeff")
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text)):
            rows.append(list(row[:MAX_COLUMNS]) if any(cell.strip() for cell in row) else [])
            if len(rows) > MAX_ROWS:
                raise ImportRefused(_SENTENCES[5])
    except csv.Error:
        raise ImportRefused(
            "CSV 文件格式有误（可能引号没有成对）。请用 Excel 或 WPS 另存为 .xlsx 后上传。"
        ) from None
    return rows


def _delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the most regular table."""
    lines = [line for line in text[:65536].splitlines()[:_SNIFF_LINES] if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        score = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
        if score > best_score:
            best, best_score = delimiter, score
    return best
