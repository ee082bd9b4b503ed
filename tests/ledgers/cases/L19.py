"""L19 误工补贴异常."""

import datetime as dt

from ledgers.rules.rows import Benefit, Cadre, Entry
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c1", "王甲", "m-wang", "驻村书记", since=dt.date(2022, 1, 1), salaried=True)
CLERK = Cadre("c2", "李乙", "m-li", "会计")


def listed(key, name, days, month, amount=100, year=2024, programme="河道清淤", mark=""):
    days = None if days is None else yuan(days)
    return Benefit(key, programme, "work", year, month, name, mark, amount=yuan(amount), days=days)


def paid(key, name, summary, amount=100, day="2024-06-30", mark=""):
    day = dt.date.fromisoformat(day)
    return Entry(
        key,
        day.year,
        day,
        key,
        summary=summary,
        standard="541",
        debit=yuan(amount),
        party=name,
        party_mark=mark,
    )


CASES = [
    Case(
        "more days in February than it has, over two programmes",
        books(
            benefits=[
                listed("a", "赵丙", 20, 2, 2000),
                listed("b", "赵丙", 10, 2, 1000, programme="森林防火"),
                listed("c", "赵丙", 29, 3),
            ]
        ),
        [({"a", "b"}, yuan(3000))],
        words=("赵丙", "2024年2月", "30天", "29天"),
    ),
    Case(
        "a full month, and one day over two months, are innocent; so is another of the same name",
        books(
            benefits=[
                listed("a", "赵丙", 31, 3),
                listed("b", "赵丙", 30, 4),
                listed("c", "钱丁", 20, 2, mark="m-1"),
                listed("d", "钱丁", 20, 2, mark="m-2"),
            ]
        ),
        [],
    ),
    Case(
        "days from the daily rate where the list has none",
        books(benefits=[listed("a", "赵丙", None, 4, 3100), listed("b", "钱丁", None, 4, 3000)]),
        [({"a"}, yuan(3100))],
        own={"rate": 100},
    ),
    Case(
        "days as the summary says, in one month and over several",
        books(
            entries=[
                paid("a", "赵丙", "付5月份误工补贴35天", 3500),
                paid("b", "钱丁", "付1-3月误工补贴60天", 6000),
                paid("c", "孙戊", "付误工补贴32个工", 3200),
                paid("d", "周己", "付周己等5人误工补贴60天", 6000),
                paid("e", "吴庚", "全年误工200天", 20000),
            ]
        ),
        [({"a"}, yuan(3500)), ({"c"}, yuan(3200))],
        words=("赵丙", "35天", "31天"),
    ),
    Case(
        "one on the state's payroll; list and voucher tell the same money",
        books(
            cadres=[HEAD, CLERK],
            benefits=[
                listed("a", "王甲", 3, 5, 300, mark="m-wang"),
                listed("b", "李乙", 3, 5, 300, mark="m-li"),
            ],
            entries=[paid("c", "王甲", "误工补贴", 200, mark="m-wang")],
        ),
        [({"a", "c", "c1"}, yuan(300))],
        words=("王甲（驻村书记）", "财政"),
    ),
    Case(
        "before taking office, under another mark, or for other work nothing is said",
        books(
            cadres=[HEAD],
            benefits=[
                listed("a", "王甲", 3, 12, year=2021, mark="m-wang"),
                listed("b", "王甲", 3, 5, mark="m-other"),
            ],
            entries=[paid("c", "王甲", "差旅费", mark="m-wang")],
        ),
        [],
    ),
    Case(
        "one day paid twice",
        books(
            entries=[
                paid("a", "赵丙", "3月5日修渠误工1天"),
                paid("b", "赵丙", "3月5日防火误工1天", day="2024-07-30"),
                paid("c", "赵丙", "3月6日修渠误工1天"),
            ]
        ),
        [({"a", "b"}, yuan(200))],
        words=("赵丙", "2024年3月5日", "2次"),
    ),
    Case(
        "two halves of a day and a stretch of days are innocent",
        books(
            entries=[
                paid("a", "赵丙", "3月5日上午修渠误工"),
                paid("b", "赵丙", "3月5日下午防火误工"),
                paid("c", "钱丁", "3月5日-3月8日误工"),
                paid("d", "钱丁", "3月5日误工"),
            ]
        ),
        [],
    ),
    Case(
        "the year's sum more than half above the year before",
        books(
            entries=[
                paid("a", "赵丙", "误工补贴", 12000, "2022-06-30"),
                paid("b", "赵丙", "误工补贴", 18000, "2023-06-30"),
                paid("c", "赵丙", "误工补贴", 28000, "2024-06-30"),
            ]
        ),
        [({"b", "c"}, yuan(10000))],
        words=("28,000.00", "18,000.00", "55.6%"),
    ),
    Case(
        "a small sum that doubled is innocent",
        books(entries=[paid("a", "赵丙", "误工费", 2000, "2023-06-30"), paid("b", "赵丙", "误工费", 6900)]),
        [],
    ),
    Case(
        "days of many people under no one's name are innocent",
        books(
            entries=[
                paid("a", "零星用工", "付修渠误工120天", 12000),
                paid("b", "村民", "3月5日误工"),
                paid("c", "村民", "3月5日误工"),
            ]
        ),
        [],
    ),
    Case(
        "a December paid in January is the year before's",
        books(
            entries=[
                paid("a", "赵丙", "付12月误工补贴20天", day="2024-01-15"),
                paid("b", "赵丙", "付12月误工补贴20天", day="2024-12-28"),
                paid("c", "赵丙", "付2024年12月误工补贴12天", day="2025-02-15"),
            ]
        ),
        [({"b", "c"}, yuan(200))],
        words=("2024年12月", "32天"),
    ),
]
