"""The papers of the report stage: frozen data in, bytes out. No database, no clock."""

from reports.documents.feedback import FeedbackPaper, FeedbackProblem, feedback_docx
from reports.documents.lists import CommonRow, IssueRow, IssueSheet, issue_list_xlsx, town_list_xlsx
from reports.documents.report import Chapter, Line, ReportPaper, report_docx

__all__ = [
    "Chapter",
    "CommonRow",
    "FeedbackPaper",
    "FeedbackProblem",
    "IssueRow",
    "IssueSheet",
    "Line",
    "ReportPaper",
    "feedback_docx",
    "issue_list_xlsx",
    "report_docx",
    "town_list_xlsx",
]
