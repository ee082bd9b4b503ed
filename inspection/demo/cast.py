"""Who serves where in the demo district, and when its two rounds take place."""

import datetime as dt
from typing import NamedTuple

from core import clock
from villages.models import Role, Round, Team, User, Village, VillageInspection

# Printed by the demo command and shown nowhere else; the demo district holds made-up data only.
PASSWORD = "qinglan-demo-2026"  # noqa: S105
COUNTY, DISTRICT, SHORT = "990101", "青岚区", "青"

HEAD, CLERK = "chengliyan", "xuqingyue"


class TeamPlan(NamedTuple):
    """A team: login names by post, in the order leader, deputy, members, archivist; and its villages in order.

    It enters the first village ``start`` days into the round, the next ones ``step`` days apart, and stays ``stay``
    days in each.
    """

    number: int
    leader: str
    deputy: str
    members: tuple[str, ...]
    archivist: str
    villages: tuple[str, ...]
    start: int = 0
    step: int = 18
    stay: int = 18


FIRST = ("zhouwenxi", "heshouzheng", ("linzhixia", "zhaonanqiao"), "suyanqiu")
SECOND = ("shenhuaigu", "luqinghe", ("fangyuzhi", "wenruochuan"), "gunianan")
THIRD = ("tanqingshi", "xieyufei", ("pangulan", "yuanxinghe"), "jiangmolin")

ROUND_4 = [
    TeamPlan(1, *FIRST, ("竹坞村", "枫桥湾村", "大樟村")),
    TeamPlan(2, *SECOND, ("白沙洲村", "南渡村", "平川村")),
]
# Easy villages first: the order in which a team enters them.
ROUND_5 = [
    TeamPlan(1, *FIRST, ("石塘村", "云溪村", "东岭社区", "柳巷村", "上田村"), step=13, stay=30),
    TeamPlan(2, *SECOND, ("新港社区", "梧桐社区"), step=12, stay=12),
    TeamPlan(3, *THIRD, ("枫桥湾村", "沙湾社区", "渔湖村", "大樟村"), start=36, step=8, stay=15),
]


class Days(NamedTuple):
    """First and last day of a round on site."""

    first: dt.date
    last: dt.date


def days_of(number: int) -> Days:
    """The fourth round took place a year ago; the fifth is half-way on the day the demo is built."""
    today = clock.today()
    if number == 4:
        first = today - dt.timedelta(days=400)
        return Days(first, first + dt.timedelta(days=60))
    return Days(today - dt.timedelta(days=50), today + dt.timedelta(days=40))


def person(username: str) -> User:
    """The demo account with this login name."""
    return User.objects.get(username=username)


def office() -> User:
    """The clerk through whom the office acts."""
    return person(CLERK)


def head() -> User:
    """The head of the office."""
    return person(HEAD)


def town_user(town_id: object) -> User:
    """The account of a town committee."""
    return User.objects.get(role=Role.TOWN, office__town_id=town_id)


def the_round(number: int) -> Round:
    """One of the two demo rounds."""
    return Round.objects.get(number=number, district__code=COUNTY)


def inspections(number: int) -> list[VillageInspection]:
    """Villages of a round in the order in which their teams enter them."""
    rows = VillageInspection.objects.filter(round=the_round(number)).select_related(
        "village", "team", "town", "round"
    )
    return sorted(rows, key=lambda row: (row.team.number, row.entry_on))


def plan_of(team: Team) -> TeamPlan:
    """The plan a team was made from."""
    plans = ROUND_4 if team.round.number == 4 else ROUND_5
    return plans[team.number - 1]


def village(name: str) -> Village:
    """A village of the demo district by its name."""
    return Village.objects.get(name=name, town__district__code=COUNTY)
