"""L02 重复支付."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay


def monthly(prefix, months, amount, summary, party="甲村民", year=2024):
    """One payment on the tenth of each month, named by the month."""
    return [
        row
        for month in months
        for row in pay(f"{prefix}{month}", f"{year}-{month:02d}-10", amount, party=party, summary=summary)
    ]


CASES = [
    Case(
        "the same sum for the same matter within weeks",
        books(
            entries=pay("a", "2024-03-05", 3860, summary="修水泵")
            + pay("b", "2024-04-02", 3860, summary="修水泵")
        ),
        [({"a", "b"}, yuan(3860))],
        words=("甲店", "3,860.00元", "2次"),
    ),
    Case(
        "three times, each within sixty days of the one before",
        books(
            entries=pay("a", "2024-03-05", 940) + pay("b", "2024-04-30", 940) + pay("c", "2024-06-10", 940),
        ),
        [({"a", "b", "c"}, yuan(1880))],
    ),
    Case(
        "another summary for the same sum, the invoices different, is told as such",
        books(
            entries=pay("a", "2024-03-05", 3860, summary="修水泵", ticket_no="11112222")
            + pay("b", "2024-04-02", 3860, summary="购配件", ticket_no="11113333")
        ),
        [({"a", "b"}, yuan(3860))],
        words=("不同票据号",),
    ),
    Case(
        "the same matter and sum again after months, in another year",
        books(
            entries=pay("a", "2023-03-05", 7320, summary="村道路灯安装")
            + pay("b", "2024-09-12", 7320, summary="村道路灯安装")
        ),
        [({"a", "b"}, yuan(7320))],
    ),
    Case(
        "no receiver written: the same summary and sum",
        books(
            entries=pay("a", "2024-03-05", 460, party="", summary="付张贴宣传画")
            + pay("b", "2024-03-15", 460, party="", summary="付张贴宣传画")
        ),
        [({"a", "b"}, yuan(460))],
        words=("以“付张贴宣传画”",),
    ),
    Case(
        "wages twice in a month on top of each month's",
        books(
            entries=monthly("m", range(1, 13), 2600, "发放工资")
            + pay("x", "2024-06-25", 2600, party="甲村民", summary="发放工资")
        ),
        [({"m6", "x"}, yuan(2600))],
    ),
    Case(
        "of a monthly sum without a telling word only the month that has two",
        books(
            entries=monthly("m", range(1, 13), 900, "付清扫")
            + pay("x", "2024-06-25", 900, "甲村民", "付清扫")
        ),
        [({"m6", "x"}, yuan(900))],
    ),
    Case(
        "each month's wages are no duplicates",
        books(entries=monthly("m", range(1, 13), 2600, "发放工资")),
        [],
    ),
    Case(
        "two months of network fees, electricity and endowment insurance",
        books(
            entries=monthly("n", (11, 12), 298, "网络费", "电信公司")
            + monthly("e", (11, 12), 500, "预存电费", "供电公司")
            + monthly("p", (1, 2), 410, "代缴养老保险", "社保中心")
        ),
        [],
    ),
    Case(
        "a monthly sum without a telling word, one month paid in the next",
        books(
            entries=monthly("m", (1, 2, 3, 4, 6, 7), 900, "付清扫")
            + pay("x", "2024-06-28", 900, "甲村民", "付清扫")
        ),
        [],
    ),
    Case(
        "instalments say which they are",
        books(
            entries=pay("a", "2024-03-05", 20000, summary="水渠工程第一期款", account="154")
            + pay("b", "2024-04-05", 20000, summary="水渠工程第二期款", account="154")
        ),
        [],
    ),
    Case(
        "one voucher's lines are one payment",
        books(
            entries=[
                line("a", "2024-03-05", "541", debit=500, voucher="记-1", party="甲店", summary="购桌"),
                line("b", "2024-03-05", "551", debit=500, voucher="记-1", party="甲店", summary="购椅"),
                line("c", "2024-03-05", "101", credit=1000, voucher="记-1", party="甲店", summary="购桌椅"),
            ]
        ),
        [],
    ),
    Case(
        "paid twice by mistake, and one taken back",
        books(
            entries=pay("a", "2024-03-05", 3860)
            + pay("b", "2024-03-09", 3860)
            + pay("c", "2024-03-20", -3860),
        ),
        [],
    ),
    Case(
        "booked as owed, then paid",
        books(entries=pay("a", "2024-03-05", 3860, by="202") + pay("b", "2024-03-29", 3860, account="202")),
        [],
    ),
    Case(
        "a fee of the same sum each spring, and a gift to one household at each new year's festival",
        books(
            entries=pay("a", "2023-04-05", 1200, summary="法律顾问费")
            + pay("b", "2024-03-28", 1200, summary="法律顾问费")
            + pay("c", "2025-04-20", 1200, summary="法律顾问费")
            + pay("d", "2023-01-15", 500, party="乙村民", summary="慰问老党员")
            + pay("e", "2024-02-05", 500, party="乙村民", summary="慰问老党员")
        ),
        [],
    ),
    Case(
        "sixty-one days apart in one year",
        books(entries=pay("a", "2024-03-01", 940) + pay("b", "2024-05-01", 940)),
        [],
    ),
    Case(
        "the same sum to day labourers for two matters",
        books(
            entries=pay("a", "2024-03-01", 2400, party="零星用工", summary="清理河道用工")
            + pay("b", "2024-03-02", 2400, party="零星用工", summary="修剪路树用工")
        ),
        [],
    ),
    Case("a small sum", books(entries=pay("a", "2024-03-01", 60) + pay("b", "2024-03-02", 60)), []),
    Case(
        "a round's own span",
        books(entries=pay("a", "2024-03-01", 940) + pay("b", "2024-05-01", 940)),
        [({"a", "b"}, yuan(940))],
        own={"days": 90},
    ),
]
