"""反馈意见 to a town as a Word file to GB/T 9704: only words that may leave the office."""

import datetime as dt
from dataclasses import dataclass

from core.office.docx import OfficialDocument


@dataclass(frozen=True)
class FeedbackProblem:
    """One problem as told to the town; ``place`` is a village, or empty for a common problem."""

    category: str
    place: str
    title: str
    detail: str
    requirement: str


@dataclass(frozen=True)
class FeedbackPaper:
    """The whole letter; ``due_words`` says by when the town answers."""

    title: str
    masthead: str
    number: str
    addressee: str
    day: dt.date
    opening: str
    problems: tuple[FeedbackProblem, ...]
    due_words: str


def feedback_docx(paper: FeedbackPaper) -> bytes:
    """Render the letter: opening, problems by category, requirements."""
    doc = OfficialDocument(
        title=paper.title,
        created=paper.day,
        author=paper.masthead,
        masthead=paper.masthead,
        number=paper.number,
        addressee=paper.addressee,
    )
    doc.level1("总体情况")
    doc.body(paper.opening)
    doc.level1("发现的主要问题")
    for category in dict.fromkeys(problem.category for problem in paper.problems):
        doc.level2(f"{category}方面")
        for problem in paper.problems:
            if problem.category == category:
                _problem(doc, problem)
    doc.level1("整改要求")
    doc.body(paper.due_words)
    doc.sign(paper.masthead, paper.day)
    return doc.to_bytes()


def _problem(doc: OfficialDocument, problem: FeedbackProblem) -> None:
    place = f"{problem.place}：" if problem.place else ""
    doc.level3(f"{place}{problem.title}。")
    doc.body(problem.detail)
    doc.body(f"整改要求：{problem.requirement}")
