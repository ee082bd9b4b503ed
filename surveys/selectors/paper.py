"""The questionnaire as the holder of a slip, and the office in its preview, sees it."""

from typing import Any

from core import clock
from surveys.documents.questionnaire import QuestionnairePaper
from surveys.models import Mark, Questionnaire, Survey, respondent_groups
from surveys.rules import specification
from surveys.services.ballots import open_rating_of
from surveys.services.phone import live_slip


def paper_of(token: str) -> dict[str, Any] | None:
    """Village, title and questions for an unused slip of a running survey; ``None`` for anything else."""
    slip = live_slip(token)
    if slip is None:
        return None
    laid = laid_out(slip.survey.questionnaire, slip.survey.village.name)
    return laid | {"rating": _rating(slip.survey)}


def _rating(survey: Survey) -> dict[str, Any] | None:
    """Whom the same slip rates, while the village's rating is open."""
    rating = open_rating_of(survey)
    if rating is None:
        return None
    choices = [list(choice) for choice in Mark.choices if choice[0] != Mark.VOID]
    return {"subjects": [[s.name, s.post] for s in rating.subjects.all()], "marks": choices}


def laid_out(questionnaire: Questionnaire, village: str) -> dict[str, Any]:
    """What a phone needs to ask every question of a questionnaire."""
    compiled = specification(questionnaire)
    return {
        "village": village,
        "title": questionnaire.title,
        "intro": questionnaire.intro,
        "closing": questionnaire.open_question,
        "groups": [[row.code, row.name] for row in respondent_groups() if row.active],
        "questions": [question.to_json() for question in compiled.questions],
        "length": compiled.length,
    }


def printed(questionnaire: Questionnaire) -> QuestionnairePaper:
    """What the printed form of a questionnaire needs."""
    return QuestionnairePaper(
        title=questionnaire.title,
        version=questionnaire.version,
        intro=questionnaire.intro,
        closing=questionnaire.open_question,
        groups=[row.name for row in respondent_groups() if row.active],
        questions=specification(questionnaire).questions,
        printed_on=clock.today(),
    )
