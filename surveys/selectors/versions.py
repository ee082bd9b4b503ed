"""Questionnaires in a list, one of them as an outline, and what changed between two versions."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from surveys.models import AskedItem, Item, Questionnaire, compiled
from surveys.rules import specification

Kind = Item.Kind


def questionnaires(viewer: Any) -> QuerySet[Questionnaire]:
    """Every version, each with the number of its questions and of the surveys that use it."""
    rows = Questionnaire.objects.visible_to(viewer).order_by("code", "-version")
    return rows.annotate(
        number_of_items=Count("items", distinct=True), number_of_surveys=Count("surveys", distinct=True)
    )


def versions_of(viewer: Any, questionnaire: Questionnaire) -> list[Questionnaire]:
    """The other versions of the same questionnaire, newest first."""
    rows = Questionnaire.objects.visible_to(viewer).filter(code=questionnaire.code)
    return list(rows.exclude(pk=questionnaire.pk).order_by("-version"))


@dataclass
class OutlineAspect:
    """One aspect with its questions, each beside the row it comes from."""

    pk: Any
    name: str
    lines: list[tuple[Item, AskedItem]] = field(default_factory=list)


def outline(questionnaire: Questionnaire) -> list[OutlineAspect]:
    """A questionnaire as its page and its preview list it."""
    items = list(questionnaire.items.select_related("aspect").order_by("number"))
    found: dict[Any, OutlineAspect] = {}
    for item, question in zip(items, compiled(items).questions, strict=True):
        part = found.setdefault(item.aspect_id, OutlineAspect(item.aspect_id, item.aspect.name))
        part.lines.append((item, question))
    return list(found.values())


@dataclass(frozen=True)
class Change:
    """One line of a comparison: the question before and after, and what differs, in words."""

    before: AskedItem | None
    after: AskedItem | None
    what: list[str]

    @property
    def tone(self) -> str:
        """Of the line: added, struck out, changed, as it was."""
        if self.before is None:
            return "ok"
        if self.after is None:
            return "bad"
        return "warn" if self.what else "neutral"

    @property
    def word(self) -> str:
        """The same in a word."""
        return {"ok": "新增", "bad": "删去", "warn": "改动", "neutral": "未变"}[self.tone]


def compared(older: Questionnaire, newer: Questionnaire) -> list[Change]:
    """What became of every question. Questions are paired by their words, then, unpaired ones, by number."""
    before, after = specification(older).questions, specification(newer).questions
    by_text: dict[str, list[AskedItem]] = defaultdict(list)
    for question in before:
        by_text[question.text].append(question)
    pairs: dict[int, AskedItem] = {}
    for question in after:
        if by_text[question.text]:
            pairs[question.number] = by_text[question.text].pop(0)
    left = {q.number: q for q in before if q not in pairs.values()}
    for question in after:
        same = left.get(question.number)
        if question.number not in pairs and same is not None and same.kind == question.kind:
            pairs[question.number] = left.pop(question.number)
    lines = [
        Change(pairs.get(question.number), question, _differences(pairs.get(question.number), question))
        for question in after
    ]
    return lines + [Change(question, None, []) for question in left.values()]


def _differences(before: AskedItem | None, after: AskedItem) -> list[str]:
    if before is None:
        return []
    found = [
        f"{label}由“{_worded(getattr(before, name))}”改为“{_worded(getattr(after, name))}”"
        for name, label in (
            ("text", "题目"), ("aspect", "方面"), ("hint", "填写说明"), ("options", "选项"), ("rows", "评价对象"),
        )
        if getattr(before, name) != getattr(after, name)
    ]  # fmt: skip
    if before.kind != after.kind:
        found.insert(0, f"题型由{Kind(before.kind).label}改为{Kind(after.kind).label}")
    if before.required != after.required:
        found.append("改为手机上必答" if after.required else "不再必答")
    if before.number != after.number:
        found.append(f"由第{before.number}题移到第{after.number}题")
    return found


def _worded(value: Any) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value) or "（空）"
