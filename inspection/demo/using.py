"""What results are used for: opinions read and turned into leads, letters to towns, ratings handed over."""

from findings.selectors.answers import answer_start, result_start
from findings.services import lead_from_answer, lead_from_result
from inspection.demo import cast
from inspection.demo.watching import writer_of
from surveys.models import OpenAnswer, Survey
from surveys.services import read_opinions
from villages.models import Round, Stage, VillageInspection

# What an opinion that is worth checking speaks of, and under which aspect it is checked.
WORTH = {"租": "E3", "补偿": "E1", "工程": "E4"}


def read_words() -> Round:
    """Where the team is looking for problems: half of what people wrote read, one opinion and one result checked."""
    round_ = cast.the_round(5)
    for inspection in cast.inspections(5):
        if inspection.status == Stage.FINDING:
            _read(inspection)
    return round_


def _read(inspection: VillageInspection) -> None:
    person = writer_of(inspection)
    rows = Survey.objects.select_related("inspection", "round", "team", "village", "questionnaire")
    survey = rows.get(inspection=inspection, status=Survey.Status.LOCKED)
    answers = list(OpenAnswer.objects.filter(survey=survey).order_by("pk"))
    for answer in answers:
        answer.survey = survey
    read_opinions(actor=person, answers=answers[: len(answers) // 2])
    codes = {row.code: row for row in inspection.round.scheme.categories.all()}
    found = next(
        ((row, codes[code]) for word, code in WORTH.items() for row in answers if word in row.text), None
    )
    if found is not None:
        answer, category = found
        start = answer_start(answer)
        lead_from_answer(actor=person, answer=answer, title=start.title, text=start.text, category=category)
    low = result_start(person, survey, 16)
    if low is not None:
        lead_from_result(
            actor=person, survey=survey, number=16, title=low.title, text=low.text, category=codes["D2"]
        )
