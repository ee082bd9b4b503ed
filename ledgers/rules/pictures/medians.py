"""Medians of a town's or the district's villages, to stand beside one village's figures.

A median is told with the number of villages it is of, and not at all of fewer than five: it would tell what one has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median

from ledgers.rules.pictures.accounts import Side
from ledgers.rules.pictures.summary import Summary, YearSum
from ledgers.rules.rows import ZERO

FEWEST = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A village as the medians see it: its households, where known, and its figures."""

    households: int | None
    summary: Summary


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of some villages' figures and how many villages these are."""

    value: Decimal
    villages: int


def middle(values: Iterable[Decimal], villages: int | None = None) -> Middle | None:
    """The median, to two places; nothing of too few ``villages`` (each value is one's where no number is given)."""
    known = list(values)
    of = len(known) if villages is None else villages
    if of < FEWEST or not known:
        return None
    return Middle(Decimal(median(known)).quantize(_CENT, ROUND_HALF_UP), of)


def per_household(amount: Decimal, households: int | None) -> Decimal | None:
    """Yuan a household; nothing where the households are not known."""
    return (amount / households).quantize(_CENT, ROUND_HALF_UP) if households else None


@dataclass(frozen=True)
class Medians:
    """The figures of one place's villages. A village without an account in a year whose books it has spent nought."""

    villages: tuple[Neighbour, ...] = ()

    @cached_property
    def _years(self) -> Mapping[int, list[tuple[Neighbour, YearSum]]]:
        found: dict[int, list[tuple[Neighbour, YearSum]]] = {}
        for each in self.villages:
            for year in each.summary.years:
                if year.income or year.expense or year.vouchers:
                    found.setdefault(year.year, []).append((each, year))
        return found

    @cached_property
    def _accounts(self) -> Mapping[tuple[int, int, Side, str], Decimal]:
        return {
            (at, each.year, each.side, each.account): each.amount
            for at, village in enumerate(self.villages)
            for each in village.summary.accounts
        }

    def account(self, year: int, side: Side, account: str) -> Middle | None:
        """What villages earned or spent on an account in a year, a household."""
        of = {id(village) for village, _ in self._years.get(year, ())}
        return middle(
            self._accounts.get((at, year, side, account), ZERO) / village.households
            for at, village in enumerate(self.villages)
            if id(village) in of and village.households
        )

    def side(self, year: int, side: Side) -> Middle | None:
        """Income or expenses in all, a household."""
        return middle(
            (sums.income if side == Side.INCOME else sums.expense) / village.households
            for village, sums in self._years.get(year, ())
            if village.households
        )

    def vouchers(self, year: int) -> Middle | None:
        """How many vouchers a village wrote."""
        return middle(Decimal(sums.vouchers) for _, sums in self._years.get(year, ()) if sums.vouchers)

    def top_share(self, year: int) -> Middle | None:
        """The share of the ten receivers that got most, in percent."""
        shares = [sums.top_share for _, sums in self._years.get(year, ())]
        return middle(share * 100 for share in shares if share is not None)

    def arrears(self, year: int) -> Middle | None:
        """What is owed of a year's rent, a household."""
        return middle(
            sums.arrears / village.households
            for village, sums in self._years.get(year, ())
            if village.households
        )

    @cached_property
    def unit_prices(self) -> dict[str, Decimal]:
        """By kind, the median price of all contracts known; of kinds let by too few villages none."""
        kinds = {kind for village in self.villages for kind in village.summary.prices}
        found = {}
        for kind in sorted(kinds):
            lets = [
                village.summary.prices[kind] for village in self.villages if kind in village.summary.prices
            ]
            if known := middle((price for prices in lets for price in prices), len(lets)):
                found[kind] = known.value
        return found

    @cached_property
    def round_shares(self) -> dict[str, float]:
        """By standard account, the median of the villages' shares of round sums."""
        shares: dict[str, list[float]] = {}
        for village in self.villages:
            for each in village.summary.rounds:
                shares.setdefault(each.account, []).append(each.round / each.of)
        return {account: median(of) for account, of in sorted(shares.items()) if len(of) >= FEWEST}
