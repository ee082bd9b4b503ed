"""Instant-fix orders in any state, written directly."""

import datetime as dt
import itertools

from core.digests import digest
from rectification.models import FixOrder, OrderReport
from rectification.selectors.order_paper import words_of
from tests.factories import make_member
from villages.models import Membership, TeamRole, User, spine

# A Tuesday inside the cast's stay in its village.
TODAY = dt.date(2026, 3, 10)
NOW = dt.datetime(2026, 3, 10, 2, tzinfo=dt.UTC)
_serial = itertools.count(1)

WORDS = {
    "title": "村务公开栏两个季度没有更新",
    "problem_brief": "现场查看，公开栏停留在去年第三季度。",
    "requirement": "补齐两个季度的内容，明确专人按季更新。",
    "basis": "村务公开制度第五条",
}


def values(cast, **over):
    """All a drafter fills in."""
    chosen = {
        "kind": "fix",
        "to_office": cast.village.office,
        "cc_office": cast.town.office,
        "also_common": False,
        "due_on": None,
    }
    return WORDS | chosen | over


def leader_of(team):
    """The leader of a team; one is made where the cast has none."""
    known = Membership.objects.filter(team=team, role=TeamRole.LEADER).first()
    return known.user if known else make_member(team, TeamRole.LEADER)


def make_order(cast, status="draft", whose="own", **over):
    """An order in ``status``: of the cast's team to its village, or of the other team to the other town."""
    own = whose == "own"
    row = FixOrder(
        **spine(cast.inspection if own else cast.other_inspection),
        **WORDS,
        to_office=cast.village.office if own else cast.other_town.office,
        cc_office=cast.town.office if own else None,
        drafter=cast.member if own else cast.outsider,
        status=status,
    )
    if status not in ("draft", "signing"):
        n = next(_serial)
        due = over.get("due_on", dt.date(2026, 3, 17))
        row.issuer, row.issued_on, row.due_on = leader_of(row.team), dt.date(2026, 3, 3), due
        row.year, row.number, row.first_due_on = 2026, n, min(due, dt.date(2026, 3, 17))
        row.doc_no, row.no = f"青巡测改〔2026〕{n}号", f"青巡2026-1-1-201-JB-{n:04d}"
    if status in ("received", "reported", "returned", "closed"):
        row.receipt_name, row.receipt_at = "江予安（书记）", NOW
    if status == "closed":
        row.verifier, row.closed_on = cast.deputy if own else leader_of(row.team), TODAY
    if status == "withdrawn":
        row.withdrawn_reason, row.withdrawn_on = "写错单位", TODAY
    for name, value in over.items():
        setattr(row, name, value)
    if row.doc_no:
        row.frozen = words_of(row)
        row.digest = digest(row.frozen)
    row.save(force_insert=True)
    _reports(row)
    return FixOrder.objects.get(pk=row.pk)


def _reports(row):
    """The rounds of reporting that belong to its state."""
    if not row.receipt_name:
        return
    reporter = User.objects.get(office=row.to_office)
    told = {"measure": "已补贴", "result": "已更新", "principal": "江予安", "reported_by": reporter}
    told |= {"reported_on": TODAY}
    seq = 1
    if row.status == "returned":
        found = {"verdict": "partly", "note": "还差一季度", "verified_by": row.issuer, "verified_on": TODAY}
        OrderReport.objects.create(order=row, seq=1, **told, **found)
        seq = 2
    if row.status == "closed":
        told |= {"verdict": "done", "note": "属实", "verified_by": row.verifier, "verified_on": TODAY}
    OrderReport.objects.create(order=row, seq=seq, **(told if row.status in ("reported", "closed") else {}))
