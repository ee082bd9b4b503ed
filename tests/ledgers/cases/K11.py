"""K11 无合同占用."""

import datetime as dt
from decimal import Decimal

from ledgers.rules.rows import Contract, Resource
from tests.ledgers.books import Case, books


def place(user="", state="他人使用", contract=None, plot="后山"):
    return Resource(
        "r", kind="林地", plot=plot, user=user, state=state, contract=contract, measured=Decimal(30)
    )


CASES = [
    Case(
        "used by another, no contract as the sheet says",
        books(resources=[place("某甲", contract=False)]),
        [({"r"}, None)],
        words=("后山", "30亩", "某甲", "台账注明没有合同"),
    ),
    Case(
        "used by another, the sheet is silent and no contract is known",
        books(resources=[place("某甲")]),
        [({"r"}, None)],
        words=("没有找到对应的合同",),
    ),
    Case("occupied by nobody named", books(resources=[place(state="被占", contract=False)]), [({"r"}, None)]),
    Case(
        "the only contract has ended",
        books(
            resources=[place("某甲")], contracts=[Contract("a", plot="后山", ends_on=dt.date(2024, 12, 31))]
        ),
        [({"r"}, None)],
    ),
    Case("the sheet says there is a contract", books(resources=[place("某甲", contract=True)]), []),
    Case(
        "the contract is in the ledger",
        books(
            resources=[place("某甲", contract=False)],
            contracts=[Contract("a", plot="后 山", ends_on=dt.date(2030, 1, 1))],
        ),
        [],
    ),
    Case("used by the village", books(resources=[place("村集体", "自用", False)]), []),
    Case("lies idle", books(resources=[place("", "闲置", False)]), []),
    Case("land of households", books(resources=[place("农户", "家庭承包", False)]), []),
    Case(
        "another plot of the same user has a contract",
        books(resources=[place("某甲")], contracts=[Contract("a", plot="前山", party="某甲", kind="林地")]),
        [({"r"}, None)],
    ),
    Case(
        "neither sheet names the place, the user has a contract",
        books(resources=[place("某甲", plot="山林")], contracts=[Contract("a", party="某甲", kind="山林")]),
        [],
    ),
    Case(
        "the contract ends today",
        books(resources=[place("某甲")], contracts=[Contract("a", plot="后山", ends_on=dt.date(2026, 4, 1))]),
        [],
    ),
    Case(
        "no place named and the contract is another's",
        books(resources=[place("某甲", plot="山林")], contracts=[Contract("a", party="某乙", kind="山林")]),
        [({"r"}, None)],
    ),
]
