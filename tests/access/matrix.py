"""Every address × every role × whose record it is: what must be answered. A URL missing here fails the build."""

from tests.access import (
    archives,
    collecting,
    findings,
    floor,
    jobs,
    knowledge,
    office_papers,
    outlines,
    petitions,
    places,
    plan,
    prep,
    ratings,
    rectification,
    reports,
    surveys,
    using,
    watch,
)
from tests.access.entry import Entry

# Pages for people who are not signed in; nothing else may be reached without an account.
OPEN = {
    "villages:login",
    "inspection:health",
    "surveys:phone",
    "surveys:phone_why",
    "surveys:phone_questionnaire",
    "surveys:phone_submit",
    "surveys:exam",
    "surveys:exam_paper",
    "surveys:exam_submit",
    "findings:box",
    "findings:box_look",
    "findings:box_why",
}

PARTS = (
    archives,
    collecting,
    findings,
    floor,
    jobs,
    knowledge,
    office_papers,
    outlines,
    petitions,
    places,
    plan,
    prep,
    ratings,
    rectification,
    reports,
    surveys,
    using,
    watch,
)
MATRIX: dict[str, Entry] = {entry.name: entry for part in PARTS for entry in part.ENTRIES}
