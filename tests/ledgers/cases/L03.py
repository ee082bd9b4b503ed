"""L03 凭证断号/重号/倒序."""

from tests.ledgers.books import Case, books
from tests.ledgers.pairs import line


def run(word, *days_and_numbers, mark=""):
    """Vouchers of one line each: (day, number); the key is word, month and number, and the mark."""
    return [
        line(
            f"{word}{day[5:7]}.{number}{mark}",
            day,
            "541",
            debit=10,
            voucher=f"{word}-{number:03d}",
            number=number,
        )
        for day, number in days_and_numbers
    ]


def even(word, month, numbers, year=2024):
    """One voucher a day from the first of the month."""
    return run(word, *((f"{year}-{month:02d}-{day:02d}", number) for day, number in enumerate(numbers, 1)))


CASES = [
    Case(
        "a number missing is seen on its neighbours",
        books(entries=even("记", 1, [1, 2, 3]) + even("记", 2, [5, 6])),
        [({"记01.3", "记02.5"}, None)],
        words=("2024年", "“记”字", "缺第4号"),
    ),
    Case(
        "several numbers missing in one place",
        books(entries=even("记", 1, [1, 2, 3, 4, 5]) + even("记", 3, [9, 10, 11])),
        [({"记01.5", "记03.9"}, None)],
        words=("第6—8号",),
    ),
    Case(
        "a number that stands twice",
        books(entries=even("记", 1, [1, 2, 3]) + even("记", 2, [3, 4])),
        [({"记01.3", "记02.3"}, None)],
        words=("第3号（2张）",),
    ),
    Case(
        "a date before the one of the number before",
        books(entries=run("记", ("2024-01-05", 1), ("2024-01-20", 2), ("2024-01-12", 3), ("2024-01-28", 4))),
        [({"记01.2", "记01.3"}, None)],
        words=("第3号（2024年1月12日）早于第2号（2024年1月20日）",),
    ),
    Case(
        "a word that begins anew each month is read by months",
        books(entries=even("记", 1, [1, 2, 3, 4]) + even("记", 2, [1, 2, 4]) + even("记", 3, [1, 2])),
        [({"记02.2", "记02.4"}, None)],
        words=("2月缺第3号",),
    ),
    Case(
        "the first number of a year missing",
        books(entries=even("记", 1, [2, 3, 4, 5])),
        [({"记01.2"}, None)],
        words=("缺第1号",),
    ),
    Case(
        "most numbers missing: the sheets may not be whole",
        books(entries=even("记", 1, [1, 9, 30])),
        [({"记01.1", "记01.9", "记01.30"}, None)],
        words=("是否导入完整",),
    ),
    Case(
        "most numbers twice: two sets of books may be mixed",
        books(
            entries=even("记", 1, [1, 2, 3, 4])
            + run("记", ("2024-01-25", 1), ("2024-01-26", 2), ("2024-02-03", 3), ("2024-02-05", 4), mark="乙")
        ),
        [({"记01.1", "记01.2", "记01.3", "记01.4", "记01.1乙", "记01.2乙", "记02.3乙", "记02.4乙"}, None)],
        words=("两套账",),
    ),
    Case(
        "numbers go on through the year",
        books(entries=even("记", 1, [1, 2, 3]) + even("记", 2, [4, 5]) + even("记", 3, [6])),
        [],
    ),
    Case(
        "numbers begin anew each month",
        books(entries=even("记", 1, [1, 2, 3]) + even("记", 2, [1, 2]) + even("记", 3, [1, 2, 3])),
        [],
    ),
    Case(
        "words of receiving and paying number separately, each year anew",
        books(
            entries=even("收", 1, [1, 2])
            + even("付", 1, [1, 2, 3])
            + even("收", 2, [3])
            + even("付", 2, [4])
            + even("收", 1, [1, 2], 2025)
            + even("付", 1, [1], 2025)
        ),
        [],
    ),
    Case(
        "the lines of one voucher share its number",
        books(
            entries=[
                line("a", "2024-01-05", "541", debit=10, voucher="记-001", number=1),
                line("b", "2024-01-05", "101", credit=10, voucher="记-001", number=1),
            ]
        ),
        [],
    ),
    Case("two vouchers of one day", books(entries=run("记", ("2024-01-05", 1), ("2024-01-05", 2))), []),
    Case("no numbers at all", books(entries=[line("a", "2024-01-05", "541", debit=10)]), []),
]
