"""Anomalies in contracts and projects."""

import datetime as dt

from ledgers.rules.rows import Bidder, Resource
from tests.ledgers.plants.planting import Planted, keys, plant, rows, some_year
from tests.ledgers.villages.bookkeeping import yuan


@plant("K01")
def _(village, chance):
    lease = village.lease(
        "旧校舍出租", "门面", "旧校舍", 80, village.stranger(), dt.date(2019, 1, 1), 5, in_use=True
    )
    return Planted("K01", rows(lease))


@plant("K02")
def _(village, chance):
    years = chance.choice([25, 30, 40])
    lease = village.lease(
        "砖厂场地出租", "门面", "砖厂场地", 90, village.stranger(), dt.date(2012, 1, 1), years
    )
    return Planted("K02", rows(lease))


@plant("K03")
def _(village, chance):
    lease = village.lease(
        "荒山承包", "四荒", "大荒山", 100, village.stranger(), dt.date(1999, 1, 1), 60, rent=3000
    )
    return Planted("K03", rows(lease))


@plant("K04")
def _(village, chance):
    lease = village.lease(
        "中塘承包", "鱼塘", "中塘", 10, village.villager(), dt.date(2022, 1, 1), 5, rent=2400
    )
    return Planted("K04", rows(lease))


@plant("K05")
def _(village, chance):
    lease = village.lease(
        "河湾地承包", "耕地", "河湾地", 20, village.villager(), dt.date(2021, 1, 1), 6, booked=False
    )
    paid = {year: rent for year, rent in lease.payments.items() if year < 2024}
    for year, rent in paid.items():
        village.receive(
            village.day(year, 6), f"收河湾地承包{year}年承包款", rent, "511", lease.party, lease.party_mark
        )
    village.change("contracts", lease.key, payments=paid, paid=sum(paid.values()))
    return Planted("K05", rows(lease))


@plant("K06")
def _(village, chance):
    lease = village.lease(
        "晒谷场出租", "门面", "晒谷场", 50, village.villager(), dt.date(2023, 1, 1), 4, written=False
    )
    return Planted("K06", rows(lease))


@plant("K07")
def _(village, chance):
    lack = chance.choice(
        [
            {"meeting_on": None},
            {"published_on": None},
            {"filed_on": None},
            {"meeting_on": dt.date(2023, 4, 1)},
        ]
    )
    lease = village.lease(
        "粮仓出租", "门面", "老粮仓", 70, village.stranger(), dt.date(2023, 1, 1), 4, **lack
    )
    return Planted("K07", rows(lease))


@plant("K08")
def _(village, chance):
    _, kin = chance.choice(village.kin)
    lease = village.lease("果园承包", "耕地", "坡上果园", 18, kin, dt.date(2022, 1, 1), 5)
    return Planted("K08", rows(lease))


@plant("K09")
def _(village, chance):
    lease = village.lease(
        "采石场场地出租",
        "门面",
        "采石场场地",
        100,
        village.stranger(),
        dt.date(2022, 1, 1),
        10,
        booked=False,
        prepaid_years=10,
    )
    whole = lease.rent * 10
    village.change("contracts", lease.key, payments={2022: whole}, paid=whole, due=whole, dues={2022: whole})
    taken = village.receive(
        village.day(2022, 2), "收采石场场地出租十年租金", whole, "511", lease.party, lease.party_mark
    )
    spent = [
        village.pay(
            village.day(2022, month), f"付{what}", round(float(whole) * 0.33, 2), "551", "其他", party=firm
        )
        for month, what, firm in (
            (4, "景观亭建设款", "古韵园林公司"),
            (6, "牌坊建设款", "石艺公司"),
            (8, "绿化款", "四季苗圃场"),
        )
    ]
    return Planted("K09", (*rows(lease), *keys(taken, *spent)))


@plant("K10")
def _(village, chance):
    lease = village.lease(
        "北畈地承包",
        "耕地",
        "北畈地",
        20,
        village.villager(),
        dt.date(2022, 1, 1),
        5,
        measured=yuan(chance.choice([23.6, 27])),
    )
    return Planted("K10", rows(lease))


@plant("K11")
def _(village, chance):
    user = village.villager()
    plot = village.add(
        "resources",
        Resource(
            village.key("源"), "水面", "南坝塘", yuan(6), yuan(6), user.name, user.mark, "他人使用", False
        ),
    )
    return Planted("K11", rows(plot))


@plant("K12")
def _(village, chance):
    one = village.lease("柳湾塘承包", "鱼塘", "柳湾塘", 9, village.villager(), dt.date(2021, 1, 1), 6)
    two = village.lease("柳湾塘发包", "鱼塘", "柳湾塘", 9, village.villager(), dt.date(2024, 1, 1), 5)
    return Planted("K12", rows(one, two))


@plant("P01")
def _(village, chance):
    year, firm = chance.choice([2021, 2023, 2025]), "联丰建筑安装工程有限公司"
    works = [
        village.project(
            f"{name}水渠衬砌工程",
            price,
            year,
            firm,
            "童甲子",
            method="直接发包",
            bidders=(),
            tendered_on=None,
        )
        for name, price in (("一组", 93600), ("二组", 95200), ("三组", 96800))
    ]
    return Planted("P01", rows(*works))


@plant("P02")
def _(village, chance):
    work = village.project("公厕新建工程", 72600, some_year(chance))
    extra = village.pay(
        work.final_paid_on + dt.timedelta(days=5),
        "付公厕新建工程增加款",
        15000,
        "154",
        work.name,
        party=work.contractor,
        attachments=6,
    )
    village.change("projects", work.key, paid=yuan(87600))
    return Planted("P02", (*rows(work), *keys(extra)))


@plant("P03")
def _(village, chance):
    work = village.project("泵站维修工程", 58300, some_year(chance))
    village.change("projects", work.key, starts_on=work.tendered_on - dt.timedelta(days=18))
    return Planted("P03", rows(work))


@plant("P04")
def _(village, chance):
    work = village.project("村史馆装修工程", 61700, some_year(chance))
    accepted = None if chance.random() < 0.5 else work.final_paid_on + dt.timedelta(days=40)
    village.change("projects", work.key, accepted_on=accepted)
    return Planted("P04", rows(work))


@plant("P05")
def _(village, chance):
    work = village.project("灌溉渠工程", 88200, some_year(chance))
    shared = {"address": "县城解放路18号3楼", "phone": "13800001234"}
    bidders = tuple(Bidder(bidder.name, **shared, person=bidder.person) for bidder in work.bidders)
    village.change("projects", work.key, bidders=bidders)
    return Planted("P05", rows(work))


@plant("P06")
def _(village, chance):
    _, kin = chance.choice(village.kin)
    work = village.project(
        "围墙修缮工程", 46200, some_year(chance), kin.name, kin.name, contractor_mark=kin.mark
    )
    paid = [one for one in village.vouchers if any(line.get("party") == kin.name for line in one.lines)]
    return Planted("P06", (*rows(work), *keys(*paid)))
