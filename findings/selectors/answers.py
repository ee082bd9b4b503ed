"""Leads that come from a survey: what they begin with, and how one is found again without a link to the answer."""

from dataclasses import dataclass
from typing import Any

from findings.models import Lead, LeadSource
from surveys.models import OpenAnswer, Survey
from surveys.rules.masking import masked, pieces
from surveys.selectors import results
from surveys.selectors.opinions import people_of, questions_of
from surveys.services.sealing import keyed

_TITLE = 40


@dataclass(frozen=True)
class LeadStart:
    """What a form begins with, and what is shown beside it."""

    title: str
    text: str
    origin: str
    key: str
    source: LeadSource
    shown: list[tuple[str, str]]


def answer_start(answer: OpenAnswer) -> LeadStart:
    """From an open answer: its words with persons masked. Nothing of when, on what occasion and by whom.

    The key is a digest that only the running product can make again: neither the lead nor its key leads to the answer.
    """
    survey = answer.survey
    names = people_of([answer.village_id])[answer.village_id]
    question = questions_of([survey]).get((survey.questionnaire_id, answer.question), "")
    text = masked(answer.text, names)
    return LeadStart(
        title=_first(text), text=text, origin=f"{survey.questionnaire.title}开放题“{question}”",
        key=keyed("lead", str(answer.pk)), source=LeadSource.OPEN_ANSWER, shown=pieces(answer.text, names),
    )  # fmt: skip


def without_persons(text: str, survey: Survey) -> str:
    """``text`` with persons masked: what goes into a lead, however it was reworded."""
    return masked(text, people_of([survey.village_id])[survey.village_id])


def result_start(viewer: Any, survey: Survey, number: int) -> LeadStart | None:
    """From one item of the locked results; ``None`` where nothing may be said of it."""
    found = results(viewer, survey)
    if found is None or not (found.enough and found.intact):
        return None
    line = next((one for one in found.items if one.number == number and one.rate.low is not None), None)
    if line is None:
        return None
    said = f"第{number}题“{line.text}”好评率{line.rate.text}，有效答卷{found.sheets}份。"
    return LeadStart(
        title=f"{line.text}，好评率{line.rate.text}", text=f"问卷调查{said}请结合资料、谈话核查原因。",
        origin=f"{survey.questionnaire.title}第{number}题", key=f"{survey.pk}:{number}", source=LeadSource.RESULT,
        shown=[(said, "")],
    )  # fmt: skip


def known_lead(start: LeadStart) -> Lead | None:
    """The lead that came of it already."""
    return Lead.objects.filter(source=start.source, source_key=start.key).first()


def _first(text: str) -> str:
    """The first sentence, cut where it is long."""
    for stop in "。！？；\n":
        text = text.split(stop)[0]
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"
