"""Papers made in advance: blank forms every app registers, and filled ones that join a set where they exist."""

from core.blanks.context import BlankContext, Place
from core.blanks.filled import FilledPaper, filled_paper, filled_papers
from core.blanks.registry import BlankForm, Medium, blank_form, blank_forms, find_blank

__all__ = [
    "BlankContext",
    "BlankForm",
    "FilledPaper",
    "Medium",
    "Place",
    "blank_form",
    "blank_forms",
    "filled_paper",
    "filled_papers",
    "find_blank",
]
