"""The questionnaire that comes with the product, written as a table, loaded once."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from core import records
from surveys.models import Aspect, Item, Questionnaire

_DATA = Path(__file__).resolve().parent.parent / "data"
_TITLE = "巡察调查问卷"
INTRO = (
    "为了解村（社区）的真实情况，请您按自己的看法作答。问卷不记姓名，没有对错之分。"
    "每题选一项：好、较好、一般、差，不清楚的选“不了解”。"
)
OPEN_QUESTION = "您认为村里最突出的问题是什么？有什么意见建议？（不必写自己的姓名）"


@transaction.atomic
def load_questionnaire(*, actor: Any, code: str = "village", version: int = 1) -> Questionnaire:
    """Put the initial questionnaire (7 aspects, 22 items) in if it is not there yet."""
    known = Questionnaire.objects.filter(code=code, version=version).first()
    if known is not None:
        return known
    made = Questionnaire(code=code, version=version, title=_TITLE, intro=INTRO, open_question=OPEN_QUESTION)
    records.create(made, actor=actor, verb="surveys.load_questionnaire")
    rows = _rows(code, version)
    names = list(dict.fromkeys(row["方面"] for row in rows))
    aspects = {
        name: Aspect(questionnaire=made, order=order, name=name) for order, name in enumerate(names, 1)
    }
    Aspect.objects.bulk_create(aspects.values())
    items = [
        Item(questionnaire=made, aspect=aspects[row["方面"]], number=int(row["题号"]), text=row["题目"])
        for row in rows
    ]
    records.bulk_create(
        items, actor=actor, verb="surveys.load_items", target=made, summary=f"{made.title}题目"
    )
    return made


def initial_items() -> list[tuple[str, int, str]]:
    """Aspect, number and text of every item of the questionnaire that comes with the product."""
    return [(row["方面"], int(row["题号"]), row["题目"]) for row in _rows("village", 1)]


def _rows(code: str, version: int) -> list[dict[str, str]]:
    with (_DATA / f"{code}_v{version}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
