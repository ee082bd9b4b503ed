"""The limits of the checks as a round has them: the rules' own, over which stand those the district set."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.digests import digest
from core.display import cn_date
from ledgers.rules.rule import Rule
from villages.models import Round
from villages.selectors.parameters import parameter_values

# Parameters of a round by the limit they set. Where one is 0 or empty the rule's own stands.
_SET = {
    ("L05", "most"): "cash_limit_yuan",
    ("L06", "most"): "ledger_cash_on_hand_yuan",
    ("L12", "limit"): "ledger_decision_yuan",
    ("L20", "yearly"): "ledger_cadre_pay_yuan",
    ("L23", "years"): "table_old_years",
    ("P01", "limit"): "tender_limit_yuan",
}
# Since when a value holds that has always held.
_EVER = dt.date.min


@dataclass(frozen=True)
class Told:
    """A limit in words: its label, its value with unit, since when (empty: for all time), whether the round set it."""

    label: str
    value: str
    since: str
    own: bool


def own_limits(round_: Round) -> dict[str, dict[str, Any]]:
    """What the round set, by rule and name of the limit. Two queries at most."""
    values = parameter_values(round_, set(_SET.values()))
    found: dict[str, dict[str, Any]] = {}
    for (rule, name), parameter in _SET.items():
        if values[parameter]:
            found.setdefault(rule, {})[name] = values[parameter]
    return found


def basis(own: Mapping[str, Mapping[str, Any]], today: dt.date) -> str:
    """What besides the books decides what the checks find: the round's limits, and the month, for terms run out."""
    return digest({"own": {rule: dict(limits) for rule, limits in own.items()}, "month": f"{today:%Y-%m}"})


def told_limits(rule: Rule, own: Mapping[str, Any]) -> list[Told]:
    """The limits of a check as they are in force, each dated value a line of its own."""
    lines = []
    for name, limit in rule.limits.items():
        values = ((_EVER, own[name]),) if name in own else limit.values
        lines += [
            Told(
                limit.label, _shown(value, limit.unit), cn_date(since) if since != _EVER else "", name in own
            )
            for since, value in values
        ]
    return lines


def _shown(value: Any, unit: str) -> str:
    if value is None:
        return "不限"
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:,}{unit}" if isinstance(value, int) else f"{value}{unit}"
