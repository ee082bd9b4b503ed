"""How a project is named and dated in what people read."""

import datetime as dt

from ledgers.rules.rows import Books, Project


def told(project: Project) -> str:
    """A project by its name."""
    return f"“{project.name or '未填名称'}”"


def begun(project: Project) -> dt.date | None:
    """The day a project was agreed, else the first day known of it."""
    return project.signed_on or project.tendered_on or project.starts_on


def year_of(project: Project, books: Books) -> int:
    """The year a project belongs to."""
    return (begun(project) or project.finished_on or books.today).year
