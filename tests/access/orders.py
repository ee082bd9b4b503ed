"""Decisions about instant-fix orders: a tree of addresses for each side, and no way from one into the other."""

from django.utils import timezone

from core.files import PHOTO, store_upload
from core.models import StoredFile
from core.models.jobs import Job
from findings.models import Finding
from rectification.models import FixOrder, OrderExtension, OrderFile, OrderReport
from tests.access.entry import Entry
from tests.access.reports import READ, STALE, WRITER
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.factories import make_round
from tests.rectification.ledger import photo
from tests.rectification.orders import TODAY, make_order
from tests.reports.papers import make_finding

# The cast's member drafted the own orders, the outsider the foreign ones.
VERIFIERS = OFFICE | (TEAM - {"member"})
VERIFY = {"may": VERIFIERS, "sees": {"member"}, "may_foreign": OFFICE, "sees_foreign": WRITER}
DRAFTER = {
    "may": {"member"},
    "sees": (OFFICE | TEAM) - {"member"},
    "may_foreign": WRITER,
    "sees_foreign": OFFICE,
}
LEADER = {"may": {"leader"}, "sees": (OFFICE | TEAM) - {"leader"}, "sees_foreign": OFFICE | WRITER}
# The village answers, its town reads along; the foreign order goes to the other town itself.
ANSWER = {"may": {"village"}, "sees": {"town"}, "may_foreign": {"other_town"}}
ADDRESSED = {"may": {"village", "town"}, "may_foreign": {"other_town"}}


def order_row(cast, whose, status):
    known = FixOrder.objects.filter(status=status, team=cast.team if whose == "own" else cast.other_team)
    return known.first() or make_order(cast, status, whose)


def an_order(status="issued"):
    return lambda cast, whose: {"pk": order_row(cast, whose, status).pk}


def with_action(action, status):
    return lambda cast, whose: {"pk": order_row(cast, whose, status).pk, "action": action}


def _owner(cast, whose):
    return cast.village if whose == "own" else cast.other_town


def a_file(cast, whose):
    order = order_row(cast, whose, "received")
    file = store_upload(
        actor=_owner(cast, whose), upload=photo(), policy=PHOTO, origin=StoredFile.Origin.PHOTO
    )
    report = OrderReport.objects.get(order=order)
    return {
        "pk": OrderFile.objects.create(
            report=report, side="after", seq=1 + report.files.count(), file=file
        ).pk
    }


def an_extension(cast, whose):
    order = order_row(cast, whose, "received")
    known = OrderExtension.objects.filter(order=order).first()
    if known is None:
        asked = {"reason": "等材料", "due_before": order.due_on, "wanted_on": order.due_on.replace(day=25)}
        known = OrderExtension.objects.create(
            order=order, asked_by=_owner(cast, whose), asked_on=TODAY, **asked
        )
    return {"pk": known.pk, "action": "grant"}


def a_copy(cast, whose):
    order = order_row(cast, whose, "issued")
    file = store_upload(actor=order.issuer, upload=photo(), policy=PHOTO, origin=StoredFile.Origin.SYSTEM)
    Job.objects.create(
        kind="rectification.order_copy",
        title="送达联",
        state="done",
        not_before=timezone.now(),
        subject_type="rectification.fixorder",
        subject_id=str(order.pk),
        result_file=file,
    )
    return {"pk": order.pk}


def a_paper(cast, whose):
    inspection = cast.inspection if whose == "own" else cast.other_inspection
    known = Finding.objects.filter(inspection=inspection).first()
    handler = cast.member if whose == "own" else cast.outsider
    row = known or make_finding(cast, inspection, disposal="fix_now", handler=handler)
    return {"pk": row.pk, "origin": "finding"}


def a_round(cast, whose):
    return {"pk": cast.round.pk if whose == "own" else make_round(cast.district, cast.scheme).pk}


def get(name, objects, decided):
    return Entry(f"rectification:{name}", objects=objects, **decided)


def post(name, objects, decided):
    return Entry(f"rectification:{name}", objects=objects, method="post", post=STALE, **decided)


ENTRIES = [
    Entry("rectification:orders", INSPECTING),
    Entry("rectification:order_new", INSPECTING),
    Entry("rectification:orders_open", INSPECTING),
    post("order_register", a_round, {"may": INSPECTING, "may_foreign": OFFICE}),
    get("order", an_order("draft"), READ),
    get("order_edit", an_order("draft"), DRAFTER),
    get("order_verify", an_order("reported"), VERIFY),
    post("order_word", an_order("closed"), READ),
    post("fixorder_action", with_action("issue", "signing"), LEADER),
    post("orderextension_action", an_extension, LEADER),
    get("order_file", a_file, READ),
    get("order_card", a_paper, READ),
    get("portal_order", an_order(), ADDRESSED),
    get("portal_receive", an_order(), ANSWER),
    get("portal_photos", an_order("received"), ANSWER),
    get("portal_report", an_order("received"), ANSWER),
    get(
        "portal_extension",
        an_order("received"),
        {"may": set(), "sees": {"village", "town"}, "sees_foreign": {"other_town"}},
    ),
    get("portal_order_copy", a_copy, ADDRESSED),
    get("portal_order_file", a_file, ADDRESSED),
    post("portal_file_remove", a_file, ANSWER),
]
