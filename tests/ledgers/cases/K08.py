"""K08 承租人为村干部或近亲属."""

import datetime as dt

from ledgers.rules.rows import Cadre, Contract, Kin
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("h", "某甲", mark="m1", post="村主任", since=dt.date(2018, 12, 1), until=dt.date(2025, 12, 31))
WIFE = Kin("k", "h", "某乙", mark="m2", relation="配偶")


def let(key, party, mark="", year=2020, **more):
    return Contract(key, name="东塘", party=party, party_mark=mark, signed_on=dt.date(year, 5, 1), **more)


CASES = [
    Case(
        "a cadre in office by the number",
        books(contracts=[let("a", "某甲", "m1", rent=yuan(900))], cadres=[HEAD]),
        [({"a", "h"}, yuan(900))],
        words=("东塘", "村主任", "2020年5月1日签订"),
    ),
    Case(
        "a cadre's wife",
        books(contracts=[let("a", "某乙", "m2")], cadres=[HEAD], kin=[WIFE]),
        [({"a", "k"}, None)],
        words=("配偶",),
    ),
    Case(
        "only the name agrees",
        books(contracts=[let("a", "某 甲")], cadres=[HEAD]),
        [({"a", "h"}, None)],
        words=("同名", "待核"),
    ),
    Case(
        "signed before the time in office",
        books(contracts=[let("a", "某甲", "m1", 2012)], cadres=[HEAD]),
        [({"a", "h"}, None)],
        words=("签订时不在任",),
    ),
    Case("another person of the same name", books(contracts=[let("a", "某甲", "m9")], cadres=[HEAD]), []),
    Case("a villager", books(contracts=[let("a", "某丙", "m3")], cadres=[HEAD], kin=[WIFE]), []),
    Case("no list of cadres", books(contracts=[let("a", "某甲", "m1")]), []),
    Case(
        "a cadre's own household land",
        books(contracts=[let("a", "某甲", "m1", method="家庭承包", kind="耕地")], cadres=[HEAD]),
        [],
    ),
]
