"""Tables of the survey: the questionnaire, the survey of one village with its head counts, and the anonymous part."""

from surveys.models.anonymous import AnswerSheet, OpenAnswer, Receipt, Slip, Waiting
from surveys.models.imports import AnswerImport, SheetNumber
from surveys.models.questionnaire import ANSWERS, Aspect, Item, Level, Questionnaire
from surveys.models.survey import Channel, Group, Survey, SurveyCount, Tally

__all__ = [
    "ANSWERS",
    "AnswerImport",
    "AnswerSheet",
    "Aspect",
    "Channel",
    "Group",
    "Item",
    "Level",
    "OpenAnswer",
    "Questionnaire",
    "Receipt",
    "SheetNumber",
    "Slip",
    "Survey",
    "SurveyCount",
    "Tally",
    "Waiting",
]
