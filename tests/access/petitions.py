"""Decisions about petitions: the village's team and the office, nobody else; the inspected side learns of none."""

from tests.access.entry import Entry
from tests.access.findings import READ, STALE, WRITE, WRITER
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.findings.petitions import petitions


def a_petition(cast, whose):
    if whose == "own":
        return {"pk": petitions.registered(cast).pk}
    return {"pk": petitions.registered(cast, actor=cast.outsider, inspection=cast.other_inspection).pk}


def to_propose(cast, whose):
    return a_petition(cast, whose) | {"action": "propose"}


def get(name, objects, decided):
    return Entry(f"findings:{name}", objects=objects, **decided)


EDITS = {"may": {"member", "deputy", "leader"}, "sees": OFFICE | {"archivist"}}
ENTRIES = [
    Entry("findings:petitions", INSPECTING),
    Entry("findings:petition_new", OFFICE | TEAM | WRITER),
    get("petition", a_petition, READ),
    get("petition_edit", a_petition, EDITS | {"may_foreign": WRITER, "sees_foreign": OFFICE}),
    get("petition_step", to_propose, WRITE),
    Entry("findings:petition_relate", objects=a_petition, method="post", post=STALE, **WRITE),
]
