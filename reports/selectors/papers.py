"""Filling the papers: from the frozen content of an issued report, or from the draft as it stands."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils import timezone

from core.display import cn_date
from findings.models import Commonality, Disposal, Finding
from reports.documents import (
    Chapter,
    CommonRow,
    FeedbackPaper,
    FeedbackProblem,
    IssueRow,
    IssueSheet,
    Line,
    ReportPaper,
)
from reports.models import Feedback, Report, Section, Statement
from reports.selectors.drafting import SharedProblem, grouped, party_committee, total
from reports.selectors.facts import inspections_of, printed_findings, weight
from villages.selectors.parameters import parameter


def full_team_name(team: Any, district: Any) -> str:
    """The team as it signs: 中共青岚区委第二巡察组."""
    return f"中共{district.name}委{team.name}"


def printed_content(report: Report) -> dict[str, Any]:
    """Everything the report and its lists print, as plain data: what issuing freezes."""
    rows = report.statements.printed().select_related("category").prefetch_related("sources")
    findings = sorted(printed_findings(report), key=weight)
    groups, _ = grouped(findings)
    return {
        "title": report.title,
        "addressee": report.addressee,
        "signer": full_team_name(report.team, report.round.district),
        "town": report.town.name,
        "villages": [row.village.name for row in inspections_of(report)],
        "statements": [
            {
                "section": row.section,
                "category": row.category.name if row.category else "",
                "kind": row.kind,
                "text": row.text,
                "findings": sorted(str(source.finding_id) for source in row.sources.all()),
            }
            for row in rows
        ],
        "issues": [_issue(finding) for finding in findings],
        "commons": [_common(shared) for shared in groups],
    }


def _issue(finding: Finding) -> dict[str, Any]:
    remarks = [finding.get_commonality_display()]
    if finding.disposal == Disposal.FIX_NOW:
        remarks.append("立行立改")
    return {
        "village": finding.village.name,
        "category": finding.category.name,
        "title": finding.title,
        "summary": finding.summary or finding.facts,
        "origin": "、".join(finding.origin_labels) + f"（支撑材料{finding.evidence_count}件）",
        "severity": finding.get_severity_display(),
        "amount": None if finding.amount is None else str(finding.amount),
        "years": finding.period,
        "number": finding.no,
        "remark": "；".join(remarks),
    }


def _common(shared: SharedProblem) -> dict[str, Any]:
    members = shared.findings
    places = {finding.village.code: finding.village.name for finding in members}
    return {
        "category": shared.category.name,
        "title": shared.group.name,
        "villages": [places[code] for code in sorted(places)],
        "papers": len(members),
        "amount": str(total(members)),
    }


def content_of(report: Report) -> dict[str, Any]:
    """The frozen content once issued, before that the content of now."""
    return report.snapshot if report.is_issued else printed_content(report)


def day_of(report: Report) -> dt.date:
    """The day a paper carries: of issue, else of the last refresh."""
    if report.issued_on:
        return report.issued_on
    return timezone.localdate(report.refreshed_at or report.created_at)


def report_paper(report: Report) -> ReportPaper:
    """Fill the report."""
    content = content_of(report)
    return ReportPaper(
        title=content["title"],
        addressee=content["addressee"],
        number=report.doc_no,
        signer=content["signer"],
        day=day_of(report),
        chapters=tuple(_chapters(content["statements"])),
        issues=tuple(_row(row) for row in content["issues"]),
    )


def _chapters(statements: list[dict[str, Any]]) -> Any:
    for section in Section:
        rows = [row for row in statements if row["section"] == section]
        if not rows or section == Section.PENDING:
            continue
        parts: dict[str, list[Line]] = defaultdict(list)
        for row in rows:
            heading = f"{row['category']}方面" if row["category"] else ""
            parts[heading].append(Line(row["text"], row["kind"] == Statement.Kind.HEADING))
        yield Chapter(
            section.label,
            tuple((heading, tuple(lines)) for heading, lines in parts.items()),
            numbered=section == Section.PROBLEMS,
        )


def _row(row: dict[str, Any]) -> IssueRow:
    amount = None if row["amount"] is None else Decimal(row["amount"])
    return IssueRow(**row | {"amount": amount})


def village_list(report: Report, village: str) -> IssueSheet:
    """The issue list of one village of the report, by its name."""
    content = content_of(report)
    rows = tuple(_row(row) for row in content["issues"] if row["village"] == village)
    return IssueSheet(village, content["signer"], day_of(report), rows)


def town_list(report: Report) -> tuple[IssueSheet, list[CommonRow]]:
    """The merged list of the town: every problem, and the common ones with their villages."""
    content = content_of(report)
    rows = tuple(_row(row) for row in content["issues"])
    count = len(content["villages"])
    commons = [
        CommonRow(
            category=row["category"],
            title=row["title"],
            villages=tuple(row["villages"]),
            share=len(row["villages"]) / count if count else 0,
            papers=row["papers"],
            amount=Decimal(row["amount"]),
        )
        for row in content["commons"]
    ]
    return IssueSheet(content["town"], content["signer"], day_of(report), rows), commons


def feedback_paper(feedback: Feedback) -> FeedbackPaper:
    """Fill the feedback letter."""
    district = feedback.round.district.name
    months = parameter(feedback.round, "rectify_due_months")
    plan_days = parameter(feedback.round, "plan_due_days")
    common = Commonality.COMMON
    return FeedbackPaper(
        title=feedback.title,
        masthead=f"中共{district}委巡察工作领导小组办公室",
        number=feedback.doc_no,
        addressee=party_committee(feedback.town.name),
        day=feedback.issued_on,
        opening=feedback.opening
        or f"根据区委统一部署，{feedback.team.name}对{feedback.town.name}有关村（社区）党组织开展了巡察。"
        "现将巡察情况反馈如下。",
        problems=tuple(
            FeedbackProblem(
                category=row.category.name,
                place="" if row.scope == common or row.village is None else row.village.name,
                title=row.title,
                detail=row.detail,
                requirement=row.requirement,
            )
            for row in feedback.items.select_related("category", "village")
        ),
        due_words=f"请于{cn_date(feedback.issued_on)}起{plan_days}日内报送整改方案，"
        f"{months}个月内完成集中整改并报送整改情况报告。整改情况应在党内和村（社区）公开。",
    )
