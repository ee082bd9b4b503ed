"""Decisions about the use of results: the team reads what people wrote and makes leads of it, the office reads."""

from surveys.models import OpenAnswer
from tests.access.entry import Entry
from tests.access.prep import WRITE
from tests.access.roles import INSPECTING
from tests.surveys.polls import locked, sheet_row


def locked_words(cast, whose):
    """A locked survey with enough sheets, and one of what people wrote there."""
    place = cast.inspection if whose == "own" else cast.other_inspection
    survey = place.surveys.first()
    if survey is None:
        rows = [sheet_row(n, cells={1: 4}, comment=f"第{n}条意见") for n in range(1, 7)]
        survey = locked(cast, rows, place)
    return survey


def an_answer(cast, whose):
    return {"pk": OpenAnswer.objects.filter(survey=locked_words(cast, whose)).first().pk}


def an_item(cast, whose):
    return {"pk": locked_words(cast, whose).pk, "number": 1}


ENTRIES = [
    Entry("surveys:opinions", INSPECTING),
    Entry("surveys:opinions_mark", INSPECTING, method="post"),
    Entry("findings:answer_lead", objects=an_answer, **WRITE),
    Entry("findings:result_lead", objects=an_item, **WRITE),
]
