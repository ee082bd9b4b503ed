"""What keeps a questionnaire from being put to people, as sentences without a full stop."""

import re
from collections.abc import Iterator

from surveys.models.questionnaire import Item
from surveys.models.specification import (
    MOST_OPTIONS,
    MOST_PLACES,
    MOST_STEPS,
    MOST_WORDS,
    AskedItem,
    Specification,
)

Kind = Item.Kind
_NAMING = re.compile(r"(您|你)?的?(姓名|名字|电话|手机号|身份证|门牌|住址|家庭住址|户号)")
_NAMELESS = re.compile(r"不(必|要|用|需|得)?(写|填|留)|无需|勿")


def faults(specification: Specification) -> list[str]:
    """Sentences on everything that must be put right first, in the order of the questions."""
    found = [fault for question in specification.questions for fault in _of(question)]
    found += _together(specification)
    return found


def _of(question: AskedItem) -> Iterator[str]:
    place = f"第{question.number}题"
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        if len(question.options) < 2:
            yield f"{place}是{Kind(question.kind).label}，至少要两个选项"
        if len(question.options) > MOST_OPTIONS:
            yield f"{place}有{len(question.options)}个选项，最多{MOST_OPTIONS}个"
    if question.kind == Kind.MATRIX:
        if len(question.rows) < 2:
            yield f"{place}是矩阵评价，至少要两个评价对象"
        if len(question.options) == 1 or len(question.options) > MOST_STEPS:
            yield f"{place}的等次应为2至{MOST_STEPS}个，留空则用五级评价"
    for what, texts in (("选项", question.options), ("评价对象", question.rows)):
        twice = sorted({text for text in texts if texts.count(text) > 1})
        if twice:
            yield f"{place}的{what}“{twice[0]}”重复"
    if _NAMING.search(question.text) and not _NAMELESS.search(question.text):
        yield f"{place}问到姓名、电话或住址，匿名问卷不能问"


def _together(specification: Specification) -> Iterator[str]:
    questions = specification.questions
    if not any(question.width for question in questions):
        yield "至少要有一道选择或评价题"
    first: dict[str, int] = {}
    for question in questions:
        known = first.setdefault(re.sub(r"[\W_]+", "", question.text), question.number)
        if known != question.number:
            yield f"第{known}题和第{question.number}题的题目相同"
    if specification.length > MOST_PLACES:
        yield f"题目和选项合计{specification.length}格，最多{MOST_PLACES}格，请减少"
    if len(specification.words) > MOST_WORDS:
        yield f"填写文字的题（含卷末开放题）有{len(specification.words)}道，最多{MOST_WORDS}道"
