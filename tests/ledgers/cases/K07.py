"""K07 程序缺失."""

import datetime as dt

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books, yuan


def signed(key, day, meeting=None, published=None, filed=None, **more):
    return Contract(key, signed_on=day, meeting_on=meeting, published_on=published, filed_on=filed, **more)


GOOD = signed("g", dt.date(2021, 3, 1), dt.date(2021, 2, 1), dt.date(2021, 2, 10), dt.date(2021, 3, 20))

CASES = [
    Case(
        "no meeting where others have one",
        books(
            contracts=[
                GOOD,
                signed(
                    "a",
                    dt.date(2022, 5, 1),
                    None,
                    dt.date(2022, 4, 20),
                    dt.date(2022, 5, 9),
                    name="茶园",
                    rent=yuan(700),
                ),
            ]
        ),
        [({"a"}, yuan(700))],
        words=("茶园", "没有民主程序日期"),
    ),
    Case(
        "met and published after the signing",
        books(
            contracts=[
                signed(
                    "a", dt.date(2022, 5, 1), dt.date(2022, 5, 6), dt.date(2022, 5, 8), dt.date(2022, 5, 9)
                )
            ]
        ),
        [({"a"}, None)],
        words=("民主程序日期2022年5月6日在签订日2022年5月1日之后", "公示日期"),
    ),
    Case(
        "filed two months after the signing",
        books(
            contracts=[
                signed(
                    "a", dt.date(2022, 5, 1), dt.date(2022, 4, 1), dt.date(2022, 4, 2), dt.date(2022, 7, 1)
                )
            ]
        ),
        [({"a"}, None)],
        words=("镇备案日期2022年7月1日",),
    ),
    Case(
        "a column nobody filled in is one hint for all",
        books(
            contracts=[
                signed("a", dt.date(2022, 5, 1), dt.date(2022, 4, 1), dt.date(2022, 4, 2)),
                signed("b", dt.date(2023, 5, 1), dt.date(2023, 4, 1), dt.date(2023, 4, 2)),
            ]
        ),
        [({"a", "b"}, None)],
        words=("2份合同都没有填镇备案日期",),
    ),
    Case(
        "a single contract with nothing",
        books(contracts=[signed("a", dt.date(2022, 5, 1))]),
        [({"a"}, None)],
        words=("没有民主程序日期", "没有公示日期", "没有镇备案日期"),
    ),
    Case("everything in its time; a filing follows the signing", books(contracts=[GOOD]), []),
    Case("before the law asked for a meeting", books(contracts=[GOOD, signed("a", dt.date(1997, 1, 1))]), []),
    Case(
        "household land",
        books(contracts=[GOOD, signed("a", dt.date(2019, 1, 1), method="家庭承包", kind="耕地")]),
        [],
    ),
    Case(
        "on the day of the signing",
        books(
            contracts=[
                signed(
                    "a", dt.date(2022, 5, 1), dt.date(2022, 5, 1), dt.date(2022, 5, 1), dt.date(2022, 5, 31)
                )
            ]
        ),
        [],
    ),
]
