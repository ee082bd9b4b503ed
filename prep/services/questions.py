"""Kinds of people to talk to and the bank of questions: both come with the product, the office keeps the kinds."""

import csv
import secrets
from pathlib import Path
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep.models import BankQuestion, QuestionBank, Section, TargetCategory, TargetKind
from prep.rules import outline as rules

_DATA = Path(__file__).resolve().parent.parent / "data"
_BANK_NAME = "村（社区）巡察谈话题库"
_SECTIONS = {"开场": Section.OPENING, "正题": Section.TOPIC, "条目": Section.TOPIC, "收尾": Section.CLOSING}
KIND_FIELDS = ("name", "talk_category", "shielded", "post_words", "other_words", "order", "active")


@transaction.atomic
def load_question_bank(*, actor: Any, version: int = 1) -> QuestionBank:
    """Put version ``version`` of the bank in if it is not there yet; it becomes the one in use when there is none."""
    known = QuestionBank.objects.filter(version=version).first()
    if known is not None:
        return known
    in_use = QuestionBank.objects.filter(status=QuestionBank.Status.CURRENT).exists()
    status = QuestionBank.Status.DRAFT if in_use else QuestionBank.Status.CURRENT
    bank = records.create(
        QuestionBank(version=version, name=_BANK_NAME, status=status),
        actor=actor,
        verb="prep.load_question_bank",
    )
    questions = [_question(bank, row, order) for order, row in enumerate(_rows(f"questions_v{version}.csv"))]
    records.bulk_create(
        questions, actor=actor, verb="prep.load_question_bank", target=bank, summary=f"{bank}题目"
    )
    return bank


@transaction.atomic
def seed_target_kinds(*, actor: Any) -> list[TargetKind]:
    """Put the usual kinds of people in where they are missing; what the office changed since stays."""
    known = set(TargetKind.objects.values_list("code", flat=True))
    kinds = [
        TargetKind(
            code=row["代码"], name=row["名称"], talk_category=row["计入谈话类别"], shielded=bool(row["隐名"]),
            post_words=_words(row["职务含"]), other_words=_words(row["职务不含"]), order=order,
        )
        for order, row in enumerate(_rows("target_kinds.csv"))
        if row["代码"] not in known
    ]  # fmt: skip
    return records.bulk_create(kinds, actor=actor, verb="prep.seed_target_kinds", summary="谈话对象类别")


@transaction.atomic
def add_target_kind(*, actor: Any, values: dict[str, Any]) -> TargetKind:
    """Add a kind of person; ``values``: any of ``KIND_FIELDS``. Its code is made by the system and never changes."""
    demand(rules.can_edit_kinds(actor))
    code = f"k-{secrets.token_hex(4)}"
    return records.create(
        TargetKind(code=code, **_checked(values, None)), actor=actor, verb="prep.add_target_kind"
    )


@transaction.atomic
def edit_target_kind(*, actor: Any, kind: TargetKind, revision: int, values: dict[str, Any]) -> TargetKind:
    """Rename a kind, change how its people are found, or take it out of use."""
    demand(rules.can_edit_kinds(actor))
    return records.update(
        kind, actor=actor, verb="prep.edit_target_kind", revision=revision, changes=_checked(values, kind)
    )


def _checked(values: dict[str, Any], kind: TargetKind | None) -> dict[str, Any]:
    chosen = {name: values[name] for name in KIND_FIELDS if name in values}
    name = clean(chosen.get("name", kind.name if kind else "")).strip()
    if not name:
        raise ServiceError("请填写名称。", "name")
    if TargetKind.objects.filter(name=name).exclude(pk=kind.pk if kind else None).exists():
        raise ServiceError("已有同名的类别。", "name")
    if chosen.get("talk_category", TargetCategory.VILLAGER) not in TargetCategory.values:
        raise ServiceError("请选择计入哪类谈话。", "talk_category")
    return chosen | {"name": name}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(cell: str) -> list[str]:
    return [word for word in cell.split(";") if word]


def _question(bank: QuestionBank, row: dict[str, str], order: int) -> BankQuestion:
    return BankQuestion(
        bank=bank,
        order=order,
        code=row["编号"],
        section=_SECTIONS[row["环节"]],
        for_item=row["环节"] == "条目",
        category=row["类别"],
        kinds=_words(row["对象"]),
        text=row["问题"],
        why=row["为什么问"],
    )
