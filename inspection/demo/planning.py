"""Easy-first plans of the demo: the running round's is carried out, the next round's is a draft to play with."""

import datetime as dt
from typing import Any

from core import clock
from inspection.demo import cast
from prep import services as prep_services
from prep.models import PlanStop
from villages import services
from villages.models import District, Round, Team, Town, Village
from villages.selectors.calendar import load_calendar, missing_years

NEXT = 6
# The next round looks again at villages of the two rounds before: one town each, the third team where it is needed.
VILLAGES = (
    "竹坞村", "枫桥湾村", "大樟村", "白沙洲村", "南渡村", "平川村", "石塘村", "云溪村", "上田村", "新港社区",
    "渔湖村", "梧桐社区",
)  # fmt: skip
TEAMS = (
    (1, cast.FIRST, ("河口镇",)),
    (2, cast.SECOND, ("青坪镇",)),
    (3, cast.THIRD, ("望江街道",)),
)
# Fixed by law whatever the yearly notice says; the office adds the rest when it is out.
FIXED_DAYS = ((1, 1, 1, "元旦"), (5, 1, 2, "劳动节"), (10, 1, 3, "国庆节"))
# New Year's Eve by the lunar calendar; four days off by law.
EVES = {2027: dt.date(2027, 2, 5), 2028: dt.date(2028, 1, 25), 2029: dt.date(2029, 2, 12)}


def days_of_next() -> cast.Days:
    """The next round begins two weeks after the running one ends."""
    first = cast.days_of(5).last + dt.timedelta(days=14)
    return cast.Days(first, first + dt.timedelta(days=75))


def calendar() -> Any:
    """Fixed holidays of the years the rounds reach into, where nothing has been entered yet."""
    last = None
    for year in missing_years(load_calendar(), cast.days_of(4).first, days_of_next().last):
        spans = [(dt.date(year, month, day), days, name) for month, day, days, name in FIXED_DAYS]
        spans += [(EVES[year], 4, "春节")] if year in EVES else []
        for first, days, name in spans:
            last = services.set_calendar_days(
                actor=cast.office(), first=first, last=first + dt.timedelta(days=days - 1), kind="rest",
                name=f"{name}（待核对通知）",
            )  # fmt: skip
    return last or cast.the_round(5)


def carry_out() -> Round:
    """The running round: what has not begun is planned, and the plan is carried out."""
    round_ = cast.the_round(5)
    plan = prep_services.make_plan(actor=cast.office(), round_=round_)
    prep_services.apply_plan(actor=cast.head(), plan=plan)
    return round_


def next_round() -> Round:
    """A round in planning with its teams, and a draft of its plan with one fixed day."""
    days, clerk = days_of_next(), cast.office()
    round_ = services.create_round(
        actor=clerk, district=District.objects.get(code=cast.COUNTY), term=6, year=days.first.year, number=NEXT,
        name="第六轮巡察“回头看”", mode=Round.Mode.FOLLOW_UP, starts_on=days.first, ends_on=days.last,
    )  # fmt: skip
    for number, people, towns in TEAMS:
        _team(clerk, round_, number, people, towns)
    _draft(clerk, round_)
    return round_


def _team(clerk: Any, round_: Round, number: int, people: tuple[Any, ...], towns: tuple[str, ...]) -> Team:
    leader, deputy, members, archivist = people
    team = services.create_team(
        actor=clerk, round_=round_, number=number, towns=list(Town.objects.filter(name__in=towns))
    )
    posts = [(leader, "leader"), (deputy, "deputy"), (archivist, "archivist")]
    for username, role in posts + [(name, "member") for name in members]:
        services.add_member(
            actor=clerk, team=team, user=cast.person(username), role=role,
            authorised_on=clock.today(), authorisation_no=f"青巡领〔{round_.year}〕{NEXT}号",
        )  # fmt: skip
    return team


def _draft(clerk: Any, round_: Round) -> None:
    rows = Village.objects.filter(name__in=VILLAGES, town__district__code=cast.COUNTY).select_related("town")
    plan = prep_services.make_plan(actor=clerk, round_=round_, villages=list(rows))
    last = PlanStop.objects.filter(plan=plan).select_related("plan__round", "team", "village").last()
    if last is not None:
        day = last.entry_on
        prep_services.place_stop(actor=clerk, stop=last, team=last.team, day=day)
