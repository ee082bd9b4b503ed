"""What the survey sheets of a village hold, found by key: tenants and objects of contracts, people and accounts.

Built once for all sheets in one pass over their rows, and asked row by row: the work grows with the rows and not with
their square, however many of them are alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from findings.models import TableKind

# So many other rows are named one by one; of more it is said how many there are.
MOST_NAMED = 10

Row = dict[str, Any]


class Sheet(NamedTuple):
    """One sheet as hints read it: its key, how other sheets call it, which table it is, its rows."""

    key: Any
    label: str
    kind: str
    rows: Sequence[Row]


@dataclass
class Alike:
    """Rows that have something in common: how many, their numbers by sheet, who is named in them."""

    size: int = 0
    places: dict[Any, list[int]] = field(default_factory=lambda: defaultdict(list))
    people: set[str] = field(default_factory=set)

    def add(self, sheet: Any, number: int, person: str) -> None:
        """One row more."""
        self.size += 1
        self.places[sheet].append(number)
        self.people.add(person)


class Around:
    """The sheets of a village as they are asked; the sheet that is looked at is one of them."""

    def __init__(self, sheets: Iterable[Sheet] = ()) -> None:
        self._labels: dict[Any, str] = {}
        self._alike: dict[tuple[str, ...], Alike] = defaultdict(Alike)
        self._tenants: set[str] = set()
        objects = []
        for sheet in sheets:
            self._labels[sheet.key] = sheet.label
            if sheet.kind == TableKind.CONTRACTS:
                self._tenants |= {plain(row.get("tenant", "")) for row in sheet.rows}
                objects += [plain(f"{row.get('name', '')}{row.get('object', '')}") for row in sheet.rows]
            elif sheet.kind == TableKind.BENEFITS:
                self._add(sheet)
        # A name holds no line end, so that none is found across two contracts.
        self._objects = "\n".join(objects)

    def _add(self, sheet: Sheet) -> None:
        for number, row in enumerate(sheet.rows, 1):
            for mark in _marks(row):
                self._alike[mark].add(sheet.key, number, plain(row.get("person", "")))

    def has_contract(self, user: str, name: str) -> bool:
        """Is there a contract with this tenant, or on a thing of this name?"""
        user, name = plain(user), plain(name)
        return bool(user and user in self._tenants) or bool(name and name in self._objects)

    def same_person(self, row: Row) -> list[Alike]:
        """Rows under the same item that may mean the same person; two whole numbers that differ are two people."""
        known = _known_by(row)
        if known is None:
            return []
        card = _digest(row, "identity")
        marks = [("card", known[0], card), ("bare", *known)] if card else [("name", *known)]
        return [self._alike[mark] for mark in marks if mark in self._alike]

    def same_account(self, row: Row) -> Alike:
        """Rows paid to the same account; of which only the end is known may be anybody's."""
        key = _digest(row, "account")
        return self._alike.get(("account", key), Alike()) if key else Alike()

    def elsewhere(self, found: Sequence[Alike], sheet: Any, number: int) -> str:
        """Where the others of ``found`` stand, seen from one row: rows of its sheet, then other sheets."""
        # One more than is named, and the row itself may be among them.
        most = MOST_NAMED + 2
        rows = sorted(
            other for alike in found for other in alike.places.get(sheet, [])[:most] if other != number
        )
        sheets = [key for alike in found for key in islice(alike.places, most) if key != sheet]
        names = [f"第{other}行" for other in rows]
        names += list(dict.fromkeys(self._labels[key] for key in sheets))
        if len(names) <= MOST_NAMED:
            return "、".join(names)
        return f"{'、'.join(names[:MOST_NAMED])}等{sum(alike.size for alike in found) - 1}行"


def plain(text: str) -> str:
    """Text as it is compared: without blanks, of one width and case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _known_by(row: Row) -> tuple[str, str, str] | None:
    """Item, name and the end of the number; nobody without a name."""
    person = plain(row.get("person", ""))
    tail = (row.get("identity") or {}).get("tail", "")
    return (plain(row.get("scheme", "")), person, tail) if person else None


def _marks(row: Row) -> list[tuple[str, ...]]:
    """Under what a row of the benefit table is found."""
    marks: list[tuple[str, ...]] = []
    card, account, known = _digest(row, "identity"), _digest(row, "account"), _known_by(row)
    if known is not None:
        marks = [("name", *known), ("card", known[0], card) if card else ("bare", *known)]
    return [*marks, ("account", account)] if account else marks


def _digest(row: Row, name: str) -> str:
    number = row.get(name) or {}
    return str(number.get("key", ""))
