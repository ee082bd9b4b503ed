"""What a village takes in and spends in its ordinary months and years."""

import datetime as dt

from tests.ledgers.villages.bookkeeping import YEARS, Bookkeeper


class Money(Bookkeeper):
    """Wages, electricity, small purchases, subsidies, a correction, an advance."""

    def money(self):
        self.cleaner, self.forester = (self.settle(self.person(1964)) for _ in range(2))
        for year in YEARS:
            for month in range(1, 13):
                self.month(year, month)
            self.yearly(year)
        self.leases()
        self.works()

    def month(self, year, month):
        rng, day = self.rng, self.day(year, month, 8, 12)
        wages = [
            self.line("541", "干部报酬", debit=pay, party=one.name, party_mark=one.mark)
            for one, pay in zip(self.officers, (2600, 2100, 1900, 1900), strict=True)
        ]
        self.post(
            day,
            f"发放{month}月村干部报酬",
            [*wages, self.line("102", credit=8500)],
            **self.signed(day) | {"ticket": "工资表", "paid_by": "bank"},
        )
        season = 1.5 if month in (7, 8, 12, 1) else 1
        power = round(rng.uniform(210, 290) * season, 2)
        self.pay(
            self.day(year, month, 14, 18), f"付{month}月路灯电费", power, sub="水电费", party="县供电公司"
        )
        self.pay(self.day(year, month, 19, 22), f"付{month}月宽带费", 129, sub="邮电费", party="县电信公司")
        self.wage(self.day(year, month, 23, 26), f"付{month}月保洁员工资", 900, self.cleaner)
        self.small_cash(year, month)
        if month in (3, 6, 9, 12):
            self.receive(
                self.day(year, month, 20, 22),
                f"{year}年第{month // 3}季度利息",
                round(rng.uniform(210, 330), 2),
                "531",
                "县农商银行",
            )
            self.receive(self.day(year, month, 5, 25), "收到村级组织运转经费", 32000, "522", "镇财政所")
            what, firm = rng.choice(
                [
                    ("付路灯维修费", "明亮电器服务部"),
                    ("付水渠清淤费", "永固工程队"),
                    ("付办公楼屋面维修费", "顺达维修部"),
                ]
            )
            amount = round(rng.uniform(900, 2900), 2)
            self.pay(self.day(year, month), what, amount, "551", "维修费", party=firm)
        if month in (6, 7, 8, 9):
            self.pay(
                self.day(year, month, 26, 28),
                f"付{month}月抗旱抽水电费",
                round(rng.uniform(1100, 1500), 2),
                "502",
                "抽水电费",
                party="县供电公司",
            )

    def small_cash(self, year, month):
        """Cash for small things: drawn at the month's beginning, spent within it."""
        rng = self.rng
        things = rng.sample(
            [("购办公用品", "文具"), ("付复印费", "印刷"), ("购保洁工具", "日杂"), ("付报刊邮寄费", "邮寄")],
            2,
        )
        spent = [(what, kind, round(rng.uniform(60, 420), 2)) for what, kind in things]
        whole = int(sum(amount for *_, amount in spent) // 50 * 50) + 50
        self.draw(self.day(year, month, 2, 4), whole)
        for what, kind, amount in spent:
            shop = {"文具": "学友文具店", "印刷": "快捷图文店", "日杂": "惠民日杂店", "邮寄": "镇邮政所"}[
                kind
            ]
            self.pay(self.day(year, month, 6, 27), what, amount, sub="办公费", by="cash", party=shop)

    def yearly(self, year):
        rng = self.rng
        self.pay(self.day(year, 3), f"付{year}年记账代理费", 2400, sub="代理费", party="镇会计服务中心")
        self.pay(self.day(year, 11), f"订阅{year + 1}年党报党刊", 1860, sub="报刊费", party="镇邮政所")
        self.pay(self.day(year, 5), f"付{year}年村务用房保险费", 680, sub="保险费", party="县财产保险公司")
        for month, feast in ((2, "春节"), (10, "重阳节")):
            day = self.day(year, month, 3, 8)
            self.pay(
                day,
                f"{feast}慰问困难老人",
                rng.choice([1500, 1600, 1800]),
                "551",
                "慰问费",
                ticket="签领表",
                ticket_no="",
            )
        self.receive(self.day(year, 8), "收到公益林补偿资金", 6480, "522", "镇财政所")
        self.correction(year)
        self.advance(year)
        self.cash_taken(year)

    def correction(self, year):
        """A sum typed wrong, taken back in red and entered right."""
        day, wrong = self.day(year, 4, 10, 14), round(self.rng.uniform(500, 900), 2)
        said = {"sub": "会议费", "party": "镇会议服务部"}
        self.pay(day, "付村民代表会议资料费", wrong, **said)
        later = day + dt.timedelta(days=4)
        self.pay(later, "冲红：更正付村民代表会议资料费", -wrong, **said)
        self.pay(later, "付村民代表会议资料费（更正）", round(wrong - 54, 2), **said)

    def advance(self, year):
        """An advance for training, settled within days and the month."""
        day, officer = self.day(year, 9, 3, 6), self.officers[2]
        who = {"party": officer.name, "party_mark": officer.mark}
        self.post(
            day,
            f"{officer.name}借支外出培训差旅费",
            [self.line("112", "备用金", debit=1200, **who), self.line("102", credit=1200)],
            **self.signed(day),
            paid_by="bank",
        )
        back = day + dt.timedelta(days=7)
        self.post(
            back,
            f"{officer.name}报销培训差旅费，冲借支",
            [
                self.line("541", "差旅费", debit=1040, **who, ticket="差旅费报销单"),
                self.line("102", debit=160),
                self.line("112", "备用金", credit=1200, **who),
            ],
            **self.signed(back),
        )

    def cash_taken(self, year):
        """Cash from selling fallen timber, carried to the bank the same day."""
        day, amount = self.day(year, 12, 3, 6), self.rng.randint(400, 900)
        self.receive(day, "收杂竹变卖款", amount, "531", "零星农户", by="cash")
        self.deposit(day, amount)
