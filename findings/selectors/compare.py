"""Two papers side by side: every part of the form in rows, what differs marked."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from core.differences import marked
from core.display import NOTHING, cn_date
from findings.documents import PaperData
from findings.models import Finding
from findings.selectors.paper import paper_data


@dataclass(frozen=True)
class CompareRow:
    """One part of the form in both papers."""

    label: str
    left: SafeString
    right: SafeString
    same: bool


def compare_papers(left: Finding, right: Finding) -> list[CompareRow]:
    """The parts of both papers, those first that say what the problem is; a part both leave empty is left out."""
    pairs = zip(_parts(paper_data(left)), _parts(paper_data(right)), strict=True)
    return [_row(label, mine, other) for (label, mine), (_, other) in pairs if {mine, other} - {"", NOTHING}]


def _row(label: str, mine: str, other: str) -> CompareRow:
    return CompareRow(label, *marked(mine or NOTHING, other or NOTHING), same=mine == other)


def _parts(paper: PaperData) -> list[tuple[str, Any]]:
    """The paper as labelled texts, lists a line each."""
    steps = [f"{cn_date(step.on)} {step.method} {step.people} {step.text}" for step in paper.steps]
    evidence = [
        f"{row.seq}. {row.name}（{row.kind}，{row.origin}）{row.page_range}" for row in paper.evidence
    ]
    signed = [
        f"{row.label}：{row.name or '未签'} {cn_date(row.on) if row.on else ''}" for row in paper.signatures
    ]
    return [
        ("底稿编号", paper.number),
        ("状态", paper.status),
        ("村（社区）", paper.village),
        ("涉及村组", paper.villager_groups),
        ("主要特征", paper.title),
        ("类别", paper.category),
        ("性质", paper.weight),
        ("涉及年度", paper.period),
        ("涉及金额（元）", paper.amount),
        ("涉及数量", paper.quantity),
        ("问题表现", paper.summary),
        ("问题来源", paper.origins),
        ("发现过程", "\n".join(line.strip() for line in steps)),
        ("查证事实", paper.facts),
        ("支撑材料", "\n".join(evidence)),
        ("政策依据", "\n".join(paper.basis)),
        ("问题剖析", paper.root_cause),
        ("责任与纪律", paper.qualification),
        ("反映意见", paper.response),
        ("处置建议", paper.disposal),
        ("待查说明", paper.open_question),
        ("签名", "\n".join(line.strip() for line in signed)),
    ]
