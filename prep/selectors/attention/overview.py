"""All villages of a round with what is proposed and what was decided: for the office and those who lead a team."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from prep.models import AttentionClass, AttentionDecision, VillageProfile
from prep.selectors.attention.gather import proposals
from prep.selectors.attention.score import Proposal
from villages.models import Round, VillageInspection

TONE = VillageProfile.ATTENTION_TONE
_RANK = {AttentionClass.KEY: 0, AttentionClass.CONCERN: 1, AttentionClass.GENERAL: 2}
_SORTS = ("points", "village", "proposed", "decided", "team")
_STATES = (("open", "还没有决定"), ("differs", "与建议不同"), ("moved", "决定后建议变了"))


@dataclass(frozen=True)
class AttentionLine:
    """One village: the proposal of today, the newest decision, and whether the two still belong together."""

    inspection: VillageInspection
    proposal: Proposal
    decision: AttentionDecision | None

    @property
    def proposed_tone(self) -> str:
        """Tone of the proposed class."""
        return TONE[self.proposal.attention]

    @property
    def decided_tone(self) -> str:
        """Tone of the decided class."""
        return TONE[self.decision.decided] if self.decision else "neutral"

    @property
    def moved(self) -> bool:
        """Would another class be proposed now than when people decided?"""
        return self.decision is not None and self.decision.proposed != self.proposal.attention

    @property
    def states(self) -> set[str]:
        """Which filters find the line."""
        if self.decision is None:
            return {"open"}
        return {name for name, holds in (("differs", self.decision.differs), ("moved", self.moved)) if holds}


@dataclass(frozen=True)
class AttentionFilters:
    """What of the list is wanted, and its order; empty means all."""

    attention: str = ""
    state: str = ""
    sort: str = "-points"

    @classmethod
    def read(cls, data: Any) -> "AttentionFilters":
        """From the address of the page; an unknown order is the usual one."""
        sort = data.get("sort", "")
        known = sort.lstrip("-") in _SORTS
        return cls(data.get("class", ""), data.get("state", ""), sort if known else "-points")


@dataclass(frozen=True)
class AttentionOverview:
    """The lines under the filters, the choices with their counts, and the distribution as a chart."""

    lines: list[AttentionLine]
    total: int
    decided: int
    classes: list[dict[str, Any]]
    states: list[dict[str, Any]]
    chart: dict[str, Any]
    table: list[tuple[str, int, int]]


def attention_overview(viewer: Any, round_: Round, filters: AttentionFilters) -> AttentionOverview:
    """Constant queries for a whole round: a round has some hundred villages, few enough to be sorted in memory."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    inspections = list(rows.select_related("village", "town", "team", "round").order_by("village__code"))
    found = proposals(round_, inspections)
    newest = newest_decisions(inspections)
    every = [AttentionLine(row, found[row.pk][0], newest.get(row.pk)) for row in inspections]
    wanted = [line for line in every if _wanted(line, filters)]
    proposed: Counter[str] = Counter(line.proposal.attention for line in every)
    decided = Counter(line.decision.decided for line in every if line.decision)
    table = [(label, proposed[value], decided[value]) for value, label in AttentionClass.choices]
    return AttentionOverview(
        lines=sorted(wanted, key=lambda line: _key(line, filters), reverse=filters.sort.startswith("-")),
        total=len(every),
        decided=sum(decided.values()),
        classes=_classes(every),
        states=_states(every),
        chart=_chart(table) if every else {},
        table=table,
    )


def newest_decisions(inspections: list[VillageInspection]) -> dict[Any, AttentionDecision]:
    """The decision that counts, by inspection."""
    rows = AttentionDecision.objects.filter(inspection__in=[row.pk for row in inspections])
    return {row.inspection_id: row for row in rows.select_related("decided_by").order_by("id")}


def _valid(line: AttentionLine) -> str:
    return line.decision.decided if line.decision else line.proposal.attention


def _wanted(line: AttentionLine, filters: AttentionFilters) -> bool:
    return filters.attention in ("", _valid(line)) and (not filters.state or filters.state in line.states)


def _key(line: AttentionLine, filters: AttentionFilters) -> Any:
    name, code = filters.sort.lstrip("-"), line.inspection.village.code
    if name == "points":
        return line.proposal.points, code
    if name == "proposed":
        return _RANK[line.proposal.attention], code
    if name == "decided":
        return _RANK[AttentionClass(line.decision.decided)] if line.decision else 9, code
    return (line.inspection.team.number, code) if name == "team" else code


def _classes(lines: list[AttentionLine]) -> list[dict[str, Any]]:
    counts = Counter(_valid(line) for line in lines)
    options = [
        {"value": value, "label": label, "count": counts[value]} for value, label in AttentionClass.choices
    ]
    return [{"value": "", "label": "全部", "count": len(lines)}, *options]


def _states(lines: list[AttentionLine]) -> list[dict[str, Any]]:
    counts = Counter(state for line in lines for state in line.states)
    return [{"value": value, "label": label, "count": counts[value]} for value, label in _STATES]


def _chart(table: list[tuple[str, int, int]]) -> dict[str, Any]:
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [label for label, _, _ in table]},
        "yAxis": {"type": "value", "name": "个", "minInterval": 1},
        "series": [
            {"name": "建议", "type": "bar", "data": [count for _, count, _ in table]},
            {"name": "决定", "type": "bar", "data": [count for _, _, count in table]},
        ],
    }
