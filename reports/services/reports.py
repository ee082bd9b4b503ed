"""Opening a report, refilling it from the findings, and carrying it along the decision chain."""

import datetime as dt
import re
from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.digests import digest
from core.errors import ServiceError
from core.text import clean
from reports import rules
from reports.models import Report, Statement, StatementSource
from reports.selectors.drafting import Proposal, proposals
from reports.selectors.facts import inspections_of, report_facts
from reports.selectors.papers import printed_content
from reports.selectors.support import gaps
from reports.workflow import REPORT
from villages.models import Round, Stage, Team, Town, VillageInspection
from villages.services.stages import advance_stage

_DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,20}〔20[0-9]{2}〕[1-9][0-9]{0,3}号")
FORWARD = ("submit", "pass_team", "pass_review", "pass_leading")
_GAP = 10


@transaction.atomic
def open_report(*, actor: Any, round: Round, team: Team, town: Town) -> Report:
    """Open the report of ``team`` on its villages in ``town`` and fill it; a second call gives the same report."""
    demand(rules.can_open_report(actor, team))
    existing = Report.objects.filter(round=round, team=team, town=town, kind=Report.Kind.GENERAL).first()
    if existing:
        return existing
    report = Report(round=round, team=team, town=town)
    villages = inspections_of(report).count()
    if not villages:
        raise ServiceError(f"本组在{town.name}没有巡察任务，不能建立报告。")
    report.title = f"关于巡察{town.name}{villages}个村（社区）党组织情况的报告"
    records.create(report, actor=actor, verb="reports.open")
    return _refill(report, actor)


@transaction.atomic
def refresh_report(*, actor: Any, report: Report) -> Report:
    """Bring the draft up to the findings of this moment.

    Automatic sentences follow the facts; a sentence a person wrote or rewrote keeps its words and is flagged when
    its facts have moved.
    """
    demand(rules.can_edit_report(actor, report))
    return _refill(report, actor)


def _refill(report: Report, actor: Any) -> Report:
    # One refresh at a time: two would both miss, and both write, the same new sentence.
    Report.objects.select_for_update().get(pk=report.pk)
    wanted = proposals(report_facts(report), report.town.name)
    present = {row.key: row for row in report.statements.exclude(key="")}
    fresh = [proposal for proposal in wanted if proposal.key not in present]
    counts = {
        "新增": len(_insert(report, fresh, actor)),
        "变动": sum(_follow(present[p.key], p, actor) for p in wanted if p.key in present),
        "失去依据": sum(
            _let_go(row, actor) for key, row in present.items() if key not in {p.key for p in wanted}
        ),
    }
    words = "、".join(f"{name}{count}句" for name, count in counts.items())
    changes = {"refreshed_at": clock.now()}
    return records.update(
        report, actor=actor, verb="reports.refresh", revision=None, changes=changes, reason=words
    )


def _insert(report: Report, fresh: list[Proposal], actor: Any) -> list[Statement]:
    last: dict[Any, int] = {}
    for row in report.statements.all():
        place = (row.section, row.category_id)
        last[place] = max(last.get(place, 0), row.seq)
    rows = []
    for proposal in fresh:
        place = (proposal.section, proposal.category.pk if proposal.category else None)
        last[place] = last.get(place, 0) + _GAP
        rows.append(
            Statement(
                report=report,
                section=proposal.section,
                category=proposal.category,
                seq=last[place],
                kind=proposal.kind,
                key=proposal.key,
                text=clean(proposal.text),
                facts=proposal.facts,
            )
        )
    made = records.bulk_create(
        rows, actor=actor, verb="reports.write", target=report, summary=f"{report.title}：自动生成语句"
    )
    sources = [
        StatementSource(statement=row, finding=finding)
        for row, proposal in zip(made, fresh, strict=True)
        for finding in proposal.findings
    ]
    StatementSource.objects.bulk_create(sources, batch_size=500)
    return made


def _follow(statement: Statement, proposal: Proposal, actor: Any) -> bool:
    """Let an automatic sentence follow its facts; flag a person's sentence whose facts moved."""
    facts, text = proposal.facts, clean(proposal.text)
    if statement.origin == Statement.Origin.AUTO:
        if statement.facts == facts and statement.text == text:
            return False
        changes: dict[str, Any] = {"facts": facts, "text": text, "category": proposal.category}
        replace_sources(statement, [finding.pk for finding in proposal.findings])
    elif statement.facts == facts:
        changes = {"stale": False, "generated": "", "fresh_facts": {}}
    else:
        changes = {"stale": True, "generated": text, "fresh_facts": facts}
    before = statement.revision
    records.update(statement, actor=actor, verb="reports.follow", revision=None, changes=changes)
    return statement.revision != before


def _let_go(statement: Statement, actor: Any) -> bool:
    """Nothing supports an automatic sentence any more: it goes. A person's sentence stays and is flagged."""
    if statement.origin == Statement.Origin.AUTO:
        audit.record(actor=actor, verb="reports.drop", target=statement, before={"text": statement.text})
        statement.delete()
        return True
    if statement.stale and not statement.generated:
        return False
    changes = {"stale": True, "generated": "", "fresh_facts": {"findings": []}}
    records.update(statement, actor=actor, verb="reports.follow", revision=None, changes=changes)
    return True


def replace_sources(statement: Statement, findings: list[Any]) -> None:
    """Make ``findings`` (primary keys) the sources of ``statement``."""
    wanted = {str(pk) for pk in findings}
    held = {str(row.finding_id): row for row in statement.sources.all()}
    gone = [row.pk for key, row in held.items() if key not in wanted]
    StatementSource.objects.filter(pk__in=gone).delete()
    StatementSource.objects.bulk_create(
        StatementSource(statement=statement, finding_id=key) for key in sorted(wanted - set(held))
    )


@transaction.atomic
def rename_report(*, actor: Any, report: Report, revision: int | None, title: str, addressee: str) -> Report:
    """Change title and addressee."""
    demand(rules.can_edit_report(actor, report))
    changes = {"title": clean(title).strip(), "addressee": clean(addressee).strip()}
    return records.update(report, actor=actor, verb="reports.rename", revision=revision, changes=changes)


@transaction.atomic
def advance_report(*, actor: Any, report: Report, step: str, revision: int | None = None) -> Report:
    """Take one step of the chain: submit, pass_team, pass_review or pass_leading."""
    if step not in FORWARD:
        raise ServiceError("没有这一步。")
    settled = {"returned_reason": ""} if report.returned_reason else {}
    return REPORT.apply(report, step, actor=actor, revision=revision, changes=settled)


@transaction.atomic
def return_report(*, actor: Any, report: Report, reason: str, revision: int | None = None) -> Report:
    """Send the report back to its writers with a reason; the next one is a new edition."""
    changes = {"returned_reason": clean(reason).strip(), "edition": report.edition + 1}
    return REPORT.apply(report, "return", actor=actor, revision=revision, reason=reason, changes=changes)


@transaction.atomic
def issue_report(
    *, actor: Any, report: Report, doc_no: str, issued_on: dt.date, revision: int | None = None
) -> Report:
    """Issue the report under ``doc_no`` and freeze its content; refused while a sentence lacks support."""
    demand(REPORT.check(actor, report, "issue"))
    missing = gaps(report)
    if missing:
        texts = dict(report.statements.values_list("pk", "text"))
        named = "；".join(f"“{texts[gap.statement_id][:24]}…”{gap.words}" for gap in missing[:5])
        more = f"等{len(missing)}处" if len(missing) > 5 else ""
        raise ServiceError(f"还有语句缺少支撑，不能印发：{named}{more}。")
    number = checked_doc_no(doc_no)
    if Report.objects.filter(doc_no=number).exists():
        raise ServiceError("这个发文字号已经用过。", "doc_no")
    snapshot = printed_content(report) | {"doc_no": number, "issued_on": issued_on.isoformat()}
    changes = {
        "doc_no": number,
        "issued_on": issued_on,
        "snapshot": snapshot,
        "content_hash": digest(snapshot),
    }
    return REPORT.apply(report, "issue", actor=actor, revision=revision, changes=changes)


def checked_doc_no(text: str) -> str:
    """Return an official number in the form of GB/T 9704: sign, year in 〔〕, serial without leading zeros."""
    number = clean(text).strip()
    if not _DOC_NO.fullmatch(number):
        raise ServiceError(
            "发文字号应写成“青巡办〔2026〕5号”的样子：年份用六角括号，序号不编虚位。", "doc_no"
        )
    return number


@transaction.atomic
def finish_reporting(*, actor: Any, inspection: VillageInspection, revision: int | None = None) -> Any:
    """Move a village on to rectification: its report is issued and its feedback sent."""
    report = Report.objects.filter(
        round=inspection.round_id,
        team=inspection.team_id,
        town=inspection.town_id,
        status=Report.Status.ISSUED,
    ).first()
    if report is None:
        raise ServiceError("报告印发后才能转入整改阶段。")
    demand(rules.can_finish_report(actor, report))
    if not report.feedbacks.exists():
        raise ServiceError("反馈意见印发后才能转入整改阶段。")
    return advance_stage(actor=actor, inspection=inspection, to=Stage.RECTIFY, revision=revision)
