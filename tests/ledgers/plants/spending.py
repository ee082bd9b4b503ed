"""Anomalies L16 to L30: what was spent, on whom, and how it was signed."""

import datetime as dt

from ledgers.rules.rows import Asset, Debt, Listed
from tests.ledgers.plants.planting import Planted, keys, plant, rows, some_year
from tests.ledgers.villages.bookkeeping import YEARS, yuan


@plant("L16")
def _(village, chance):
    year = some_year(chance)
    paid = [
        village.pay(village.day(year, month), "付汽车加油费", 420, sub="交通费", party="城南加油站")
        for month in (3, 6, 9)
    ]
    return Planted("L16", keys(*paid), year)


@plant("L17")
def _(village, chance):
    year, officer = some_year(chance), village.officers[2]
    if chance.random() < 0.5:
        paid = village.pay(village.day(year, 4), "购水泥、钢筋", 6840, "551", "维修费", party="鲜又多水果店")
        return Planted("L17", keys(paid))
    shop = village.add(
        "lists", Listed(village.key("企"), "company", officer.name, officer.mark, detail="兴旺百货店")
    )
    paid = village.pay(village.day(year, 4), "购会议桌椅", 3840, sub="办公费", party="兴旺百货店")
    return Planted("L17", (*keys(paid), shop.key))


@plant("L18")
def _(village, chance):
    """Much is spent in December, or in the weeks before the election of January 2026."""
    year, first = chance.choice([(2021, (12, 12, 12)), (2023, (12, 12, 12)), (2025, (11, 11, 12))])
    paid = [
        village.pay(village.day(year, month, 20, 28), f"付{what}", amount, "551", "其他", party=firm)
        for month, what, amount, firm in (
            (first[0], "绿化苗木款", 86300, "四季苗圃场"),
            (first[1], "宣传栏制作款", 78450, "天一广告公司"),
            (first[2], "护栏安装款", 92900, "坚固护栏公司"),
        )
    ]
    return Planted("L18", keys(*paid), year)


@plant("L19")
def _(village, chance):
    year = some_year(chance)
    if chance.random() < 0.5:
        worker = village.villager()
        paid = village.wage(village.day(year, 4), f"付{worker.name}3月误工补贴35天", 3500, worker)
    else:
        paid = village.wage(village.day(year, 9), "付防汛误工补贴", 600, village.sent)
    return Planted("L19", keys(paid))


@plant("L20")
def _(village, chance):
    year, officer = some_year(chance), village.officers[0]
    paid = [
        village.wage(
            village.day(year, month, 27, 28),
            "发放村干部绩效报酬",
            6150,
            officer,
            sub="干部报酬",
            ticket="工资表",
        )
        for month in (4, 8, 11)
    ]
    wages = [
        line["key"]
        for one in village.vouchers
        if one.day.year == year
        for line in one.lines
        if line["summary"].endswith("月村干部报酬") and line.get("party") == officer.name
    ]
    return Planted("L20", (*keys(*paid), *wages), year)


@plant("L21")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    lack = chance.choice(
        [{"approver": ""}, {"handler": village.officers[0].name}, {"panel_sealed": False}, {"witness": ""}]
    )
    paid = village.pay(day, "付绿化养护费", 2470, "551", "维修费", party="四季苗圃场", **lack)
    return Planted("L21", keys(paid))


@plant("L22")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    approved = day + dt.timedelta(days=chance.randint(3, 30))
    paid = village.pay(day, "付公厕改造款", 7260, "551", "维修费", party="洁净环卫公司", approved_on=approved)
    return Planted("L22", keys(paid))


@plant("L23")
def _(village, chance):
    since = dt.date(chance.randint(2014, 2018), 5, 20)
    debts = [
        village.add(
            "debts",
            Debt(
                village.key("往"),
                year,
                "receivable",
                "原砖瓦厂",
                amount=yuan(18600),
                since=since,
                moved_on=since,
                reason="欠交承包款",
            ),
        )
        for year in YEARS
    ]
    return Planted("L23", rows(*debts))


@plant("L24")
def _(village, chance):
    _, kin = chance.choice(village.kin)
    day = village.day(some_year(chance), 5)
    paid = village.pay(day, "付护坡石料款", 9400, "551", "维修费", party=kin.name, mark=kin.mark)
    return Planted("L24", keys(paid))


@plant("L25")
def _(village, chance):
    """The list says that the rent came, or says nothing of it; the books have none for one year."""
    year = some_year(chance, 2023)
    lease = village.lease(
        "西塘承包", "鱼塘", "西塘", 10, village.villager(), dt.date(2022, 1, 1), 6, booked=False
    )
    for other in lease.dues:
        if other != year:
            said = f"收西塘承包{other}年承包款"
            village.receive(village.day(other, 6), said, lease.rent, "511", lease.party, lease.party_mark)
    if chance.random() < 0.5:
        village.change("contracts", lease.key, payments={}, paid=None, due=None)
    return Planted("L25", rows(lease), year)


@plant("L26")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    if chance.random() < 0.5:
        wrong = village.receive(day, "收沙场场地承包款", 16000, "202", "河畔沙场")
    else:
        wrong = village.pay(
            day, "付三组道路硬化工程款", 45800, "541", "其他", party="通达路桥公司", attachments=6
        )
    return Planted("L26", keys(wrong))


@plant("L27")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    paid = village.pay(
        day,
        "付河道清淤机械费",
        12800,
        "551",
        "维修费",
        party="大力机械租赁站",
        attachments=chance.choice([0, 1]),
    )
    return Planted("L27", keys(paid))


@plant("L28")
def _(village, chance):
    year, quarter = some_year(chance), chance.randint(1, 4)
    village.rows["shown"] = [
        row for row in village.rows["shown"] if (row.year, row.quarter) != (year, quarter)
    ]
    return Planted("L28", (), year)


@plant("L29")
def _(village, chance):
    asset = village.add(
        "assets",
        Asset(
            village.key("资"),
            "割草机",
            "非经营性",
            yuan(3),
            yuan(1),
            yuan(4800),
            dt.date(2020, 5, 1),
            "自用",
            booked=True,
        ),
    )
    return Planted("L29", rows(asset))


@plant("L30")
def _(village, chance):
    year, account = some_year(chance), f"acc{chance.randint(1, 999)}"
    people = [village.villager() for _ in range(3)]
    paid = [
        village.wage(village.day(year, 5), "付植树用工费", 360, person, party_account=account)
        for person in people
    ]
    return Planted("L30", keys(*paid))
