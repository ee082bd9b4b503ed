"""What a check is: one small function over a village's books that yields hits; each with its reason and its rows.

A hit says what stands out and where; it accuses nobody. A new check is one module in ``ledgers/rules/checks`` and one
table of cases in ``tests/ledgers/cases``.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from typing import Any

from ledgers.rules.rows import Books


class Severity(IntEnum):
    """How much a hit weighs by itself."""

    HINT = 1
    DOUBT = 2
    GRAVE = 3


@dataclass(frozen=True)
class Limit:
    """A parameter of a check: its value from each day on (the first holds for all time before), with label and unit."""

    label: str
    values: tuple[tuple[dt.date, Any], ...]
    unit: str = ""

    def on(self, day: dt.date) -> Any:
        """The value in force on ``day``."""
        held = [value for since, value in self.values if since <= day]
        return held[-1] if held else self.values[0][1]


@dataclass(frozen=True)
class Hit:
    """What stands out: keys of the rows in the order they are told, years concerned, the sum in question, the reason.

    ``matter`` tells apart what one check finds in the same rows. ``same`` names the hit apart from this run: two runs
    over the same rows give the same.
    """

    rule: str
    years: tuple[int, ...]
    rows: tuple[str, ...]
    reason: str
    amount: Decimal | None = None
    severity: Severity = Severity.DOUBT
    matter: str = ""

    @property
    def same(self) -> str:
        """The hit's identity: rule, matter and rows, whatever their order."""
        named = f"{self.rule}/{self.matter}" if self.matter else self.rule
        return f"{named}:{','.join(sorted(self.rows))}"


@dataclass(frozen=True)
class Limits:
    """The parameters of one check, each as of a day; ``own`` are values a round has set."""

    limits: Mapping[str, Limit]
    own: Mapping[str, Any] = field(default_factory=dict)

    def on(self, name: str, day: dt.date) -> Any:
        """The value of ``name`` on ``day``."""
        return self.own[name] if name in self.own else self.limits[name].on(day)


Check = Callable[[Books, Limits], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """A check with what people are told of it: name, what it looks for, and the source of the rule."""

    code: str
    name: str
    looks_for: str
    basis: str
    check: Check
    limits: Mapping[str, Limit] = field(default_factory=dict)


def always(label: str, value: Any, unit: str = "") -> Limit:
    """A parameter with one value for all time."""
    return Limit(label, ((dt.date.min, value),), unit)


def run(rule: Rule, books: Books, own: Mapping[str, Any] | None = None) -> list[Hit]:
    """The hits of one check over one village's books, each matter once."""
    found = {hit.same: hit for hit in rule.check(books, Limits(rule.limits, own or {}))}
    return list(found.values())
