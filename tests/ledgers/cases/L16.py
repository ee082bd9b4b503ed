"""L16 支出与实际不符."""

import datetime as dt

from ledgers.rules.rows import Asset, Entry
from tests.ledgers.books import Case, books, yuan

HALL = Asset("hall", "村部办公楼", "房屋")


def paid(key, amount, summary, year=2024, voucher="", standard="541", **more):
    return Entry(
        key, year, voucher=voucher or key, summary=summary, standard=standard, debit=yuan(amount), **more
    )


def owed(key, amount, voucher, standard, **more):
    return Entry(key, 2024, voucher=voucher, standard=standard, credit=yuan(amount), **more)


CASES = [
    Case(
        "fuel and repairs without a vehicle are one hit a year",
        books(
            assets=[HALL],
            entries=[paid("a", 800, "付村车辆维修费"), paid("b", 1200, "付加油费"), paid("c", 90, "付电费")],
        ),
        [({"a", "b"}, yuan(2000))],
        words=("2024年", "2笔", "加油", "2,000.00", "车辆"),
    ),
    Case(
        "a canteen that is not there, and a vehicle that came a year later",
        books(
            assets=[HALL, Asset("v", "垃圾清运车", "车辆", acquired_on=dt.date(2024, 3, 1))],
            entries=[
                paid("a", 600, "食堂购菜", 2023),
                paid("b", 700, "购柴油", 2023),
                paid("c", 700, "购柴油", 2024),
            ],
        ),
        [({"a"}, yuan(600)), ({"b"}, yuan(700))],
    ),
    Case(
        "with vehicle and kitchen in the list nothing stands out",
        books(
            assets=[Asset("v", "环卫三轮车"), Asset("k", "村部厨房设备")],
            entries=[paid("a", 800, "付加油费"), paid("b", 900, "食堂购菜")],
        ),
        [],
    ),
    Case(
        "fuel for mowing and pumping, hired cars, cooking oil and a school's canteen are innocent",
        books(
            assets=[HALL],
            entries=[
                paid("a", 900, "割草用汽油"),
                paid("b", 900, "抗旱抽水柴油"),
                paid("c", 900, "租车费含油费"),
                paid("d", 900, "慰问品大米食用油加油壶"),
                paid("e", 900, "支助村小学食堂"),
            ],
        ),
        [],
    ),
    Case(
        "a pump explains fuel, but neither a car's fuel nor its repair",
        books(
            assets=[HALL, Asset("p", "抽水机")],
            entries=[paid("a", 800, "付加油费"), paid("b", 700, "付汽车加油费"), paid("c", 600, "轮胎款")],
        ),
        [({"b", "c"}, yuan(1300))],
    ),
    Case("without any list of assets nothing is said", books(entries=[paid("a", 9000, "付加油费")]), []),
    Case("a small sum is not worth a question", books(assets=[HALL], entries=[paid("a", 480, "加油费")]), []),
    Case(
        "a round may ask of any sum",
        books(assets=[HALL], entries=[paid("a", 480, "加油费")]),
        [({"a"}, yuan(480))],
        own={"least": 0},
    ),
    Case(
        "booked as owed and paid later is one expense; an advance accounted for is one too",
        books(
            assets=[HALL],
            entries=[
                paid("a+", 900, "购柴油", voucher="a", party="中心加油站"),
                owed("a-", 900, "a", "202", party="中心加油站"),
                paid("b+", 900, "付加油站款", voucher="b", standard="202", party="中心加油站"),
                owed("b-", 900, "b", "102"),
                paid("c+", 700, "加油费报账", voucher="c"),
                owed("c-", 700, "c", "112"),
            ],
        ),
        [({"a+", "c+"}, yuan(1600))],
    ),
]
