"""L26 科目错用."""

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan


def came(key, amount, summary, against="202", name="", year=2024, money="102"):
    return [
        Entry(f"{key}+", year, voucher=key, summary=summary, standard=money, debit=yuan(amount)),
        Entry(
            f"{key}-",
            year,
            voucher=key,
            summary=summary,
            standard=against,
            account_name=name,
            credit=yuan(amount),
        ),
    ]


def paid(key, amount, summary, standard="541", name="", year=2024):
    return Entry(
        key, year, voucher=key, summary=summary, standard=standard, account_name=name, debit=yuan(amount)
    )


CASES = [
    Case(
        "income as owed to others is one hit a year",
        books(entries=[*came("a", 8000, "收门面租金"), *came("b", 500, "收鱼塘承包费", "113")]),
        [({"a-", "b-"}, yuan(8500))],
        words=("2024年有2笔", "8,500.00", "收门面租金"),
    ),
    Case(
        "by the account's name where it is not mapped",
        books(entries=came("a", 8000, "收门面租金", "", "应付款-其他")),
        [({"a-"}, yuan(8000))],
    ),
    Case(
        "deposits, money held for others, rent for households' land and proper income are innocent",
        books(
            entries=[
                *came("a", 8000, "收门面租金押金"),
                *came("b", 8000, "代收农户土地租金"),
                *came("c", 8000, "收门面租金", "511"),
                *came("d", 8000, "收到上级拨款"),
                *came("e", 8000, "结转应付租金", money="511"),
            ]
        ),
        [],
    ),
    Case(
        "project costs as administration",
        books(
            entries=[
                paid("a", 60000, "付三组道路硬化工程款"),
                paid("b", 5000, "付修渠人工", name="管理费用", standard=""),
                paid("c", 4999, "付修渠人工"),
            ]
        ),
        [({"a", "b"}, yuan(65000))],
        words=("管理费用", "2笔", "65,000.00"),
    ),
    Case(
        "projects where they belong, small things around them and office repairs are innocent",
        books(
            entries=[
                paid("a", 60000, "付道路硬化工程款", "154"),
                paid("b", 6000, "付工程款监理费"),
                paid("c", 9000, "村部办公室维修"),
                paid("d", 6000, "付全年电费"),
            ]
        ),
        [],
    ),
    Case(
        "a round may ask of smaller sums",
        books(entries=[paid("a", 800, "付修渠人工")]),
        [({"a"}, yuan(800))],
        own={"least": 500},
    ),
]
