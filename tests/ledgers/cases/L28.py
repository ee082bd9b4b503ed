"""L28 公开缺失."""

import datetime as dt

from ledgers.rules.rows import Entry, Shown
from tests.ledgers.books import Case, books


def shown(*quarters):
    """Records as year and quarter: 20241 is the first quarter of 2024. All cases stand on 1 April 2026."""
    return [Shown(f"s{each}", each // 10, each % 10) for each in quarters]


def whole(first, last, *without):
    """All quarters of the years, but some."""
    all_ = [year * 10 + quarter for year in range(first, last + 1) for quarter in (1, 2, 3, 4)]
    return shown(*(each for each in all_ if each not in without))


CASES = [
    Case(
        "one quarter missing, told with the records around it",
        books(shown=whole(2024, 2025, 20243)),
        [({"s20242", "s20244"}, None)],
        words=("2024年第3季度没有",),
    ),
    Case(
        "a gap over the turn of a year is one hit, another gap its own",
        books(shown=whole(2023, 2025, 20234, 20241, 20252)),
        [({"s20233", "s20242"}, None), ({"s20251", "s20253"}, None)],
        words=("2023年第4季度至2024年第1季度", "2个季度"),
    ),
    Case(
        "the list stops before now",
        books(shown=whole(2024, 2024)),
        [({"s20244"}, None)],
        words=("2025年第1季度至2025年第4季度", "4个季度"),
    ),
    Case(
        "books begin before the first record",
        books(
            shown=whole(2024, 2025, 20241),
            entries=[Entry("b", 2024, dt.date(2024, 2, 1)), Entry("a", 2024, dt.date(2024, 1, 1))],
        ),
        [({"a", "s20242"}, None)],
        words=("2024年第1季度",),
    ),
    Case(
        "every quarter shown; the one that ended yesterday may still come", books(shown=whole(2023, 2025)), []
    ),
    Case("shown twice in a quarter", books(shown=[*whole(2024, 2025), Shown("again", 2024, 2)]), []),
    Case("without any record nothing is said", books(entries=[Entry("a", 2020)]), []),
    Case(
        "a round may grant no days",
        books(shown=whole(2025, 2025)),
        [({"s20254"}, None)],
        words=("2026年第1季度",),
        own={"days": 0},
    ),
]
