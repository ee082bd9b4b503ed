"""From indicators to a class, by weights and limits of the round: a pure function, so that it can be worked by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.display import money
from prep.models import AttentionClass

_TENTH = Decimal("0.1")
YEARS = 3


@dataclass(frozen=True)
class Indicators:
    """What is known of a village; ``None`` is not known, which never counts as good.

    ``petitions``, ``cases``, ``projects``: by year, of the last three years (``projects``: contract sums in yuan, name
    by name). ``debt`` and ``income`` in yuan, of ``money_year`` and ``income_year``. ``traits``: names of the village's
    traits, ``risky`` those that count. ``problems``: found in the round ``problems_from``, or by what the sheet says.
    """

    years: Sequence[int]
    population: int | None = None
    petitions: Mapping[int, int | None] = field(default_factory=dict)
    cases: Mapping[int, int | None] = field(default_factory=dict)
    problems: int | None = None
    problems_from: str = ""
    debt: Decimal | None = None
    debt_income: Decimal | None = None
    debt_year: int | None = None
    income: Decimal | None = None
    income_year: int | None = None
    projects: Sequence[tuple[int, str, Decimal | None]] | None = None
    traits: Sequence[str] | None = None
    risky: Sequence[str] = ()
    years_since: Decimal | None = None
    last_round: str = ""
    households: int | None = None
    minimum_households: int | None = None
    destitute_people: int | None = None


@dataclass(frozen=True)
class Scale:
    """The round's parameters: points by indicator, (nothing, full) by indicator, bounds of the classes."""

    weights: Mapping[str, int]
    limits: Mapping[str, Sequence[int]]
    key: int
    concern: int
    most_unknown: int


@dataclass(frozen=True)
class Line:
    """One indicator: its value, its points of how many, why, and the rows it rests on."""

    name: str
    value: str
    points: Decimal
    weight: int
    known: bool
    why: str
    rows: str = ""

    @property
    def tone(self) -> str:
        """How the bar is coloured: by the share of the points it takes."""
        if not self.known:
            return "neutral"
        return (
            "bad"
            if self.points * 3 >= self.weight * 2
            else "warn"
            if self.points * 3 >= self.weight
            else "ok"
        )


@dataclass(frozen=True)
class Proposal:
    """The class proposed, its points, and what they are made of."""

    attention: AttentionClass
    points: Decimal
    lines: tuple[Line, ...]
    cautious: bool = False

    @property
    def unknown(self) -> list[str]:
        """Names of the indicators without data."""
        return [line.name for line in self.lines if not line.known]

    @property
    def reasons(self) -> list[Line]:
        """What weighs most, known indicators only."""
        lines = [line for line in self.lines if line.known and line.points * 3 >= line.weight]
        return sorted(lines, key=lambda line: -line.points)


@dataclass(frozen=True)
class _Reading:
    """An indicator as a number on its scale, and in words."""

    level: Decimal | None
    value: str
    basis: str
    rows: str = ""


def propose(known: Indicators, scale: Scale) -> Proposal:
    """The class for ``known``: points between "nothing" and "full" by proportion, half of them for what is unknown."""
    readings = {name: read(known) for name, read in _READERS.items() if scale.weights.get(name)}
    lines = tuple(_line(name, reading, scale) for name, reading in readings.items())
    points = sum((line.points for line in lines), Decimal(0))
    unknown = sum(line.weight for line in lines if not line.known)
    if points >= scale.key:
        return Proposal(AttentionClass.KEY, points, lines)
    if points >= scale.concern:
        return Proposal(AttentionClass.CONCERN, points, lines)
    if unknown > scale.most_unknown:
        return Proposal(AttentionClass.CONCERN, points, lines, cautious=True)
    return Proposal(AttentionClass.GENERAL, points, lines)


def _line(name: str, reading: _Reading, scale: Scale) -> Line:
    weight = scale.weights[name]
    if reading.level is None:
        half = (Decimal(weight) / 2).quantize(_TENTH, ROUND_HALF_UP)
        return Line(name, "没有数据", half, weight, False, f"{reading.basis}，按半数计{half}分。")
    nothing, full = (Decimal(limit) for limit in scale.limits[name][:2])
    share = (reading.level - nothing) / (full - nothing) if full != nothing else Decimal(1)
    points = (weight * min(max(share, Decimal(0)), Decimal(1))).quantize(_TENTH, ROUND_HALF_UP)
    side = "以下" if full > nothing else "以上"
    other = "以上" if full > nothing else "以下"
    why = f"{reading.basis}。{nothing}{side}不计分，{full}{other}计满{weight}分，得{points}分。"
    return Line(name, reading.value, points, weight, True, why, reading.rows)


def _by_year(
    counts: Mapping[int, int | None], years: Sequence[int], unit: str
) -> tuple[Decimal | None, str, str]:
    """The sum of three years (what is missing at the known years' pace), what is missing, and year by year."""
    present = {year: counts[year] for year in years if counts.get(year) is not None}
    if not present:
        return None, "", ""
    total = Decimal(sum(count or 0 for count in present.values())) * len(years) / len(present)
    absent = [f"{year}年" for year in years if year not in present]
    note = f"（缺{'、'.join(absent)}，按已知年份折算）" if absent else ""
    return total, note, "，".join(f"{year}年{count}{unit}" for year, count in present.items())


def _petitions(known: Indicators) -> _Reading:
    total, note, rows = _by_year(known.petitions, known.years, "件")
    if total is None:
        return _Reading(None, "", "近三年信访件数没有填写")
    if not known.population:
        return _Reading(None, "", f"近三年信访{_plain(total)}件，但户籍人口没有填写", rows)
    rate = total * 1000 / known.population
    basis = f"近三年信访{_plain(total)}件{note}，户籍人口{known.population}人，每千人{_plain(rate)}件"
    return _Reading(rate, f"每千人{_plain(rate)}件", basis, rows)


def _cases(known: Indicators) -> _Reading:
    total, note, rows = _by_year(known.cases, known.years, "件")
    if total is None:
        return _Reading(None, "", "近三年违纪案件数没有填写")
    return _Reading(total, f"{_plain(total)}件", f"近三年违纪案件{_plain(total)}件{note}", rows)


def _problems(known: Indicators) -> _Reading:
    if known.problems is None:
        return _Reading(None, "", "以往巡察、审计发现的问题数没有填写，系统里也没有往轮记录")
    return _Reading(
        Decimal(known.problems), f"{known.problems}个", f"{known.problems_from}发现问题{known.problems}个"
    )


def _debt(known: Indicators) -> _Reading:
    if known.debt is None or not known.debt_income:
        return _Reading(None, "", "没有同一年的债务和收入")
    share = known.debt * 100 / known.debt_income
    basis = f"{known.debt_year}年末债务{money(known.debt)}元，当年收入{money(known.debt_income)}元，占{_plain(share)}%"
    return _Reading(share, f"占收入{_plain(share)}%", basis)


def _income(known: Indicators) -> _Reading:
    if known.income is None or not known.population:
        return _Reading(None, "", "集体收入或户籍人口没有填写")
    head = known.income / known.population
    basis = f"{known.income_year}年集体收入{money(known.income)}元，户籍人口{known.population}人，人均{_plain(head)}元"
    return _Reading(head, f"{_plain(head)}元", basis)


def _projects(known: Indicators) -> _Reading:
    sums = [(year, name, amount) for year, name, amount in known.projects or () if amount is not None]
    if not sums:
        return _Reading(None, "", "近三年项目及合同金额没有填写")
    total = sum((amount for _, _, amount in sums), Decimal(0)) / 10_000
    rows = "，".join(f"{year}年{name}{_plain(amount / 10_000)}万元" for year, name, amount in sums)
    without = len(known.projects or ()) - len(sums)
    note = f"（另有{without}个没有金额）" if without else ""
    return _Reading(
        total, f"{_plain(total)}万元", f"近三年项目{len(sums)}个{note}，合同金额{_plain(total)}万元", rows
    )


def _traits(known: Indicators) -> _Reading:
    if not known.traits:
        return _Reading(None, "", "村情类型没有选")
    found = [name for name in known.traits if name in known.risky]
    basis = f"村情类型中有{'、'.join(found)}" if found else "村情类型中没有列为风险因素的"
    return _Reading(Decimal(len(found)), f"{len(found)}项", basis, "、".join(known.traits))


def _since(known: Indicators) -> _Reading:
    if known.years_since is None:
        return _Reading(None, "", "系统里没有以往巡察的记录")
    gap = f"{_plain(known.years_since)}年"
    return _Reading(known.years_since, gap, f"上次巡察是{known.last_round}，距本次{gap}")


def _welfare(known: Indicators) -> _Reading:
    counts = [count for count in (known.minimum_households, known.destitute_people) if count is not None]
    if not counts or not known.households:
        return _Reading(None, "", "低保、特困人数或户数没有填写")
    share = Decimal(sum(counts) * 100) / known.households
    words = [
        f"{label}{count}{unit}"
        for label, count, unit in (
            ("低保", known.minimum_households, "户"),
            ("特困", known.destitute_people, "人"),
        )
        if count is not None
    ]
    basis = f"{'、'.join(words)}，全村{known.households}户，占{_plain(share)}%"
    return _Reading(share, f"占户数{_plain(share)}%", basis)


_READERS: dict[str, Any] = {
    "信访": _petitions,
    "案件": _cases,
    "以往问题": _problems,
    "负债": _debt,
    "人均收入": _income,
    "项目资金": _projects,
    "村情类型": _traits,
    "距上次巡察": _since,
    "困难群众": _welfare,
}


def _plain(value: Decimal) -> str:
    """At most one decimal, none when it is zero: 4.20 → 4.2, 3.00 → 3."""
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,}"
