"""Reads questions from a workbook: one a row, columns found by their heads, every doubtful cell named."""

import re
import unicodedata
from typing import Any

from core.errors import ServiceError
from core.office import parse
from core.office.columns import Column, Row, TableReading, read_table
from core.office.tables import Cell
from surveys.models import Difficulty, Kind, Topic
from surveys.models.knowledge import JUDGEMENTS, LETTERS

LABELS: dict[str, dict[str, Any]] = {
    "topic": {label: value for value, label in Topic.choices},
    "kind": {label: value for value, label in Kind.choices},
    "difficulty": {label: value for value, label in Difficulty.choices},
}
_KIND_WORDS = LABELS["kind"] | {label.removesuffix("题"): value for label, value in LABELS["kind"].items()}
_LEVEL_WORDS = LABELS["difficulty"] | {"容易": 1, "中等": 2, "较难": 3, "1": 1, "2": 2, "3": 3}
_RIGHT = {"对": "A", "正确": "A", "√": "A", "是": "A", "A": "A", "T": "A", "错": "B", "错误": "B", "×": "B", "否": "B",
          "B": "B", "F": "B", "X": "B"}  # fmt: skip
_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{0,19}")


def _code(cell: Cell) -> str:
    text = re.sub(r"\s+", "", parse.half_width(cell)).upper()
    if not _CODE.fullmatch(text):
        raise parse.BadCell(f"题号“{text[:20]}”应为字母、数字和横线，最多20个，如 DJ-001。")
    return text


COLUMNS = [
    Column("code", "题号", ("编号", "序号"), required=True, parse=_code, unique=True),
    Column("topic", "主题", ("类别", "内容分类"), required=True, parse=parse.choice(LABELS["topic"])),
    Column("kind", "题型", ("类型",), required=True, parse=parse.choice(_KIND_WORDS)),
    Column("difficulty", "难度", ("难易", "难易程度"), parse=parse.choice(_LEVEL_WORDS)),
    Column("text", "题目", ("题干", "试题", "内容"), required=True, parse=parse.text(300)),
    *(Column(letter, f"选项{letter}", (letter,), parse=parse.text(100)) for letter in LETTERS),
    Column("key", "答案", ("正确答案", "参考答案", "标准答案"), required=True, parse=parse.text(500)),
    Column("active", "启用", ("是否启用",), parse=parse.yes_no()),
]


def read_questions(content: bytes, filename: str) -> TableReading:
    """Read a workbook of questions; the good rows hold what a question is made of."""
    reading = read_table(content, filename, COLUMNS)
    good = []
    for row in list(reading.rows):
        values = _assembled(row.values)
        fault = _fault(row.values, values)
        if fault:
            reading.add_error(row.number, *fault, row.sheet)
        else:
            good.append(Row(row.number, values, row.sheet))
    reading.warnings = [w for w in reading.warnings if not w.column.startswith(("选项", "启用", "难度"))]
    reading.read = good
    return reading


def _assembled(cells: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": cells["code"], "topic": str(cells["topic"]), "kind": str(cells["kind"]),
        "difficulty": int(cells["difficulty"] or Difficulty.MEDIUM), "text": cells["text"],
        "options": [cells[letter] for letter in LETTERS if cells[letter]] if _is_choice(cells) else [],
        "key": cells["key"], "active": cells["active"] is not False,
    }  # fmt: skip


def _is_choice(values: dict[str, Any]) -> bool:
    return values["kind"] in (Kind.SINGLE, Kind.MULTIPLE)


def _fault(cells: dict[str, Any], values: dict[str, Any]) -> tuple[str, str] | None:
    """Column and sentence of what is wrong with a row as a whole; its key is put right on the way."""
    if _is_choice(values):
        filled = [bool(cells[letter]) for letter in LETTERS]
        if sum(filled) < 2 or not all(filled[: sum(filled)]):
            return "选项A", "选择题至少要有两个选项，并从选项A起连续填写。"
        if len(set(values["options"])) < len(values["options"]):
            return "选项A", "有两个选项写得一样。"
    try:
        values["key"] = with_key(values, values["key"])
    except ServiceError as error:
        return "答案", error.message
    return None


def with_key(values: dict[str, Any], written: str) -> str:
    """The key as it is stored; raises ``ServiceError`` when it does not fit the question."""
    kind, text = values["kind"], unicodedata.normalize("NFKC", written).strip()
    if kind == Kind.SHORT:
        if not text:
            raise ServiceError("简答题请写出答案要点。", "key")
        return written.strip()
    letters = re.sub(r"[\s,，、.。;；]+", "", text).upper()
    if kind == Kind.JUDGE:
        if letters not in _RIGHT:
            raise ServiceError(f"判断题的答案应为{'或'.join(JUDGEMENTS)}，现为“{text[:20]}”。", "key")
        return _RIGHT[letters]
    there = LETTERS[: len(values["options"])]
    if not letters or not set(letters) <= set(there) or len(set(letters)) < len(letters):
        raise ServiceError(f"答案应为选项的字母（{there[0]}至{there[-1]}），现为“{text[:20]}”。", "key")
    if kind == Kind.SINGLE and len(letters) > 1:
        raise ServiceError("单选题只能有一个答案。", "key")
    if kind == Kind.MULTIPLE and len(letters) < 2:
        raise ServiceError("多选题至少要有两个答案。", "key")
    return "".join(sorted(letters))
