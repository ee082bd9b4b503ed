"""Counting: how many sheets of each group gave which level to which item. Plain functions over strings of digits."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from surveys.models import AnswerSheet, Survey, Tally

# By group (empty: all sheets), then item number, how often each digit occurs; "0" counts the unanswered.
Counts = dict[str, dict[int, Counter[str]]]


def count_answers(sheets: Iterable[tuple[str, str]], items: int) -> Counts:
    """Count ``(group, digits)`` sheets of ``items`` digits each, for all sheets and for each group."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for group, digits in sheets:
        by_group[group].append(digits)
    everything = [digits for rows in by_group.values() for digits in rows]
    counted = {"": _columns(everything, items)}
    return counted | {group: _columns(rows, items) for group, rows in by_group.items() if group}


def _columns(rows: list[str], items: int) -> dict[int, Counter[str]]:
    columns = zip(*rows, strict=True) if rows else [()] * items
    return {number: Counter(column) for number, column in enumerate(columns, 1)}


def stored_sheets(survey: Survey) -> Iterable[tuple[str, str]]:
    """The sheets of a survey as ``(group, digits)``."""
    return AnswerSheet.objects.filter(survey=survey).values_list("group", "answers")


def stored_counts(survey: Survey) -> Counts:
    """The counts kept at locking."""
    counted: Counts = defaultdict(lambda: defaultdict(Counter))
    rows = Tally.objects.filter(survey=survey).values_list("group", "item__number", "level", "count")
    for group, number, level, count in rows:
        counted[group][number][level] = count
    return {group: dict(items) for group, items in counted.items()}


def digest_of(counts: Counts) -> str:
    """SHA-256 over the counts in a fixed order, as 64 hexadecimal digits: shown on the page and on paper."""
    lines = [
        f"{group}|{number}|{digit}|{count}"
        for group, items in counts.items()
        for number, digits in items.items()
        for digit, count in digits.items()
        if count
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
