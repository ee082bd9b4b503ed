"""What a sheet of one questionnaire is made of: a fixed number of characters, each with the codes it may hold.

A level of the five takes one character (``1``–``5``), a single choice one (the letter printed before the option), a
multiple choice one for each option (``1`` ticked), a matrix one for each row (the place on its scale). ``0`` is always
"unanswered". What is written in words is no part of it. Checking an answer is one loop over these places.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.models.questionnaire import Item, Level

LETTERS = "ABCDEFGHIJKLMNOPQRST"
MOST_PLACES = 200
MOST_OPTIONS = len(LETTERS)
MOST_STEPS = 9
MOST_WORDS = 4
FIVE = tuple(str(level.label) for level in Level)
Kind = Item.Kind


@dataclass(frozen=True)
class Place:
    """One character of a sheet: the question it belongs to, which row or option (0: the question itself), its codes."""

    number: int
    part: int
    codes: str


@dataclass(frozen=True)
class AskedItem:
    """One question as pages, paper and phones need it; ``start`` is where its characters begin in a sheet."""

    number: int
    aspect: str
    text: str
    kind: str
    hint: str
    required: bool
    options: tuple[str, ...]
    rows: tuple[str, ...]
    start: int

    @property
    def scale(self) -> tuple[str, ...]:
        """The words of one character, in order: levels, options, or steps of a matrix."""
        if self.kind == Kind.SCALE5 or (self.kind == Kind.MATRIX and not self.options):
            return FIVE
        return self.options

    @property
    def width(self) -> int:
        """How many characters of a sheet it takes; 0 for words."""
        wide = {Kind.TEXT: 0, Kind.MULTIPLE: len(self.options), Kind.MATRIX: len(self.rows)}
        return wide.get(Kind(self.kind), 1)

    @property
    def letters(self) -> list[tuple[str, str]]:
        """The options with the letters printed before them, or the steps with their digits."""
        signs = LETTERS if self.kind in (Kind.SINGLE, Kind.MULTIPLE) else "123456789"
        return list(zip(signs, self.scale, strict=False))

    @property
    def places(self) -> list[Place]:
        """Its characters."""
        codes = "".join(code for code, _ in self.letters)
        if self.kind in (Kind.SCALE5, Kind.SINGLE):
            return [Place(self.number, 0, codes)]
        codes = "1" if self.kind == Kind.MULTIPLE else codes
        return [Place(self.number, part, codes) for part in range(1, self.width + 1)]

    def of(self, answers: str) -> str:
        """Its characters in a sheet."""
        return answers[self.start : self.start + self.width]

    def in_words(self, characters: str) -> str:
        """What its characters say, for people comparing two entries: ``好``, ``A、C``, ``好／差／未答``."""
        names = dict(self.letters)
        if self.kind == Kind.MULTIPLE:
            ticked = [LETTERS[at] for at, mark in enumerate(characters) if mark == "1"]
            return "、".join(ticked) or "未答"
        said = [names.get(mark, "未答") for mark in characters]
        if self.kind == Kind.SINGLE and characters != "0":
            return f"{characters} {said[0]}"
        return "／".join(said)

    def to_json(self) -> dict[str, Any]:
        """For the phone and for the entry grid."""
        return {
            "number": self.number, "aspect": self.aspect, "text": self.text, "kind": str(self.kind),
            "hint": self.hint, "required": self.required, "choices": [list(pair) for pair in self.letters],
            "rows": list(self.rows), "start": self.start, "width": self.width,
        }  # fmt: skip


@dataclass(frozen=True)
class Specification:
    """One questionnaire, compiled."""

    questions: tuple[AskedItem, ...]
    closing: str = ""

    @cached_property
    def places(self) -> list[Place]:
        """Every character of a sheet in order."""
        return [place for question in self.questions for place in question.places]

    @cached_property
    def _codes(self) -> list[frozenset[str]]:
        return [frozenset(place.codes + "0") for place in self.places]

    @cached_property
    def words(self) -> dict[int, str]:
        """The open questions by number; 0 is the closing one."""
        asked = {q.number: q.text for q in self.questions if q.kind == Kind.TEXT}
        return asked | ({0: self.closing} if self.closing else {})

    @cached_property
    def _required(self) -> list[AskedItem]:
        return [question for question in self.questions if question.required]

    @property
    def length(self) -> int:
        """Characters of a sheet."""
        return len(self.places)

    def holds(self, answers: str) -> bool:
        """Is this a sheet of the questionnaire?"""
        if len(answers) != len(self._codes):
            return False
        return all(mark in codes for mark, codes in zip(answers, self._codes, strict=True))

    def lacking(self, answers: str, words: Mapping[int, str]) -> int:
        """Number of the first question that must be answered and is not; 0 when there is none."""
        for question in self._required:
            said = (
                words.get(question.number) if question.kind == Kind.TEXT else question.of(answers).strip("0")
            )
            if not said:
                return question.number
        return 0

    def labels(self) -> list[str]:
        """What each character is called in reports: ``7``, or ``24.2`` for the second row or option."""
        return [f"{place.number}.{place.part}" if place.part else str(place.number) for place in self.places]


def compiled(items: Iterable[Item], closing: str = "") -> Specification:
    """The specification of ``items``, which come in their order with their aspects loaded."""
    questions: list[AskedItem] = []
    start = 0
    for item in items:
        question = AskedItem(
            item.number, item.aspect.name, item.text, item.kind, item.hint, item.required,
            tuple(item.options), tuple(item.rows), start,
        )  # fmt: skip
        questions.append(question)
        start += question.width
    return Specification(tuple(questions), closing)
