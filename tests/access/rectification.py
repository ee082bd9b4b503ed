"""Decisions about the ledger: two trees of addresses, one for each side, and no way from one into the other."""

import datetime as dt

from core.files import PHOTO, store_upload
from core.jobs.runner import run_due
from core.models import StoredFile
from rectification.models import Progress, RectifyItem
from reports import services as reports
from tests.access.entry import Entry
from tests.access.reports import READ, STALE, WRITER, a_feedback, make_feedback_once
from tests.access.roles import INSPECTED, INSPECTING, OFFICE, TEAM
from tests.factories import make_round
from tests.rectification.ledger import foreign_item, make_item, photo

VERIFIERS = OFFICE | {"leader", "deputy"}
VERIFY = {
    "may": VERIFIERS,
    "sees": TEAM - VERIFIERS,
    "may_foreign": OFFICE,
    "sees_foreign": WRITER,
}
CLOSE = {"may": OFFICE, "sees": TEAM, "may_foreign": OFFICE, "sees_foreign": WRITER}
OWNER = {"may": {"town"}, "sees": {"village"}, "may_foreign": {"other_town"}}
OWNERS = {"may": {"town", "village"}, "may_foreign": {"other_town"}}


def item_row(cast, whose, status="pending"):
    """An item in ``status``; of the own town and village, or of the other town."""
    if whose == "own":
        return make_item(cast, village=cast.village_place, status=status)
    return foreign_item(cast, village=cast.other_village_place, status=status)


def an_item(status="pending"):
    return lambda cast, whose: {"pk": item_row(cast, whose, status).pk}


def a_picture(cast, whose):
    owner = cast.town if whose == "own" else cast.other_town
    item = item_row(cast, whose, RectifyItem.Status.IN_PROGRESS)
    step = Progress.objects.create(
        item=item,
        on=item.feedback_on,
        told_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
        text="做了",
        reporter=owner,
    )
    file = store_upload(actor=owner, upload=photo(), policy=PHOTO, origin=StoredFile.Origin.PHOTO)
    step.files.set([file])
    return {"pk": step.pk, "file": file.pk}


def a_round(cast, whose):
    return {"pk": cast.round.pk if whose == "own" else make_round(cast.district, cast.scheme).pk}


def a_village(cast, whose):
    return {"pk": cast.village_place.pk if whose == "own" else cast.other_village_place.pk}


def a_sent_letter(cast, whose):
    team, town = (cast.team, cast.town_place) if whose == "own" else (cast.other_team, cast.other_town_place)
    feedback = make_feedback_once(cast, team, town)
    run_due(reports.request_feedback(actor=cast.office_clerk, feedback=feedback).pk)
    return {"pk": feedback.pk}


def post(name, objects, decided):
    return Entry(f"rectification:{name}", objects=objects, method="post", post=STALE, **decided)


def get(name, objects, decided):
    return Entry(f"rectification:{name}", objects=objects, **decided)


def returned(cast, whose):
    return {"pk": item_row(cast, whose, "reported").pk, "action": "return"}


ENTRIES = [
    # The inspected side is led to its own pages.
    Entry("rectification:ledger", INSPECTING | INSPECTED),
    Entry("rectification:portal", INSPECTED),
    post("ledger_request", a_round, {"may": INSPECTING, "may_foreign": OFFICE}),
    get("ledger_open", a_feedback, READ),
    # The places of the district are no secret; the items on the card are narrowed row by row.
    get(
        "village_card",
        a_village,
        {
            "may": INSPECTING | {"sysadmin", "town", "village"},
            "may_foreign": INSPECTING | {"sysadmin", "other_town"},
        },
    ),
    get("item", an_item(), READ),
    get("item_verify", an_item("reported"), VERIFY),
    get("item_close", an_item("verified"), CLOSE),
    post("rectifyitem_action", returned, VERIFY),
    get("file", a_picture, READ),
    get("portal_item", an_item(), OWNERS),
    post("portal_acknowledge", an_item(), OWNER),
    get("portal_plan", an_item("acknowledged"), OWNER),
    get("portal_progress", an_item("in_progress"), OWNERS),
    get("portal_done", an_item("in_progress"), OWNER),
    get("portal_village", an_item("acknowledged"), OWNER),
    get("portal_file", a_picture, OWNERS),
    get("portal_letter", a_sent_letter, {"may": {"town"}, "may_foreign": {"other_town"}}),
]
