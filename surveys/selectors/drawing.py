"""Drawing a paper: the same seed and the same pool give the same questions in the same order, on every machine.

The order of chance is that of SHA-256 over seed and key, not of a generator whose method may change between versions.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.models import Difficulty, Kind, Question, Topic
from surveys.models.knowledge import JUDGEMENTS, LETTERS

_ORDER = {kind: at for at, kind in enumerate(Kind.values)}


@dataclass(frozen=True)
class Drawn:
    """One question as it stands on a paper: options in their order there, ``key`` in the letters of that order."""

    question: Question
    options: list[str]
    key: str
    points: int


def draw(seed: str, plan: Iterable[dict[str, Any]], pool: Sequence[Question]) -> list[Drawn]:
    """Compose the paper of ``seed``: for each row of the plan so many questions, none twice, then by kind.

    Raises ``LookupError`` naming the first row the pool cannot fill.
    """
    taken: dict[Any, Drawn] = {}
    for row in plan:
        fitting = [question for question in pool if question.pk not in taken and fits(row, question)]
        if len(fitting) < row["count"]:
            raise LookupError(in_words(row))
        chosen = sorted(fitting, key=lambda question: _chance(seed, question.pk))[: row["count"]]
        taken |= {question.pk: _shuffled(seed, question, row["points"]) for question in chosen}
    return sorted(taken.values(), key=lambda drawn: _ORDER[drawn.question.kind])


def fits(row: dict[str, Any], question: Question) -> bool:
    """May the question fill this row of a plan?"""
    return (
        row["topic"] in ("", question.topic)
        and row["kind"] == question.kind
        and row["difficulty"] in (0, question.difficulty)
    )


def in_words(row: dict[str, Any]) -> str:
    """A row of a plan: ``党建工作单选题（易）3道``."""
    topic = Topic(row["topic"]).label if row["topic"] else "各主题"
    level = f"（{Difficulty(row['difficulty']).label}）" if row["difficulty"] else ""
    return f"{topic}{Kind(row['kind']).label}{level}{row['count']}道"


def _chance(seed: str, *parts: Any) -> str:
    return hashlib.sha256("|".join([seed, *map(str, parts)]).encode()).hexdigest()


def _shuffled(seed: str, question: Question, points: int) -> Drawn:
    """Options of a choice in an order of chance: neighbours cannot copy letters."""
    if question.kind == Kind.JUDGE:
        return Drawn(question, JUDGEMENTS, question.key, points)
    if question.kind == Kind.SHORT:
        return Drawn(question, [], question.key, points)
    order = sorted(range(len(question.options)), key=lambda at: _chance(seed, question.pk, at))
    right = {LETTERS.index(letter) for letter in question.key}
    key = "".join(LETTERS[place] for place, at in enumerate(order) if at in right)
    return Drawn(question, [question.options[at] for at in order], key, points)
