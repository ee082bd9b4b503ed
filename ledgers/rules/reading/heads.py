"""Finds the head of a sheet – one row or two, wherever it is – and which of its columns are ours.

What people corrected once is a :class:`Mapping`; given back, it wins over every guess for the same heads.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from core.office.columns import normalised
from core.office.parse import shown
from core.office.tables import Cell, ImportRefused, Table
from ledgers.rules.reading import kinds
from ledgers.rules.reading.identity import without_numbers
from ledgers.rules.reading.kinds import Kind

_HEAD_WITHIN = 40
_LONGEST_HEAD = 30
_SIGN_WORTH = 2
# A price's unit (元/亩·年) says what the column is; other units only how it counts.
_UNIT = re.compile(
    r"\((?:单位[:：]?)?(万元|元|亩|公顷|平方米|m2|张|个|户|人|人民币|元/年|[^()/]{1,3})\)", re.I
)
_TEN_THOUSAND = re.compile(r"单位[:：]?\s*(?:人民币)?万元|金额单位[:：]?万元")
_DATA_LIKE = re.compile(r"^[-+(]?[¥￥]?[\d,.]+\)?元?$|^\d{2,4}[-./年]\d{1,2}[-./月]\d{1,2}")
# A bank writes from its own side: what it owes less, its debit, is what the village paid out.
_STATEMENT = re.compile(r"对账单|交易明细|交易流水|账户明细|银行流水")
_BANKS_SIDE = {"debit": "outlay", "credit": "income"}
_YEAR_HEAD = re.compile(r"^(?:19|20)\d{2}年?度?$")


@dataclass(frozen=True)
class Mapping:
    """Which field each head of a source stands for; an empty field is a column that is not read.

    ``heads`` are the normalised heads from left to right: the next sheet with the same ones is read the same way.
    """

    kind: str
    heads: tuple[str, ...]
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        known = kinds.BY_CODE.get(self.kind)
        if known is None or len(self.heads) != len(self.fields):
            raise ValueError("not a mapping")
        for key in filter(None, self.fields):
            if key.partition(":")[0] not in known.by_key:
                raise ValueError(f"no field {key!r}")

    @property
    def key(self) -> str:
        """What the same source has again."""
        return "|".join(self.heads)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for storing."""
        return {"kind": self.kind, "heads": list(self.heads), "fields": list(self.fields)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Mapping":
        """What :meth:`to_json` gave; ``ValueError`` when it names what there is not."""
        return cls(data["kind"], tuple(data["heads"]), tuple(data["fields"]))


class NoHead(ImportRefused):
    """The sheet names none of our columns; ``heads`` are what stands where a head may be, for mapping it by hand."""

    def __init__(self, message: str, heads: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.heads = heads


class Place(NamedTuple):
    """One column that is read: where, as which field, in which unit."""

    column: int
    key: str
    factor: Decimal


@dataclass(frozen=True)
class Head:
    """The head of a sheet: rows (from 0, ``bottom`` the last one), heads as written, mapping, places, title lines."""

    top: int
    bottom: int
    written: tuple[str, ...]
    mapping: Mapping
    places: tuple[Place, ...]
    titles: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        return kinds.BY_CODE[self.mapping.kind]

    @property
    def unmapped(self) -> list[str]:
        """The heads nobody reads, as they are written."""
        pairs = zip(self.written, self.mapping.fields, strict=True)
        return list(dict.fromkeys(title for title, key in pairs if title and not key))


def find_head(table: Table, filename: str = "", learned: Iterable[Mapping] = ()) -> Head:
    """The head of the table with its mapping. Raises ``NoHead`` when none of its rows names columns we know."""
    known = {mapping.key: mapping for mapping in learned}
    best: tuple[float, Head | None] = (0, None)
    nearest: tuple[int, Kind | None, set[str]] = (0, None, set())
    likely: tuple[str, ...] = ()
    for span in _spans(table):
        heads = _plain(span.labels)
        if found := known.get("|".join(heads)):
            return _head(table, span, found)
        words = " ".join([filename, table.sheet, *_titles(table, span.top)])
        likely = max(likely, heads, key=lambda labels: len(set(labels)))
        for kind in kinds.ALL:
            fields = _fields(kind, span, words)[: len(heads)]
            keys = set(filter(None, fields))
            if not kinds.satisfied(kind, keys):
                nearest = max(nearest, (len(keys), kind, keys), key=lambda told: told[0])
                continue
            worth = len(keys) + _SIGN_WORTH * bool(re.search(kind.signs, words)) + _fit(kind, span)
            if worth > best[0]:
                best = worth, _head(table, span, Mapping(kind.code, heads, fields))
    if best[1] is None:
        raise NoHead(_refusal(table, *nearest), likely)
    return best[1]


def label(cell: Cell) -> str:
    """A head reduced to what counts, without its unit: ``借方金额（元）`` is 借方金额."""
    return normalised(_UNIT.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", shown(cell)))))


class _Span(NamedTuple):
    """One or two rows that may be a head: per column the heads from above to below."""

    top: int
    bottom: int
    labels: list[list[str]]
    written: list[str]


def _spans(table: Table) -> Iterator[_Span]:
    rows = table.rows[: _HEAD_WITHIN + 1]
    for number, row in enumerate(rows[:_HEAD_WITHIN]):
        if not _may_be_head(row):
            continue
        yield _span(number, [row])
        below = rows[number + 1] if number + 1 < len(rows) else []
        if _may_be_head(below) and len(set(row) - {""}) > 1:
            yield _span(number, [_spread(row, below), below])
            third = rows[number + 2] if number + 2 < len(rows) else []
            if _may_be_head(third):
                yield _span(number, [_spread(row, below), _spread(below, third), third])


def _span(top: int, rows: Sequence[Sequence[Cell]]) -> _Span:
    labels, written = [], []
    for column in range(max(map(len, rows))):
        cells = [row[column] for row in rows if column < len(row) and row[column] != ""]
        labels.append(list(dict.fromkeys(filter(None, map(label, cells)))))
        written.append(" ".join(dict.fromkeys(re.sub(r"\s+", "", shown(cell)) for cell in cells)))
    return _Span(top, top + len(rows) - 1, labels, written)


def _may_be_head(row: Sequence[Cell]) -> bool:
    """Short texts only; amounts, days and long sentences are data. A year may head a column."""
    filled = [shown(cell) for cell in row if cell != ""]
    if not filled or any(len(text) > _LONGEST_HEAD for text in filled if not _same(filled)):
        return False
    if any(without_numbers(text) != text for text in filled):
        return False
    return not any(_DATA_LIKE.match(text) and not _YEAR_HEAD.match(text) for text in filled)


def _same(filled: Sequence[str]) -> bool:
    return len(set(filled)) == 1


def _spread(row: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """A merged head as text files keep it – only in its first cell – over the columns it stands above."""
    spread: list[Cell] = []
    for column in range(max(len(row), len(below))):
        cell = row[column] if column < len(row) else ""
        if cell == "" and column and column < len(below) and below[column] != "" and below[column - 1] != "":
            cell = spread[-1]
        spread.append(cell)
    return spread


def _fields(kind: Kind, span: _Span, words: str) -> tuple[str, ...]:
    found = [_key_of(kind, labels) for labels in span.labels]
    if kind is kinds.ENTRIES and _STATEMENT.search(words) and not {"account", "account_name"} & set(found):
        found = [_BANKS_SIDE.get(key, key) for key in found]
    if kind is kinds.BALANCES and found.count("side") > 1:
        first = found.index("side")
        found[first] = "opening_side"
        found[found.index("side")] = "closing_side"
    taken: set[str] = set()
    for column, key in enumerate(found):
        if key in taken:
            found[column] = ""
        taken.add(key)
    return tuple(found)


def _key_of(kind: Kind, labels: Sequence[str]) -> str:
    """The field of a column: by all its heads together, then by the lowest, then by the highest."""
    if not labels:
        return ""
    tries = ("".join(labels), "".join(labels[-2:]), labels[-1], labels[0])
    return next(filter(None, (kind.key_of(text) for text in tries)), "")


def _fit(kind: Kind, span: _Span) -> float:
    """Several rows are one head where they name a column together; otherwise the fewer the better."""
    together = sum(1 for labels in span.labels if len(labels) > 1 and kind.key_of("".join(labels)))
    return together / 2 - (span.bottom - span.top) / 10


def _plain(labels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    heads = ["".join(parts) for parts in labels]
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads)


def _titles(table: Table, top: int) -> list[str]:
    """The lines above the head, each with its distinct cells."""
    lines = (" ".join(dict.fromkeys(shown(cell) for cell in row if cell != "")) for row in table.rows[:top])
    return [line for line in lines if line]


def _head(table: Table, span: _Span, mapping: Mapping) -> Head:
    written = tuple(span.written[: len(mapping.heads)])
    titles = tuple(_titles(table, span.top))
    general = bool(_TEN_THOUSAND.search(unicodedata.normalize("NFKC", " ".join(titles))))
    places = tuple(
        Place(column, key, _factor(written[column], general))
        for column, key in enumerate(mapping.fields)
        if key
    )
    return Head(span.top, span.bottom, written, mapping, places, titles)


def _factor(title: str, general: bool) -> Decimal:
    """How many yuan one of the column's unit is: its own unit, or else the one the title names for all."""
    text = unicodedata.normalize("NFKC", title)
    if "万元" in text:
        return Decimal(10_000)
    return Decimal(10_000) if general and "元" not in text else Decimal(1)


def _refusal(table: Table, count: int, kind: Kind | None, keys: set[str]) -> str:
    where = f"“{table.sheet}”" if table.sheet else "这张表"
    if not any(table.rows):
        return f"{where}里没有文字和数字，可能是扫描的图片。请提供原来的电子表格，或者照着录入后再上传。"
    if kind is None or count < 2:
        known = "、".join(known.name for known in kinds.ALL)
        return f"{where}里没有找到认得的表头，能读的有：{known}。请在数据上方写明列名后重新上传。"
    lacking = "、".join(f"“{title}”" for title in kinds.missing(kind, keys))
    return f"{where}像是{kind.name}，但缺少{lacking}这一列。请补上该列或改正列名后重新上传。"
