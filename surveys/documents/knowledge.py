"""Papers of a knowledge test: question papers with answer sheets, keys for those who mark, the table of marks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.display import cn_date
from core.office.chinese import numeral
from core.office.paperform import PaperForm
from core.office.xlsx import Col, Sheet, write_bytes
from surveys.documents.rating import Frame
from surveys.models.knowledge import LETTERS

_LINES = 4
_ACROSS = 10


@dataclass(frozen=True)
class PrintedItem:
    """One question as printed: ``options`` with their letters; ``by_hand`` for a short answer."""

    number: int
    kind: str
    text: str
    options: tuple[tuple[str, str], ...]
    points: int
    key: str
    by_hand: bool


@dataclass(frozen=True)
class PrintedPaper:
    """The paper of one person; ``seed`` is printed on it, so that it can be made again."""

    name: str
    post: str
    seed: str
    items: tuple[PrintedItem, ...]


@dataclass(frozen=True)
class PaperSet:
    """All papers of one test. ``with_key``: for those who mark or ask, with the answers."""

    frame: Frame
    title: str
    full_marks: int
    with_key: bool
    papers: tuple[PrintedPaper, ...]


@dataclass(frozen=True)
class BankRow:
    """One question of the bank as the workbook lists it."""

    code: str
    topic: str
    kind: str
    difficulty: str
    text: str
    options: tuple[str, ...]
    key: str
    active: bool


@dataclass(frozen=True)
class MarkRow:
    """One person's result; ``wrong``: questions that cost points, in words."""

    name: str
    post: str
    status: str
    score: Decimal | None
    wrong: tuple[str, ...]
    markers: str
    marked_on: dt.date | None


@dataclass(frozen=True)
class MarkTable:
    """The results of one test."""

    frame: Frame
    title: str
    mode: str
    full_marks: int
    plan: tuple[str, ...]
    rows: tuple[MarkRow, ...]


def bank_xlsx(rows: Sequence[BankRow], day: dt.date) -> bytes:
    """The bank, one question a row, with the heads the import looks for."""
    letters = LETTERS[: max((len(row.options) for row in rows), default=4)]
    sheet = Sheet(
        name="题库",
        columns=(
            Col("题号", 12), Col("主题", 12, "center"), Col("题型", 9, "center"), Col("难度", 7, "center"),
            Col("题目", 56), *[Col(f"选项{letter}", 20) for letter in letters], Col("答案", 30),
            Col("启用", 7, "center"),
        ),
        rows=[
            [row.code, row.topic, row.kind, row.difficulty, row.text,
             *[*row.options, *[""] * (len(letters) - len(row.options))], row.key, "是" if row.active else "否"]
            for row in rows
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=day)


def papers_docx(paper_set: PaperSet) -> bytes:
    """Every paper on pages of its own, each followed by its answer sheet; or the papers with their keys."""
    frame = paper_set.frame
    title = f"{frame.village}{paper_set.title}{'（附答案）' if paper_set.with_key else ''}"
    form = PaperForm(title=title, created=frame.day, author=frame.office, heading=frame.heading)
    for number, paper in enumerate(paper_set.papers):
        if number:
            form.next_form(title=title, heading=frame.heading)
        _questions(form, paper, paper_set)
        if not paper_set.with_key:
            form.next_form(title=f"{title}答题卡", heading=frame.heading)
            _answer_sheet(form, paper, paper_set.full_marks)
    return form.to_bytes()


def _questions(form: PaperForm, paper: PrintedPaper, paper_set: PaperSet) -> None:
    form.pairs(
        [
            ("姓名", paper.name),
            ("职务", paper.post),
            ("卷号", paper.seed),
            ("满分", f"{paper_set.full_marks}分"),
        ]
    )
    form.note(
        "多选题全部选对才得分，多选、少选、错选都不得分。"
        if not paper_set.with_key
        else "只供评分人使用，用后收回。"
    )
    for order, (kind, items) in enumerate(_by_kind(paper.items), 1):
        form.note(f"{numeral(order)}、{kind}（共{len(items)}题，{sum(item.points for item in items)}分）")
        for item in items:
            form.note(f"{item.number}. {item.text}（{item.points}分）")
            if item.options:
                form.note("　　".join(f"{letter}. {text}" for letter, text in item.options))
            if paper_set.with_key:
                form.note(f"【答案】{item.key}")


def _answer_sheet(form: PaperForm, paper: PrintedPaper, full_marks: int) -> None:
    form.pairs(
        [
            ("姓名", paper.name),
            ("职务", paper.post),
            ("卷号", paper.seed),
            ("得分", f"　　　／{full_marks}分"),
        ]
    )
    choices = [item for item in paper.items if not item.by_hand]
    for start in range(0, len(choices), _ACROSS):
        line = choices[start : start + _ACROSS]
        blank = [""] * (_ACROSS - len(line))
        form.grid(
            ["题号", *[str(item.number) for item in line], *blank],
            [["答案", *[""] * _ACROSS]],
            [16] + [14] * _ACROSS,
        )
    for item in paper.items:
        if item.by_hand:
            form.block(f"第{item.number}题", f"（{item.points}分）", min_height_mm=9 * _LINES)
    form.signatures([("答题人", "", None), ("评分人", "", None)])


def _by_kind(items: Sequence[PrintedItem]) -> list[tuple[str, list[PrintedItem]]]:
    found: dict[str, list[PrintedItem]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    return list(found.items())


def marks_docx(table: MarkTable) -> bytes:
    """The table of marks: who was asked what he did not know, never a judgement."""
    form = PaperForm(
        title=f"{table.frame.village}{table.title}成绩表", created=table.frame.day, author=table.frame.office,
        heading=table.frame.heading,
    )  # fmt: skip
    form.pairs([("方式", table.mode), ("满分", f"{table.full_marks}分")])
    form.block("组卷", "；".join(table.plan), min_height_mm=10)
    form.grid(
        ["序号", "姓名", "职务", "得分", "失分题目", "评分人"],
        [
            [n, row.name, row.post, _score(row), "\n".join(row.wrong) or "无", row.markers]
            for n, row in enumerate(table.rows, 1)
        ],
        [11, 19, 27, 21, 58, 20],
    )
    form.signatures([("统计人", "", None), ("复核人", "", None)])
    form.note("测试只反映应知应会情况，供了解队伍和安排培训用，不作为问题认定，不作为处分依据。")
    return form.to_bytes()


def marks_xlsx(table: MarkTable) -> bytes:
    """The table of marks as a workbook."""
    sheet = Sheet(
        name="成绩表",
        title=f"{table.frame.village}{table.title}成绩表",
        heading=f"{table.frame.heading}　{table.mode}　满分{table.full_marks}分",
        footnote=f"组卷：{'；'.join(table.plan)}。测试只反映应知应会情况，不作为问题认定，不作为处分依据。\n"
        "统计人：　　　　　　复核人：　　　　　　日期：",
        columns=(
            Col("序号", 7, "int"), Col("姓名", 12), Col("职务", 26), Col("得分", 10, "money"),
            Col("状态", 10, "center"), Col("失分题目", 60), Col("评分人", 18), Col("评分日期", 16, "center"),
        ),
        rows=[
            [n, row.name, row.post, row.score if row.score is not None else "—", row.status,
             "\n".join(row.wrong), row.markers, cn_date(row.marked_on)]
            for n, row in enumerate(table.rows, 1)
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=table.frame.day, author=table.frame.office)


def _score(row: MarkRow) -> str:
    return f"{row.score:.2f}" if row.score is not None else row.status
