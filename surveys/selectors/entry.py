"""A pile of typed sheets as its pages show it: what is typed, and where two people typed differently."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from surveys.models import AskedItem, EntryBatch, group_names
from surveys.models.specification import LETTERS
from surveys.rules import open_differences, specification

Status = EntryBatch.Status


def typing_of(batch: EntryBatch) -> dict[str, Any]:
    """What the keyboard grid needs: the questions, the categories, and what this person has typed so far.

    Somebody who types a second time never sees what was typed first.
    """
    compiled = specification(batch.survey.questionnaire)
    part = "first" if batch.status == Status.FIRST else "second"
    return {
        "batch": str(batch.pk),
        "part": part,
        "expected": batch.expected,
        "groups": [[code, name] for code, name in group_names().items()],
        "questions": [question.to_json() for question in compiled.questions],
        "closing": compiled.closing,
        "length": compiled.length,
        "kept": batch.payload.get(part, {}),
    }


@dataclass(frozen=True)
class Side:
    """One of two entries of one place: what is sent back when it is chosen, and what people read."""

    value: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One place typed differently."""

    key: str
    label: str
    first: Side
    second: Side
    choices: list[tuple[str, str]]


@dataclass(frozen=True)
class DifferentSheet:
    """One sheet with the places that differ; ``only``: typed once, by the first or by the second."""

    number: str
    only: str
    places: list[Difference]


def differences(batch: EntryBatch) -> list[DifferentSheet]:
    """Every sheet somebody must take into the hand once more, places that agree left out."""
    compiled, groups = specification(batch.survey.questionnaire), group_names()
    first, second = batch.payload.get("first", {}), batch.payload.get("second", {})
    found = []
    for number in open_differences(batch):
        one, two = first.get(number), second.get(number)
        if one is None or two is None:
            found.append(DifferentSheet(number, "录入" if two is None else "复录", []))
            continue
        places = _group(one[0], two[0], groups)
        places += [p for q in compiled.questions if q.width for p in _question(q, one[1], two[1])]
        places += _words(compiled.words, one[2], two[2])
        found.append(DifferentSheet(number, "", places))
    return found


def _group(one: str, two: str, groups: dict[str, str]) -> list[Difference]:
    if one == two:
        return []
    first, second = (Side(code, groups.get(code, "未填")) for code in (one, two))
    return [Difference("group", "人员类别", first, second, [("", "未填"), *groups.items()])]


def _question(question: AskedItem, one: str, two: str) -> list[Difference]:
    mine, theirs = question.of(one), question.of(two)
    if mine == theirs:
        return []
    if question.kind == "matrix":
        return [
            _place(question, f"{question.number}.{part}", f"第{question.number}题 {row}", a, b)
            for part, (row, a, b) in enumerate(zip(question.rows, mine, theirs, strict=True), 1)
            if a != b
        ]
    return [_place(question, str(question.number), f"第{question.number}题 {question.text}", mine, theirs)]


def _place(question: AskedItem, key: str, label: str, one: str, two: str) -> Difference:
    first, second = (Side(characters, question.in_words(characters)) for characters in (one, two))
    if question.kind == "multiple":
        return Difference(key, label, first, second, [])
    choices = [(code, f"{code} {name}") for code, name in question.letters]
    return Difference(key, label, first, second, [*choices, ("0", "未答")])


def _words(asked: dict[int, str], one: dict[str, str], two: dict[str, str]) -> list[Difference]:
    return [
        Difference(
            f"words-{number}",
            text,
            Side(one.get(str(number), ""), one.get(str(number), "（没有写）")),
            Side(two.get(str(number), ""), two.get(str(number), "（没有写）")),
            [],
        )
        for number, text in asked.items()
        if one.get(str(number), "") != two.get(str(number), "")
    ]


def settled_content(batch: EntryBatch, number: str, posted: dict[str, str]) -> dict[str, Any]:
    """The sheet as the third look has it: what both typed, with the places that differ as chosen.

    ``posted``: by place ``first``, ``second`` or ``other``, and for ``other`` the value under ``other-<place>``.
    """
    compiled = specification(batch.survey.questionnaire)
    one = batch.payload["first"][number]
    sheet = next(s for s in differences(batch) if s.number == number)
    group, answers, words = one[0], list(one[1]), dict(one[2])
    starts = {
        f"{q.number}.{part}" if q.kind == "matrix" else str(q.number): q.start + part - 1
        for q in compiled.questions
        for part in range(1, (q.width if q.kind == "matrix" else min(q.width, 1)) + 1)
    }
    for place in sheet.places:
        value = _chosen(place, posted)
        if place.key == "group":
            group = value
        elif place.key.startswith("words-"):
            words[place.key.removeprefix("words-")] = value
        else:
            answers[starts[place.key] : starts[place.key] + len(place.first.value)] = list(value)
    return {"group": group, "answers": "".join(answers), "words": words}


def _chosen(place: Difference, posted: dict[str, str]) -> str:
    """The value chosen for one place; letters typed for a multiple choice become its marks."""
    chosen = posted.get(place.key, "")
    if chosen == "other":
        typed = posted.get(f"other-{place.key}", "")
        if place.choices or place.key.startswith("words-"):
            return typed
        letters = unicodedata.normalize("NFKC", typed).upper()
        return "".join("1" if LETTERS[at] in letters else "0" for at in range(len(place.first.value)))
    return place.second.value if chosen == "second" else place.first.value
