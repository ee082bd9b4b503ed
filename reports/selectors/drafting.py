"""The system's own wording: sentences made from data only, each with the figures and findings it was made from."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.display import cn_date, percent, wan
from findings.models import (
    CommonGroup,
    CommonMember,
    Disposal,
    Finding,
    GroupStatus,
    Responsibility,
    Severity,
)
from reports.models import Section, Statement
from reports.selectors.facts import ReportFacts
from villages.models import Category

Kind = Statement.Kind


@dataclass(frozen=True)
class Proposal:
    """One sentence as the system would write it now. ``key`` is what makes it the same sentence tomorrow."""

    key: str
    section: Section
    kind: Kind
    text: str
    category: Category | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """Figures and findings in the form that is stored and compared."""
        return self.figures | {"findings": sorted(str(finding.pk) for finding in self.findings)}


def proposals(facts: ReportFacts, town: str) -> list[Proposal]:
    """Every sentence the facts support, in the order of print."""
    return [
        *_basic(facts, town),
        *_evaluation(facts, town),
        *_problems(facts),
        *_causes(facts),
        *_instant(facts),
        *_suggestions(facts, town),
        *_pending(facts),
    ]


def party_committee(town: str) -> str:
    """The committee of a town or, where it is a sub-district, its working committee."""
    return f"{town}党工委" if town.endswith("街道") else f"{town}党委"


def total(findings: list[Finding] | tuple[Finding, ...]) -> Decimal:
    """Sum of the amounts in yuan; a finding without an amount adds nothing."""
    return sum((finding.amount or Decimal(0) for finding in findings), Decimal(0))


def _key(kind: str, *words: str) -> str:
    """A short key for a sentence that is about ``words``; titles are longer than a key may be."""
    return f"{kind}:{hashlib.sha256('|'.join(words).encode()).hexdigest()[:24]}"


def _basic(facts: ReportFacts, town: str) -> Iterator[Proposal]:
    names = "、".join(village.name for village in facts.villages)
    count = len(facts.villages)
    days = ""
    if facts.first_day and facts.last_day:
        days = f"{cn_date(facts.first_day)}至{cn_date(facts.last_day)}，"
    yield Proposal(
        "basic:villages",
        Section.BASIC,
        Kind.FIGURE,
        f"按照区委巡察工作统一部署，{days}巡察组对{town}{count}个村（社区）党组织开展了巡察，分别为{names}。",
        figures={"村（社区）": count, "名单": names, "起止": days},
    )
    counted = facts.counted
    sheets = ""
    if counted["returned"].value:
        sheets = f"收回调查问卷{counted['returned'].value}份（有效{counted['valid'].value}份），"
    yield Proposal(
        "basic:work",
        Section.BASIC,
        Kind.FIGURE,
        f"巡察期间，开展个别谈话{counted['talks'].value}人次，{sheets}形成问题底稿{counted['findings'].value}份，"
        f"其中共性问题{counted['common'].value}份、个性问题{counted['individual'].value}份。",
        figures={row.label: row.value for row in counted.values()},
    )


def _evaluation(facts: ReportFacts, town: str) -> Iterator[Proposal]:
    spread = Counter(finding.category.short or finding.category.name for finding in facts.findings)
    if not spread:
        return
    parts = "、".join(f"{name}方面{count}个" for name, count in spread.items())
    yield Proposal(
        "evaluation:spread",
        Section.EVALUATION,
        Kind.FIGURE,
        f"从巡察情况看，{town}被巡察村（社区）党组织能够履行基层党建和村级治理职责，"
        f"但也发现问题{len(facts.findings)}个，其中{parts}。",
        figures=dict(spread),
    )


def _problems(facts: ReportFacts) -> Iterator[Proposal]:
    groups, singles = grouped(facts.findings)
    by_category: dict[int, list[tuple[bool, Proposal]]] = defaultdict(list)
    for shared in groups:
        by_category[shared.category.order] += [(True, p) for p in _common(shared, len(facts.villages))]
    for finding in singles:
        by_category[finding.category.order].append((False, _individual(finding)))
    for order in sorted(by_category):
        yield from (proposal for _, proposal in sorted(by_category[order], key=lambda pair: not pair[0]))


@dataclass(frozen=True)
class SharedProblem:
    """An accepted common problem as far as a town has it: its papers in at least two villages."""

    group: CommonGroup
    findings: list[Finding]

    @property
    def category(self) -> Category:
        """The one most of its papers are filed under."""
        counted = Counter(finding.category_id for finding in self.findings)
        (first, _), *_ = counted.most_common(1)
        return next(finding.category for finding in self.findings if finding.category_id == first)


def grouped(findings: list[Finding]) -> tuple[list[SharedProblem], list[Finding]]:
    """What people accepted as common and is seen in at least two villages, and everything else one by one."""
    rows = CommonMember.objects.filter(
        finding__in=findings, sure=True, group__status=GroupStatus.ACCEPTED
    ).select_related("group")
    groups = {row.finding_id: row.group for row in rows.defer("group__profile")}
    held: dict[Any, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.pk in groups:
            held[groups[finding.pk].pk].append(finding)
    shared = [
        SharedProblem(groups[members[0].pk], members)
        for members in held.values()
        if len({finding.village_id for finding in members}) > 1
    ]
    taken = {finding.pk for problem in shared for finding in problem.findings}
    return shared, [finding for finding in findings if finding.pk not in taken]


def _common(shared: SharedProblem, villages: int) -> Iterator[Proposal]:
    members, category, name = shared.findings, shared.category, shared.group.name
    places = {f.village.code: f.village.name for f in members}
    names = "、".join(places[code] for code in sorted(places))
    amount = total(members)
    share = percent(len(places), villages)
    money = f"，涉及金额{wan(amount)}" if amount else ""
    yield Proposal(
        _key("common", str(shared.group.pk)),
        Section.PROBLEMS,
        Kind.FACT,
        f"{name}。{villages}个村（社区）中有{len(places)}个存在此类问题，占{share}{money}，涉及{names}。",
        category=category,
        figures={"村（社区）": f"{len(places)}/{villages}", "底稿": len(members), "金额（元）": str(amount)},
        findings=tuple(members),
    )
    example = max(members, key=lambda f: (f.severity == Severity.KEY, f.amount or 0, f.no))
    yield _single(example, _key("example", str(shared.group.pk)), f"如：{_told(example)}", category)


def _individual(finding: Finding) -> Proposal:
    return _single(finding, f"finding:{finding.pk}", f"{finding.title}。{_told(finding)}")


def _single(finding: Finding, key: str, text: str, category: Category | None = None) -> Proposal:
    return Proposal(
        key,
        Section.PROBLEMS,
        Kind.FACT,
        text,
        category=category or finding.category,
        figures={"修订号": finding.revision, "金额（元）": str(total([finding]))},
        findings=(finding,),
    )


def _told(finding: Finding) -> str:
    """Place, what was found, and the amount where the paper's own words leave it out; one full stop at the end."""
    words = (finding.summary or finding.facts).strip().replace("\n", "").rstrip("。；，")
    place = "" if words.startswith(finding.village.name) else finding.village.name
    money = f"，涉及金额{wan(finding.amount)}" if finding.amount and "金额" not in words else ""
    return f"{place}{words or finding.title}{money}。"


def _causes(facts: ReportFacts) -> Iterator[Proposal]:
    spread = Counter(value for finding in facts.findings for value in finding.responsibility)
    if spread:
        parts = "、".join(
            f"{Responsibility(value).label}{spread[value]}个" for value in Responsibility if spread[value]
        )
        yield Proposal(
            "causes:responsibility",
            Section.CAUSES,
            Kind.FIGURE,
            f"从责任性质看，上述问题涉及{parts}（一个问题可涉及多项）。",
            figures={Responsibility(value).label: count for value, count in spread.items()},
        )
    reasons: dict[str, list[Finding]] = defaultdict(list)
    for finding in facts.findings:
        if finding.severity == Severity.KEY and finding.root_cause.strip():
            reasons[finding.root_cause.strip().rstrip("。")].append(finding)
    for reason, members in reasons.items():
        yield Proposal(
            _key("causes", reason),
            Section.CAUSES,
            Kind.FACT,
            f"{reason}。",
            findings=tuple(members),
        )


def _instant(facts: ReportFacts) -> Iterator[Proposal]:
    fixed = [finding for finding in facts.findings if finding.disposal == Disposal.FIX_NOW]
    if fixed:
        names = "、".join(dict.fromkeys(f.village.name for f in sorted(fixed, key=lambda f: f.village.code)))
        yield Proposal(
            "instant:summary",
            Section.INSTANT,
            Kind.FACT,
            f"巡察期间，对{len(fixed)}个能够马上解决的问题向{names}提出立行立改要求。",
            figures={"问题": len(fixed)},
            findings=tuple(fixed),
        )


def _suggestions(facts: ReportFacts, town: str) -> Iterator[Proposal]:
    words = {
        "village": "被巡察村（社区）党组织对照问题清单逐项认领，明确责任人、措施和期限，整改情况在村内公开。",
        "town": f"{party_committee(town)}履行整改主体责任，对共性问题制定统一规定，督促各村（社区）整改到位。",
        "department": "区级有关职能部门按照职责加强业务指导，对镇村难以解决的事项研究政策措施。",
    }
    for name, text in words.items():
        yield Proposal(f"suggestion:{name}", Section.SUGGESTIONS, Kind.NARRATIVE, text)


def _pending(facts: ReportFacts) -> Iterator[Proposal]:
    for finding in facts.pending:
        yield Proposal(
            f"pending:{finding.pk}",
            Section.PENDING,
            Kind.FACT,
            f"{finding.village.name}：{finding.title}（{finding.get_status_display()}，{finding.short_no}）。",
            figures={"状态": finding.get_status_display()},
            findings=(finding,),
        )
    for item in facts.suspicions:
        yield Proposal(
            f"watch:{item.pk}",
            Section.PENDING,
            Kind.NARRATIVE,
            f"{item.village.name}：{item.title}（待查清单第{item.seq}项，疑点）。",
        )
