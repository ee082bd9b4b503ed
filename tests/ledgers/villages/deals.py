"""Contracts, projects, assets and resources, all in order."""

import datetime as dt
from decimal import Decimal

from ledgers.rules.rows import (
    Asset,
    Bidder,
    Contract,
    Debt,
    Project,
    Resource,
    Shown,
)
from tests.ledgers.villages.bookkeeping import PRICES, TODAY, YEARS, yuan
from tests.ledgers.villages.money import Money


class Deals(Money):
    """What is let, built and owned."""

    def lease(self, name, kind, plot, area, party, start, years, rent=None, booked=True, **more):
        """A contract in order: decided, shown, signed, filed, measured, paid each June."""
        signed = start - dt.timedelta(days=10)
        rent = yuan(rent or round(PRICES[kind] * self.rng.uniform(0.9, 1.15) * area, -1))
        price = (rent / Decimal(str(area))).quantize(Decimal("0.01"))
        end = start.replace(year=start.year + years) - dt.timedelta(days=1)
        due_years = [year for year in YEARS if start <= dt.date(year, 6, 30) <= min(end, TODAY)]
        terms = {
            "no": f"HT{next(self.count)}",
            "name": name,
            "kind": kind,
            "plot": plot,
            "area": yuan(area),
            "measured": yuan(area),
            "party": party.name,
            "party_mark": party.mark,
            "signed_on": signed,
            "starts_on": start,
            "ends_on": end,
            "price": price,
            "rent": rent,
            "due": rent * len(due_years),
            "paid": rent * len(due_years),
            "dues": dict.fromkeys(due_years, rent),
            "payments": dict.fromkeys(due_years, rent),
            "method": "公开交易",
            "meeting_on": signed - dt.timedelta(days=30),
            "published_on": signed - dt.timedelta(days=20),
            "filed_on": signed + dt.timedelta(days=8),
            "written": True,
            "in_use": end >= TODAY,
        }
        contract = self.add("contracts", Contract(self.key("合"), **terms | more))
        if booked:
            for year in contract.payments:
                self.receive(
                    self.day(year, 6),
                    f"收{name}{year}年承包款",
                    contract.payments[year],
                    "511",
                    party.name,
                    party.mark,
                )
        return contract

    def leases(self):
        farmer = self.villager()
        self.lease("东头鱼塘承包", "鱼塘", "东头鱼塘", 12, farmer, dt.date(2019, 1, 1), 4)
        self.lease("东头鱼塘承包（续签）", "鱼塘", "东头鱼塘", 12, farmer, dt.date(2023, 1, 1), 5)
        self.lease("后山林地流转", "山林", "后山林地", 60, self.villager(), dt.date(2015, 1, 1), 15)
        self.lease("村口门面一号出租", "门面", "村口门面1号", 45, self.stranger(), dt.date(2021, 1, 1), 3)
        self.lease("村口门面一号出租", "门面", "村口门面1号", 45, self.stranger(), dt.date(2024, 1, 1), 3)
        self.lease("村口门面二号出租", "门面", "村口门面2号", 40, self.stranger(), dt.date(2020, 1, 1), 8)
        self.lease("南畈机动地承包", "耕地", "南畈机动地", 15, self.villager(), dt.date(2022, 1, 1), 5)

    def project(self, name, price, year, contractor=None, owner="", paid=True, **more):
        """A project in order: tendered, signed, built, accepted, paid in three parts, the grant received first."""
        contractor = (
            contractor
            or f"{self.rng.choice('宏安长华恒嘉')}{self.rng.choice('建筑路桥园林水利')}{year}建设有限公司"
        )
        tendered = self.day(year, 3, 5, 20)
        after = [tendered + dt.timedelta(days=days) for days in (10, 20, 80, 95, 120)]
        bidders = tuple(
            Bidder(firm, f"县城建设路{no}号", f"1380000{no:04}", next(self.names))
            for no, firm in zip(
                self.rng.sample(range(1000, 9999), 3),
                (contractor, f"远大{year}公司", f"中兴{year}公司"),
                strict=True,
            )
        )
        terms = {
            "name": name,
            "contractor": contractor,
            "owner": owner or next(self.names),
            "budget": yuan(price * 1.08),
            "price": yuan(price),
            "settled": yuan(price),
            "paid": yuan(price),
            "method": "公开招标",
            "tendered_on": tendered,
            "signed_on": after[0],
            "starts_on": after[1],
            "finished_on": after[2],
            "accepted_on": after[3],
            "final_paid_on": after[4],
            "bidders": bidders,
        }
        project = self.add("projects", Project(self.key("工"), **terms | more))
        if paid:
            self.receive(tendered - dt.timedelta(days=15), f"收到{name}项目资金", price, "522", "镇财政所")
            for share, day, part in (
                (0.3, after[1], "预付款"),
                (0.5, after[2], "进度款"),
                (0.2, after[4], "尾款"),
            ):
                self.pay(
                    day,
                    f"付{name}{part}",
                    round(price * share, 2),
                    "154",
                    name,
                    party=contractor,
                    mark=project.contractor_mark,
                    attachments=6,
                )
        return project

    def works(self):
        self.project("一组道路硬化工程", 86400, 2022)
        self.project("文化广场改造工程", 128600, 2024)

    def assets(self):
        for name, value in (("办公楼", 620000), ("抽水机", 18000), ("路灯", 150000), ("文化广场", 72000)):
            self.add(
                "assets",
                Asset(
                    self.key("资"),
                    name,
                    "非经营性",
                    yuan(1),
                    yuan(1),
                    yuan(value),
                    dt.date(2012, 6, 1),
                    "自用",
                    booked=True,
                ),
            )
        for kind, plot, area, state, contract in (
            ("水面", "东头鱼塘", 12, "出租", True),
            ("林地", "后山林地", 60, "出租", True),
            ("耕地", "南畈机动地", 15, "出租", True),
            ("四荒", "北坡", 8, "闲置", False),
        ):
            self.add(
                "resources",
                Resource(self.key("源"), kind, plot, yuan(area), yuan(area), state=state, contract=contract),
            )
        for year in YEARS:
            self.add(
                "debts",
                Debt(
                    self.key("往"),
                    year,
                    "payable",
                    "镇会计服务中心",
                    amount=yuan(1200),
                    since=dt.date(year, 11, 1),
                    moved_on=dt.date(year, 12, 20),
                    reason="年终尾款",
                ),
            )
            for quarter in range(1, 5):
                day = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, self.rng.randint(5, 25))
                self.add("shown", Shown(self.key("公"), year, quarter, day))
