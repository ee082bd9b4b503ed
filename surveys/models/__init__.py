"""Tables of the survey: the questionnaire, the survey of one village with its head counts, and the anonymous part."""

from surveys.models.anonymous import AnswerSheet, InvalidTry, OpenAnswer, Receipt, Slip, Waiting
from surveys.models.entry import EntryBatch
from surveys.models.groups import Group, GroupRow, RespondentGroup, group_names, respondent_groups
from surveys.models.imports import AnswerImport, SheetNumber
from surveys.models.occasion import Occasion, SurveyPlan
from surveys.models.questionnaire import ANSWERS, Aspect, Item, Level, Questionnaire
from surveys.models.specification import AskedItem, Place, Specification, compiled
from surveys.models.survey import Channel, Survey, SurveyCount, Tally
from surveys.models.wording import faults

__all__ = [
    "ANSWERS",
    "AnswerImport",
    "AnswerSheet",
    "AskedItem",
    "Aspect",
    "Channel",
    "EntryBatch",
    "Group",
    "GroupRow",
    "InvalidTry",
    "Item",
    "Level",
    "Occasion",
    "OpenAnswer",
    "Place",
    "Questionnaire",
    "Receipt",
    "RespondentGroup",
    "SheetNumber",
    "Slip",
    "Specification",
    "Survey",
    "SurveyCount",
    "SurveyPlan",
    "Tally",
    "Waiting",
    "compiled",
    "faults",
    "group_names",
    "respondent_groups",
]
