"""Anomalies between the lists."""

import datetime as dt

from ledgers.rules.rows import Listed
from tests.ledgers.plants.planting import Planted, keys, plant, rows, some_year
from tests.ledgers.villages.bookkeeping import YEARS, yuan


@plant("C01")
def _(village, chance):
    person, year, month = village.person(1938), some_year(chance), chance.randint(2, 6)
    died = village.add(
        "lists", Listed(village.key("亡"), "death", person.name, person.mark, since=dt.date(year, month, 9))
    )
    paid = village.months(person, "城乡居民养老金", "pension", 128, first=(2021, 1), last=(year, month + 4))
    return Planted("C01", (*rows(*paid[-4:]), died.key))


@plant("C02")
def _(village, chance):
    person = village.settle(village.person(1972))
    paid = village.months(person, "农村低保", "subsistence", 380, first=(2023, 1))
    staff = village.add(
        "lists",
        Listed(
            village.key("财"), "staff", person.name, person.mark, detail="镇卫生院", since=dt.date(2015, 7, 1)
        ),
    )
    return Planted("C02", (*rows(*paid), staff.key))


@plant("C03")
def _(village, chance):
    officer, kin = chance.choice(village.kin)
    person = chance.choice([officer, kin])
    paid = village.months(person, "农村低保", "subsistence", 345, first=(2022, 4), last=(2023, 3))
    return Planted("C03", rows(*paid))


@plant("C04")
def _(village, chance):
    person = village.settle(village.person(1975))
    paid = village.months(person, "农村低保", "subsistence", 345, first=(2024, 1))
    kind, detail = chance.choice(
        [("property", "小型普通客车"), ("property", "县城商品房"), ("company", "鸿运建材有限公司")]
    )
    owned = village.add(
        "lists",
        Listed(village.key("产"), kind, person.name, person.mark, detail=detail, since=dt.date(2020, 3, 2)),
    )
    return Planted("C04", (*rows(*paid), owned.key))


@plant("C05")
def _(village, chance):
    head = chance.choice(village.homes[9:40])[0]
    land, year = village.land[head.mark], some_year(chance)
    paid = next(
        row
        for row in village.rows["benefits"]
        if row.mark == head.mark and row.year == year and row.kind == "farmland"
    )
    area = land.area + yuan(chance.choice([3, 8.5]))
    village.change("benefits", paid.key, area=area, amount=yuan(round(float(area) * 92.5, 2)))
    return Planted("C05", (paid.key, land.key))


@plant("C06")
def _(village, chance):
    if chance.random() < 0.5:
        paid = village.months(
            village.stranger(), "农村低保", "subsistence", 355, first=(2024, 1), last=(2024, 12)
        )
        return Planted("C06", rows(*paid))
    head, member = chance.choice(village.homes[9:40])[:2]
    paid = [
        village.grant(
            member, "耕地地力保护补贴", "farmland", year, None, 92.5, area=yuan(1), head=member.name
        )
        for year in YEARS
    ]
    return Planted("C06", rows(*paid))


@plant("C07")
def _(village, chance):
    person = village.settle(village.person(1958))
    paid = village.months(person, "农村低保", "subsistence", 345, first=(2022, 1), last=(2023, 12))
    pension = village.add(
        "lists",
        Listed(
            village.key("保"),
            "insurance",
            person.name,
            person.mark,
            detail="企业职工养老",
            amount=yuan(2150),
            since=dt.date(2019, 2, 1),
        ),
    )
    return Planted("C07", (*rows(*paid), pension.key))


@plant("C08")
def _(village, chance):
    person = village.settle(village.person(1955))
    paid = village.months(person, "特困分散供养金", "special_care", 760)
    inside = village.add(
        "lists",
        Listed(
            village.key("机"),
            "institution",
            person.name,
            person.mark,
            detail=chance.choice(["镇敬老院", "监狱服刑"]),
            since=dt.date(2023, 3, 1),
        ),
    )
    return Planted("C08", (*rows(*paid[27:]), inside.key))


@plant("C09")
def _(village, chance):
    person = village.settle(village.person(2004))
    kind = chance.choice(["staff", "student", "away"])
    other = village.add(
        "lists", Listed(village.key("比"), kind, person.name, person.mark, since=dt.date(2021, 3, 1))
    )
    if chance.random() < 0.5:
        paid = village.months(person, "保洁公益岗补贴", "work", 700, first=(2023, 3), last=(2023, 12))
        return Planted("C09", (*rows(*paid), other.key))
    paid = village.wage(village.day(2024, 5), "付人居环境整治误工", 480, person)
    return Planted("C09", (*keys(paid), other.key))


@plant("C10")
def _(village, chance):
    if chance.random() < 0.5:
        paid = village.grant(village.settle(village.person(1938)), "防汛演练补助", "relief", 2023, 6, 100)
        return Planted("C10", rows(paid))
    person = village.settle(village.person(1966))
    ill = village.add(
        "lists", Listed(village.key("卧"), "bedridden", person.name, person.mark, since=dt.date(2022, 2, 1))
    )
    paid = village.months(person, "保洁公益岗补贴", "work", 700, first=(2023, 1), last=(2023, 12))
    return Planted("C10", (*rows(*paid), ill.key))


@plant("C11")
def _(village, chance):
    how = chance.choice(["names", "account", "number", "age"])
    year, person = some_year(chance), village.settle(village.person(1969))
    if how == "names":
        one = village.grant(person, "临时救助", "relief", year, 3, 800)
        two = village.grant(person._replace(name=next(village.names)), "临时救助", "relief", year, 9, 800)
        return Planted("C11", rows(one, two))
    if how == "account":
        other = village.settle(village.person(1971))
        paid = [
            village.grant(who, "临时救助", "relief", year, 3, 800, account="a-one") for who in (person, other)
        ]
        return Planted("C11", rows(*paid))
    if how == "number":
        return Planted(
            "C11", rows(village.grant(person, "临时救助", "relief", year, 3, 800, number_valid=False))
        )
    return Planted("C11", rows(*village.months(person, "城乡居民养老金", "pension", 128, first=(2023, 1))))


@plant("C12")
def _(village, chance):
    officer, kin = chance.choice(village.kin)
    firm = "万家兴建设工程有限公司"
    own = village.add("lists", Listed(village.key("企"), "company", kin.name, kin.mark, detail=firm))
    work = village.project("水塔维修工程", 52400, some_year(chance), firm)
    return Planted("C12", (*rows(work), own.key))
