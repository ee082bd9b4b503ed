"""Tables of the survey: questionnaire, survey and its anonymous part; the rating; the knowledge test."""

from surveys.models.anonymous import AnswerSheet, InvalidTry, OpenAnswer, Receipt, Slip, Waiting
from surveys.models.ballots import Ballot, BallotCount, BallotImport, BallotNumber
from surveys.models.entry import EntryBatch
from surveys.models.groups import (
    Group,
    GroupRow,
    RespondentGroup,
    group_choices,
    group_codes,
    group_names,
    respondent_groups,
)
from surveys.models.handover import HandoverStatus, RatingHandover
from surveys.models.imports import AnswerImport, SheetNumber
from surveys.models.knowledge import (
    Difficulty,
    Kind,
    KnowledgeTest,
    PaperItem,
    Question,
    QuestionImport,
    TestPaper,
    Topic,
)
from surveys.models.marks import AnswerMark
from surveys.models.occasion import Occasion, SurveyPlan
from surveys.models.questionnaire import ANSWERS, Aspect, Item, Level, Questionnaire
from surveys.models.rating import LEVELS, Mark, Rating, RatingSubject, RatingTally
from surveys.models.specification import AskedItem, Place, Specification, compiled
from surveys.models.survey import Channel, Survey, SurveyCount, Tally
from surveys.models.town_letters import TownLetter
from surveys.models.wording import faults

__all__ = [
    "ANSWERS",
    "LEVELS",
    "AnswerImport",
    "AnswerMark",
    "AnswerSheet",
    "AskedItem",
    "Aspect",
    "Ballot",
    "BallotCount",
    "BallotImport",
    "BallotNumber",
    "Channel",
    "Difficulty",
    "EntryBatch",
    "Group",
    "GroupRow",
    "HandoverStatus",
    "InvalidTry",
    "Item",
    "Kind",
    "KnowledgeTest",
    "Level",
    "Mark",
    "Occasion",
    "OpenAnswer",
    "PaperItem",
    "Place",
    "Question",
    "QuestionImport",
    "Questionnaire",
    "Rating",
    "RatingHandover",
    "RatingSubject",
    "RatingTally",
    "Receipt",
    "RespondentGroup",
    "SheetNumber",
    "Slip",
    "Specification",
    "Survey",
    "SurveyCount",
    "SurveyPlan",
    "Tally",
    "TestPaper",
    "Topic",
    "TownLetter",
    "Waiting",
    "compiled",
    "faults",
    "group_choices",
    "group_codes",
    "group_names",
    "respondent_groups",
]
