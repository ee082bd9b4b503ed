"""Decisions about files sent in pieces and about prints: those who may add send, those who see the papers print."""

from tests.access.entry import Entry
from tests.access.findings import READ, WRITE, a_field_paper, a_paper, a_talk
from tests.findings import loans, papers


def a_village_with_papers(cast, whose):
    """A village with one signed talk and one document on its list."""
    own = whose == "own"
    inspection = cast.inspection if own else cast.other_inspection
    if own:
        papers.signed_talk(cast)
    loans.a_loan(cast, actor=cast.member if own else cast.outsider, inspection=inspection)
    return {"pk": inspection.pk}


ENTRIES = [
    Entry("findings:evidence_send", objects=a_paper, **WRITE),
    Entry("findings:field_send", objects=a_field_paper, **WRITE),
    Entry("findings:talk_word", objects=a_talk, method="post", **READ),
    Entry("findings:village_set", objects=a_village_with_papers, method="post", **READ),
    Entry("findings:loan_list", objects=a_village_with_papers, method="post", **READ),
]
