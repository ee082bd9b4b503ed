"""The addressee's side of an order - receipt, pictures, report, days asked for - and what is found of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.files import EVIDENCE, PHOTO, store_uploads
from core.models import StoredFile
from core.ordering import close_up
from core.text import clean
from rectification.models import (
    ExtensionStatus,
    FixOrder,
    OrderExtension,
    OrderFile,
    OrderReport,
    OrderVerdict,
    PhotoSide,
)
from rectification.rules import order as rules
from rectification.services.order_words import check_going_out
from rectification.workflow import EXTENSION, ORDER

# Files in one report: enough for a village, not for a disk.
MOST_FILES = 60


def _words(text: str, what: str, field: str, most: int = 2000) -> str:
    words = clean(text).strip()
    if not words:
        raise ServiceError(f"请填写{what}。", field)
    if len(words) > most:
        raise ServiceError(f"{what}请控制在{most}字以内，现有{len(words)}字。", field)
    return words


def _next_round(actor: Any, order: FixOrder, seq: int) -> None:
    report = OrderReport(order=order, seq=seq)
    records.create(report, actor=actor, verb="rectification.order.next_round")


def _present(order: FixOrder) -> OrderReport:
    """The round that is being worked on, or waits to be verified."""
    return OrderReport.objects.filter(order=order).latest("seq")


@transaction.atomic
def receive_order(*, actor: Any, order: FixOrder, name: str, revision: int | None = None) -> FixOrder:
    """Sign for it: who, by name and post, and when. From now on pictures can be taken."""
    changes = {"receipt_name": _words(name, "签收人", "name", 40), "receipt_at": clock.now()}
    ORDER.apply(order, "receive", actor=actor, revision=revision, changes=changes)
    _next_round(actor, order, 1)
    return order


@transaction.atomic
def add_order_files(
    *, actor: Any, order: FixOrder, side: str, uploads: Iterable[UploadedFile], caption: str = ""
) -> OrderReport:
    """Store pictures or papers with the round that is being worked on: all of them or none."""
    # Locked, so that two phones of one office do not take the same place, nor a report go out in between.
    order = FixOrder.objects.select_for_update(of=("self",)).select_related("to_office").get(pk=order.pk)
    demand(rules.can_show(actor, order))
    if side not in PhotoSide.values:
        raise ServiceError("请选择是整改前、整改后还是其他材料。", "side")
    report, uploads = _present(order), list(uploads)
    if not uploads:
        raise ServiceError("请选择照片或文件。", "uploads")
    known = report.files.count()
    if known + len(uploads) > MOST_FILES:
        raise ServiceError(f"一次报告最多附{MOST_FILES}个文件，现已有{known}个。", "uploads")
    papers = side == PhotoSide.PAPER
    policy, origin = (EVIDENCE, StoredFile.Origin.COPY) if papers else (PHOTO, StoredFile.Origin.PHOTO)
    try:
        stored = store_uploads(actor=actor, uploads=uploads, policy=policy, origin=origin)
    except ServiceError as refusal:
        raise ServiceError(refusal.message, "uploads") from None
    text = clean(caption).strip()[:60]
    OrderFile.objects.bulk_create(
        OrderFile(report=report, side=side, seq=known + n, caption=text, file=file)
        for n, file in enumerate(stored, 1)
    )
    names = "、".join(file.name for file in stored)
    audit.record(actor=actor, verb="rectification.order.show", target=order, after={"文件": names})
    return report


@transaction.atomic
def take_order_file_away(*, actor: Any, row: OrderFile) -> FixOrder:
    """Take a file out of a report that has not been sent in; the stored file stays, and the trail keeps its hash."""
    order = (
        FixOrder.objects.select_for_update(of=("self",))
        .select_related("to_office")
        .get(pk=row.report.order_id)
    )
    row.report.refresh_from_db()
    row.report.order = order
    demand(rules.can_take_away(actor, row))
    mark = f"{row.file.name}（{row.file.sha256[:12]}）"
    seq, files = row.seq, row.report.files.all()
    row.delete()
    close_up(files, seq)
    audit.record(actor=actor, verb="rectification.order.take_away", target=order, after={"文件": mark})
    return order


@transaction.atomic
def report_order(
    *,
    actor: Any,
    order: FixOrder,
    measure: str,
    result: str,
    principal: str,
    revision: int | None = None,
) -> FixOrder:
    """Report it changed, with what was done and what came of it; refused without proof handed in this round."""
    # Locked, so that no picture comes or goes between the look at the proof and the step.
    stored = FixOrder.objects.select_for_update(of=("self",)).select_related("to_office").get(pk=order.pk)
    demand(ORDER.check(actor, stored, "report"))
    report = _present(order)
    if missing := rules.missing_proof(report.files.all()):
        raise ServiceError(missing)
    changes = {
        "measure": _words(measure, "整改措施", "measure"),
        "result": _words(result, "整改结果", "result"),
        "principal": _words(principal, "单位负责人", "principal", 40),
        "reported_by": actor,
        "reported_on": clock.today(),
    }
    ORDER.apply(order, "report", actor=actor, revision=revision)
    verb = "rectification.order.report"
    records.update(report, actor=actor, verb=verb, revision=None, changes=changes)
    return order


@transaction.atomic
def verify_order(
    *, actor: Any, order: FixOrder, verdict: str, note: str, revision: int | None = None
) -> FixOrder:
    """Say what was found on the spot. 已改 closes; 部分改 and 未改 send it back, and the next round begins."""
    demand(ORDER.check(actor, order, "close"))
    if verdict not in OrderVerdict.values:
        raise ServiceError("请选择核验结论。", "verdict")
    words, today = _words(note, "核验情况", "note"), clock.today()
    check_going_out(order.inspection, {"note": ("核验情况", words)})
    report = _present(order)
    if verdict == OrderVerdict.DONE:
        changes = {"verifier": actor, "closed_on": today}
        ORDER.apply(order, "close", actor=actor, revision=revision, changes=changes)
        lapse_extensions(actor=actor, order=order)
    else:
        ORDER.apply(order, "return", actor=actor, revision=revision, reason=words)
        _next_round(actor, order, report.seq + 1)
    found = {"verdict": verdict, "note": words, "verified_by": actor, "verified_on": today}
    records.update(report, actor=actor, verb="rectification.order.verify", revision=None, changes=found)
    return order


@transaction.atomic
def ask_extension(*, actor: Any, order: FixOrder, reason: str, wanted_on: dt.date) -> OrderExtension:
    """Ask for more days, before the deadline only, and once at a time."""
    order = FixOrder.objects.select_for_update(of=("self",)).select_related("to_office").get(pk=order.pk)
    demand(rules.can_ask_extension(actor, order))
    if order.due_on is None or wanted_on <= order.due_on:
        raise ServiceError("申请延至的日期须晚于现在的办结期限。", "wanted_on")
    if OrderExtension.objects.filter(order=order, status=ExtensionStatus.ASKED).exists():
        raise ServiceError("已有一份延期申请等待答复，答复后才能再申请。")
    row = OrderExtension(
        order=order,
        reason=_words(reason, "延期理由", "reason", 500),
        due_before=order.due_on,
        wanted_on=wanted_on,
        asked_by=actor,
        asked_on=clock.today(),
    )
    return records.create(row, actor=actor, verb="rectification.extension.ask")


@transaction.atomic
def decide_extension(
    *, actor: Any, extension: OrderExtension, grant: bool, answer: str, revision: int | None = None
) -> FixOrder:
    """Grant the day asked for, or refuse it, with a sentence."""
    step = "grant" if grant else "refuse"
    demand(EXTENSION.check(actor, extension, step))
    words, today = clean(answer).strip(), clock.today()
    check_going_out(extension.order.inspection, {"reason": ("答复意见", words)})
    if grant and extension.wanted_on < today:
        raise ServiceError("申请延至的日期已经过去，不能同意；请不同意后由对方尽快报告。")
    changes = {"answer": words, "decided_by": actor, "decided_on": today}
    EXTENSION.apply(extension, step, actor=actor, revision=revision, reason=words, changes=changes)
    order = FixOrder.objects.get(pk=extension.order_id)
    if not grant:
        return order
    changes = {"due_on": extension.wanted_on}
    verb = "rectification.order.extended"
    return records.update(order, actor=actor, verb=verb, revision=None, changes=changes, reason=words)


@transaction.atomic
def lapse_extensions(*, actor: Any, order: FixOrder) -> None:
    """A request nobody answered falls with its order."""
    for row in OrderExtension.objects.filter(order=order, status=ExtensionStatus.ASKED):
        row.order = order
        EXTENSION.apply(row, "lapse", actor=actor)


@transaction.atomic
def note_order_file(*, actor: Any, row: OrderFile) -> StoredFile:
    """Leave in the trail who took which file out."""
    after = {"文件": row.file.name}
    audit.record(actor=actor, verb="rectification.download", target=row.report.order, after=after)
    return row.file
