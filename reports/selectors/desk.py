"""What this stage puts on a person's desk."""

from typing import Any

from django.urls import reverse

from core.desk import DeskItem
from reports import rules
from reports.models import Report
from reports.selectors.pages import report_list
from reports.workflow import REPORT
from villages.access import is_inspecting
from villages.models import Round

S = Report.Status
# The one step forward that waits in each state.
_NEXT = {
    S.TEAM_MEETING: ("pass_team", "待组务会"),
    S.JOINT_REVIEW: ("pass_review", "待组办会商"),
    S.LEADING_GROUP: ("pass_leading", "待领导小组"),
    S.SECRETARY: ("issue", "待印发"),
}


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Reports that came back, wait for this person's step, or are issued and not yet fed back."""
    if round is None or not is_inspecting(viewer):
        return []
    return [
        item
        for row in report_list(viewer, round).prefetch_related("feedbacks")
        for item in _items(viewer, row)
    ]


def _items(viewer: Any, row: Any) -> list[DeskItem]:
    url = reverse("reports:report", args=[row.pk])
    if row.status == S.DRAFT and row.returned_reason and REPORT.check(viewer, row, "submit"):
        return [
            DeskItem(
                kind="报告退回", title=row.title, url=url, detail=row.returned_reason, tone="bad",
                action="修改", primary=True, returned=True,
            )
        ]  # fmt: skip
    if row.status == S.DRAFT and row.bare + row.stale and REPORT.check(viewer, row, "submit"):
        detail = f"{row.bare}句缺底稿，{row.stale}句事实已变"
        return [
            DeskItem(kind="报告起草", title=row.title, url=url, detail=detail, tone="warn", action="处理")
        ]
    if row.status in _NEXT:
        step, kind = _NEXT[S(row.status)]
        if REPORT.check(viewer, row, step):
            detail = f"第{row.edition}稿，{row.facts}句事实陈述"
            return [
                DeskItem(
                    kind=kind,
                    title=row.title,
                    url=url,
                    detail=detail,
                    tone="brand",
                    action="审阅",
                    primary=True,
                )
            ]
    if rules.can_issue_feedback(viewer, row) and not row.feedbacks.all():
        return _to_feed_back(row)
    return []


def _to_feed_back(row: Report) -> list[DeskItem]:
    url = reverse("reports:feedback_issue", args=[row.pk])
    return [
        DeskItem(
            kind="待反馈", title=f"{row.town.name}反馈意见", url=url, detail=f"报告{row.doc_no}已印发", tone="brand",
            action="印发反馈", primary=True,
        )
    ]  # fmt: skip
