"""What a planted anomaly is, and short hands for planting one."""

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.ledgers.village import Village
from tests.ledgers.villages.bookkeeping import YEARS


class Planted(NamedTuple):
    """An anomaly: the rule, the rows it shows in (any of them tells it; none when something is missing), its year."""

    rule: str
    rows: tuple[str, ...]
    year: int | None = None


Plant = Callable[[Village, random.Random], Planted]
PLANTS: dict[str, Plant] = {}


def plant(rule):
    def kept(function):
        PLANTS[rule] = function
        return function

    return kept


def some_year(chance, first=2022):
    return chance.choice([year for year in YEARS if year >= first])


def keys(*vouchers):
    return tuple(key for voucher in vouchers for key in voucher.keys)


def rows(*found):
    return tuple(row.key for row in found)
