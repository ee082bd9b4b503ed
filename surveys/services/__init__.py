"""Every write of the survey, one module per matter."""

from surveys.services.counts import save_counts
from surveys.services.imports import (
    commit_answer_import,
    discard_answer_import,
    import_answers,
    preview_answer_import,
)
from surveys.services.mixing import mix_all, mix_answers
from surveys.services.phone import Outcome, submit_phone_answer
from surveys.services.questionnaire import load_questionnaire
from surveys.services.results import lock_results
from surveys.services.slips import SlipCard, issue_slips, void_slips
from surveys.services.survey import close_survey, create_survey, finish_survey, forget_survey, open_survey

__all__ = [
    "Outcome",
    "SlipCard",
    "close_survey",
    "commit_answer_import",
    "create_survey",
    "discard_answer_import",
    "finish_survey",
    "forget_survey",
    "import_answers",
    "issue_slips",
    "load_questionnaire",
    "lock_results",
    "mix_all",
    "mix_answers",
    "open_survey",
    "preview_answer_import",
    "save_counts",
    "submit_phone_answer",
    "void_slips",
]
