"""Decisions about filing: the office, and of a team those who keep its papers."""

from archives import services
from archives.models import ArchiveEntry
from core.jobs.runner import run_due
from tests.access.entry import Entry
from tests.access.rectification import a_round
from tests.access.reports import STALE
from tests.access.roles import INSPECTING, OFFICE
from tests.archives.papers import attach
from tests.reports.papers import make_finding

KEEPERS = OFFICE | {"leader", "archivist"}
KEEP = {"may": KEEPERS, "may_foreign": OFFICE}
WHOLE = {"may": OFFICE, "sees": INSPECTING - OFFICE, "may_foreign": OFFICE}


def _inspection(cast, whose):
    return cast.inspection if whose == "own" else cast.other_inspection


def a_package(cast, whose):
    inspection = _inspection(cast, whose)
    attach(make_finding(cast, inspection))
    row = services.request_package(actor=cast.office_clerk, round=cast.round, inspection=inspection)
    while run_due():
        pass
    return {"pk": row.pk}


def an_original(cast, whose):
    item = attach(make_finding(cast, _inspection(cast, whose)))
    services.gather_entries(actor=cast.office_clerk, round=cast.round)
    return {"pk": ArchiveEntry.objects.get(source=f"findings.evidence/{item.pk}").pk}


def post(name, objects, decided):
    return Entry(f"archives:{name}", objects=objects, method="post", post=STALE, **decided)


ENTRIES = [
    Entry("archives:index", INSPECTING),
    post("gather", a_round, WHOLE),
    post("package_request", a_round, WHOLE),
    Entry("archives:package", objects=a_package, **KEEP),
    post("package_check", a_package, KEEP),
    post("villages_file", a_package, KEEP),
    Entry("archives:package_file", objects=a_package, **KEEP),
    Entry("archives:entry_file", objects=an_original, **KEEP),
]
