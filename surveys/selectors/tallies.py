"""Counting: how many sheets of each group hold which code in which place.

Sheets are counted in piles: the database puts the sheets of one kind into one text, and a place of all of them is
every so many characters of it. Bringing each sheet over as a row costs several times the counting itself.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, TextField

from surveys.models import AnswerSheet, Specification, Survey, Tally
from surveys.rules import specification

# By part (empty: all sheets; a group's code; a channel behind an @), then place in the sheet (from 1; in a
# questionnaire of levels only, the item's number),
# how often each code occurs; "0" counts the unanswered.
Columns = dict[int, dict[str, int]]
Counts = dict[str, dict[int, Counter[str]]]
# Group, channel, and the sheets with a comma between them; one sheet alone is a pile, too.
Pile = tuple[str, str, str]

_COMMA = b","
# In the order in which most people answer: the first that occurs is not looked for but what the others leave over.
_CODES = b"1234506789ABCDEFGHIJKLMNOPQRST"


class _Together(Aggregate):
    """The texts of a group in one, with a comma between them."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same under SQLite's older name."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def channel_slice(channel: str) -> str:
    """The name of the part that came in by ``channel``; no group's code begins like that."""
    return f"@{channel}"


def count_answers(piles: Iterable[Pile], places: int) -> dict[str, Columns]:
    """Count piles of sheets of ``places`` codes each: all, each group, each channel."""
    parts: dict[str, list[str]] = defaultdict(list, {"": []})
    for group, channel, sheets in piles:
        for part in {"", group, channel_slice(channel)}:
            parts[part].append(sheets)
    return {part: count_columns(",".join(texts), places) for part, texts in parts.items()}


def count_columns(pile: str, places: int) -> Columns:
    """Count each place of the sheets in one pile; raises ``ValueError`` unless all are of ``places`` codes.

    Eight codes at a time become the eight bits of a byte. How often a code occurs in a place is then how many of its
    bits are set in the whole column, taken as one number: no look at any single sheet.
    """
    text, step = f"{pile},".encode() if pile else b"", places + 1
    sheets = len(text) // step
    if text[places::step] != _COMMA * sheets or len(text.translate(None, _CODES)) != sheets:
        raise ValueError(f"not all sheets are of {places} codes")
    columns: list[dict[str, int]] = [{} for _ in range(places)]
    found = [code for code in _CODES if code in text]
    ones = int.from_bytes(b"\1" * sheets)
    for start in range(1, len(found), 8):
        table, masks = bytearray(256), []
        for bit, code in enumerate(found[start : start + 8]):
            table[code] = 1 << bit
            masks.append((chr(code), ones << bit))
        marked = text.translate(table)
        for place, counts in enumerate(columns):
            column = int.from_bytes(marked[place::step])
            for name, mask in masks:
                if number := (column & mask).bit_count():
                    counts[name] = number
    for counts in columns:
        if left := sheets - sum(counts.values()):
            counts[chr(found[0])] = left
    return dict(enumerate(columns, 1))


def stored_piles(survey: Survey) -> Iterable[Pile]:
    """The sheets of a survey."""
    rows = AnswerSheet.objects.filter(survey=survey).values_list("group", "channel")
    return rows.annotate(pile=_Together("answers"))


def village_columns(places: Mapping[UUID, int]) -> dict[UUID, Columns]:
    """All sheets of many surveys, given with the places of theirs, counted survey by survey from one query."""
    rows = AnswerSheet.objects.filter(survey__in=places).values_list("survey")
    return {key: count_columns(pile, places[key]) for key, pile in rows.annotate(pile=_Together("answers"))}


def changed_since_locking(surveys: Iterable[Survey]) -> list[Survey]:
    """Those of ``surveys``, all locked, whose sheets no longer give the counts that were kept of them."""
    known = list(surveys)
    compiled = {form.pk: specification(form) for form in {survey.questionnaire for survey in known}}
    places = {survey.pk: compiled[survey.questionnaire_id].places for survey in known}
    kept: dict[UUID, Columns] = defaultdict(lambda: defaultdict(dict))
    at = {key: {(p.number, p.part): n for n, p in enumerate(found, 1)} for key, found in places.items()}
    rows = Tally.objects.filter(survey__in=known, group="").order_by()
    for key, number, part, code, count in rows.values_list(
        "survey", "item__number", "part", "level", "count"
    ):
        kept[key][at[key][number, part]][code] = count
    now = village_columns({key: len(found) for key, found in places.items()})
    return [survey for survey in known if now.get(survey.pk, {}) != kept[survey.pk]]


def stored_counts(survey: Survey, specification: Specification) -> Counts:
    """The counts kept at locking."""
    at = {(place.number, place.part): number for number, place in enumerate(specification.places, 1)}
    counted: Counts = defaultdict(lambda: defaultdict(Counter))
    rows = Tally.objects.filter(survey=survey).values_list("group", "item__number", "part", "level", "count")
    for group, number, part, level, count in rows:
        counted[group][at[number, part]][level] = count
    return {group: dict(places) for group, places in counted.items()}


def digest_of(counts: Mapping[str, Mapping[int, Mapping[str, int]]]) -> str:
    """SHA-256 over the counts in a fixed order, as 64 hexadecimal digits: shown on the page and on paper."""
    lines = [
        f"{group}|{number}|{digit}|{count}"
        for group, items in counts.items()
        for number, digits in items.items()
        for digit, count in digits.items()
        if count
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
