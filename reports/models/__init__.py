"""The living report of a town and the feedback that leaves the office."""

from reports.models.early import EarlyLetter
from reports.models.feedback import Feedback, FeedbackItem
from reports.models.reach import TownRowQuerySet, recused_from_part
from reports.models.report import Report, Section, Statement, StatementSource

__all__ = [
    "EarlyLetter",
    "Feedback",
    "FeedbackItem",
    "Report",
    "Section",
    "Statement",
    "StatementSource",
    "TownRowQuerySet",
    "recused_from_part",
]
