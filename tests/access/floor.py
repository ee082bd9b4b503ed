"""Decisions about the desk, search, drafts, jobs and the account pages."""

from tests.access.entry import Entry
from tests.access.roles import EVERYONE

ENTRIES = [
    Entry("inspection:desk", EVERYONE),
    Entry("inspection:search", EVERYONE),
]
