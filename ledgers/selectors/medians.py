"""Medians of town and district beside a village, from the figures kept of each; one query for all villages."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict

from django.utils import timezone

from ledgers.models import VillageFigures
from ledgers.rules.pictures.medians import FEWEST, Medians, Neighbour
from ledgers.rules.pictures.summary import from_data
from villages.models import Village


@dataclass(frozen=True)
class Beside:
    """The medians of the village's town and of its district, and the day of the newest figure in them."""

    town: Medians
    district: Medians
    as_of: dt.date | None

    @property
    def told(self) -> str:
        """How they were counted, in a sentence."""
        towns, all_ = len(self.town.villages), len(self.district.villages)
        if all_ < FEWEST:
            return f"全区已入账册的村（社区）{all_}个，不足{FEWEST}个，不列中位数。"
        said = (
            f"中位数按户平均计算，把各村从低到高排列取中间一个；全区{all_}个、全镇{towns}个村（社区）有账册"
        )
        few = f"，同年有数的不足{FEWEST}个时不列"
        return said + few + (f"，数字更新至{self.as_of:%Y年%-m月%-d日}。" if self.as_of else "。")


class Shares(TypedDict):
    """The medians the checks read."""

    unit_prices: dict[str, Decimal]
    round_shares: dict[str, float]


class District:
    """The figures kept of a district's villages, in one query: a run of the checks reads them once for all."""

    def __init__(self, key: Any) -> None:
        rows = VillageFigures.objects.filter(
            village__town__district=key, village__deleted_at=None
        ).values_list("village__town", "village__households", "figures", "updated_at")
        known = [
            (town, Neighbour(homes, from_data(data)), at) for town, homes, data, at in rows if data["years"]
        ]
        newest: Any = max((at for *_, at in known), default=None)
        self._as_of = timezone.localdate(newest) if newest else None
        self._all = Medians(tuple(each for _, each, _ in known))
        towns: dict[Any, list[Neighbour]] = {}
        for town, each, _ in known:
            towns.setdefault(town, []).append(each)
        self._towns = {town: Medians(tuple(villages)) for town, villages in towns.items()}

    def beside(self, village: Village) -> Beside:
        """The medians to stand beside one of its villages; the caller has asked whether it may be seen."""
        return Beside(self._towns.get(village.town_id, Medians()), self._all, self._as_of)

    def for_checks(self, village: Village) -> Shares:
        """The town's unit prices and the district's shares of round sums, as :func:`ledgers.selectors.books.books_of`
        takes them.
        """
        found = self.beside(village)
        return Shares(unit_prices=found.town.unit_prices, round_shares=found.district.round_shares)


def beside(village: Village) -> Beside:
    """The medians to stand beside ``village`` alone."""
    return District(village.town.district_id).beside(village)
