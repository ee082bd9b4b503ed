"""What a report can rest on: the confirmed findings of a team in a town, what is still open, and what was counted."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from findings.models import Disposal, Finding, Talk, TalkStatus
from findings.models.finding import FindingQuerySet
from prep.models import WatchItem, WatchStatus
from reports.models import Report
from surveys.models import Survey, SurveyCount
from villages.models import VillageInspection

# A clue about a cadre goes its own way and never into this report; a kept or unfounded matter does not leave.
PRINTED = (Disposal.REPORT, Disposal.FIX_NOW)

# How each figure was counted, in words for the person who asks.
HOW = {
    "村（社区）": "本组在该镇（街道）本轮分配的村（社区）数",
    "谈话": "记录人、谈话人均已签名的谈话记录份数",
    "收回问卷": "已结束的问卷调查登记的收回份数",
    "有效问卷": "其中登记为有效的份数",
    "问题底稿": "三级签名齐全、处置为写入报告或立行立改的底稿份数",
    "共性问题底稿": "其中标为共性的底稿份数",
    "个性问题底稿": "其中标为个性的底稿份数",
}


@dataclass(frozen=True)
class Counted:
    """One figure of the round: what it is called, and its value; ``HOW`` says how it was counted."""

    label: str
    value: int


@dataclass(frozen=True)
class ReportFacts:
    """Everything the draft is made from, in fixed order (villages by code, findings by category and weight)."""

    villages: list[Any]
    first_day: dt.date | None
    last_day: dt.date | None
    counted: dict[str, Counted]
    findings: list[Finding]
    pending: list[Finding]
    suspicions: list[WatchItem]


def inspections_of(report: Report) -> QuerySet[VillageInspection]:
    """The villages the report is about, by code."""
    rows = VillageInspection.objects.filter(round=report.round_id, team=report.team_id, town=report.town_id)
    return rows.select_related("village").order_by("village__code")


def findings_of(report: Report) -> FindingQuerySet:
    """Living findings of those villages, whatever their status."""
    rows = Finding.objects.alive().filter(round=report.round_id, team=report.team_id, town=report.town_id)
    return rows.select_related("village", "category", "subcategory", "team")


def printed_findings(report: Report) -> QuerySet[Finding]:
    """The findings a report and its lists print: signed by all three and meant for the report."""
    return findings_of(report).confirmed().filter(disposal__in=PRINTED)


def pending_findings(report: Report) -> QuerySet[Finding]:
    """Findings still under way: shown to the writers, never printed."""
    open_states = [*Finding.OPEN, Finding.Status.CHECKING, Finding.Status.SIGNING]
    return findings_of(report).filter(status__in=open_states)


def suspicions(report: Report) -> QuerySet[WatchItem]:
    """Points of the watch lists that look wrong and are not verified yet: shown to the writers, never printed."""
    rows = WatchItem.objects.filter(round=report.round_id, team=report.team_id, town=report.town_id)
    return (
        rows.filter(status=WatchStatus.SUSPECTED).select_related("village").order_by("village__code", "seq")
    )


def weight(finding: Finding) -> tuple[Any, ...]:
    """Order inside a category: key ones first, greater amounts first, then by village and paper."""
    amount = finding.amount or Decimal(0)
    return (
        finding.category.order,
        finding.severity != "key",
        -amount,
        finding.village.code,
        finding.no,
        finding.pk,
    )


def report_facts(report: Report) -> ReportFacts:
    """Read the facts behind ``report`` as they are now."""
    inspections = list(inspections_of(report))
    printed = sorted(printed_findings(report), key=weight)
    days = [day for row in inspections for day in (row.entry_on, row.exit_on) if day]
    return ReportFacts(
        villages=[row.village for row in inspections],
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        counted=_counted(report, len(inspections), printed),
        findings=printed,
        pending=sorted(pending_findings(report), key=weight),
        suspicions=list(suspicions(report)),
    )


def _counted(report: Report, villages: int, printed: list[Finding]) -> dict[str, Counted]:
    talks = Talk.objects.alive().filter(
        round=report.round_id, team=report.team_id, town=report.town_id, status=TalkStatus.SIGNED
    )
    kinds = Counter(finding.commonality for finding in printed)
    sheets = SurveyCount.objects.filter(
        survey__round=report.round_id,
        survey__team=report.team_id,
        survey__town=report.town_id,
        survey__status__in=(Survey.Status.CLOSED, Survey.Status.LOCKED),
    ).aggregate(returned=Sum("returned"), valid=Sum("valid"))
    return {
        "villages": Counted("村（社区）", villages),
        "talks": Counted("谈话", talks.count()),
        "returned": Counted("收回问卷", sheets["returned"] or 0),
        "valid": Counted("有效问卷", sheets["valid"] or 0),
        "findings": Counted("问题底稿", len(printed)),
        "common": Counted("共性问题底稿", kinds["common"]),
        "individual": Counted("个性问题底稿", kinds["individual"]),
    }
