"""Sending feedback to a town: numbered, in copied words, once."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from reports import rules
from reports.models import Feedback, FeedbackItem, Report
from reports.selectors.outgoing import FeedbackDraft, feedback_drafts, names_in, trace_in
from reports.services.reports import checked_doc_no


@transaction.atomic
def issue_feedback(
    *,
    actor: Any,
    report: Report,
    doc_no: str,
    issued_on: dt.date,
    opening: str = "",
    items: Sequence[FeedbackDraft] | None = None,
) -> Feedback:
    """Send the feedback of an issued report to its town.

    ``items``: the problems in the words that are to leave; ``None`` takes the system's proposals. Refused when a
    text still names a person concerned or hints at who spoke up.
    """
    demand(rules.can_issue_feedback(actor, report))
    number = checked_doc_no(doc_no)
    if Feedback.objects.filter(doc_no=number).exists():
        raise ServiceError("这个发文字号已经用过。", "doc_no")
    if report.feedbacks.exists():
        raise ServiceError("本报告的反馈意见已经印发。")
    if report.issued_on and issued_on < report.issued_on:
        raise ServiceError("反馈日期不能早于报告印发日期。", "issued_on")
    chosen = feedback_drafts(report) if items is None else list(items)
    if not chosen:
        raise ServiceError("没有要反馈的问题。")
    _refuse_traces(chosen, opening)
    feedback = Feedback(
        report=report,
        round_id=report.round_id,
        team_id=report.team_id,
        town_id=report.town_id,
        title=f"关于巡察{report.town.name}村（社区）党组织情况的反馈意见",
        doc_no=number,
        issued_on=issued_on,
        opening=clean(opening).strip(),
    )
    records.create(feedback, actor=actor, verb="reports.issue_feedback")
    rows = [_row(feedback, seq, draft) for seq, draft in enumerate(chosen, 1)]
    records.bulk_create(
        rows, actor=actor, verb="reports.feedback_items", target=feedback, summary=f"{number}：反馈问题"
    )
    for row, draft in zip(rows, chosen, strict=True):
        row.findings.set(draft.findings)
    return feedback


def _row(feedback: Feedback, seq: int, draft: FeedbackDraft) -> FeedbackItem:
    return FeedbackItem(
        feedback=feedback,
        seq=seq,
        category=draft.category,
        village=draft.village,
        scope=draft.scope,
        immediate=draft.immediate,
        title=clean(draft.title).strip(),
        detail=clean(draft.detail).strip(),
        requirement=clean(draft.requirement).strip(),
    )


def _refuse_traces(items: Sequence[FeedbackDraft], opening: str) -> None:
    names = names_in(finding for draft in items for finding in draft.findings)
    texts = [("总体情况", opening)]
    texts += [(f"第{n}项", f"{d.title}{d.detail}{d.requirement}") for n, d in enumerate(items, 1)]
    for place, text in texts:
        word = trace_in(text, names)
        if word:
            raise ServiceError(f"{place}的文字中有不能外发的内容“{word}”，请改写后再印发。")
