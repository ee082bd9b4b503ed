"""L25 收入未入账."""

import datetime as dt

from ledgers.rules.rows import Contract, Entry
from tests.ledgers.books import Case, books, yuan

YEARS = (2021, 2022, 2023)
# Each year's books go to December.
YEAR_ENDS = [
    Entry(
        f"e{year}", year, dt.date(year, 12, 20), f"e{year}", summary="付电费", standard="541", debit=yuan(9)
    )
    for year in YEARS
]


def pond(key="k", party="赵丙", rent=5000, start="2021-01-01", end="2025-12-31", **more):
    day = dt.date.fromisoformat
    return Contract(key, "", more.pop("name", "东鱼塘承包合同"), "鱼塘", party=party, rent=rent and yuan(rent),
                    starts_on=day(start), ends_on=day(end), **more)  # fmt: skip


def came(key, year, amount, summary="收承包费", party="", month=3, against="511"):
    day = dt.date(year, month, 5)
    return [
        Entry(f"{key}+", year, day, key, summary=summary, standard="102", debit=yuan(amount), party=party),
        Entry(f"{key}-", year, day, key, summary=summary, standard=against, credit=yuan(amount), party=party),
    ]


CASES = [
    Case(
        "a year without any receipt, by the tenant's name in party or summary",
        books(
            contracts=[pond()],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 5000, party="赵丙"),
                *came("b", 2023, 3000, "收赵丙鱼塘承包费"),
            ],
        ),
        [({"k", "a-", "b-"}, yuan(7000))],
        words=(
            "东鱼塘承包合同",
            "赵丙",
            "2022年应收5,000.00元、账上收到0.00元",
            "2023年",
            "少7,000.00",
            "找到2笔",
        ),
    ),
    Case(
        "all booked, one year late and named so, one in advance",
        books(
            contracts=[pond()],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 10000, party="赵丙"),
                *came("c", 2023, 5000, "收2023年东鱼塘承包合同款"),
            ],
        ),
        [],
    ),
    Case(
        "nothing found at all",
        books(contracts=[pond(end="2021-12-31")], entries=YEAR_ENDS),
        [({"k"}, yuan(5000))],
        words=("都没有找到",),
    ),
    Case(
        "what the list says was paid and the books do not know",
        books(
            contracts=[
                pond(payments={2021: yuan(5000), 2022: yuan(5000)}, dues={y: yuan(5000) for y in YEARS})
            ],
            entries=[*YEAR_ENDS, *came("a", 2021, 5000, party="赵丙")],
        ),
        [({"k", "a-"}, yuan(5000))],
        words=("2022年合同台账记已收5,000.00元",),
    ),
    Case(
        "arrears that the list itself tells of are another matter",
        books(
            contracts=[pond(due=yuan(15000), paid=yuan(5000))],
            entries=[*YEAR_ENDS, *came("a", 2021, 5000, party="赵丙")],
        ),
        [],
    ),
    Case(
        "rent of nobody named with the very sum counts; a larger one makes it a hint",
        books(
            contracts=[
                pond(end="2021-12-31"),
                pond("m", "钱丁", 700, end="2021-12-31", name="北山林承包合同"),
            ],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 5000, "收鱼塘租金"),
                *came("b", 2021, 9000, "收各户承包费"),
            ],
        ),
        [({"m"}, yuan(700))],
        words=("9,000.00", "可能含在其中"),
    ),
    Case(
        "two contracts of one tenant are paid together; deposits are no rent",
        books(
            contracts=[
                pond(end="2021-12-31"),
                pond("m", "赵丙", 700, end="2021-12-31", name="北山林承包合同"),
            ],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 5700, party="赵丙"),
                *came("b", 2021, 2000, "押金", "赵丙", against="202"),
            ],
        ),
        [],
    ),
    Case(
        "a claim booked and then paid is one sum",
        books(
            contracts=[pond(end="2022-12-31", rent=5000)],
            entries=[
                *YEAR_ENDS,
                Entry("p+", 2021, dt.date(2021, 1, 5), "p", standard="112", debit=yuan(5000), party="赵丙"),
                Entry("p-", 2021, dt.date(2021, 1, 5), "p", standard="511", credit=yuan(5000), party="赵丙"),
                *came("a", 2021, 5000, party="赵丙", against="112"),
            ],
        ),
        [({"k", "p-", "a-"}, yuan(5000))],
    ),
    Case(
        "rent for five years in advance falls due once; a term just begun has its grace",
        books(
            contracts=[
                pond(prepaid_years=5),
                pond("m", "钱丁", 900, start="2023-11-01", name="北山林承包合同"),
            ],
            entries=[*YEAR_ENDS, *came("a", 2021, 25000, party="赵丙")],
        ),
        [],
    ),
    Case(
        "years without books are not asked for, nor contracts without a rent",
        books(
            contracts=[pond(start="2015-01-01", end="2020-12-31"), pond("m", "钱丁", None)],
            entries=YEAR_ENDS,
        ),
        [],
    ),
    Case(
        "one name of two contracts: the other tenant's rent is not this one's, nor one of a longer name's",
        books(
            contracts=[pond(end="2021-12-31"), pond("m", "钱丁", end="2021-12-31")],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 5000, "收东鱼塘承包合同款", "钱丁"),
                *came("b", 2021, 4000, "收承包费", "赵丙丁"),
            ],
        ),
        [({"k"}, yuan(5000))],
        words=("承租方赵丙", "没有找到"),
    ),
    Case(
        "a firm's short name, a cash journal of one side, and the payer named by the money's line only",
        books(
            contracts=[
                pond("c1", "甲县宏达农业有限公司", end="2021-12-31"),
                pond("c2", "钱丁", 700, end="2021-12-31"),
                pond("c3", "孙戊", 800, end="2021-12-31"),
            ],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 5000, party="宏达农业"),
                Entry(
                    "b", 2021, dt.date(2021, 4, 5), "b", 1, "收钱丁承包费", standard="101", debit=yuan(700)
                ),
                Entry("c+", 2021, dt.date(2021, 5, 5), "c", standard="102", debit=yuan(800), party="孙戊"),
                Entry("c-", 2021, dt.date(2021, 5, 5), "c", standard="511", credit=yuan(800)),
            ],
        ),
        [],
    ),
    Case(
        "dues as the list has them by year, a year that has not ended yet left out",
        books(
            contracts=[pond(dues={2021: yuan(3000), 2022: yuan(3500), 2026: yuan(4000)})],
            entries=[
                *YEAR_ENDS,
                *came("a", 2021, 3000, party="赵丙"),
                Entry("x", 2026, dt.date(2026, 3, 1), "x", summary="付电费", standard="541", debit=yuan(9)),
            ],
        ),
        [({"k", "a-"}, yuan(3500))],
        words=("2022年应收3,500.00元",),
    ),
    Case("contracts without any books say nothing yet", books(contracts=[pond()]), []),
    Case(
        "a small difference is innocent, and a round may set its own",
        books(contracts=[pond(end="2021-12-31")], entries=[*YEAR_ENDS, *came("a", 2021, 4900, party="赵丙")]),
        [],
    ),
]
