"""An order as a paper: its words as they went out, and the form they are printed on with what came afterwards."""

import datetime as dt
from typing import Any

from django.utils import timezone

from core.digests import digest
from core.display import cn_date
from core.errors import ServiceError
from rectification.documents.order import OrderPaper, OrderRound, Signed
from rectification.models import ExtensionStatus, FixOrder, OrderExtension, OrderReport, PhotoSide

_WORDS = {
    "kind": "get_kind_display", "to": "to_office", "cc": "cc_office", "title": "title", "problem": "problem_brief",
    "requirement": "requirement", "basis": "basis", "drafter": "drafter", "issuer": "issuer", "doc_no": "doc_no",
    "no": "no",
}  # fmt: skip
_DAYS = {"issued_on": "issued_on", "due_on": "first_due_on"}


def words_of(order: FixOrder) -> dict[str, Any]:
    """What is printed of an order at issue, ready to be frozen."""
    words = {name: _text(getattr(order, field)) for name, field in _WORDS.items()}
    days = {name: _text(getattr(order, field)) for name, field in _DAYS.items()}
    also = {"also_common": order.also_common, "round": order.round.name, "team": order.team.name}
    return words | days | also


def _text(value: Any) -> str:
    """A choice by its label, a day as ISO, a row by its name, nothing as an empty text."""
    return str(value() if callable(value) else value or "")


def is_intact(order: FixOrder) -> bool:
    """Does the order still say what its leader signed?"""
    if not order.digest:
        return True
    if digest(order.frozen) != order.digest:
        return False
    kept = ("title", "problem_brief", "requirement", "basis", "doc_no", "no")
    names = {field: name for name, field in _WORDS.items()}
    return all(getattr(order, field) == order.frozen.get(names[field]) for field in kept)


def order_paper(order: FixOrder, *, whole: bool) -> OrderPaper:
    """The order as issued, for the addressee; ``whole``: with all that followed and the number of the workpaper.

    Raises ``ServiceError`` when the words are not those that were signed.
    """
    if not order.doc_no:
        raise ServiceError("交办单签发后才能生成。")
    if not is_intact(order):
        raise ServiceError("交办单内容与签发时不一致，没有生成文件，请先告知系统管理员核查。")
    words = order.frozen
    issued, due = dt.date.fromisoformat(words["issued_on"]), dt.date.fromisoformat(words["due_on"])
    return OrderPaper(
        office=f"{order.round.district.name}委巡察办",
        heading=f"{words['round']}　{words['team']}",
        number=f"编号：{words['no']}",
        doc_no=words["doc_no"],
        kind=words["kind"],
        to=words["to"],
        cc=words["cc"],
        issued_on=issued,
        due_on=due,
        problem=f"{words['title']}\n{words['problem']}",
        requirement=words["requirement"],
        basis=words["basis"],
        also_common="需要" if words["also_common"] else "不需要",
        drafter=Signed(words["drafter"], issued),
        issuer=Signed(words["issuer"], issued),
        **(_followed(order) if whole else {}),
    )


def _followed(order: FixOrder) -> dict[str, Any]:
    reports = list(
        OrderReport.objects.filter(order=order, reported_by__isnull=False)
        .select_related("verified_by")
        .prefetch_related("files")
        .order_by("seq")
    )
    last = reports[-1] if reports else None
    receipt = order.receipt_at and Signed(order.receipt_name, timezone.localdate(order.receipt_at))
    return {
        "finding_no": order.linked_finding.no if order.linked_finding else "",
        "receipt": receipt or None,
        "rounds": tuple(_round(report) for report in reports),
        "principal": last.principal if last else "",
        "extension": _extension(order),
        "withdrawn": f"{cn_date(order.withdrawn_on)}撤回：{order.withdrawn_reason}"
        if order.withdrawn_on
        else "",
    }


def _round(report: OrderReport) -> OrderRound:
    verified = Signed(report.verified_by.display_name, report.verified_on) if report.verified_by else None
    return OrderRound(
        seq=report.seq,
        reported_on=report.reported_on,
        text=f"{report.measure}\n{report.result}".strip(),
        files=tuple(
            f"{PhotoSide(row.side).label}：{row.caption or '见附件'}"
            for row in sorted(report.files.all(), key=lambda row: row.seq)
        ),
        verdict=report.get_verdict_display(),
        note=report.note,
        verified=verified,
    )


def _extension(order: FixOrder) -> tuple[str, str]:
    """What was asked last and what came of it, in words."""
    rows = OrderExtension.objects.filter(order=order).select_related("decided_by")
    row = rows.exclude(status=ExtensionStatus.LAPSED).order_by("-id").first()
    if row is None:
        return "无", ""
    granted = row.status == ExtensionStatus.GRANTED
    decided = f"{'延至' + cn_date(row.wanted_on) if granted else row.get_status_display()}"
    return f"有，理由：{row.reason}", f"{decided} {row.decided_by or ''}".strip()
