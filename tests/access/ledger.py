"""Decisions about what the checks found in the books: the own team decides, the office reads, nobody else sees it."""

from tests.access.entry import Entry
from tests.access.findings import READ, WRITE, get, post, step
from tests.access.roles import INSPECTING
from tests.findings import stories


def a_village(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_story(cast, whose):
    return {"pk": stories.a_story(cast, whose).pk}


ENTRIES = [
    Entry("findings:ledger_overview", INSPECTING),
    Entry("findings:ledger_rules", INSPECTING),
    Entry("findings:ledger_run", INSPECTING, method="post"),
    get("ledger_stories", a_village, READ),
    get("ledger_story", a_story, READ),
    post("ledger_story_action", step(a_story, "explain"), WRITE),
    post("ledger_story_lead", a_story, WRITE),
    post("ledger_story_check", a_story, WRITE),
    post("ledger_story_paper", a_story, WRITE),
]
