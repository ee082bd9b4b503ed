"""K06 口头合同."""

import datetime as dt

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books, yuan

CASES = [
    Case(
        "agreed by word of mouth",
        books(contracts=[Contract("a", plot="东塘", party="某甲", written=False, rent=yuan(1200))]),
        [({"a"}, yuan(1200))],
        words=("东塘", "某甲", "没有书面合同"),
    ),
    Case(
        "each by itself",
        books(
            contracts=[
                Contract("a", written=False),
                Contract("b", written=False),
                Contract("c", written=True),
            ]
        ),
        [({"a"}, None), ({"b"}, None)],
    ),
    Case(
        "long ago",
        books(contracts=[Contract("a", written=False, signed_on=dt.date(2003, 1, 1))]),
        [({"a"}, None)],
    ),
    Case("in writing", books(contracts=[Contract("a", written=True)]), []),
    Case("the sheet does not say", books(contracts=[Contract("a")]), []),
]
