"""What is printed on every blank: where it is used, by whom, which edition, who keeps it."""

import datetime as dt
from dataclasses import dataclass

SECRECY = "内部"
_TO_FILL = "____"


@dataclass(frozen=True)
class Place:
    """Where a set of papers is used. ``number_head`` is the form number up to the code (``青巡2026-5-1-203``).

    ``keeper`` keeps the ordinary papers, ``sealed_keeper`` those kept apart.
    """

    district: str
    office: str
    round: str
    team: str
    town: str
    village: str
    number_head: str
    keeper: str
    sealed_keeper: str


# For looking at a form before it belongs to anybody: the same papers with lines to fill.
NOWHERE = Place(
    district="　　",
    office="巡察工作领导小组办公室",
    round="第　　轮巡察",
    team="第　　巡察组",
    town="",
    village="　　　　村（社区）",
    number_head="____-__-__-___",
    keeper="　　　　",
    sealed_keeper="　　　　",
)


@dataclass(frozen=True)
class BlankContext:
    """One paper for one place: all its ``render`` function may know."""

    place: Place
    title: str
    code: str
    designation: str
    version: dt.date
    copies: int
    keeper: str
    secrecy: str = SECRECY

    @property
    def number(self) -> str:
        """The form number as far as it is known; the last part is given at the first signature."""
        return f"编号：{self.place.number_head}-{self.code}-{_TO_FILL}"

    @property
    def edition(self) -> str:
        """Which form and which version of it this is."""
        return f"表{self.designation}（{self.version.year}年{self.version.month}月版）"

    @property
    def heading(self) -> str:
        """Whose paper it is: round and team."""
        return f"{self.place.round}　{self.place.team}"

    @property
    def target(self) -> str:
        """The inspected party organisation, by town and village."""
        return f"{self.place.town}{self.place.village}"

    @property
    def care(self) -> str:
        """Who keeps the paper, and that it is not passed on."""
        return f"印制{self.copies}份，由{self.keeper}统一保管，用后收回；未经批准不得复制、外传。"
