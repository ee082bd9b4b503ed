"""What an outline is drawn from: the bank, the open watch items of the village, the facts of its profile.

Order of a drawn outline: opening; individual items in the order of their numbers; facts; then field by field a question
of the bank and the common items; closing. Individual items and facts must be asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from prep.models import (
    BankQuestion,
    Origin,
    OutlineLine,
    QuestionBank,
    QuestionOrigin,
    Scope,
    Section,
    TargetKind,
    WatchItem,
    WatchStatus,
)
from prep.rules.factsheet import Fact
from prep.rules.outline import traces
from prep.selectors.facts import village_facts
from villages.models import Category, VillageInspection
from villages.selectors.schemes import CategoryMap

TITLE, FIELD = "“{问题}”", "{类别}"
# Common items of one field share a question as long as it can be read aloud in one breath.
_TOGETHER, _LONGEST = 3, 160
_ANY_FIELD = "村务管理"


@dataclass(frozen=True)
class Candidate:
    """One question as it would be drawn. ``source`` names what it comes from and stays the same while that does."""

    source: str
    text: str
    origin: QuestionOrigin
    section: Section = Section.TOPIC
    category: Category | None = None
    must: bool = False
    why: str = ""
    fact: str = ""
    items: tuple[WatchItem, ...] = ()

    @property
    def sources(self) -> set[str]:
        """What is covered once this question is in: each of its items, or its source."""
        return {item_source(item) for item in self.items} or {self.source}


def item_source(item: WatchItem) -> str:
    """How a watch item is named as a source."""
    return f"item:{item.pk}"


def current_bank(viewer: Any) -> QuestionBank | None:
    """The bank in use."""
    return QuestionBank.objects.visible_to(viewer).filter(status=QuestionBank.Status.CURRENT).first()


def bank_questions(viewer: Any, kind: TargetKind) -> list[BankQuestion]:
    """Questions of the bank in use for one kind of person, wordings of items included.

    A kind the office added later has none of its own: it is asked what its talk category is asked.
    """
    rows = list(BankQuestion.objects.visible_to(viewer).filter(bank__status=QuestionBank.Status.CURRENT))
    own = [row for row in rows if kind.code in row.kinds]
    return own or [row for row in rows if kind.talk_category in row.kinds]


@dataclass(frozen=True)
class _Material:
    kind: TargetKind
    bank: list[BankQuestion]
    items: list[WatchItem]
    known: set[str]
    facts: list[Fact]
    categories: CategoryMap


def candidates(
    viewer: Any, inspection: VillageInspection, kind: TargetKind, covered: Iterable[str] = ()
) -> list[Candidate]:
    """Every question that would be drawn for ``kind`` now, in order, but those whose sources are ``covered``."""
    known = set(covered)
    rows = WatchItem.objects.visible_to(viewer).filter(inspection=inspection, status=WatchStatus.OPEN)
    items = rows.select_related("category__parent", "check_point").order_by("seq")
    material = _Material(
        kind=kind,
        bank=bank_questions(viewer, kind),
        items=list(items),
        known=known,
        facts=village_facts(viewer, inspection),
        categories=CategoryMap(inspection.round),
    )
    parts = (
        _from_bank(material, Section.OPENING),
        _from_items(material, individual=True),
        _from_facts(material),
        _by_field(material),
        _from_bank(material, Section.CLOSING),
    )
    return [candidate for part in parts for candidate in part if not candidate.sources <= known]


def rest_of_bank(
    viewer: Any, inspection: VillageInspection, kind: TargetKind, covered: set[str]
) -> list[Candidate]:
    """Questions of the bank for ``kind`` that are not in yet: to be chosen by hand."""
    categories = CategoryMap(inspection.round)
    rows = [row for row in bank_questions(viewer, kind) if not row.for_item]
    drawn = [_bank_candidate(row, categories) for row in rows]
    return [candidate for candidate in drawn if candidate.source not in covered]


def sources_of(lines: Iterable[OutlineLine]) -> set[str]:
    """What the questions of an outline already cover; their items must be prefetched."""
    found = set()
    for line in lines:
        found |= {item_source(item) for item in line.items.all()} or ({line.source} if line.source else set())
    return found


def field_code(item: WatchItem) -> str:
    """The code of the five aspects an item belongs to; empty when it is in none."""
    if item.check_point is not None:
        return item.check_point.category
    if item.category is None:
        return ""
    return item.category.covers[0] if item.category.covers else item.category.code


def _from_bank(material: _Material, section: Section) -> list[Candidate]:
    rows = [row for row in material.bank if row.section == section and not row.for_item]
    return [_bank_candidate(row, material.categories) for row in rows]


def _bank_candidate(row: BankQuestion, categories: CategoryMap) -> Candidate:
    return Candidate(
        source=f"bank:{row.code}", text=row.text, origin=QuestionOrigin.BANK, section=Section(row.section),
        category=categories.find(row.category) if row.category else None, why=row.why,
    )  # fmt: skip


def _from_facts(material: _Material) -> list[Candidate]:
    return [
        Candidate(
            section=Section.FOCUS,
            source=f"fact:{fact.key}", text=_asked(fact, material.kind), origin=QuestionOrigin.FACT, must=True,
            category=material.categories.find(fact.category), why=fact.why, fact=fact.statement,
        )
        for fact in material.facts
        if _asked(fact, material.kind) and not material.kind.shielded
    ]  # fmt: skip


def _asked(fact: Fact, kind: TargetKind) -> str:
    return fact.asks.get(kind.code) or fact.asks.get(kind.talk_category, "")


def _by_field(material: _Material) -> Iterator[Candidate]:
    """Per aspect one question of the bank where there is something to look for, then its common items."""
    wanted = {field_code(item)[:1] for item in material.items} | {
        fact.category[:1] for fact in material.facts
    }
    topics = [row for row in material.bank if row.section == Section.TOPIC and not row.for_item]
    common = list(_from_items(material, individual=False))
    letters = sorted({row.category[:1] for row in topics} | {_letter(candidate) for candidate in common})
    for letter in letters:
        first = next((row for row in topics if row.category[:1] == letter), None)
        if first is not None and (letter in wanted or not material.items):
            yield _bank_candidate(first, material.categories)
        yield from (candidate for candidate in common if _letter(candidate) == letter)


def _letter(candidate: Candidate) -> str:
    return field_code(candidate.items[0])[:1]


def _from_items(material: _Material, *, individual: bool) -> Iterator[Candidate]:
    """Questions for items: one each when individual; common ones of a field together, and so do all where the
    wording shows the field only, which then counts as common.
    """
    groups: dict[tuple[str, str], list[WatchItem]] = {}
    wordings: dict[str, BankQuestion] = {}
    for item in material.items:
        if item_source(item) in material.known:
            continue
        wording = _wording(material, field_code(item))
        if wording is None:
            continue
        wordings[wording.code] = wording
        alone = item.scope == Scope.INDIVIDUAL and TITLE in wording.text
        if alone == individual:
            groups.setdefault((wording.code, str(item.pk) if alone else field_code(item)), []).append(item)
    for (code, _), items in groups.items():
        yield from _worded(material, wordings[code], items, individual)


def _wording(material: _Material, code: str) -> BankQuestion | None:
    """The most exact wording the bank has for items of this field and this kind of person."""
    fitting = [row for row in material.bank if row.for_item and code.startswith(row.category)]
    return max(fitting, key=lambda row: len(row.category), default=None)


def _worded(
    material: _Material, wording: BankQuestion, items: list[WatchItem], individual: bool
) -> Iterator[Candidate]:
    category = items[0].category or material.categories.find(field_code(items[0]))
    name = category.name if category else _ANY_FIELD
    if TITLE in wording.text:
        texts = [(wording.text.replace(TITLE, words), part) for words, part in _together(items, name)]
    else:
        texts = [(wording.text.replace(FIELD, name), items)]
    for text, part in texts:
        yield Candidate(
            section=Section.FOCUS if individual else Section.TOPIC,
            source=item_source(part[0]), text=text, origin=QuestionOrigin.ITEM, category=category,
            must=individual, why=wording.why, items=tuple(part),
        )  # fmt: skip


def _together(items: list[WatchItem], field: str) -> Iterator[tuple[str, list[WatchItem]]]:
    """Titles in quotation marks, a few to a question. A title that could tell who reported something stays unsaid."""
    part: list[WatchItem] = []
    for item in items:
        if part and (len(part) == _TOGETHER or len(_quoted([*part, item], field)) > _LONGEST):
            yield _quoted(part, field), part
            part = []
        part.append(item)
    if part:
        yield _quoted(part, field), part


def _unsaid(item: WatchItem) -> bool:
    """Clues from the survey are in the words of those who wrote them: not read out in the village they come from."""
    return item.origin == Origin.CLUE or bool(traces(item.title))


def _quoted(items: list[WatchItem], field: str) -> str:
    titles = [field if _unsaid(item) else re.sub("[“”]", "", item.title) for item in items]
    return "、".join(f"“{title}”" for title in dict.fromkeys(titles))
