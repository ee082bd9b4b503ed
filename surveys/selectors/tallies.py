"""Counting: how many sheets of each group hold which code in which place. Plain functions over strings of codes."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from surveys.models import AnswerSheet, Specification, Survey, Tally

# By part (empty: all sheets; a group's code; a channel behind an @), then place in the sheet (from 1; in a
# questionnaire of levels only, the item's number),
# how often each code occurs; "0" counts the unanswered.
Counts = dict[str, dict[int, Counter[str]]]


def channel_slice(channel: str) -> str:
    """The name of the part that came in by ``channel``; no group's code begins like that."""
    return f"@{channel}"


def count_answers(sheets: Iterable[tuple[str, str, str]], places: int) -> Counts:
    """Count ``(group, channel, codes)`` sheets of ``places`` codes each: all, each group, each channel."""
    parts: dict[str, list[str]] = defaultdict(list, {"": []})
    for group, channel, codes in sheets:
        for part in {"", group, channel_slice(channel)}:
            parts[part].append(codes)
    return {part: _columns(rows, places) for part, rows in parts.items()}


def _columns(rows: list[str], places: int) -> dict[int, Counter[str]]:
    columns = zip(*rows, strict=True) if rows else [()] * places
    return {number: Counter(column) for number, column in enumerate(columns, 1)}


def stored_sheets(survey: Survey) -> Iterable[tuple[str, str, str]]:
    """The sheets of a survey as ``(group, channel, codes)``."""
    return AnswerSheet.objects.filter(survey=survey).values_list("group", "channel", "answers")


def stored_counts(survey: Survey, specification: Specification) -> Counts:
    """The counts kept at locking."""
    at = {(place.number, place.part): number for number, place in enumerate(specification.places, 1)}
    counted: Counts = defaultdict(lambda: defaultdict(Counter))
    rows = Tally.objects.filter(survey=survey).values_list("group", "item__number", "part", "level", "count")
    for group, number, part, level, count in rows:
        counted[group][at[number, part]][level] = count
    return {group: dict(places) for group, places in counted.items()}


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
