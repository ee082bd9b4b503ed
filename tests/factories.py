"""Plain functions that make rows for tests. They write tables directly: services are what the tests are about."""

import datetime as dt
import itertools
from types import SimpleNamespace

from villages.models import (
    Category,
    CategoryScheme,
    District,
    Membership,
    Office,
    Role,
    Round,
    SecrecyPledge,
    Team,
    TeamRole,
    Ties,
    Town,
    User,
    Village,
    VillageInspection,
)

COUNTY = "990101"
_serial = itertools.count(1)


def number_anew(start=1):
    """Begin counting anew, so that names and codes, and with them every order, are the same in each run."""
    global _serial
    _serial = itertools.count(start)


# The five aspects of the method; two letters after them are level two.
CATEGORIES = [
    ("A", "政治建设", [("A1", "决策部署落实"), ("A2", "领导作用")]),
    ("B", "思想建设", [("B1", "意识形态责任")]),
    ("C", "组织建设", [("C1", "组织生活"), ("C2", "党员队伍")]),
    ("D", "作风建设", [("D1", "为民服务"), ("D2", "公开监督")]),
    ("E", "纪律建设", [("E1", "资金"), ("E3", "资源合同"), ("E4", "工程")]),
]


def make_district(**over):
    return District.objects.create(**{"code": COUNTY, "name": "青岚区", "short": "青"} | over)


def make_town(district, **over):
    n = next(_serial)
    values = {"district": district, "code": f"{district.code}{100 + n % 900}000", "name": f"第{n}镇"}
    return Town.objects.create(**values | over)


def make_village(town, **over):
    n = next(_serial)
    values = {
        "town": town,
        "code": f"{town.code[:9]}{200 + n % 200:03d}",
        "name": f"第{n}村",
        "households": 400,
    }
    return Village.objects.create(**values | over)


def make_office(kind, **over):
    values = {"kind": kind, "name": f"{Office.Kind(kind).label}{next(_serial)}"}
    return Office.objects.create(**values | over)


def make_user(role, name="", **over):
    n = next(_serial)
    values = {
        "username": f"user{n}",
        "display_name": name or f"测试{n}",
        "role": role,
        "must_change_password": False,
        "password": "!",
    }
    return User.objects.create(**values | over)


def make_scheme():
    """The scheme of five aspects; made when there is none."""
    scheme, new = CategoryScheme.objects.get_or_create(code="five", defaults={"name": "五个方面"})
    if not new:
        return scheme
    for order, (code, name, children) in enumerate(CATEGORIES):
        parent = Category.objects.create(
            scheme=scheme, code=code, name=name, short=name[:2], order=order * 10
        )
        for step, (child, child_name) in enumerate(children):
            Category.objects.create(
                scheme=scheme, parent=parent, code=child, name=child_name, order=order * 10 + step + 1
            )
    return scheme


def make_round(district, scheme, **over):
    n = next(_serial)
    values = {
        "district": district,
        "scheme": scheme,
        "term": 5,
        "year": 2026,
        "number": n,
        "name": f"第{n}轮对村巡察",
        "status": Round.Status.OPEN,
        "starts_on": dt.date(2026, 3, 1),
        "ends_on": dt.date(2026, 5, 31),
    }
    return Round.objects.create(**values | over)


def make_team(round_, **over):
    n = next(_serial)
    return Team.objects.create(**{"round": round_, "number": n, "name": f"第{n}巡察组"} | over)


def make_pledge(**over):
    """The pledge in force; made when there is none, or anew with ``over``."""
    known = None if over else SecrecyPledge.objects.in_force().first()
    values = {"version": 1, "text": "一、严守秘密。\n二、如实申报。", "valid_from": dt.date(2024, 1, 1)}
    return known or SecrecyPledge.objects.create(**values | over)


def make_member(team, role, user=None, *, sworn=True, **over):
    """A member who has signed pledge and declaration; one who has not with ``sworn=False``."""
    user = user or make_user(Role.INSPECTOR)
    values = {"round": team.round, "team": team, "user": user, "role": role}
    if sworn:
        day = dt.datetime(2026, 2, 21, 1, tzinfo=dt.UTC)
        values |= {"pledge": make_pledge(), "sworn_at": day, "ties": Ties.NONE}
    Membership.objects.create(**values | {"authorised_on": dt.date(2026, 2, 20)} | over)
    return user


def make_inspection(team, village, **over):
    values = {
        "round": team.round,
        "team": team,
        "village": village,
        "town": village.town,
        "entry_on": dt.date(2026, 3, 2),
        "exit_on": dt.date(2026, 3, 22),
    }
    return VillageInspection.objects.create(**values | over)


def make_cast(county=COUNTY):
    """The named people of every test, one round with two teams, each with a village in a town of its own."""
    cast = SimpleNamespace()
    cast.district = make_district(code=county)
    cast.town_place, cast.other_town_place = make_town(cast.district), make_town(cast.district)
    cast.village_place = make_village(cast.town_place, name="云溪村")
    cast.other_village_place = make_village(cast.other_town_place, name="柳巷村")
    cast.scheme = make_scheme()
    cast.round = make_round(cast.district, cast.scheme)
    cast.team, cast.other_team = make_team(cast.round), make_team(cast.round)
    cast.inspection = make_inspection(cast.team, cast.village_place)
    cast.other_inspection = make_inspection(cast.other_team, cast.other_village_place)
    office = make_office("inspection")
    cast.office_head = make_user(Role.OFFICE_HEAD, "巡察办主任", office=office)
    cast.office_clerk = make_user(Role.OFFICE_CLERK, "办公室职员", office=office)
    cast.leader = make_member(cast.team, TeamRole.LEADER, make_user(Role.INSPECTOR, "组长"))
    cast.deputy = make_member(cast.team, TeamRole.DEPUTY, make_user(Role.INSPECTOR, "副组长"))
    cast.member = make_member(cast.team, TeamRole.MEMBER, make_user(Role.INSPECTOR, "组员"))
    cast.archivist = make_member(cast.team, TeamRole.ARCHIVIST, make_user(Role.INSPECTOR, "档案员"))
    cast.outsider = make_member(cast.other_team, TeamRole.MEMBER, make_user(Role.INSPECTOR, "外组组员"))
    cast.town = make_user(Role.TOWN, "镇党委", office=make_office("town", town=cast.town_place))
    cast.other_town = make_user(Role.TOWN, "外镇党委", office=make_office("town", town=cast.other_town_place))
    cast.village = make_user(
        Role.VILLAGE,
        "村党组织",
        office=make_office("village", village=cast.village_place, town=cast.town_place),
    )
    cast.discipline = make_user(Role.DISCIPLINE, "纪委监委", office=make_office("discipline"))
    cast.organisation = make_user(Role.ORGANISATION, "组织部", office=make_office("organisation"))
    cast.department = make_user(Role.DEPARTMENT, "区级部门", office=make_office("department"))
    cast.sysadmin = make_user(Role.SYSADMIN, "系统管理员")
    cast.stranger = make_user("", "无角色")
    return cast
