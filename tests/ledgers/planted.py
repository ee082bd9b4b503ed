"""Anomalies planted in an innocent village, each with the rule that should tell it and the rows it stands in.

Like the village itself these are written from the domain's facts, not from the checks.
"""

import random

from ledgers.rules.rows import Books
from tests.ledgers.plants import cash, deals, lists, spending
from tests.ledgers.plants.planting import PLANTS, Planted
from tests.ledgers.village import Village

__all__ = ["OWN", "PLANTS", "Planted", "cash", "deals", "lists", "planted", "spending"]

# What a round in a county would set where the national default is none or too high for a village.
OWN = {"L20": {"yearly": 40000}, "P01": {"limit": 100000}}


def planted(seed: int, share: float = 0.4) -> tuple[Books, list[Planted]]:
    """A village with about that share of the anomalies there are, and what they are."""
    village, chance = Village(seed), random.Random(f"planted {seed}")
    chosen = [rule for rule in sorted(PLANTS) if chance.random() < share]
    found = [PLANTS[rule](village, chance) for rule in chosen]
    return village.books(), found
