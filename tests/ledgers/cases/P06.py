"""P06 承包人为村干部或近亲属."""

import datetime as dt

from ledgers.rules.rows import Cadre, Kin, Project
from tests.ledgers.books import Case, books, yuan

PEOPLE = {
    "cadres": [Cadre("h", "某甲", mark="m1", post="村支书")],
    "kin": [Kin("k", "某甲", "某乙", mark="m2", relation="兄弟")],
}


def work(contractor, mark="", owner=""):
    return [
        Project(
            "a", name="文化广场", contractor=contractor, contractor_mark=mark, owner=owner, price=yuan(90_000)
        )
    ]


CASES = [
    Case(
        "the cadre in person",
        books(projects=work("某甲", "m1"), **PEOPLE),
        [({"a", "h"}, yuan(90_000))],
        words=("文化广场", "村支书", "请核对"),
    ),
    Case(
        "a cadre's brother as foreman",
        books(projects=work("某乙", "m2"), **PEOPLE),
        [({"a", "k"}, yuan(90_000))],
        words=("兄弟",),
    ),
    Case(
        "a name behind the company",
        books(projects=work("宏达公司", owner="某乙"), **PEOPLE),
        [({"a", "k"}, yuan(90_000))],
        words=("负责人某乙", "同名", "待核"),
    ),
    Case("another of the same name", books(projects=work("某甲", "m9"), **PEOPLE), []),
    Case("a company of others", books(projects=work("宏达公司", owner="某丙"), **PEOPLE), []),
    Case("a company whose people are not known", books(projects=work("宏达公司"), **PEOPLE), []),
    Case("no contractor", books(projects=work(""), **PEOPLE), []),
    Case(
        "the cadre's term was over",
        books(
            projects=[Project("a", contractor="某甲", contractor_mark="m1", signed_on=dt.date(2024, 5, 1))],
            cadres=[Cadre("h", "某甲", mark="m1", post="村支书", until=dt.date(2021, 12, 31))],
        ),
        [({"a", "h"}, None)],
        words=("签订时不在任",),
    ),
]
