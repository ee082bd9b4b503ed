"""A questionnaire of the builder as a printed form: the same questions and codes as on phones and in the grid."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from core.office.paperform import BOX, PaperForm, ticks
from surveys.documents.levels import level_grid
from surveys.models import AskedItem


@dataclass(frozen=True)
class QuestionnairePaper:
    """What is printed. ``groups``: names of the categories; ``closing``: the open question at the end, or nothing."""

    title: str
    version: int
    intro: str
    closing: str
    groups: Sequence[str]
    questions: Sequence[AskedItem]
    printed_on: dt.date


def questionnaire_docx(paper: QuestionnairePaper) -> bytes:
    """The form as Word: levels as rows to tick, choices as boxes with their letters, room for words.

    Like every ballot it carries no number: whoever types it in numbers it after the box has been opened.
    """
    form = PaperForm(title=paper.title, created=paper.printed_on, edition=f"第{paper.version}版")
    if paper.intro:
        form.room(paper.intro, min_height_mm=14)
    form.pairs([("您的身份", ticks(paper.groups))], columns=1)
    for kind, questions in groupby(paper.questions, key=lambda question: question.kind):
        _add(form, kind, list(questions))
    if paper.closing:
        form.band(paper.closing)
        form.room(min_height_mm=40)
    form.note("请不要写自己的姓名、电话。填好后请自行投入票箱，不要交给村干部。")
    return form.to_bytes()


def _add(form: PaperForm, kind: str, questions: list[AskedItem]) -> None:
    """Questions of one kind that stand next to each other."""
    if kind == "scale5":
        scale = [f"{code}{label}" for code, label in questions[0].letters]
        level_grid(form, [(q.aspect, q.number, q.text + _hint(q)) for q in questions], scale)
        return
    for question in questions:
        form.band(
            f"{question.number}．{question.text}{'（可多选）' if kind == 'multiple' else ''}{_hint(question)}"
        )
        if kind == "matrix":
            steps = [f"{code}{label}" for code, label in question.letters]
            rows = [[name, *[BOX] * len(steps)] for name in question.rows]
            align = "l" + "t" * len(steps)
            form.grid([question.aspect, *steps], rows, [56, *[100 / len(steps)] * len(steps)], align=align)
        elif kind == "text":
            form.room(min_height_mm=24)
        else:
            options = ticks(f"{letter} {label}" for letter, label in question.letters)
            form.pairs([(question.aspect, options)], columns=1)


def _hint(question: AskedItem) -> str:
    return f"（{question.hint}）" if question.hint else ""
