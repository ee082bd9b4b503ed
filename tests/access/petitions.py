"""Decisions about petitions: the village's team and the office, nobody else; the inspected side learns of none.

Sealed parts: the member and the clerk keep keys; in the other village the clerk asks, whom the head allows.
"""

from findings import services
from findings.models import BoxThread, Petition, PetitionBox
from tests.access.entry import Entry
from tests.access.findings import READ, STALE, WRITE, WRITER
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.findings.petitions import keepers, petitions
from villages.models import spine


def a_petition(cast, whose):
    if whose == "own":
        return {"pk": petitions.registered(cast).pk}
    return {"pk": petitions.registered(cast, actor=cast.outsider, inspection=cast.other_inspection).pk}


def to_propose(cast, whose):
    return a_petition(cast, whose) | {"action": "propose"}


def a_sealed_one(cast, whose):
    if whose == "own":
        return {"pk": keepers.sealed_petition(cast).pk}
    foreign = {"actor": cast.outsider, "inspection": cast.other_inspection}
    return {"pk": keepers.sealed_petition(cast, **foreign).pk}


def an_opening(cast, whose):
    petition = Petition.objects.get(**a_sealed_one(cast, whose))
    return keepers.asked(cast, petition, actor=cast.member if whose == "own" else cast.office_clerk)


def a_request(cast, whose):
    return {"pk": an_opening(cast, whose).pk}


def to_answer(cast, whose):
    return a_request(cast, whose) | {"action": "approve"}


def a_grant(cast, whose):
    return {"pk": services.approve_opening(actor=cast.office_head, opening=an_opening(cast, whose)).pk}


def a_custodian(cast, whose):
    return {"pk": keepers.appointed(cast, cast.member if whose == "own" else cast.outsider).pk}


def a_custodian_with_a_key(cast, whose):
    return {"pk": keepers.keeper(cast, cast.member if whose == "own" else cast.outsider).pk}


def inspection_of(cast, whose):
    return cast.inspection if whose == "own" else cast.other_inspection


def a_village_to_open(cast, whose):
    return {"pk": inspection_of(cast, whose).pk, "action": "kai"}


def box_row(cast, whose):
    values = spine(inspection_of(cast, whose)) | {"token": whose.upper().ljust(26, "0")}
    return PetitionBox.objects.create(**values, opened_on="2026-03-03")


def a_box(cast, whose):
    return {"pk": box_row(cast, whose).pk}


def a_letter(cast, whose):
    found = a_petition(cast, whose)
    BoxThread.objects.create(petition_id=found["pk"], box=box_row(cast, whose), receipt=whose.ljust(8, "0"))
    return found


def get(name, objects, decided):
    return Entry(f"findings:{name}", objects=objects, **decided)


EDITS = {"may": {"member", "deputy", "leader"}, "sees": OFFICE | {"archivist"}}
OWN_KEY = {"may": {"member"}, "sees": OFFICE, "may_foreign": WRITER, "sees_foreign": OFFICE}
ENTRIES = [
    Entry("findings:petitions", INSPECTING),
    Entry("findings:petition_new", OFFICE | TEAM | WRITER),
    get("petition", a_petition, READ),
    get("petition_edit", a_petition, EDITS | {"may_foreign": WRITER, "sees_foreign": OFFICE}),
    get("petition_step", to_propose, WRITE),
    get("petition_seal", a_petition, READ),
    get(
        "opening_new",
        a_sealed_one,
        {
            "may": {"member", "office_clerk"},
            "sees": (OFFICE | TEAM) - {"member", "office_clerk"},
            "may_foreign": {"office_clerk"},
            "sees_foreign": {"office_head", "outsider"},
        },
    ),
    get("opening", a_request, {"may": OFFICE | {"member"}, "may_foreign": OFFICE}),
    Entry(
        "findings:opening_action",
        OFFICE,
        to_answer,
        sees={"member"},
        may_foreign={"office_head"},
        sees_foreign={"office_clerk"},
        method="post",
        post=STALE,
    ),
    get(
        "opening_read",
        a_grant,
        {
            "may": {"member"},
            "sees": OFFICE,
            "may_foreign": {"office_clerk"},
            "sees_foreign": {"office_head"},
        },
    ),
    Entry("findings:custodians", {"office_head"}),
    Entry("findings:custodian_new", {"office_head"}),
    get("custodian_key", a_custodian, OWN_KEY),
    get("custodian_rewrap", a_custodian_with_a_key, OWN_KEY),
    Entry(
        "findings:custodian_retire",
        {"office_head"},
        a_custodian,
        sees={"office_clerk", "member"},
        may_foreign={"office_head"},
        sees_foreign={"office_clerk", "outsider"},
        method="post",
        post={"reason": ""},
    ),
    Entry("findings:boxes", INSPECTING),
    Entry(
        "findings:box_keep",
        {"leader", "deputy"},
        a_village_to_open,
        sees=OFFICE | {"member", "archivist"},
        sees_foreign=OFFICE | WRITER,
        method="post",
    ),
    get("box_poster", a_box, READ),
    Entry("findings:box_message", objects=a_letter, method="post", post={"text": "请补充年份。"}, **WRITE),
    Entry("findings:petition_relate", objects=a_petition, method="post", post=STALE, **WRITE),
]
