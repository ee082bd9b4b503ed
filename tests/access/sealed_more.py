"""Decisions about papers of petitions, had by whoever sees the petition, and about the key in the safe."""

from tests.access.entry import Entry
from tests.access.findings import READ
from tests.access.petitions import a_box, a_petition
from tests.access.roles import INSPECTING

ENTRIES = [
    Entry("findings:petition_word", objects=a_petition, method="post", **READ),
    Entry("findings:petition_register", INSPECTING, method="post"),
    Entry("findings:box_word", objects=a_box, method="post", **READ),
    Entry("findings:recovery_key", {"office_head"}),
]
