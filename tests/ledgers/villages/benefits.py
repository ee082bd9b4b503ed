"""Benefits paid as they should be, and the lists they are compared with."""

import datetime as dt
import itertools

from ledgers.rules.rows import (
    Benefit,
    Listed,
)
from tests.ledgers.villages.bookkeeping import YEARS, Person, yuan
from tests.ledgers.villages.deals import Deals


class Benefits(Deals):
    """Who gets what, and what other lists say of people."""

    def grant(self, person, programme, kind, year, month=None, amount=100, **more):
        """A benefit paid in its month into the person's own account."""
        paid_on = dt.date(year, month or 7, 20)
        terms = {
            "name": person.name,
            "mark": person.mark,
            "head": person.head,
            "account": f"a{person.mark}",
            "amount": yuan(amount),
            "number_valid": True,
            "born_on": person.born,
            "paid_on": paid_on,
            "published_on": paid_on - dt.timedelta(days=10),
        }
        return self.add("benefits", Benefit(self.key("惠"), programme, kind, year, month, **terms | more))

    def months(self, person, programme, kind, amount, first=(2021, 1), last=(2025, 12), **more):
        return [
            self.grant(person, programme, kind, year, month, amount, **more)
            for year, month in itertools.product(YEARS, range(1, 13))
            if first <= (year, month) <= last
        ]

    def benefits(self):
        rng = self.rng
        self.land = {}
        for home in self.homes:
            head, area = home[0], round(rng.uniform(2, 9), 1)
            self.land[head.mark] = self.add(
                "lists", Listed(self.key("地"), "land", head.name, head.mark, head.name, area=yuan(area))
            )
            for year in YEARS:
                self.grant(
                    head, "耕地地力保护补贴", "farmland", year, None, round(area * 92.5, 2), area=yuan(area)
                )
        self.poor = [self.settle(self.person(rng.randint(1950, 1968))) for _ in range(4)]
        for person in self.poor:
            self.months(person, "农村低保", "subsistence", rng.choice([320, 365, 410]))
        # Arrears of a month, paid with the next; a household's account for two; no number in the sheet.
        late = self.grant(self.poor[0], "农村低保", "subsistence", 2022, 13 - 1, 40)
        self.change("benefits", late.key, paid_on=dt.date(2023, 2, 20))
        self.old = self.settle(self.person(1939))
        self.months(self.old, "城乡居民养老金", "pension", 128)
        self.months(self.old, "高龄津贴", "other", 50)
        wife = self.settle(self.person(1943, self.old.name))
        self.months(wife, "城乡居民养老金", "pension", 128, account=f"a{self.old.mark}")
        younger = self.settle(Person(next(self.names), f"m{next(self.count)}", dt.date(1963, 5, 9), ""))
        self.months(younger, "城乡居民养老金", "pension", 128, first=(2023, 5))
        self.alone = self.settle(self.person(1952))
        self.months(self.alone, "特困分散供养金", "special_care", 760)
        self.months(self.forester, "护林员公益岗补贴", "work", 800)
        self.dead()
        # This list has names only, among them one that two people bear.
        for person in (self.homes[0][0], *(self.villager() for _ in range(5))):
            year, month = rng.choice(list(YEARS)), rng.randint(1, 12)
            self.grant(
                person,
                "临时救助",
                "relief",
                year,
                month,
                1000,
                mark="",
                account="",
                born_on=None,
                number_valid=None,
            )

    def dead(self):
        """Two who died within the years; all was stopped in time, the funeral's grant paid, arrears paid later."""
        for year in (2022, 2024):
            person = self.person(1936)
            day = self.day(year, 5)
            rows = self.months(person, "城乡居民养老金", "pension", 128, last=(year, 5))
            self.change("benefits", rows[-1].key, paid_on=dt.date(year, 8, 20))
            self.grant(person, "丧葬补助金", "other", year, 7, 2000)
            self.add(
                "lists", Listed(self.key("亡"), "death", person.name, person.mark, detail="火化", since=day)
            )

    def lists(self):
        """Lists from elsewhere: most of it is of people who get nothing, or of other times."""
        rng = self.rng
        worker, pupil, owner, moved = (self.villager() for _ in range(4))
        self.add(
            "lists", Listed(self.key("财"), "staff", self.sent.name, self.sent.mark, detail="县农业农村局")
        )
        self.add("lists", Listed(self.key("财"), "staff", worker.name, worker.mark, detail="镇中心小学"))
        self.add("lists", Listed(self.key("产"), "property", owner.name, owner.mark, detail="小型轿车"))
        self.add(
            "lists",
            Listed(self.key("产"), "property", self.poor[1].name, self.poor[1].mark, detail="普通二轮摩托车"),
        )
        self.add("lists", Listed(self.key("企"), "company", owner.name, owner.mark, detail="丰收农资经营部"))
        self.add("lists", Listed(self.key("学"), "student", pupil.name, pupil.mark, detail="县职业中学"))
        self.add("lists", Listed(self.key("外"), "away", moved.name, moved.mark, since=dt.date(2021, 2, 20)))
        self.add(
            "lists",
            Listed(self.key("卧"), "bedridden", self.old.name, self.old.mark, since=dt.date(2023, 5, 1)),
        )
        self.add(
            "lists",
            Listed(
                self.key("保"),
                "insurance",
                self.old.name,
                self.old.mark,
                detail="城乡居民养老",
                amount=yuan(128),
            ),
        )
        gone = self.person(1958)
        self.add(
            "lists",
            Listed(self.key("户"), "household", gone.name, gone.mark, gone.name, until=dt.date(2023, 6, 15)),
        )
        self.months(gone, "农村低保", "subsistence", 330, last=(2023, 6))
        self.add(
            "lists",
            Listed(self.key("机"), "institution", rng.choice(self.homes[20]).name, "", detail="镇敬老院"),
        )
