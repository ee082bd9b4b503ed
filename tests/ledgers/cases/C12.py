"""C12 投标、合同方背后有村干部或近亲属."""

import datetime as dt

from ledgers.rules.rows import Bidder, Cadre, Contract, Kin, Listed, Project
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c", "朱甲", "m1", "村党组织书记", dt.date(2021, 1, 1), dt.date(2025, 12, 31))
BROTHER = Kin("k", "朱甲", "朱乙", "m2", "兄弟")
FIRM = Listed("f", "company", "朱乙", "m2", detail="青禾建筑工程有限公司（法定代表人）")
DAY = dt.date(2023, 5, 1)


def road(contractor="青禾建筑工程有限公司", bidders=(), owner="", day=DAY):
    return Project(
        "p", "村道硬化", contractor, owner=owner, price=yuan(90000), tendered_on=day, bidders=bidders
    )


CASES = [
    Case(
        "the contractor's firm is a cadre's brother's",
        books(projects=[road()], cadres=[HEAD], kin=[BROTHER], lists=[FIRM]),
        [({"p", "f", "k"}, yuan(90000))],
        words=("村道硬化", "青禾建筑工程有限公司", "朱乙", "兄弟", "回避"),
    ),
    Case(
        "so is that of one who bid and lost, and the person a bid names",
        books(
            projects=[
                road(
                    "远山公司",
                    (
                        Bidder("远山公司", person="秦甲"),
                        Bidder("青禾建筑工程有限公司"),
                        Bidder("白云公司", person="朱甲"),
                    ),
                )
            ],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[FIRM],
        ),
        [({"p", "f", "k", "c"}, yuan(90000))],
    ),
    Case(
        "the legal form may be written otherwise",
        books(
            projects=[road("青禾建筑工程有限责任公司")],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[Listed("f", "company", "朱乙", "m2", detail="青禾建筑工程有限公司")],
        ),
        [({"p", "f", "k"}, yuan(90000))],
    ),
    Case(
        "a tenant's firm",
        books(
            contracts=[
                Contract("t", name="鱼塘承包", party="青禾建筑工程有限公司", signed_on=DAY, rent=yuan(5000))
            ],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[FIRM],
        ),
        [({"t", "f", "k"}, yuan(5000))],
    ),
    Case(
        "before the cadre was in office it is innocent",
        books(projects=[road(day=dt.date(2020, 5, 1))], cadres=[HEAD], kin=[BROTHER], lists=[FIRM]),
        [],
    ),
    Case(
        "a firm of somebody with the same name and another number is innocent",
        books(
            projects=[road()],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[Listed("f", "company", "朱乙", "m9", detail="青禾建筑工程有限公司")],
        ),
        [],
    ),
    Case(
        "an unknown firm and a short word found in many names are innocent",
        books(
            projects=[road("远山公司")],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[FIRM],
            contracts=[Contract("t", party="建筑", signed_on=DAY)],
        ),
        [],
    ),
    Case(
        "the contractor in person is another check's matter",
        books(projects=[road("朱乙")], cadres=[HEAD], kin=[BROTHER], lists=[FIRM]),
        [],
    ),
    Case(
        "by the name alone it is a hint that says so",
        books(
            projects=[road("远山公司", (Bidder("白云公司", person="朱乙"),))],
            cadres=[HEAD],
            kin=[BROTHER],
        ),
        [({"p", "k"}, yuan(90000))],
        words=("是否同一人待核",),
    ),
    Case(
        "and nothing when two bear the name",
        books(
            projects=[road("远山公司", (Bidder("白云公司", person="朱乙"),))],
            cadres=[HEAD],
            kin=[BROTHER],
            lists=[Listed("h", "household", "朱乙", "m9", "朱乙")],
        ),
        [],
    ),
]
