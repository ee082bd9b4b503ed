"""The bank of questions as its page shows it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from prep.models import BankQuestion, QuestionBank, TargetKind
from prep.selectors.drawing import current_bank
from prep.selectors.facts import target_kinds
from villages.models.reference_data import CATEGORIES

_FIELDS = {code: name for code, name, _, _ in CATEGORIES} | {
    sub: name for _, _, _, children in CATEGORIES for sub, name in children
}


@dataclass(frozen=True)
class BankLine:
    """One question with its field and its people in words."""

    question: BankQuestion
    field: str
    people: str


@dataclass(frozen=True)
class BankPage:
    """The bank in use, narrowed to one kind of person, and the kinds with their counts."""

    bank: QuestionBank | None
    lines: list[BankLine]
    kinds: list[dict[str, Any]]


def bank_page(viewer: Any, chosen: str) -> BankPage:
    """Three queries: the bank, its questions, the kinds."""
    bank = current_bank(viewer)
    rows = list(BankQuestion.objects.visible_to(viewer).filter(bank=bank)) if bank else []
    kinds = target_kinds(viewer)
    pills = [{"value": "", "label": "全部", "count": len(rows)}]
    for code, kind in kinds.items():
        count = sum(code in row.kinds for row in rows)
        if count:
            pills.append({"value": code, "label": kind.name, "count": count})
    shown = [row for row in rows if not chosen or chosen in row.kinds]
    return BankPage(bank, [_line(row, kinds) for row in shown], pills)


def _line(row: BankQuestion, kinds: dict[str, Any]) -> BankLine:
    people = "、".join(kinds[code].name for code in row.kinds if code in kinds)
    return BankLine(row, _FIELDS.get(row.category, "不分方面"), people)


def kind_lines(viewer: Any) -> list[tuple[TargetKind, int]]:
    """Every kind of person with how many questions of the bank in use are for it: three queries."""
    bank = current_bank(viewer)
    codes = (
        BankQuestion.objects.visible_to(viewer)
        .filter(bank=bank, for_item=False)
        .values_list("kinds", flat=True)
    )
    counts = Counter(code for listed in codes for code in listed)
    return [(kind, counts[kind.code]) for kind in TargetKind.objects.visible_to(viewer)]
