"""The register as a workbook's rows."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from core.display import cn_date
from rectification.documents.order_register import Register, RegisterRow
from rectification.models import FixOrder, OrderExtension, OrderReport
from rectification.selectors.orders import order_figures, orders_of, with_order_relations
from villages.models import Round


def order_register(viewer: Any, round_: Round, day: dt.date) -> Register:
    """Every order of the round the viewer may see, by number, drafts last, in a constant number of queries."""
    reports = OrderReport.objects.filter(reported_by__isnull=False).select_related("verified_by")
    rows = with_order_relations(orders_of(viewer, round_)).prefetch_related(
        Prefetch("reports", reports.order_by("seq").prefetch_related("files"), "sent_reports"),
        Prefetch("extensions", OrderExtension.objects.order_by("id"), "asked"),
    )
    found = order_figures(viewer, round_, day)
    orders = sorted(
        rows, key=lambda row: (not row.doc_no, row.team.number, row.year or 0, row.number or 0, row.pk)
    )
    return Register(
        name=round_.name,
        office=f"{round_.district.name}委巡察办",
        day=day,
        rows=tuple(_row(order, day) for order in orders),
        issued=found.issued,
        received=found.received,
        closed=found.closed,
        late=found.late,
        covered=found.covered,
        problems=found.problems,
        formula=found.formula,
    )


def _row(order: Any, day: dt.date) -> RegisterRow:
    return RegisterRow(
        term=order.round.term,
        year=order.round.year,
        round_no=order.round.number,
        team=order.team.name,
        village=order.village.name,
        doc_no=order.doc_no,
        no=order.no,
        kind=order.get_kind_display(),
        title=order.title,
        problem=order.problem_brief,
        requirement=order.requirement,
        basis=order.basis,
        to=order.to_office.name,
        cc=_name(order.cc_office),
        also_common="需要" if order.also_common else "不需要",
        drafter=_name(order.drafter),
        issuer=_name(order.issuer),
        issued_on=order.issued_on,
        first_due_on=order.first_due_on,
        due_on=order.due_on,
        receipt_name=order.receipt_name,
        receipt_on=timezone.localdate(order.receipt_at) if order.receipt_at else None,
        extension="；".join(_asked(row) for row in order.asked),
        status=order.get_status_display(),
        late="逾期" if _late(order, day) else "",
        finding_no=order.linked_finding.no if order.linked_finding else "",
        **_last_report(order.sent_reports),
    )


def _last_report(reports: list[OrderReport]) -> dict[str, Any]:
    last = reports[-1] if reports else OrderReport()
    return {
        "measure": last.measure,
        "result": last.result,
        "files": sum(len(report.files.all()) for report in reports),
        "reported_on": last.reported_on,
        "verdict": last.get_verdict_display(),
        "verifier": _name(last.verified_by),
        "verified_on": last.verified_on,
        "reports": len(reports),
    }


def _name(row: Any) -> str:
    return str(row) if row else ""


def _late(order: FixOrder, day: dt.date) -> bool:
    return not order.is_done and order.due_on is not None and order.due_on < day


def _asked(row: OrderExtension) -> str:
    return f"{cn_date(row.asked_on)}申请延至{cn_date(row.wanted_on)}，{row.get_status_display()}"
