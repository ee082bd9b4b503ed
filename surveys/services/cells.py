"""One cell of a typed-in sheet as the characters it stands for. What is not plainly one answer is named, never guessed.

Case, width, blanks, a trailing dot and the label itself are harmless; a blank is unanswered.
"""

import re
import unicodedata
from collections.abc import Callable

from core.office import parse
from core.office.columns import Column
from core.office.tables import Cell
from core.text import clean
from surveys.models import AskedItem, GroupRow, Item, Specification, respondent_groups
from surveys.models.anonymous import OPEN_ANSWER_LIMIT

_NUMBER = re.compile(r"(\d+)\.0*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN = r"(?:[\s,，、;；/和+]|或|-)+"
Kind = Item.Kind
Parser = Callable[[Cell], str]


def columns_of(specification: Specification) -> list[Column]:
    """The columns of a workbook of sheets: number, category, every place or question, the closing question."""
    return [
        Column("number", "份号", ("问卷编号", "编号", "卷号", "问卷号"), parse=sheet_number),
        Column(
            "group",
            "人员类别",
            ("类别", "身份", "填答人类别", "人员身份"),
            parse=group_reader(respondent_groups()),
        ),
        *(column for question in specification.questions for column in _columns(question)),
        Column("comment", "意见建议", ("意见", "建议", "意见和建议", "开放题"), parse=_words),
    ]


def _columns(question: AskedItem) -> list[Column]:
    n, words = question.number, question.text
    if question.kind == Kind.MATRIX:
        return [
            Column(
                f"{n}.{part}", f"第{n}题{part}",
                (f"{n}题{part}", f"第{n}题第{part}行", f"Q{n}题{part}", f"第{n}题{row}", row, f"{words}{row}"),
                parse=_one(question),
            )
            for part, row in enumerate(question.rows, 1)
        ]  # fmt: skip
    aliases = (f"题{n}", f"{n}", f"{n}题", f"问题{n}", f"Q{n}", words, f"{n}{words}")
    readers: dict[str, Parser] = {Kind.TEXT: _words}
    if question.kind == Kind.MULTIPLE:
        readers[Kind.MULTIPLE] = _several(question)
    return [Column(str(n), f"第{n}题", aliases, parse=readers.get(question.kind) or _one(question))]


def _plain(cell: Cell) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", parse.shown(cell)))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip(".。、").upper()


def _code(cell: Cell) -> str:
    """The cell without what does not count; dates, errors and yes or no are refused before anything is looked up."""
    if isinstance(cell, bool):
        raise parse.BadCell(f"“{parse.shown(cell)}”不是答案。")
    text = _plain(cell)
    if _DAY.match(text):
        raise parse.BadCell("这一格是日期，可能是输入“1-2”时被表格软件改的，请对照纸卷改正。")
    if text.startswith("#"):
        raise parse.BadCell(f"这一格是公式错误（{text[:12]}），请填写答案。")
    number = _NUMBER.fullmatch(text)
    return (number.group(1) if number else text.rstrip(".。、")).upper()


def _signs(question: AskedItem) -> dict[str, str]:
    """What may stand for each code: the code, its label, both together (``A村民会议``)."""
    found = {}
    for code, label in question.letters:
        names = (code, label, f"{code}{label}", f"{code}.{label}", f"{code}、{label}")
        found |= {_folded(name): code for name in names}
    return found


def _one(question: AskedItem) -> Parser:
    """Reads one code."""
    signs = _signs(question)
    codes = "".join(code for code, _ in question.letters)
    wanted = f"{codes[0]}至{codes[-1]}" + (
        f"或{'、'.join(question.scale)}" if len(question.scale) <= 6 else ""
    )
    several = re.compile(f"[{codes}]{_BETWEEN}[{codes}]")

    def read(cell: Cell) -> str:
        text = _code(cell)
        if text in signs:
            return signs[text]
        if several.search(parse.shown(cell).upper()) or (len(text) > 1 and set(text) <= set(codes)):
            raise parse.BadCell(f"“{text[:20]}”是两个答案，一题只能选一项，请对照纸卷处理。")
        if re.fullmatch(r"-?\d+(\.\d+)?|[A-Z]", text):
            raise parse.BadCell(f"“{text[:20]}”超出范围，应为{wanted}。")
        raise parse.BadCell(f"“{text[:20]}”不是答案，应为{wanted}。")

    return read


def _several(question: AskedItem) -> Parser:
    """Reads any number of letters or labels as one mark an option: ``AC``, ``A、C``, ``修路；路灯``."""
    signs, codes = _signs(question), [code for code, _ in question.letters]

    def read(cell: Cell) -> str:
        text = _code(cell)
        parts = [text] if text in signs else [p for p in re.split(r"[,，、;；/和+|]+", text) if p]
        found: list[str] = []
        for part in parts:
            found += [signs[part]] if part in signs else list(part)
        unknown = [sign for sign in found if sign not in codes]
        if unknown or not found:
            wanted = f"{codes[0]}至{codes[-1]}"
            fault = "超出范围" if all(re.fullmatch(r"[A-Z0-9]", sign) for sign in unknown) else "不是答案"
            raise parse.BadCell(f"“{text[:20]}”{fault}，应为{wanted}中的一项或几项。")
        if len(set(found)) < len(found):
            raise parse.BadCell(f"“{text[:20]}”里有选项写了两遍，请对照纸卷处理。")
        return "".join("1" if code in found else "0" for code in codes)

    return read


def group_reader(groups: list[GroupRow]) -> Parser:
    """Reads a category of people by its name or one of its aliases, and gives its code."""
    known = {_folded(name): row.code for row in groups for name in (row.name, *row.aliases)}
    shown = "、".join(row.name for row in groups if row.active)

    def read(cell: Cell) -> str:
        text = _folded(parse.shown(cell))
        if text not in known:
            raise parse.BadCell(f"“{text[:20]}”不在人员类别之内，应为{shown}。")
        return known[text]

    return read


def sheet_number(cell: Cell) -> str:
    """A sheet's own number: width, blanks, case and leading zeros do not count."""
    text = _plain(cell)
    number = _NUMBER.fullmatch(text)
    text = (number.group(1) if number else text).upper()
    if len(text) > 20:
        raise parse.BadCell("份号最多20个字符。")
    return text.lstrip("0") or "0"


def _words(cell: Cell) -> str:
    text = clean(parse.shown(cell)).strip()
    if len(text) > OPEN_ANSWER_LIMIT:
        raise parse.BadCell(f"意见建议{len(text)}字，超过{OPEN_ANSWER_LIMIT}字，请摘要填写。")
    return text
