"""A questionnaire of the builder as a printed form: the same questions and codes as on phones and in the grid."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.office.paperform import PaperForm
from surveys.models import Question

BOX = "□"
_GAP = "　"


@dataclass(frozen=True)
class QuestionnairePaper:
    """What is printed. ``groups``: names of the categories; ``closing``: the open question at the end, or nothing."""

    title: str
    version: int
    intro: str
    closing: str
    groups: Sequence[str]
    questions: Sequence[Question]
    printed_on: dt.date


def questionnaire_docx(paper: QuestionnairePaper) -> bytes:
    """The form as Word: levels as rows to tick, choices as boxes with their letters, lines for words."""
    form = PaperForm(
        title=paper.title,
        created=paper.printed_on,
        heading=f"村（社区）：{_GAP * 8}",
        number=f"份号：{_GAP * 4}",
    )
    if paper.intro:
        form.block("说　明", paper.intro, min_height_mm=12)
    form.block("您　是", _boxes(paper.groups) + "（只选一类）", min_height_mm=12)
    for (aspect, kind), questions in groupby(paper.questions, key=lambda q: (q.aspect, q.kind)):
        _add(form, aspect, kind, list(questions))
    if paper.closing:
        form.block("意　见", paper.closing, min_height_mm=40)
    form.note("请不要写自己的姓名、电话。填好后对折投入密封箱。")
    form.note(f"（第{paper.version}版）")
    return form.to_bytes()


def _add(form: PaperForm, aspect: str, kind: str, questions: list[Question]) -> None:
    """Questions of one aspect and kind that stand next to each other."""
    if kind == "scale5":
        scale = [f"{code} {label}" for code, label in questions[0].letters]
        rows = [[q.number, q.text + _hint(q), *[BOX] * len(scale)] for q in questions]
        form.grid(["题号", "题　　目", *scale], rows, [11, 70, *[15] * len(scale)], label=aspect)
        return
    for question in questions:
        place = f"第{question.number}题"
        if kind == "matrix":
            steps = [f"{code} {label}" for code, label in question.letters]
            rows = [[name, *[BOX] * len(steps)] for name in question.rows]
            label = f"{place} {question.text}{_hint(question)}"
            form.grid([aspect, *steps], rows, [46, *[110 / len(steps)] * len(steps)], label=label)
        elif kind == "text":
            form.block(place, question.text + _hint(question), min_height_mm=26)
        else:
            many = "（可多选）" if kind == "multiple" else ""
            options = _boxes(f"{letter} {label}" for letter, label in question.letters)
            form.block(place, f"{question.text}{many}{_hint(question)}\n{options}", min_height_mm=14)


def _boxes(names: Iterable[str]) -> str:
    return _GAP.join(f"{BOX} {name}" for name in names)


def _hint(question: Question) -> str:
    return f"（{question.hint}）" if question.hint else ""
