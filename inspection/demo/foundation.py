"""First steps of the demo: the district, its register of villages, accounts, rounds and teams."""

import datetime as dt
from pathlib import Path

from django.conf import settings

from core.audit import SYSTEM
from inspection.demo import cast
from villages import services
from villages.models import District, Round, Team, Town, User

EXAMPLES = Path(settings.BASE_DIR) / "examples"


def reference() -> District:
    """District, category scheme and dated parameter defaults."""
    services.seed_reference(actor=SYSTEM)
    return services.set_district(actor=SYSTEM, code=cast.COUNTY, name=cast.DISTRICT, short=cast.SHORT)


def register() -> District:
    """Towns and villages from the office's own workbook."""
    file = EXAMPLES / "村（社区）名册.xlsx"
    services.import_villages(
        actor=SYSTEM, content=file.read_bytes(), filename=file.name, county=cast.COUNTY, strict=True
    )
    return District.objects.get(code=cast.COUNTY)


def accounts() -> District:
    """Accounts from the list the units handed in; everyone then chooses the demo password."""
    file = EXAMPLES / "账号申请表.xlsx"
    services.import_accounts(actor=SYSTEM, content=file.read_bytes(), filename=file.name)
    for user in User.objects.exclude(role=""):
        services.change_own_password(actor=user, password=cast.PASSWORD)
    return District.objects.get(code=cast.COUNTY)


def make_round(number: int) -> Round:
    """A round with its teams, authorised for this round only, and its villages in easy-first order."""
    days = cast.days_of(number)
    clerk = cast.office()
    round_ = services.create_round(
        actor=clerk,
        district=District.objects.get(code=cast.COUNTY),
        term=6,
        year=days.first.year,
        number=number,
        name=f"第{'四' if number == 4 else '五'}轮对村巡察",
        mode=Round.Mode.DIRECT,
        starts_on=days.first,
        ends_on=days.last,
    )
    for plan in cast.ROUND_4 if number == 4 else cast.ROUND_5:
        _make_team(clerk, round_, plan, days)
    return services.open_round(actor=clerk, round_=round_)


def _make_team(clerk: User, round_: Round, plan: cast.TeamPlan, days: cast.Days) -> None:
    towns = list(Town.objects.filter(villages__name__in=plan.villages).distinct())
    team = services.create_team(actor=clerk, round_=round_, number=plan.number, towns=towns)
    posts = [(plan.leader, "leader"), (plan.deputy, "deputy"), (plan.archivist, "archivist")]
    posts += [(name, "member") for name in plan.members]
    for username, role in posts:
        services.add_member(
            actor=clerk,
            team=team,
            user=cast.person(username),
            role=role,
            authorised_on=days.first - dt.timedelta(days=16),
            authorisation_no=f"青巡领〔{days.first.year}〕{round_.number}号",
        )
    _assign(clerk, team, plan, days)


def _assign(clerk: User, team: Team, plan: cast.TeamPlan, days: cast.Days) -> None:
    """Villages in the plan's order and rhythm."""
    for order, name in enumerate(plan.villages):
        entry = days.first + dt.timedelta(days=plan.start + plan.step * order)
        services.assign_village(
            actor=clerk,
            team=team,
            village=cast.village(name),
            entry_on=entry,
            exit_on=entry + dt.timedelta(days=plan.stay - 1),
        )


def ties() -> User:
    """Two declarations of ties, as members hand them in before a round."""
    services.declare_recusal(
        actor=cast.person("zhaonanqiao"),
        user=cast.person("zhaonanqiao"),
        village=cast.village("渔湖村"),
        relation="kin",
        related_person="堂兄",
        detail="堂兄任该村监会成员",
    )
    services.declare_recusal(
        actor=cast.person("fangyuzhi"),
        user=cast.person("fangyuzhi"),
        village=cast.village("上田村"),
        relation="native",
        detail="户籍所在地",
    )
    return cast.person("fangyuzhi")
