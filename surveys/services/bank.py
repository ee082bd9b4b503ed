"""The bank of questions: the initial one, questions written here, and workbooks of them."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from core.office.columns import TableReading
from surveys.models import Kind, Question, QuestionImport
from surveys.models.knowledge import LETTERS
from surveys.rules import knowledge as rules
from surveys.services.question_reading import LABELS, read_questions, with_key
from surveys.workflow.knowledge import QUESTIONS

_DATA = Path(__file__).resolve().parent.parent / "data" / "questions_v1.csv"
FIELDS = ("topic", "kind", "difficulty", "text", "options", "key", "active")


@transaction.atomic
def load_bank(*, actor: Any) -> int:
    """Put the initial questions in that are not there yet; return how many were."""
    demand(rules.can_keep_bank(actor))
    known = set(Question.objects.values_list("code", flat=True))
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = [_from_file(row) for row in csv.DictReader(file)]
    fresh = [Question(**row) for row in rows if row["code"] not in known]
    records.bulk_create(fresh, actor=actor, verb="surveys.bank_load", summary="初始题库")
    return len(fresh)


def _from_file(row: dict[str, str]) -> dict[str, Any]:
    values = {
        "code": row["题号"], "topic": LABELS["topic"][row["主题"]], "kind": LABELS["kind"][row["题型"]],
        "difficulty": LABELS["difficulty"][row["难度"]], "text": row["题目"],
        "options": [row[f"选项{letter}"] for letter in "ABCD" if row[f"选项{letter}"]],
    }  # fmt: skip
    return values | {"key": with_key(values, row["答案"])}


@transaction.atomic
def add_question(*, actor: Any, code: str, **values: Any) -> Question:
    """Write a new question; see :func:`edit_question` for ``values``."""
    demand(rules.can_keep_bank(actor))
    if Question.objects.filter(code=code).exists():
        raise ServiceError(f"题号{code}已经有了，请换一个。", "code")
    question = Question(code=code, **_checked(values))
    return records.create(question, actor=actor, verb="surveys.bank_add")


@transaction.atomic
def edit_question(*, actor: Any, question: Question, revision: int, **values: Any) -> Question:
    """Change a question: ``topic``, ``kind``, ``difficulty``, ``text``, ``options``, ``key``, ``active``.

    Papers drawn before keep the question as it was.
    """
    demand(rules.can_keep_bank(actor))
    return records.update(
        question, actor=actor, verb="surveys.bank_edit", revision=revision, changes=_checked(values)
    )


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values with a key that fits the kind; raises ``ServiceError`` beside the field."""
    kind, options = values["kind"], values["options"]
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        if not 2 <= len(options) <= len(LETTERS):
            raise ServiceError(f"选择题要有2至{len(LETTERS)}个选项，每行一个。", "options")
        if len(set(options)) < len(options):
            raise ServiceError("有两个选项写得一样，请改正。", "options")
    return values | {
        "options": options if kind in (Kind.SINGLE, Kind.MULTIPLE) else [],
        "key": with_key(values, values["key"]),
    }


# --- workbooks --------------------------------------------------------------------------------------------


@transaction.atomic
def preview_questions(*, actor: Any, filename: str, content: bytes) -> QuestionImport:
    """Read a workbook and keep what it holds until its owner says yes."""
    demand(rules.can_keep_bank(actor))
    reading = read_questions(content, filename)
    staged = QuestionImport(owner=actor, filename=filename[-200:], payload=reading.to_json())
    return records.create(staged, actor=actor, verb="surveys.bank_preview")


@transaction.atomic
def commit_questions(*, actor: Any, staged: QuestionImport, revision: int | None = None) -> QuestionImport:
    """Write the good rows of a preview: known codes are changed, new ones added."""
    demand(QUESTIONS.check(actor, staged, "commit"))
    reading = TableReading.from_json(staged.payload)
    known = {
        row.code: row for row in Question.objects.filter(code__in=[r.values["code"] for r in reading.rows])
    }
    fresh = [Question(**row.values) for row in reading.rows if row.values["code"] not in known]
    records.bulk_create(fresh, actor=actor, verb="surveys.bank_import", summary="导入试题")
    for row in reading.rows:
        question = known.get(row.values["code"])
        if question is not None:
            records.update(
                question, actor=actor, verb="surveys.bank_import", revision=None, changes=dict(row.values)
            )
    return QUESTIONS.apply(staged, "commit", actor=actor, revision=revision)


@transaction.atomic
def discard_questions(*, actor: Any, staged: QuestionImport, revision: int | None = None) -> QuestionImport:
    """Give a preview up."""
    return QUESTIONS.apply(staged, "discard", actor=actor, revision=revision, changes={"payload": {}})


@transaction.atomic
def request_bank(*, actor: Any) -> Job:
    """Have the bank with its keys made as a workbook; the request stands in the trail."""
    demand(rules.can_read_bank(actor))
    newest = Question.objects.order_by("-updated_at").values_list("updated_at", flat=True).first()
    return enqueue(
        "surveys.bank_export", args={}, actor=actor, title="知识测试题库", dedupe=f"surveys.bank:{newest}"
    )
