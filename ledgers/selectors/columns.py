"""A preview's columns as people set them right: head, first contents, what each may stand for."""

import re
from dataclasses import dataclass
from typing import Any

from core.files.store import read_bytes
from core.office.parse import shown
from core.office.tables import ImportRefused, read_tables
from ledgers.models import LedgerSheet
from ledgers.rules.columns import choices_of
from ledgers.rules.reading import kinds
from ledgers.rules.reading.heads import Mapping, find_head
from ledgers.selectors.reading import READ_AT_ONCE

_SAMPLES = 3
_LONGEST = 40
_LONG_NUMBER = re.compile(r"\d{6,}[\dXx]{4,}")


@dataclass(frozen=True)
class ColumnLine:
    """One column: its number from 1, its head, what stands in its first rows, the field chosen for it."""

    number: int
    head: str
    samples: list[str]
    chosen: str


def columns_said(sheet: LedgerSheet) -> list[tuple[str, str]]:
    """Each head of a sheet with what it was read as; empty where its column is not read."""
    known = kinds.BY_CODE.get(sheet.kind)
    pairs = zip(sheet.mapping["heads"], sheet.mapping["fields"], strict=True)
    return [(head, known.field(key).title if known and key else "") for head, key in pairs if head]


def column_lines(sheet: LedgerSheet, kind: str) -> list[ColumnLine]:
    """The columns of a preview; those of another kind than the one it was read as begin without a choice."""
    heads = sheet.mapping["heads"]
    same = kind == sheet.mapping["kind"]
    fields = sheet.mapping["fields"] if same else _guess(kind, heads)
    samples = _samples(sheet, len(heads))
    return [
        ColumnLine(number, head, samples[number - 1], field)
        for number, (head, field) in enumerate(zip(heads, fields, strict=True), 1)
    ]


def options(kind: str, sheet: LedgerSheet) -> list[tuple[str, str]]:
    """What a column may stand for."""
    return [("", "不读"), *choices_of(kind, sheet.mapping["fields"])]


def _guess(kind: str, heads: list[str]) -> list[str]:
    known, taken = kinds.BY_CODE[kind], set[str]()
    found = []
    for head in heads:
        key = known.key_of(head) if head else ""
        found.append("" if key in taken else key)
        taken.add(key)
    return found


def _samples(sheet: LedgerSheet, width: int) -> list[list[str]]:
    """The first contents under each head; long numbers are not shown whole. Large files are not opened for it."""
    found: list[list[str]] = [[] for _ in range(width)]
    file = sheet.source.file
    if file.size > READ_AT_ONCE:
        return found
    try:
        table = next(t for t in read_tables(read_bytes(file), file.name) if t.sheet == sheet.name)
        bottom = find_head(table, file.name, [_unread(sheet)]).bottom
    except (ImportRefused, StopIteration):
        return found
    for row in table.rows[bottom + 1 :]:
        for column, cell in enumerate(row[:width]):
            text = _LONG_NUMBER.sub("（号码略）", shown(cell))[:_LONGEST]
            if text and len(found[column]) < _SAMPLES and text not in found[column]:
                found[column].append(text)
        if all(len(samples) == _SAMPLES for samples in found):
            break
    return found


def _unread(sheet: LedgerSheet) -> Any:
    """A mapping by which the head of the sheet is found, whatever its columns are."""
    heads = tuple(sheet.mapping["heads"])
    return Mapping(sheet.kind or kinds.ALL[0].code, heads, ("",) * len(heads))
