"""L13 整数金额."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import pay, take


def paid(prefix, amounts, summary="环境整治", **more):
    """One payment a month."""
    return [
        row
        for month, amount in enumerate(amounts, 1)
        for row in pay(f"{prefix}{month}", f"2024-{month:02d}-05", amount, summary=summary, **more)
    ]


ROUND = (2000, 3000, 4000, 5000, 6000)

CASES = [
    Case(
        "five of six are round, no median known",
        books(entries=paid("a", (*ROUND, 873))),
        [({"a1", "a2", "a3", "a4", "a5"}, yuan(20000))],
        words=("2024年", "管理费用", "6笔", "5笔是整千元", "83.3%"),
    ),
    Case(
        "far above the district's median",
        books(entries=paid("a", (*ROUND, 873, 1450, 966, 1212, 760)), round_shares={"541": 0.25}),
        [({"a1", "a2", "a3", "a4", "a5"}, yuan(20000))],
        words=("50.0%", "25.0%"),
    ),
    Case(
        "only the account that stands out",
        books(
            entries=paid("a", ROUND, account="551") + paid("b", (*ROUND, 873, 1450, 966, 1212, 760)),
        ),
        [({"a1", "a2", "a3", "a4", "a5"}, yuan(20000))],
        words=("其他支出",),
    ),
    Case(
        "a little above the district's median",
        books(entries=paid("a", (*ROUND, 873, 1450, 966, 1212, 760)), round_shares={"541": 0.4}),
        [],
    ),
    Case("four are too few to speak of", books(entries=paid("a", ROUND[:4])), []),
    Case(
        "whole hundreds are no whole thousands",
        books(entries=paid("a", (1500, 2500, 900, 3100, 4200, 5600))),
        [],
    ),
    Case(
        "wages, subsidies and gifts to the poor are round by nature",
        books(
            entries=paid("a", (3000,) * 12, "发放村干部工资", party="甲村民")
            + paid("b", (1000,) * 6, "慰问困难党员", account="551")
        ),
        [],
    ),
    Case(
        "round grants from above are income",
        books(
            entries=[
                row
                for month in range(1, 7)
                for row in take(f"a{month}", f"2024-{month:02d}-05", 50000, "村级运转经费", "522", "102")
            ]
        ),
        [],
    ),
]
