"""Anomalies L01 to L15: vouchers, cash and sums."""

import datetime as dt

from tests.ledgers.plants.planting import Planted, keys, plant, some_year


@plant("L01")
def _(village, chance):
    day = village.day(some_year(chance), chance.randint(1, 10))
    later = day + dt.timedelta(days=chance.choice([20, 45, 70]))
    paper = {"party": "新城装饰店", "ticket_no": f"3{chance.randint(1000000, 9999999)}"}
    one = village.pay(day, "付会议室粉刷费", 2380, "551", "维修费", **paper)
    two = village.pay(later, "付办公楼墙面粉刷费", 2760, "551", "维修费", **paper)
    return Planted("L01", keys(one, two))


@plant("L02")
def _(village, chance):
    day = village.day(some_year(chance), chance.randint(1, 9))
    said = {"account": "551", "sub": "维修费", "party": "大力机械租赁站"}
    one = village.pay(day, "付挖掘机清理塌方费", 3860, **said)
    two = village.pay(day + dt.timedelta(days=chance.randint(10, 50)), "付挖掘机清理塌方费", 3860, **said)
    return Planted("L02", keys(one, two))


@plant("L03")
def _(village, chance):
    """A number left out, given twice, or a day before that of the number before."""
    year = some_year(chance)
    voucher = chance.choice(
        [one for one in village.vouchers if one.day.year == year and 3 < one.day.month < 12]
    )
    series = [
        one
        for one in village.vouchers
        if one.day.year == year and village.series(one) == village.series(voucher)
    ]
    series.sort(key=lambda one: one.order)
    at = series.index(voucher)
    how = chance.choice(["skipped", "again", "back"])
    if how == "back":
        voucher.day -= dt.timedelta(days=40)
    elif how == "again" and series[at - 1].day != voucher.day:
        voucher.again = True
    else:  # two vouchers of one day under one number would read as one
        voucher.skipped = 1
    return Planted("L03", keys(*series[max(at - 1, 0) : at + 2]))


@plant("L04")
def _(village, chance):
    day, seller = village.day(some_year(chance), 5), village.villager()
    ticket = chance.choice(["白条", "收条", "无票"])
    paid = village.pay(
        day,
        "付修桥砂石款",
        3300,
        "551",
        "维修费",
        party=seller.name,
        mark=seller.mark,
        ticket=ticket,
        ticket_no="",
    )
    return Planted("L04", keys(paid))


@plant("L05")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    drawn = village.draw(day, 8600)
    paid = village.pay(day, "付水泵房改造材料款", 8600, "551", "维修费", by="cash", party="建材大卖场")
    return Planted("L05", keys(drawn, paid))


@plant("L06")
def _(village, chance):
    day = village.day(some_year(chance), 4, 5, 8)
    drawn = village.draw(day, 21000)
    back = village.deposit(day + dt.timedelta(days=12), 21000)
    return Planted("L06", keys(drawn, back))


@plant("L07")
def _(village, chance):
    day = village.day(some_year(chance), 11, 5, 8)
    paid = [
        village.pay(day, what, 960, "551", "维修费", by="cash", party=shop)
        for what, shop in (
            ("购门窗配件", "佳美门窗店"),
            ("购灯具", "明亮电器服务部"),
            ("购水管", "通畅管业店"),
        )
    ]
    drawn = village.draw(day + dt.timedelta(days=9), 2900)
    return Planted("L07", keys(*paid, drawn))


@plant("L08")
def _(village, chance):
    day = village.day(some_year(chance), 8)
    taken = village.receive(day, "收集市摊位费", 1950, "531", "摊贩", by="cash")
    spent = village.pay(day, "付集市清扫雇工费", 1950, "551", "维修费", by="cash", party="兴盛保洁服务部")
    return Planted("L08", keys(taken, spent))


@plant("L09")
def _(village, chance):
    day = village.day(some_year(chance), 7, 5, 20)
    taken = village.receive(day, "收抽水机租用费", 2750, "531", "周边农户", by="cash")
    carried = village.deposit(day + dt.timedelta(days=34), 2750)
    return Planted("L09", keys(taken, carried))


@plant("L10")
def _(village, chance):
    day, officer = village.day(2023, chance.randint(2, 8)), village.officers[1]
    who = {"party": officer.name, "party_mark": officer.mark}
    lent = village.post(
        day,
        f"{officer.name}借备用金",
        [village.line("112", "备用金", debit=5000, **who), village.line("102", credit=5000)],
        **village.signed(day),
        paid_by="bank",
    )
    return Planted("L10", keys(lent))


@plant("L11")
def _(village, chance):
    what = chance.choice(["付接待用餐费", "付招待用烟酒款", "付工作餐及香烟款"])
    paid = village.pay(village.day(some_year(chance), 6), what, 865, sub="其他", by="bank", party="农家饭庄")
    return Planted("L11", keys(paid))


@plant("L12")
def _(village, chance):
    day = village.day(some_year(chance), 5)
    paid = [
        village.pay(
            day + dt.timedelta(days=9 * i), f"付{what}", amount, "551", "维修费", party="鑫源建材经营部"
        )
        for i, (what, amount) in enumerate((("水泥款", 9300), ("沙子款", 8850), ("石子款", 9420)))
    ]
    return Planted("L12", keys(*paid))


@plant("L13")
def _(village, chance):
    year = some_year(chance)
    paid = [
        village.pay(
            village.day(year, month),
            f"付{what}",
            1000 * chance.randint(1, 4),
            "551",
            "其他",
            party=f"{what}服务队",
        )
        for month, what in zip(
            range(1, 11),
            ("绿化", "宣传", "测量", "清障", "搬运", "布展", "巡河", "普查", "设计", "咨询"),
            strict=True,
        )
    ]
    return Planted("L13", keys(*paid), year)


@plant("L14")
def _(village, chance):
    year, month = some_year(chance), chance.choice([4, 5, 10])
    paid = [
        village.pay(village.day(year, month), f"付{what}", amount, "541", "办公费", party="学友文具店")
        for what, amount in (("办公耗材款", 9620.5), ("档案盒款", 9310), ("标牌制作款", 8840))
    ]
    return Planted("L14", keys(*paid), year)


@plant("L15")
def _(village, chance):
    year = some_year(chance)
    paid = [
        village.pay(
            village.day(year, month),
            f"付{month}月人居环境整治租车费",
            4000 + 137 * month,
            "551",
            "租车费",
            party="捷运汽车租赁行",
        )
        for month in range(1, 12)
    ]
    return Planted("L15", keys(*paid), year)
