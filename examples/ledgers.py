"""Entries of a made-up village ledger: income, running costs, a project, and the quirks an inspector looks for."""

import datetime as dt
import random

CASH, BANK = ("101", "现金"), ("102", "银行存款")
SPENDING = [
    ("541", "管理费用", "村部办公用品", (120, 1800), "增值税普通发票"),
    ("541", "管理费用", "水电费", (260, 2400), "增值税普通发票"),
    ("541", "管理费用", "报刊订阅", (300, 1600), "增值税普通发票"),
    ("541", "管理费用", "误工补贴", (600, 9000), "自制表"),
    ("541", "管理费用", "会议用餐", (380, 2600), "收条"),
    ("551", "其他支出", "环境整治用工", (900, 12000), "收条"),
    ("551", "其他支出", "慰问老党员", (1000, 6000), "签领表"),
    ("154", "在建工程", "村道硬化工程款", (26000, 98000), "增值税普通发票"),
    ("154", "在建工程", "水渠修缮工程款", (8000, 46000), "增值税普通发票"),
]
INCOME = [
    ("511", "发包及上交收入", "鱼塘租金", (6000, 30000)),
    ("511", "发包及上交收入", "山林承包款", (4000, 18000)),
    ("522", "补助收入", "村级组织运转经费", (30000, 60000)),
    ("531", "其他收入", "场地出租", (800, 5200)),
]
PAYEES = ["青岚顺达建材经营部", "河口镇文印店", "区供电公司", "零星用工", "村民代表", "望江水利施工队"]


def ledger_rows(rng: random.Random, year: int) -> list[list]:
    """Return the year's double entries in date order: each voucher is one debit and one credit of equal amount."""
    days = sorted(rng.randint(1, 359) for _ in range(64))
    rows: list[list] = []
    held = number = 0
    for day in days:
        date = dt.date(year, 1, 1) + dt.timedelta(days=day)
        voucher = _voucher(rng, date)
        spent = voucher[1][5] if voucher[1][2] == CASH[0] else 0
        if spent > held:
            drawn = -(-(spent - held) // 1000) * 1000
            held, number = held + drawn, number + 1
            rows += _numbered(number, _withdrawal(voucher[0][0], drawn))
        held, number = held - spent, number + 1
        rows += _numbered(number, voucher)
    return rows


def _numbered(number: int, voucher: list[list]) -> list[list]:
    return [[when, f"记-{number:03d}", *rest] for when, *rest in voucher]


def _withdrawal(when: object, amount: int) -> list[list]:
    """Cash from the bank before it is spent: a till that holds less than nothing would be a sign of its own."""
    tail = ["", "现金支票", "现金支票存根", 1, "庄景明", "江予安"]
    return [
        [when, "提取备用金", *CASH, amount, None, *tail],
        [when, "提取备用金", *BANK, None, amount, *tail],
    ]


def _voucher(rng: random.Random, date: dt.date) -> list[list]:
    when = f"{date.year}.{date.month}.{date.day}" if rng.random() < 0.1 else date
    if rng.random() < 0.25:
        code, name, summary, reach = rng.choice(INCOME)
        amount = rng.randint(*reach)
        tail = ["", "银行转账", "收款收据", 1, "江予安", "蒋含章"]
        return [
            [when, f"收{summary}", *BANK, amount, None, *tail],
            [when, f"收{summary}", code, name, None, amount, *tail],
        ]
    code, name, summary, reach, paper = rng.choice(SPENDING)
    amount = rng.randint(*reach)
    by_cash = rng.random() < 0.3
    tail = [
        rng.choice(PAYEES),
        "现金" if by_cash else "银行转账",
        paper,
        rng.randint(1, 6),
        "庄景明",
        "江予安",
    ]
    return [
        [when, f"付{summary}", code, name, amount, None, *tail],
        [when, f"付{summary}", *(CASH if by_cash else BANK), None, amount, *tail],
    ]
