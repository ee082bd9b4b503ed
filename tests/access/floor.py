"""Decisions about the desk, search, drafts, jobs and the account pages."""

from tests.access.entry import Entry
from tests.access.prep import CARD, a_village
from tests.access.roles import EVERYONE, INSPECTING


def _round(cast, whose):
    """Teams of one round see the round together."""
    return {"pk": cast.round.pk}


ENTRIES = [
    Entry("inspection:desk", EVERYONE),
    Entry("inspection:search", EVERYONE),
    Entry("core:draft", EVERYONE, method="post", post={"form": "f", "values": {"a": "1"}}, as_json=True),
    Entry("inspection:board", INSPECTING),
    Entry("inspection:village_work", objects=a_village, **CARD),
    Entry("inspection:switch_round", INSPECTING, _round, may_foreign=INSPECTING, method="post"),
    Entry("inspection:health", EVERYONE),
]
