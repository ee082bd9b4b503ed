"""What the inspected side does with its items: sign for, plan, hand on to a village, tell progress, report done."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.files import EVIDENCE, PHOTO, store_uploads
from core.models import StoredFile
from core.text import clean
from rectification import rules
from rectification.models import Progress, RectifyItem
from rectification.workflow import ITEM
from villages.models import Village


def _words(text: str, what: str, field: str) -> str:
    words = clean(text).strip()
    if not words:
        raise ServiceError(f"请填写{what}。", field)
    return words


@transaction.atomic
def acknowledge_item(*, actor: Any, item: RectifyItem, revision: int | None = None) -> RectifyItem:
    """Sign for an item: the receipt keeps who and when."""
    changes = {"receipt_name": actor.display_name, "receipt_at": clock.now()}
    return ITEM.apply(item, "acknowledge", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def submit_plan(*, actor: Any, item: RectifyItem, plan: str, revision: int | None = None) -> RectifyItem:
    """Say what will be done; from then on progress can be told."""
    changes = {"plan": _words(plan, "整改措施", "plan")}
    return ITEM.apply(item, "plan", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def assign_village(
    *, actor: Any, item: RectifyItem, village: Village | None, revision: int | None = None
) -> RectifyItem:
    """Name the village of the own town that has to do the work, or take it back to the town."""
    demand(rules.can_assign_village(actor, item))
    if village is not None and village.town_id != item.town_id:
        raise ServiceError("只能落实到本镇（街道）的村（社区）。", "village")
    changes = {"village": village}
    return records.update(
        item, actor=actor, verb="rectification.assign_village", revision=revision, changes=changes
    )


@transaction.atomic
def report_progress(
    *,
    actor: Any,
    item: RectifyItem,
    text: str,
    on: dt.date | None = None,
    photos: Iterable[UploadedFile] = (),
    papers: Iterable[UploadedFile] = (),
) -> Progress:
    """Tell one step, with photographs and papers; the status of the item stays."""
    demand(rules.can_report_progress(actor, item))
    day = on or clock.today()
    if day > clock.today():
        raise ServiceError("日期不能晚于今天。", "on")
    if day < item.feedback_on:
        raise ServiceError("日期不能早于反馈日期。", "on")
    words = _words(text, "进展情况", "text")
    step = Progress(item=item, on=day, told_at=clock.now(), text=words, reporter=actor)
    records.create(step, actor=actor, verb="rectification.report_progress")
    files = store_uploads(actor=actor, uploads=photos, policy=PHOTO, origin=StoredFile.Origin.PHOTO)
    files += store_uploads(actor=actor, uploads=papers, policy=EVIDENCE, origin=StoredFile.Origin.COPY)
    step.files.set(files)
    return step


@transaction.atomic
def report_done(
    *,
    actor: Any,
    item: RectifyItem,
    result: str,
    photos: Iterable[UploadedFile] = (),
    papers: Iterable[UploadedFile] = (),
    revision: int | None = None,
) -> RectifyItem:
    """Report an item done. Refused without evidence; after a return only evidence handed in since then counts."""
    demand(ITEM.check(actor, item, "report"))
    words = _words(result, "整改结果", "result")
    report_progress(actor=actor, item=item, text=f"报完成：{words}", photos=photos, papers=papers)
    if not _has_evidence(item):
        since = "退回之后" if item.returned_at else ""
        raise ServiceError(f"请上传{since}能证明整改到位的照片或材料，再报完成。", "photos")
    changes = {"result": words, "reported_by": actor, "reported_on": clock.today(), "returned_reason": ""}
    return ITEM.apply(item, "report", actor=actor, revision=revision, changes=changes)


def _has_evidence(item: RectifyItem) -> bool:
    steps = Progress.objects.filter(item=item, files__isnull=False)
    if item.returned_at:
        steps = steps.filter(told_at__gt=item.returned_at)
    return steps.exists()
