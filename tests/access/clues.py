"""Decisions about clues: the leader by post, the head once it was shown, the receiver once it was handed over.

Nobody else of the team, of the office, of the inspected side: for them there is nothing.
"""

from findings import services
from findings.models import ClueReader
from tests.access.entry import Entry
from tests.access.roles import INSPECTING
from tests.findings.clues import clues


def _place(cast, whose):
    return {"inspection": cast.inspection if whose == "own" else cast.other_inspection}


def a_draft(cast, whose):
    return {"pk": clues.draft(cast, **_place(cast, whose)).pk}


def a_clue(cast, whose):
    return {"pk": clues.handed(cast, **_place(cast, whose)).pk}


def to_sign(cast, whose):
    return a_draft(cast, whose) | {"action": "sign"}


def a_reader(cast, whose):
    clue = clues.handed(cast, **_place(cast, whose))
    user = cast.deputy if whose == "own" else cast.outsider
    services.add_clue_reader(actor=clue.signed_by, clue=clue, user=user, reason="参与核查")
    return {"pk": ClueReader.objects.get(clue=clue, user=user).pk}


def a_file(cast, whose):
    clue = clues.handed(cast, files=[clues.picture()], **_place(cast, whose))
    return {"pk": clue.files.get().pk}


def a_file_of_a_draft(cast, whose):
    clue = clues.draft(cast, files=[clues.picture()], **_place(cast, whose))
    return {"pk": clue.files.get().pk}


def get(name, objects, **decided):
    return Entry(f"findings:{name}", objects=objects, **decided)


LEADER = {"may": {"leader"}}
KNOWN = {"may": {"leader", "office_head", "discipline"}, "may_foreign": {"office_head", "discipline"}}
ENTRIES = [
    Entry("findings:clues", INSPECTING | {"discipline"}),
    Entry("findings:clue_new", {"leader", "deputy"}),
    get("clue", a_clue, **KNOWN),
    get("clue_edit", a_draft, **LEADER),
    get("clue_files", a_draft, **LEADER),
    get("clue_step", to_sign, **LEADER),
    get(
        "clue_reader_add",
        a_clue,
        may={"leader", "office_head"},
        sees={"discipline"},
        may_foreign={"office_head"},
        sees_foreign={"discipline"},
    ),
    get(
        "clue_reader_remove",
        a_reader,
        may={"leader"},
        sees={"deputy", "office_head", "discipline"},
        sees_foreign={"outsider", "office_head", "discipline"},
    ),
    get("clue_sheet", a_clue, **KNOWN),
    get("clue_file", a_file, **KNOWN),
    get("clue_original", a_file, **KNOWN),
    get("clue_file_remove", a_file_of_a_draft, **LEADER),
]
