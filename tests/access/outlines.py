"""Decisions about outlines, the checklist and the question bank: the own team writes, the office reads."""

import datetime as dt

from prep import services
from prep.models import TargetKind
from tests.access.entry import Entry
from tests.access.prep import READ, STALE, WRITE, an_inspection
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.prep import outlines


def _writer(cast, whose):
    return (
        {"actor": cast.member, "inspection": cast.inspection}
        if whose == "own"
        else {"actor": cast.outsider, "inspection": cast.other_inspection}
    )


def a_draft(cast, whose):
    return {"pk": outlines.draw(cast, **_writer(cast, whose)).pk}


def a_final(cast, whose):
    return {"pk": outlines.final(cast, **_writer(cast, whose)).pk}


def two_versions(cast, whose):
    first = outlines.final(cast, **_writer(cast, whose))
    second = services.follow_outline(actor=_writer(cast, whose)["actor"], outline=first)
    return {"pk": second.pk, "other": first.pk}


def a_step(cast, whose):
    return a_draft(cast, whose) | {"action": "drop"}


def a_duty(cast, whose):
    return an_inspection(cast, whose) | {"part": "visit"}


def a_visit(cast, whose):
    writer = _writer(cast, whose)
    row = services.count_visits(
        **writer, households=3, visited_on=dt.date(2026, 3, 5), visitor=writer["actor"]
    )
    return {"pk": row.pk}


def a_kind(cast, whose):
    outlines.seed()
    return {"pk": TargetKind.objects.get(code="villager").pk}


# A kind belongs to no village: whoever may see the list sees each of its lines.
OF_THE_OFFICE = {
    "may": OFFICE,
    "sees": INSPECTING - OFFICE,
    "may_foreign": OFFICE,
    "sees_foreign": INSPECTING - OFFICE,
}
# Who begins a talk begins it in the own team; elsewhere the outline is read only.
WORD = {"may": OFFICE | TEAM, "may_foreign": OFFICE | {"outsider"}}


def post(name, objects, decided, sent=STALE):
    return Entry(f"prep:{name}", objects=objects, method="post", post=sent, **decided)


ENTRIES = [
    Entry("prep:question_bank", INSPECTING),
    Entry("prep:kinds", INSPECTING),
    Entry("prep:kind_add", OFFICE),
    Entry("prep:kind_edit", objects=a_kind, **OF_THE_OFFICE),
    Entry("prep:outlines", objects=an_inspection, **READ),
    Entry("prep:outlines_card", objects=an_inspection, **READ),
    Entry("prep:outline_new", objects=an_inspection, **WRITE),
    post("outlines_word", an_inspection, WORD),
    Entry("prep:outline", objects=a_draft, **READ),
    Entry("prep:outline_edit", objects=a_draft, **WRITE),
    Entry("prep:outline_offers", objects=a_draft, **WRITE),
    Entry("prep:outline_compare", objects=two_versions, **READ),
    # The first one who may makes the next version; the others are told that there is one.
    post("outline_follow", a_final, WRITE),
    post("outline_word", a_draft, WORD),
    post("outline_action", a_step, WRITE),
    Entry("prep:checklist", objects=an_inspection, **READ),
    Entry("prep:visits_card", objects=an_inspection, **READ),
    Entry("prep:visit_add", objects=an_inspection, **WRITE),
    Entry("prep:duty_plan", objects=a_duty, **WRITE),
    post("visit_withdraw", a_visit, WRITE),
    Entry("findings:duty_talks", objects=an_inspection, **READ),
    Entry("findings:outline_talks", objects=a_draft, **READ),
]
