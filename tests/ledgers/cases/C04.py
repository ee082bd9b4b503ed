"""C04 低保救助对象有房产车辆企业."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, kind="subsistence", programme="农村低保", mark="m1"):
    return Benefit(key, programme, kind, year, month, name="孙甲", mark=mark, amount=yuan(400))


def owns(key, detail, kind="property", since=None, until=None):
    return Listed(key, kind, "孙甲", "m1", detail=detail, since=since, until=until)


CASES = [
    Case(
        "a car and a flat while on subsistence",
        books(
            benefits=[paid("a", 2024, 3), paid("b", 2024, 4)],
            lists=[owns("p", "小型轿车", since=dt.date(2022, 5, 1)), owns("q", "县城商品房一套")],
        ),
        [({"a", "b", "p", "q"}, yuan(800))],
        words=("孙甲", "小型轿车、县城商品房一套", "2024年3月至2024年4月", "800.00"),
    ),
    Case(
        "a company while on relief",
        books(
            benefits=[paid("a", 2024, 3, "relief", "临时救助")], lists=[owns("p", "宏远建材店", "company")]
        ),
        [({"a", "p"}, yuan(400))],
        words=("临时救助",),
    ),
    Case(
        "a motorcycle, a farm vehicle and the house in the village are modest",
        books(
            benefits=[paid("a", 2024, 3)],
            lists=[owns("p", "普通二轮摩托车"), owns("q", "三轮汽车"), owns("r", "宅基地自建房")],
        ),
        [],
    ),
    Case(
        "bought after the last payment it is innocent",
        books(benefits=[paid("a", 2024, 3)], lists=[owns("p", "小型轿车", since=dt.date(2024, 3, 9))]),
        [],
    ),
    Case(
        "a company struck off before is innocent",
        books(
            benefits=[paid("a", 2024, 3)], lists=[owns("p", "百货商店", "company", until=dt.date(2023, 6, 1))]
        ),
        [],
    ),
    Case(
        "a place in a cooperative is only a hint",
        books(benefits=[paid("a", 2024, 3)], lists=[owns("p", "种植专业合作社成员", "company")]),
        [({"a", "p"}, yuan(400))],
    ),
    Case(
        "a farmland subsidy is no relief",
        books(benefits=[paid("a", 2024, None, "farmland", "耕地补贴")], lists=[owns("p", "小型轿车")]),
        [],
    ),
    Case(
        "another number is another person",
        books(benefits=[paid("a", 2024, 3, mark="m5")], lists=[owns("p", "小型轿车")]),
        [],
    ),
]
