"""A village's books put together from its confirmed sheets, for the checks and the charts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ledgers.models import LedgerRow, LedgerStamp
from ledgers.rules.rows import Books, Cadre
from ledgers.rules.stored import CLASSES, from_data
from prep.models import CommitteeMember
from villages.models import Village

# So many people taking office on one day are a change of the village's bodies, not one newcomer.
_ELECTED_TOGETHER = 2
_CHUNK = 2000


def books_of(
    village: Village,
    *,
    today: dt.date,
    unit_prices: Mapping[str, Decimal] | None = None,
    round_shares: Mapping[str, float] | None = None,
) -> Books:
    """Everything the checks may read of one village, in two queries; keys are those of the stored rows.

    The caller has asked whether the village may be seen. ``unit_prices`` and ``round_shares`` are the medians of town
    and district, which no single village knows.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    rows = LedgerRow.objects.counted(village).order_by("id").values_list("pk", "kind", "data")
    for key, kind, data in rows.iterator(chunk_size=_CHUNK):
        found[CLASSES[kind][1]].append(from_data(kind, str(key), data))
    kept: dict[str, Any] = {name: tuple(rows) for name, rows in found.items()}
    return Books(
        village=village.code,
        today=today,
        elections=_elections(village, found["cadres"]),
        unit_prices=unit_prices or {},
        round_shares=round_shares or {},
        **kept,
    )


def stamp_of(village: Village) -> int:
    """How often what counts in the village's books has changed: equal numbers, equal books."""
    return LedgerStamp.objects.filter(village=village).values_list("changes", flat=True).first() or 0


def _elections(village: Village, cadres: Iterable[Cadre]) -> tuple[dt.date, ...]:
    """The days on which the village's bodies changed, by the register of preparation and the lists of cadres."""
    members = CommitteeMember.objects.filter(village=village, from_on__isnull=False)
    terms = set(members.values_list("from_on", "name"))
    terms |= {(cadre.since, cadre.name) for cadre in cadres if cadre.since}
    days = [day for day, _ in terms]
    return tuple(sorted({day for day in days if days.count(day) >= _ELECTED_TOGETHER}))
