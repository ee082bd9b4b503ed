"""How a made-up village's books are kept: people, vouchers in pairs, numbers, balances, each year closed."""

import calendar
import datetime as dt
import itertools
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from ledgers.rules.rows import (
    Balance,
    Books,
    Entry,
    Listed,
)

YEARS = range(2021, 2026)
TODAY = dt.date(2026, 4, 1)
TERM = dt.date(2021, 1, 10)
NEXT_TERM = dt.date(2026, 1, 15)
ACCOUNTS = {
    "101": "现金",
    "102": "银行存款",
    "112": "应收款",
    "151": "固定资产",
    "154": "在建工程",
    "202": "应付款",
    "301": "资本",
    "321": "本年收益",
    "502": "经营支出",
    "511": "发包及上交收入",
    "522": "补助收入",
    "531": "其他收入",
    "541": "管理费用",
    "551": "其他支出",
}
OPENING = {"101": 300, "102": 420000, "151": 860000, "301": -1280300}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
PRICES = {"鱼塘": 600, "山林": 80, "耕地": 500, "门面": 120}


class Person(NamedTuple):
    """Somebody of the village."""

    name: str
    mark: str
    born: dt.date
    head: str = ""


@dataclass
class Voucher:
    """A voucher to be numbered when all are known: by ``order`` (the day), with numbers left out before it."""

    day: dt.date
    lines: list[dict]
    order: dt.date
    skipped: int = 0
    again: bool = False

    @property
    def keys(self):
        return tuple(line["key"] for line in self.lines)


def yuan(amount):
    return Decimal(str(amount)).quantize(Decimal("0.01"))


@dataclass
class Bookkeeper:
    """The books as they grow; :meth:`books` closes and numbers them."""

    seed: int
    vouchers: list[Voucher] = field(default_factory=list)
    rows: dict[str, list] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self):
        self.rng = random.Random(self.seed)
        self.count = itertools.count(1)
        self.tickets = itertools.count(10_000_000 + self.seed * 100_000)
        self.monthly_numbers = self.seed % 4 == 3
        self.several_series = self.seed % 5 == 1
        self.signed_on_both_lines = self.seed % 2 == 0
        self.balances_shown = self.seed % 3 != 2
        names = [s + a + b for s in SURNAMES for a, b in itertools.product(STEMS, BRANCHES)]
        self.names = iter(self.rng.sample(names, 600))

    # Keys and people

    def key(self, kind):
        return f"{kind}{next(self.count)}"

    def add(self, table, row):
        self.rows[table].append(row)
        return row

    def change(self, table, key, **fields):
        rows = self.rows[table]
        at = next(i for i, row in enumerate(rows) if row.key == key)
        rows[at] = replace(rows[at], **fields)

    def person(self, born=1970, head="", name=None):
        name = name or next(self.names)
        day = dt.date(born, self.rng.randint(1, 12), self.rng.randint(1, 28))
        return Person(name, f"m{next(self.count)}", day, head or name)

    def settle(self, person, **more):
        """Enter a person in the register of households."""
        self.add("lists", Listed(self.key("户"), "household", person.name, person.mark, person.head, **more))
        return person

    def villager(self):
        """A villager nothing else is planted on."""
        return self.free.pop()

    def stranger(self, born=1970):
        return self.person(born)

    # Vouchers

    def day(self, year, month, first=1, last=28):
        return dt.date(year, month, self.rng.randint(first, min(last, calendar.monthrange(year, month)[1])))

    def line(self, account, sub="", debit=0, credit=0, **more):
        name = ACCOUNTS[account] + (f"/{sub}" if sub else "")
        return {
            "key": self.key("行"),
            "account": account,
            "account_name": name,
            "standard": account,
            "debit": yuan(debit),
            "credit": yuan(credit),
            **more,
        }

    def post(self, day, summary, lines, order=None, **more):
        """A voucher with these lines; every line has the summary."""
        lines = [
            line | {"summary": summary} | {k: v for k, v in more.items() if k not in line} for line in lines
        ]
        self.vouchers.append(Voucher(day, lines, order or day))
        return self.vouchers[-1]

    def signed(self, day):
        return {
            "handler": self.officers[3].name,
            "witness": self.officers[1].name,
            "approver": self.officers[0].name,
            "panel_sealed": True,
            "approved_on": day - dt.timedelta(days=self.rng.randint(0, 4)),
            "attachments": self.rng.randint(2, 5),
        }

    def pay(
        self, day, summary, amount, account="541", sub="", by="bank", party="", mark="", order=None, **more
    ):
        """Money spent: the expense and the money's line; with a proper invoice and all signatures."""
        money = "102" if by == "bank" else "101"
        paper = {
            "paid_by": by,
            "party": party,
            "party_mark": mark,
            "ticket": "增值税普通发票",
            "ticket_no": str(next(self.tickets)),
            "seller": "" if mark else party,
        }
        signed = self.signed(day) | paper | more
        spent = self.line(account, sub, debit=amount) | signed
        left = self.line(money, credit=amount) | (signed if self.signed_on_both_lines else {})
        return self.post(day, summary, [spent, left], order)

    def wage(self, day, summary, amount, person, **more):
        """Money for a person's work: the receiver signs a list."""
        return self.pay(
            day,
            summary,
            amount,
            party=person.name,
            mark=person.mark,
            **{"ticket": "签领表", "ticket_no": "", "sub": "误工补贴"} | more,
        )

    def receive(self, day, summary, amount, account, party="", mark="", by="bank", **more):
        """Money received, into the bank or into cash."""
        line = self.line(
            account,
            credit=amount,
            party=party,
            party_mark=mark,
            ticket="收款收据",
            ticket_no=str(next(self.tickets)),
        )
        money = self.line("102" if by == "bank" else "101", debit=amount, party=party, party_mark=mark)
        return self.post(day, summary, [money, line], paid_by=by, **more)

    def draw(self, day, amount, **more):
        """Cash taken from the bank."""
        return self.post(
            day, "提取现金", [self.line("101", debit=amount), self.line("102", credit=amount)], **more
        )

    def deposit(self, day, amount):
        """Cash carried to the bank."""
        return self.post(
            day, "现金存入银行", [self.line("102", debit=amount), self.line("101", credit=amount)]
        )

    # The end

    def books(self):
        """The village's books: numbered, balanced, each year closed."""
        entries = []
        carried = {code: yuan(amount) for code, amount in OPENING.items()}
        for year in YEARS:
            self.close(year)
            lines = self.numbered(year, carried)
            entries += lines
            carried = self.balance(year, lines, carried)
        return Books(
            village=f"9901{self.seed:08}",
            today=TODAY,
            entries=tuple(entries),
            elections=(TERM, NEXT_TERM),
            unit_prices={kind: yuan(price) for kind, price in PRICES.items()},
            round_shares={"541": 0.05, "551": 0.2, "502": 0.05},
            **{table: tuple(rows) for table, rows in self.rows.items()},
        )

    def close(self, year):
        """Income and costs are carried to the year's result on its last day."""
        sums = defaultdict(Decimal)
        for voucher in self.vouchers:
            for line in voucher.lines:
                if voucher.day.year == year and line["account"][0] == "5":
                    sums[line["account"]] += line["debit"] - line["credit"]
        for code, total in sorted(sums.items()):
            lines = [self.line(code, credit=total), self.line("321", debit=total)]
            if total < 0:
                lines = [self.line(code, debit=-total), self.line("321", credit=-total)]
            self.post(dt.date(year, 12, 31), f"结转{ACCOUNTS[code]}到本年收益", lines)

    def numbered(self, year, carried):
        held = {code: carried.get(code, Decimal(0)) for code in ("101", "102")}
        entries, numbers, month = [], defaultdict(int), 0
        own = [voucher for voucher in self.vouchers if voucher.day.year == year]
        for row, voucher in enumerate(sorted(own, key=lambda one: one.order), 1):
            if self.monthly_numbers and voucher.order.month != month:
                numbers, month = defaultdict(int), voucher.order.month
            series = self.series(voucher)
            numbers[series] += voucher.skipped + (not voucher.again)
            number = numbers[series]
            for line in voucher.lines:
                if line["account"] in held:
                    held[line["account"]] += line["debit"] - line["credit"]
                    if self.balances_shown:
                        line = line | {"balance": held[line["account"]]}
                line = line | self.chart(year, line["account"], line["account_name"])
                entries.append(
                    Entry(year=year, day=voucher.day, voucher=f"{series}-{number}", number=number,
                          sheet=f"{year}年", row=row, **line)
                )  # fmt: skip
        return entries

    def series(self, voucher):
        """记 for all, or by what moves: cash, bank, or neither."""
        if not self.several_series:
            return "记"
        money = {
            line["account"]: line["debit"] != 0 for line in voucher.lines if line["account"] in ("101", "102")
        }
        if not money:
            return "转"
        account = "101" if "101" in money else "102"
        return ("现" if account == "101" else "银") + ("收" if money[account] else "付")

    def chart(self, year, code, name):
        """From 2024 half of the villages follow the new chart: other codes and names, mapped to the standard."""
        if year < 2024 or self.seed % 2:
            return {"account": code, "account_name": name}
        return {"account": f"{code}001", "account_name": name.replace("现金", "库存现金", 1)}

    def balance(self, year, lines, carried):
        closing = defaultdict(Decimal, carried)
        moved = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for line in lines:
            closing[line.standard] += line.debit - line.credit
            moved[line.standard][0] += line.debit
            moved[line.standard][1] += line.credit
        for code in sorted(closing):
            (debit, credit), opening = moved[code], carried.get(code, Decimal(0))
            sums = {"opening": opening, "debit": debit, "credit": credit, "closing": closing[code]}
            named = self.chart(year, code, ACCOUNTS[code])
            self.add("balances", Balance(self.key("余"), year, standard=code, **named, **sums))
        return dict(closing)
