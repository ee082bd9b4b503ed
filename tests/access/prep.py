"""Decisions about preparation: the own team writes, the office reads, nobody else knows of it."""

from prep.models import Trait
from tests.access import prep_forms as form_entries
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.prep.lists import make_item
from tests.prep.portraits import make_portrait

WRITER = {"outsider"}  # the one member of the foreign team
READ = {"may": OFFICE | TEAM, "may_foreign": OFFICE | WRITER}
WRITE = {"may": TEAM, "sees": OFFICE, "may_foreign": WRITER, "sees_foreign": OFFICE}
LEADERS = {"leader", "deputy"}
LEAD = {"may": LEADERS, "sees": (OFFICE | TEAM) - LEADERS, "sees_foreign": OFFICE | WRITER}
# No page was ever that new: whoever may take the step is told so, and nothing changes for the next role.
STALE = {"revision": "999", "reason": "已核对"}


def an_inspection(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_village(cast, whose):
    return {"pk": (cast.village_place if whose == "own" else cast.other_village_place).pk}


def an_item(cast, whose):
    return {"pk": make_item(cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_step(cast, whose):
    return an_item(cast, whose) | {"action": "clear"}


def a_trait(cast, whose):
    return {"pk": Trait.objects.get(code="farming").pk}


CARD = {
    "may": INSPECTING | {"sysadmin", "town", "village"},
    "may_foreign": INSPECTING | {"sysadmin", "other_town"},
}


def a_portrait(cast, whose):
    return {"pk": make_portrait(cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_form(cast, whose):
    return an_inspection(cast, whose) | {"kind": "self"}


def a_portrait_step(cast, whose):
    return a_portrait(cast, whose) | {"action": "discard"}


ENTRIES = [
    *form_entries.ENTRIES,
    Entry("prep:attention_overview", OFFICE | LEADERS),
    Entry("prep:attention_decide", objects=an_inspection, **LEAD),
    Entry("prep:dossier_request", objects=an_inspection, method="post", **READ),
    Entry("prep:portraits", objects=an_inspection, **READ),
    Entry("prep:portrait_form_request", objects=a_form, method="post", **READ),
    Entry("prep:portrait_compare", objects=an_inspection, **READ),
    Entry("prep:portrait", objects=a_portrait, **READ),
    Entry("prep:portrait_file", objects=a_portrait, **READ),
    Entry("prep:portrait_action", objects=a_portrait_step, method="post", post=STALE, **READ),
    Entry("prep:index", INSPECTING),
    Entry("prep:library", INSPECTING),
    Entry("prep:trait_list", INSPECTING),
    Entry("prep:trait_add", OFFICE),
    Entry(
        "prep:trait_edit",
        OFFICE,
        a_trait,
        sees=INSPECTING - OFFICE,
        may_foreign=OFFICE,
        sees_foreign=INSPECTING - OFFICE,
    ),
    Entry("prep:village_card", objects=a_village, **CARD),
    Entry("prep:village", objects=an_inspection, **READ),
    Entry("prep:profile_edit", objects=an_inspection, **WRITE),
    Entry("prep:finish", objects=an_inspection, method="post", post=STALE, **LEAD),
    Entry("prep:watch_list", objects=an_inspection, **READ),
    Entry("prep:watch_draw", objects=an_inspection, method="post", **WRITE),
    Entry("prep:watch_assign", objects=an_inspection, method="post", **WRITE),
    Entry("prep:watch_add", objects=an_inspection, **WRITE),
    Entry("prep:watch_print", objects=an_inspection, **READ),
    Entry("prep:watchitem", objects=an_item, **READ),
    Entry("prep:watchitem_edit", objects=an_item, **WRITE),
    Entry("prep:watchitem_action", objects=a_step, method="post", post=STALE, **WRITE),
]
