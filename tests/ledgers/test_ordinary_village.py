"""The books of an ordinary village over three years, kept as they should be: nothing stands out in them."""

import datetime as dt
from functools import partial

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rows import Asset, Benefit, Cadre, Contract, Debt, Entry, Kin, Shown
from ledgers.rules.rule import run
from tests.ledgers.books import books, yuan

# Not L14: insurance and a bonus at the year's end make December's sum large, a hint that a word answers.
CODES = [f"L{number:02}" for number in range(1, 31) if number != 14]
YEARS = (2023, 2024, 2025)
CADRES = {"王甲": ("m-wang", "村党总支书记"), "李乙": ("m-li", "会计"), "周戊": ("m-zhou", "妇女主任")}
SIGNED = {
    "handler": "李乙",
    "witness": "周戊",
    "approver": "王甲",
    "panel_sealed": True,
    "attachments": 2,
}


class Keeper:
    """Writes vouchers as a careful bookkeeper does."""

    def __init__(self):
        self.vouchers = []

    def write(self, day, summary, debit, credit, amount, **more):
        self.vouchers.append((day, summary, debit, credit, yuan(amount), more))

    def entries(self):
        """All lines, numbered through each year by day."""
        for year in YEARS:
            of_year = sorted(
                (each for each in self.vouchers if each[0].year == year), key=lambda each: each[0]
            )
            for number, (day, summary, debit, credit, amount, more) in enumerate(of_year, 1):
                shared = {"number": number, "summary": summary, "approved_on": day} | SIGNED | more
                line = partial(Entry, year=year, day=day, voucher=f"记-{number}", **shared)
                yield line(f"{year}-{number}d", standard=debit, debit=amount)
                yield line(f"{year}-{number}c", standard=credit, credit=amount)


def month(keeper, year, number):
    """A month: wages owed and paid, electricity, a bank's charge, cleaning, work days, small purchases."""
    day = dt.date(year, number, 20)
    for name, (mark, _) in CADRES.items():
        keeper.write(day, f"计提{number}月工资", "541", "211", 2600, party=name, party_mark=mark)
        keeper.write(
            day, f"发放{number}月工资", "211", "102", 2600, party=name, party_mark=mark, party_account=mark
        )
    keeper.write(
        day, f"付{number}月电费", "541", "102", 640 + number, party="供电所", party_account="n-power"
    )
    keeper.write(day, "账户管理费", "541", "102", 10, attachments=0, handler="", witness="")
    keeper.write(
        day,
        f"付{number}月保洁费",
        "541",
        "102",
        1500,
        party="赵丙",
        party_mark="m-zhao",
        party_account="n-zhao",
    )
    keeper.write(
        day, f"付{number}月修渠误工补贴12天", "541", "102", 1200, party="钱丁", party_account="n-qian"
    )
    keeper.write(
        day, "购办公用品", "541", "101", 180, seller="育才文具店", party="育才文具店", ticket="增值税普通发票"
    )
    keeper.write(day, "提取备用现金", "101", "102", 500)


def year(keeper, number):
    """What comes once a year: rent, a grant, a road with its payment, insurance, goods for the old, a refund."""
    day = dt.date(number, 3, 5)
    keeper.write(day, "收鱼塘承包费", "102", "511", 6000, party="孙己", party_mark="m-sun")
    keeper.write(dt.date(number, 9, 1), f"收{number}年门面租金", "102", "511", 12000, party="吴庚")
    keeper.write(dt.date(number, 4, 5), "收到转移支付补助", "102", "522", 150000)
    keeper.write(dt.date(number, 6, 5), "收门面押金", "102", "202", 2000, party="吴庚")
    keeper.write(dt.date(number, 6, 9), "付二组道路硬化工程款", "154", "102", 60000, party="宏达建筑有限公司")
    keeper.write(
        dt.date(number, 7, 9), "付村部维修费", "541", "102", 4200, party="兴旺建材店", seller="兴旺建材店"
    )
    keeper.write(dt.date(number, 10, 9), "重阳节慰问品大米食用油", "551", "102", 3000, party="惠民超市")
    keeper.write(dt.date(number, 11, 9), "报销差旅费", "541", "101", 260, party="王甲", party_mark="m-wang")
    keeper.write(dt.date(number, 12, 9), "付村干部养老保险", "541", "102", 9600, attachments=1)
    keeper.write(
        dt.date(number, 12, 25), "付全年绩效工资", "541", "102", 4000, party="王甲", party_mark="m-wang"
    )


def the_village():
    keeper = Keeper()
    for number in YEARS:
        for each in range(1, 13):
            month(keeper, number, each)
        year(keeper, number)
    since = dt.date(2021, 5, 1)
    return books(
        entries=list(keeper.entries()),
        cadres=[Cadre(mark, name, mark, post, since) for name, (mark, post) in CADRES.items()],
        kin=[Kin("k1", "m-wang", "郑辛", "m-zheng", "配偶")],
        contracts=[
            Contract("c1", name="鱼塘承包合同", kind="鱼塘", party="孙己", party_mark="m-sun", rent=yuan(6000),
                     starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2029, 12, 31)),
            Contract("c2", name="门面租赁合同", kind="门面", party="吴庚", rent=yuan(12000),
                     starts_on=dt.date(2022, 9, 1), ends_on=dt.date(2027, 8, 31)),
        ],
        assets=[Asset("a1", "村部办公楼", "房屋", yuan(1), yuan(1), yuan(800000), booked=True)],
        debts=[Debt("d1", 2025, "payable", "吴庚", "", yuan(2000), dt.date(2023, 6, 5), reason="门面押金")],
        benefits=[Benefit(f"b{each}", "公益岗", "work", 2025, each, "赵丙", "m-zhao", amount=yuan(1500), days=yuan(26))
                  for each in range(1, 13)],
        shown=[Shown(f"s{y}{q}", y, q, dt.date(y, q * 3, 28)) for y in YEARS for q in (1, 2, 3, 4)],
        elections=[dt.date(2024, 1, 10)],
    )  # fmt: skip


VILLAGE = the_village()


@pytest.mark.parametrize("code", CODES)
def test_nothing_stands_out(code):
    own = {"yearly": 36000} if code == "L20" else None
    assert [hit.reason for hit in run(all_rules()[code], VILLAGE, own)] == []
