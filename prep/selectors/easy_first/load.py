"""How much work a village is, in working days of a team of standard size, with the reasons in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What a village round finds as a rule, where only is known that something was found.
_USUAL_PROBLEMS = 20
_CLASSES = {"key": "重点关注", "concern": "关注", "general": "一般"}


@dataclass(frozen=True)
class VillageFacts:
    """What is known of a village; ``petitions`` and ``cases`` are averages of the last years, ``None`` when unknown.

    ``prior_problems``: how many earlier rounds and audits found, -1 when some are known to be but not how many.
    """

    households: int | None = None
    population: int | None = None
    attention: str = ""
    petitions: float | None = None
    cases: float | None = None
    prior_problems: int = 0
    traits: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoadRules:
    """The parameters of a round: a base, what each circumstance adds, and the limits, all in working days."""

    base: float
    size: Mapping[str, float]
    classes: Mapping[str, float]
    extra: Mapping[str, float]
    limits: Mapping[str, float]

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "LoadRules":
        """From the round's parameters by key."""
        return cls(
            values["plan_base_days"],
            values["plan_size_per_day"],
            values["plan_class_days"],
            values["plan_extra_days"],
            values["plan_stay_limits"],
        )


@dataclass(frozen=True)
class Load:
    """Working days of a standard team to one decimal, and what they are made of: (reason, days)."""

    days: float
    parts: tuple[tuple[str, float], ...]


def load_of(facts: VillageFacts, rules: LoadRules) -> Load:
    """Add up base, size, attention class, complaints, earlier problems and traits; keep within the limits."""
    parts = [("基数", float(rules.base)), *_size(facts, rules), *_history(facts, rules)]
    parts = [(reason, round(days, 1)) for reason, days in parts if round(days, 1)]
    total = round(sum(days for _, days in parts), 1)
    least, most = float(rules.limits["最少"]), float(rules.limits["最多"])
    if total < least:
        parts.append((f"不少于{least:g}天", round(least - total, 1)))
    elif total > most:
        parts.append((f"不超过{most:g}天", round(most - total, 1)))
    return Load(min(max(total, least), most), tuple(parts))


def _size(facts: VillageFacts, rules: LoadRules) -> list[tuple[str, float]]:
    known = (("户数", facts.households, "户"), ("人口", facts.population, "人"))
    return [
        (f"{number}{unit}", number / rules.size[name])
        for name, number, unit in known
        if number and rules.size[name]
    ]


def _history(facts: VillageFacts, rules: LoadRules) -> list[tuple[str, float]]:
    extra, parts = rules.extra, []
    if facts.attention in _CLASSES:
        word = _CLASSES[facts.attention]
        parts.append((f"{word}村", float(rules.classes.get(word, 0))))
    if facts.petitions:
        parts.append((f"年均信访{facts.petitions:.1f}件", facts.petitions * extra["每件年均信访"]))
    if facts.cases:
        parts.append((f"年均违纪案件{facts.cases:.1f}件", facts.cases * extra["每件年均案件"]))
    if facts.prior_problems:
        number = facts.prior_problems if facts.prior_problems > 0 else _USUAL_PROBLEMS
        word = f"以往问题{number}个" if facts.prior_problems > 0 else "以往有问题（数不详）"
        parts.append((word, number * extra["每个以往问题"]))
    parts += [(trait, float(extra["每项复杂村情"])) for trait in facts.traits]
    return parts
