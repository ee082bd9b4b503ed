"""What else is ordinary in a village and may look odd."""

import datetime as dt

from ledgers.rules.rows import (
    Listed,
    Resource,
)
from tests.ledgers.villages.benefits import Benefits
from tests.ledgers.villages.bookkeeping import TERM, YEARS, Person, yuan


class Ordinary(Benefits):
    """Fees nobody signs, money passed on, changed works, late rent, people who change."""

    def ordinary(self):
        self.workers = [self.settle(self.person(year)) for year in (1964, 1969, 1973, 1978)]
        for year in YEARS:
            self.fees(year)
            self.health_insurance(year)
            self.work_days(year)
        self.two_months_at_once()
        self.deposit_for_a_contract()
        self.old_tenures()
        self.late_rent()
        self.small_works()
        self.changed_work()
        self.people_who_change()

    def fees(self, year):
        """What the bank takes by itself nobody signs; two sellers may use one number."""
        for month in (6, 12):
            lines = [self.line("541", "手续费", debit=36), self.line("102", credit=36)]
            self.post(self.day(year, month, 24, 26), "银行代扣账户管理费、短信费", lines, attachments=1)
        same = f"0{self.rng.randint(1000000, 9999999)}"
        self.pay(self.day(year, 4, 20), "购垃圾桶", 480.5, sub="保洁费", party="惠民日杂店", ticket_no=same)
        self.pay(
            self.day(year, 5, 20), "付饮水机清洗费", 160, sub="办公费", party="清源净水服务部", ticket_no=same
        )

    def health_insurance(self, year):
        """Collected for others in cash, brought to the bank the same evening, passed on within the month."""
        total = 0
        for day in (dt.date(year, 11, 4), dt.date(year, 11, 5)):
            amount = 380 * self.rng.randint(6, 11)
            self.receive(day, "代收城乡居民医保费", amount, "202", "各组农户", by="cash")
            self.deposit(day, amount)
            total += amount
        on = dt.date(year, 11, 20)
        lines = [self.line("202", "代收医保费", debit=total), self.line("102", credit=total)]
        self.post(on, "上解代收城乡居民医保费", lines, **self.signed(on), paid_by="bank", party="县医保局")

    def work_days(self, year):
        """Days of labour before the floods and in the forest fire season, some people in both."""
        for month, what, days in ((5, "汛前清沟", 4), (10, "森林防火巡护", 9), (11, "森林防火巡护", 9)):
            day = self.day(year, month, 25)
            for one in self.workers:
                self.wage(day, f"付{one.name}{month}月{what}误工{days}天", 120 * days, one)

    def two_months_at_once(self):
        """Before Spring Festival January's and February's pay go out together."""
        for voucher in self.vouchers:
            if voucher.day.year == 2023 and "发放2月村干部报酬" in voucher.lines[0]["summary"]:
                voucher.day = voucher.order = dt.date(2023, 1, 18)
                for line in voucher.lines:
                    line["approved_on"] = dt.date(2023, 1, 17)

    def deposit_for_a_contract(self):
        firm, day = "清风果业合作社", self.day(2022, 2)
        self.receive(day, "收南畈流转履约保证金", 5000, "202", firm)
        back = self.day(2024, 3)
        lines = [self.line("202", "保证金", debit=5000), self.line("102", credit=5000)]
        self.post(back, "退南畈流转履约保证金", lines, **self.signed(back), paid_by="bank", party=firm)

    def old_tenures(self):
        """Household land for thirty years and waste hills for forty are as the law has them."""
        self.lease(
            "第二轮土地承包", "耕地", "各组承包地", 380, Person("全体承包农户", "", TERM), dt.date(1998, 1, 1), 30,
            rent=1, booked=False, method="家庭承包",
        )  # fmt: skip
        self.lease("荒坡造林承包", "四荒", "西荒坡", 90, self.stranger(), dt.date(2003, 1, 1), 40, rent=2700)
        self.lease("旧仓库出租", "门面", "旧仓库", 60, self.stranger(), dt.date(2019, 1, 1), 4, in_use=False)
        self.add(
            "resources",
            Resource(self.key("源"), "水面", "门前塘", yuan(3), yuan(3), state="集体自用", contract=False),
        )

    def late_rent(self):
        """One tenant paid a year's rent with the next one's."""
        tenant = self.villager()
        lease = self.lease("茶山承包", "山林", "茶山", 50, tenant, dt.date(2021, 1, 1), 8, booked=False)
        paid = {year: rent for year, rent in lease.dues.items() if year != 2023} | {2024: lease.rent * 2}
        self.change("contracts", lease.key, payments=paid)
        for year, amount in paid.items():
            said = "2023、2024" if year == 2024 else str(year)
            self.receive(
                self.day(year, 7), f"收茶山承包{said}年承包款", amount, "511", tenant.name, tenant.mark
            )

    def small_works(self):
        """Works too small to be tendered: decided, done, accepted, paid at once."""
        for name, price, year, firm in (
            ("三组涵洞修复", 18600, 2021, "永固工程队"),
            ("公厕化粪池改造", 14200, 2023, "顺达维修部"),
        ):
            work = self.project(
                name, price, year, firm, paid=False, method="集体研究、直接发包", bidders=(), tendered_on=None
            )
            self.pay(work.final_paid_on, f"付{name}工程款", price, "154", name, party=firm, attachments=6)

    def changed_work(self):
        """More was built by a change order; the last part is kept back for a year."""
        work = self.project("饮水管网改造工程", 96000, 2023, paid=False)
        kept = yuan(3090)
        self.change("projects", work.key, change=yuan(7000), settled=yuan(103000), paid=yuan(103000),
                    final_paid_on=dt.date(2024, 9, 10))  # fmt: skip
        self.receive(work.signed_on, f"收到{work.name}项目资金", 103000, "522", "镇财政所")
        for day, amount, part in (
            (work.starts_on, yuan(28800), "预付款"),
            (work.accepted_on + dt.timedelta(days=9), yuan(71110), "结算款"),
            (dt.date(2024, 9, 10), kept, "质保金"),
        ):
            self.pay(
                day, f"付{work.name}{part}", amount, "154", work.name, party=work.contractor, attachments=6
            )

    def people_who_change(self):
        """Subsistence stopped when the son was taken on or a car was bought; a post given up before a job away."""
        one, two, three = (self.settle(self.person(year)) for year in (1990, 1980, 1978))
        self.months(one, "农村低保", "subsistence", 350, last=(2023, 7))
        self.add(
            "lists",
            Listed(self.key("财"), "staff", one.name, one.mark, detail="镇政府", since=dt.date(2023, 7, 20)),
        )
        self.months(two, "农村低保", "subsistence", 350, last=(2022, 3))
        self.add(
            "lists",
            Listed(
                self.key("产"), "property", two.name, two.mark, detail="小型轿车", since=dt.date(2023, 1, 9)
            ),
        )
        self.months(three, "保洁公益岗补贴", "work", 600, last=(2022, 12))
        self.add("lists", Listed(self.key("外"), "away", three.name, three.mark, since=dt.date(2023, 2, 10)))
        # The register has her under the name she bore before, with the same number.
        wife = self.homes[25][1]
        self.grant(wife._replace(name=f"{wife.name[0]} {wife.name[1:]}"), "临时救助", "relief", 2024, 6, 600)
