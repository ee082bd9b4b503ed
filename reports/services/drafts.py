"""What people write into a draft: rewrite, add, order and take out sentences, and settle those whose facts moved."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from findings.models import Finding
from reports import rules
from reports.models import Report, Section, Statement
from reports.selectors.facts import printed_findings
from reports.selectors.support import support_for
from reports.services.reports import replace_sources
from villages.models import Category

_GAP = 10
WRITABLE_KINDS = (Statement.Kind.FACT, Statement.Kind.NARRATIVE)


def _checked_text(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise ServiceError("请填写文字。", "text")
    return words


def _checked_findings(report: Report, findings: Iterable[Finding]) -> list[Any]:
    wanted = {finding.pk for finding in findings}
    known = set(printed_findings(report).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise ServiceError("只能引用本报告范围内已审签的问题底稿。", "findings")
    return sorted(known)


def _demand_editable(actor: Any, statement: Statement) -> None:
    demand(rules.can_edit_report(actor, statement.report))
    if statement.section == Section.PENDING:
        raise ServiceError("待查工作区由系统按底稿状态更新，不在这里改写。")


@transaction.atomic
def edit_statement(
    *,
    actor: Any,
    statement: Statement,
    revision: int | None,
    text: str,
    findings: Iterable[Finding] | None = None,
    kind: str | None = None,
) -> Statement:
    """Rewrite a sentence, and, where given, name the findings it stands on and whether it states a fact.

    From now on a refresh leaves the words alone. Rewriting settles a pending change of facts.
    """
    _demand_editable(actor, statement)
    changes: dict[str, Any] = {"text": _checked_text(text)}
    if statement.origin == Statement.Origin.AUTO and changes["text"] != statement.text:
        changes["origin"] = Statement.Origin.EDITED
    if kind and statement.kind in WRITABLE_KINDS:
        changes["kind"] = kind
    if statement.stale and statement.generated:
        changes |= _settled(statement)
    saved = records.update(
        statement, actor=actor, verb="reports.edit_statement", revision=revision, changes=changes
    )
    if findings is not None:
        _cite(actor, saved, _checked_findings(saved.report, findings))
    return saved


def _cite(actor: Any, statement: Statement, wanted: list[Any]) -> None:
    held = sorted(statement.sources.values_list("finding_id", flat=True))
    if held == wanted:
        return
    replace_sources(statement, wanted)
    names = dict(Finding.objects.filter(pk__in={*held, *wanted}).values_list("pk", "no"))
    audit.record(
        actor=actor,
        verb="reports.cite",
        target=statement,
        before={"依据": [names[pk] for pk in held]},
        after={"依据": [names[pk] for pk in wanted]},
    )


def _settled(statement: Statement) -> dict[str, Any]:
    return {"facts": statement.fresh_facts, "fresh_facts": {}, "generated": "", "stale": False}


@transaction.atomic
def keep_wording(*, actor: Any, statement: Statement, revision: int | None = None) -> Statement:
    """The words still hold although the facts moved: keep them, on the findings of now."""
    _demand_editable(actor, statement)
    if not (statement.stale and statement.generated):
        raise ServiceError("这句话的事实没有变化，或已没有底稿支撑。")
    findings = statement.fresh_facts.get("findings", [])
    replace_sources(statement, findings)
    return records.update(
        statement, actor=actor, verb="reports.keep_wording", revision=revision, changes=_settled(statement)
    )


@transaction.atomic
def accept_generated(*, actor: Any, statement: Statement, revision: int | None = None) -> Statement:
    """Take the system's wording of the facts as they are now; the sentence follows the facts again."""
    _demand_editable(actor, statement)
    if not (statement.stale and statement.generated):
        raise ServiceError("没有可采用的新文字。")
    replace_sources(statement, statement.fresh_facts.get("findings", []))
    changes = _settled(statement) | {"text": statement.generated, "origin": Statement.Origin.AUTO}
    return records.update(
        statement, actor=actor, verb="reports.accept_generated", revision=revision, changes=changes
    )


@transaction.atomic
def correct_amount(*, actor: Any, statement: Statement, revision: int | None = None) -> Statement:
    """Put the sum of the papers where the sentence names another amount."""
    _demand_editable(actor, statement)
    wrong = [gap for gap in support_for(statement).gaps if gap.mark]
    if len(wrong) != 1:
        raise ServiceError("这句话没有可以直接改正的金额，请改写。")
    text = statement.text.replace(wrong[0].mark, wrong[0].fix, 1)
    return edit_statement(actor=actor, statement=statement, revision=revision, text=text)


@transaction.atomic
def add_statement(
    *,
    actor: Any,
    report: Report,
    section: str,
    text: str,
    kind: str = Statement.Kind.NARRATIVE,
    category: Category | None = None,
    findings: Iterable[Finding] = (),
) -> Statement:
    """Add a sentence of one's own at the end of a section."""
    demand(rules.can_edit_report(actor, report))
    if section == Section.PENDING or section not in Section.values:
        raise ServiceError("请选择报告的一个部分。", "section")
    if (section == Section.PROBLEMS) != (category is not None):
        raise ServiceError("“主要问题”部分的语句须归入一个类别，其他部分不分类别。", "category")
    sources = _checked_findings(report, findings)
    place = report.statements.filter(section=section, category=category).order_by("-seq").first()
    statement = Statement(
        report=report,
        section=section,
        category=category,
        seq=(place.seq if place else 0) + _GAP,
        kind=kind,
        origin=Statement.Origin.ADDED,
        text=_checked_text(text),
    )
    records.create(statement, actor=actor, verb="reports.add_statement")
    replace_sources(statement, sources)
    return statement


@transaction.atomic
def move_statement(*, actor: Any, statement: Statement, up: bool, revision: int | None = None) -> Statement:
    """Change places with the neighbour above or below in the same section and category."""
    _demand_editable(actor, statement)
    others = Statement.objects.filter(
        report=statement.report_id, section=statement.section, category=statement.category_id
    )
    if up:
        neighbour = others.filter(seq__lt=statement.seq).order_by("-seq").first()
    else:
        neighbour = others.filter(seq__gt=statement.seq).order_by("seq").first()
    if neighbour is None:
        raise ServiceError("已经在最前。" if up else "已经在最后。")
    here, there = statement.seq, neighbour.seq
    records.update(
        neighbour, actor=actor, verb="reports.move_statement", revision=None, changes={"seq": here}
    )
    return records.update(
        statement, actor=actor, verb="reports.move_statement", revision=revision, changes={"seq": there}
    )


@transaction.atomic
def remove_statement(*, actor: Any, statement: Statement, revision: int | None = None) -> Report:
    """Take out an added sentence, or one whose facts are gone; its words stay in the trail."""
    _demand_editable(actor, statement)
    if statement.origin != Statement.Origin.ADDED and not (statement.stale and not statement.generated):
        raise ServiceError("由底稿生成的语句不能删除；如不写入报告，请在底稿的处置建议中修改。")
    report = statement.report
    audit.record(actor=actor, verb="reports.remove_statement", target=report, before={"text": statement.text})
    rows, _ = Statement.objects.filter(pk=statement.pk, revision=revision or statement.revision).delete()
    if not rows:
        raise ServiceError("这句话刚被别人改过，请刷新后再删除。")
    return report
