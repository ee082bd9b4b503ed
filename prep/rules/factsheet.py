"""What the rules about a village's facts read and return; figures in yuan."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class YearLine:
    """Figures of one year in yuan and cases; ``None`` where nothing is known."""

    year: int
    income: Decimal | None = None
    expense: Decimal | None = None
    debt: Decimal | None = None
    petitions: int | None = None
    cases: int | None = None


@dataclass(frozen=True)
class Officer:
    """Somebody in office now: since when, and to whom of the committee related, when known."""

    name: str
    post: str
    since: dt.date | None = None
    kin: str = ""


@dataclass(frozen=True)
class ProjectLine:
    """One project with its sum in yuan."""

    name: str
    amount: Decimal
    year: int | None = None


@dataclass(frozen=True)
class Limits:
    """From where on a figure is worth a question (round parameters)."""

    debt_rise: Decimal
    income_change: Decimal
    project_sum: Decimal
    long_term_years: int


@dataclass(frozen=True)
class FactSheet:
    """What the rules read. ``years`` ascending."""

    today: dt.date
    limits: Limits
    years: tuple[YearLine, ...] = ()
    officers: tuple[Officer, ...] = ()
    both_posts: tuple[str, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    traits: frozenset[str] = frozenset()
    population: int | None = None
    residents: int | None = None
    earlier_problems: bool = False


@dataclass(frozen=True)
class Fact:
    """``key`` is stable while the figures stay; ``category`` a code of the five aspects; ``asks`` by kind of person."""

    key: str
    category: str
    statement: str
    why: str
    asks: dict[str, str] = field(default_factory=dict)
