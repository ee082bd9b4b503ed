"""Feedback before it is sent: proposals in words copied from the findings, and what must not leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from findings.models import Disposal, Finding, FindingPerson
from reports.models import FeedbackItem, Report
from reports.selectors.drafting import SharedProblem, grouped, party_committee
from reports.selectors.facts import printed_findings, weight
from villages.models import Category, Village

# Words that would tell the inspected side that somebody spoke up.
_TRACES = re.compile("举报人|反映人|信访人|举报信|谈话对象")
_SOMEBODY = "有关人员"


@dataclass(frozen=True)
class FeedbackDraft:
    """One problem as it is going to be told: the words may be changed until it is sent."""

    category: Category
    scope: str
    title: str
    detail: str
    requirement: str
    findings: tuple[Finding, ...]
    village: Village | None = None
    immediate: bool = False


def names_in(findings: Iterable[Finding]) -> set[str]:
    """Names of persons concerned by ``findings``; used to keep them out of what leaves, never shown."""
    return set(FindingPerson.objects.filter(finding__in=list(findings)).values_list("name", flat=True))


def trace_in(text: str, names: Iterable[str]) -> str:
    """The first word in ``text`` that must not leave the office, or an empty string."""
    for name in names:
        if name and name in text:
            return name
    found = _TRACES.search(text)
    return found.group() if found else ""


def feedback_drafts(report: Report) -> list[FeedbackDraft]:
    """One proposal per common problem and per individual one, persons' names taken out."""
    printed = sorted(printed_findings(report), key=weight)
    names = names_in(printed)
    groups, singles = grouped(printed)
    drafts = [_common(shared, names, report.town.name) for shared in groups]
    drafts += [_individual(finding, names, report.town.name) for finding in singles]
    return sorted(drafts, key=lambda draft: draft.category.order)


def _plain(text: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, _SOMEBODY)
    return _TRACES.sub("群众", text).strip()


def _common(shared: SharedProblem, names: set[str], town: str) -> FeedbackDraft:
    ordered = sorted(shared.findings, key=lambda finding: finding.village.code)
    told = [
        f"{finding.village.name}：{_plain(finding.summary or finding.facts, names)}" for finding in ordered
    ]
    return FeedbackDraft(
        category=shared.category,
        scope=FeedbackItem.Scope.COMMON,
        title=_plain(shared.group.name, names),
        detail="\n".join(told),
        requirement=f"由{party_committee(town)}牵头，涉及的村（社区）逐一整改到位，并健全统一的管理规定。",
        findings=tuple(ordered),
    )


def _individual(finding: Finding, names: set[str], town: str) -> FeedbackDraft:
    immediate = finding.disposal == Disposal.FIX_NOW
    when = "立即" if immediate else "限期"
    return FeedbackDraft(
        category=finding.category,
        scope=FeedbackItem.Scope.INDIVIDUAL,
        title=_plain(finding.title, names),
        detail=_plain(finding.summary or finding.facts or finding.title, names),
        requirement=f"由{finding.village.name}党组织{when}整改，{party_committee(town)}督促落实并举一反三。",
        findings=(finding,),
        village=finding.village,
        immediate=immediate,
    )
