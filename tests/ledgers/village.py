"""Five plausible years of a made-up village's books in which nothing is wrong, but much is as it is in real villages.

Written from the domain's facts alone, without a look at the checks: they are judged by it. What a check may stumble
over is here on purpose: equal wages each month, annual fees of one sum, seasonal costs, subsidies from above in round
sums, money for projects, red corrections, advances settled in time, renewals, people of one name, arrears of benefits.
"""

import datetime as dt

from ledgers.rules.rows import Cadre, Kin
from tests.ledgers.villages.bookkeeping import TERM
from tests.ledgers.villages.ordinary import Ordinary


class Village(Ordinary):
    """The innocent village of a seed."""

    def __post_init__(self):
        super().__post_init__()
        self.people()
        self.money()
        self.assets()
        self.benefits()
        self.lists()
        self.ordinary()

    def people(self):
        rng = self.rng
        self.homes = []
        for _ in range(45):
            head = self.settle(self.person(rng.randint(1945, 1985)))
            members = [
                self.settle(self.person(rng.randint(1945, 2012), head.name)) for _ in range(rng.randint(1, 3))
            ]
            self.homes.append([head, *members])
        # Two people bear one name; both live here.
        twin = self.homes[0][0]
        self.homes.append([self.settle(self.person(1966, name=twin.name))])
        posts = ["村党组织书记兼村委会主任", "村委会副主任", "妇联主席", "村文书"]
        self.officers = [self.homes[i + 1][0] for i in range(4)]
        for officer, post in zip(self.officers, posts, strict=True):
            until = dt.date(2026, 1, 15) if rng.random() < 0.5 else None
            self.add("cadres", Cadre(self.key("干"), officer.name, officer.mark, post, TERM, until))
        former = self.homes[6][0]
        self.add(
            "cadres", Cadre(self.key("干"), former.name, former.mark, "村主任", dt.date(2018, 1, 10), TERM)
        )
        self.sent = self.person(1985)
        self.add(
            "cadres",
            Cadre(
                self.key("干"),
                self.sent.name,
                self.sent.mark,
                "驻村第一书记",
                dt.date(2021, 7, 1),
                salaried=True,
            ),
        )
        self.kin = []
        for i, officer in enumerate(self.officers):
            for relation in ("配偶", "弟弟"):
                relative = self.settle(self.person(1975, officer.name if relation == "配偶" else ""))
                self.kin.append((officer, relative))
                self.add("kin", Kin(self.key("亲"), officer.name, relative.name, relative.mark, relation))
            self.homes[i + 1].append(self.kin[-2][1])
        self.free = [home[0] for home in self.homes[8:45]]
        rng.shuffle(self.free)
