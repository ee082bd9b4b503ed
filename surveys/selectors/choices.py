"""Locked counts of choices and matrices as they may be shown, and how many wrote something."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.display import percent
from surveys.models import AskedItem, Item
from surveys.models.specification import LETTERS
from surveys.selectors.suppression import shown_cells, shown_tick

_UNANSWERED = "未答"


@dataclass(frozen=True)
class ChoiceCell:
    """One option: its words, how many (``None`` where hidden) of how many."""

    label: str
    count: int | None
    total: int

    @property
    def share(self) -> str:
        """``93.3%``, or a dash."""
        return "—" if self.count is None else percent(self.count, self.total)

    @property
    def width(self) -> float:
        """For drawing: 0 to 100."""
        return 0.0 if self.count is None or not self.total else round(100 * self.count / self.total, 1)


@dataclass(frozen=True)
class ChoiceLine:
    """One row of cells: the question itself, or one row of a matrix (``label``)."""

    label: str
    cells: tuple[ChoiceCell, ...]


@dataclass(frozen=True)
class ChoiceItem:
    """One question that is no five-level item, with its lines of cells."""

    number: int
    aspect: str
    text: str
    kind: str
    kind_label: str
    lines: tuple[ChoiceLine, ...]

    @property
    def is_matrix(self) -> bool:
        """Is it a table of rows and steps?"""
        return self.kind == Item.Kind.MATRIX

    @property
    def heads(self) -> list[str]:
        """The words over the columns of a matrix."""
        return [cell.label for cell in self.lines[0].cells] if self.lines else []


def choice_items(
    questions: Iterable[AskedItem], columns: dict[int, Counter[str]], total: int, least: int
) -> list[ChoiceItem]:
    """The questions with choices or rows; ``columns``: counts by place from 1, ``total``: sheets."""
    found = []
    for question in questions:
        if question.kind in (Item.Kind.SCALE5, Item.Kind.TEXT):
            continue
        places = [columns.get(question.start + at, Counter()) for at in range(1, question.width + 1)]
        lines = (
            _ticks(question, places, total, least)
            if question.kind == Item.Kind.MULTIPLE
            else _rows(question, places, total, least)
        )
        found.append(
            ChoiceItem(
                question.number,
                question.aspect,
                question.text,
                question.kind,
                str(Item.Kind(question.kind).label),
                tuple(lines),
            )
        )
    return found


def _ticks(question: AskedItem, places: list[Counter[str]], total: int, least: int) -> list[ChoiceLine]:
    """Each option of a multiple choice stands alone: ticked or not."""
    cells = tuple(
        ChoiceCell(f"{letter} {words}", shown_tick(place["1"], total, least), total)
        for letter, words, place in zip(LETTERS, question.options, places, strict=False)
    )
    return [ChoiceLine("", cells)]


def _rows(question: AskedItem, places: list[Counter[str]], total: int, least: int) -> list[ChoiceLine]:
    """A single choice is one row of options; a matrix has one row of steps for each of its rows."""
    labels = question.rows if question.kind == Item.Kind.MATRIX else ("",)
    return [
        ChoiceLine(label, _cells(question, place, total, least))
        for label, place in zip(labels, places, strict=True)
    ]


def _cells(question: AskedItem, place: Counter[str], total: int, least: int) -> tuple[ChoiceCell, ...]:
    codes = [*question.letters, ("0", _UNANSWERED)]
    values = shown_cells([place[code] for code, _ in codes], least)
    plain = question.kind == Item.Kind.MATRIX
    return tuple(
        ChoiceCell(words if plain or code == "0" else f"{code} {words}", value, total)
        for (code, words), value in zip(codes, values, strict=True)
    )
