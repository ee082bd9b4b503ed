"""The accounts a village's books name, year by year, and the account of the standard chart each was read as."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KT

from ledgers.models import LedgerKind, LedgerRow
from ledgers.rules.reading.charts import name_of
from villages.models import Village


@dataclass(frozen=True)
class AccountLine:
    """An account as the books write it, its standard account (empty where none is known), its rows by year."""

    code: str
    name: str
    standard: str
    standard_name: str
    rows: list[int]


@dataclass(frozen=True)
class Chart:
    """The accounts of all years, those without a standard account first."""

    years: list[int]
    lines: list[AccountLine]

    @property
    def unmapped(self) -> int:
        """How many accounts no check can place."""
        return sum(not line.standard for line in self.lines)


def chart_of(viewer: Any, village: Village) -> Chart:
    """The accounts of entries and balances in a village's books; one query."""
    rows = LedgerRow.objects.visible_to(viewer).counted(village)
    named = rows.filter(kind__in=[LedgerKind.ENTRIES, LedgerKind.BALANCES], year__isnull=False).order_by()
    parts = named.values_list(
        KT("data__account"), KT("data__account_name"), KT("data__standard"), "year"
    ).annotate(n=Count("pk"))
    found: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for code, name, standard, year, count in parts:
        found[code or "", name or "", standard or ""][year] = count
    years = sorted({year for counts in found.values() for year in counts})
    lines = [
        AccountLine(*key, name_of(key[2]), [counts.get(year, 0) for year in years])
        for key, counts in sorted(found.items(), key=lambda item: (bool(item[0][2]), item[0]))
    ]
    return Chart(years, lines)
