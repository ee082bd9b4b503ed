"""Decisions about papers made in advance: the inspecting side reads, the own team and the office make sets."""

from tests.access.entry import Entry
from tests.access.roles import EVERYONE, INSPECTING, OFFICE, TEAM
from tests.prep.papers import make_set

WRITER = {"outsider"}  # the one member of the foreign team
READ = {"may": OFFICE | TEAM, "may_foreign": OFFICE | WRITER}
ORGANISING = {"leader", "deputy", "archivist"}


def an_inspection(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_team(cast, whose):
    return {"pk": (cast.team if whose == "own" else cast.other_team).pk}


def a_round(cast, whose):
    return {"pk": cast.round.pk}


def a_form(cast, whose):
    return {"designation": "TH-1"}


def a_form_here(cast, whose):
    return an_inspection(cast, whose) | a_form(cast, whose)


def a_set(cast, whose):
    return {"pk": make_set(cast, cast.inspection if whose == "own" else cast.other_inspection).pk}


# Everybody who served in the round sees that its teams and the round exist.
SEEN = {"sees": INSPECTING, "sees_foreign": INSPECTING}
ROUND = {"may": OFFICE, "may_foreign": OFFICE} | SEEN
LEADER = {"may": {"leader"}, "may_foreign": set()} | SEEN
KEEPER = {"may": {"archivist"}, "may_foreign": set(), "sees": OFFICE | TEAM, "sees_foreign": OFFICE | WRITER}
ANYBODY = {"may": INSPECTING, "may_foreign": INSPECTING, "sees": EVERYONE, "sees_foreign": EVERYONE}

ENTRIES = [
    Entry("prep:forms", INSPECTING),
    Entry("prep:forms_copies", OFFICE),
    Entry("prep:form_preview", objects=a_form, **ANYBODY),
    Entry("prep:forms_make_round", objects=a_round, method="post", **ROUND),
    Entry(
        "prep:forms_make_team",
        objects=a_team,
        method="post",
        may=OFFICE | ORGANISING,
        may_foreign=OFFICE,
        **SEEN,
    ),
    Entry("prep:forms_keepers", objects=a_team, **LEADER),
    Entry("prep:village_forms", objects=an_inspection, **READ),
    Entry("prep:village_forms_make", objects=an_inspection, method="post", **READ),
    Entry("prep:village_form", objects=a_form_here, **READ),
    Entry("prep:form_set_file", objects=a_set, **READ),
    Entry("prep:form_set_receive", objects=a_set, method="post", post={"revision": "1"}, **KEEPER),
]
