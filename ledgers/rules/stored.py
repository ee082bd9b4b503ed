"""The typed rows of :mod:`ledgers.rules.rows` as plain JSON and back, by their fields' own types.

Only what is filled is kept: a field left at its default is left out. Amounts are texts, days ISO, years of a mapping
texts, what a field holds several of a list.
"""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from ledgers.rules import rows

# The class of each kind of sheet and where its rows stand in ``Books``.
CLASSES: dict[str, tuple[type, str]] = {
    "entries": (rows.Entry, "entries"),
    "balances": (rows.Balance, "balances"),
    "debts": (rows.Debt, "debts"),
    "contracts": (rows.Contract, "contracts"),
    "assets": (rows.Asset, "assets"),
    "resources": (rows.Resource, "resources"),
    "projects": (rows.Project, "projects"),
    "benefits": (rows.Benefit, "benefits"),
    "cadres": (rows.Cadre, "cadres"),
    "kin": (rows.Kin, "kin"),
    "lists": (rows.Listed, "lists"),
    "disclosures": (rows.Shown, "shown"),
}
Code = Callable[[Any], Any]
_NO_WORDS = frozenset({"standard", "side", "paid_by", "sheet"})
_MOST_WORDS = 1000


class _Part(NamedTuple):
    name: str
    default: Any
    write: Code | None  # None: JSON holds the value as it is
    read: Code | None


def to_data(row: Any) -> dict[str, Any]:
    """The filled fields of a typed row, its key left out."""
    found = {}
    made: Any = type(row)
    for name, default, write, _ in _parts(made):
        value = getattr(row, name)
        if value != default:
            found[name] = write(value) if write and value is not None else value
    return found


def from_data(kind: str, key: str, data: Mapping[str, Any]) -> Any:
    """The typed row of a kind of sheet that :func:`to_data` gave ``data`` of. ``KeyError`` for what it cannot hold."""
    made: Any = CLASSES[kind][0]
    readers = _readers(made)
    values = {
        name: read(value) if (read := readers[name]) and value is not None else value
        for name, value in data.items()
    }
    return made(key=key, **values)


@cache
def _readers(made: Any) -> dict[str, Code | None]:
    return {part.name: part.read for part in _parts(made)}


@cache
def _parts(made: Any) -> tuple[_Part, ...]:
    hints = get_type_hints(made)
    return tuple(
        _Part(field.name, _default(field), *_codes(hints[field.name]))
        for field in fields(made)
        if field.name != "key"
    )


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _codes(hint: Any) -> tuple[Code | None, Code | None]:
    """How values of a type are written and read."""
    origin, inner = get_origin(hint), [part for part in get_args(hint) if part not in (type(None), ...)]
    if origin in (Union, types.UnionType):
        return _codes(inner[0])
    if hint is Decimal:
        return str, Decimal
    if hint is dt.date:
        return dt.date.isoformat, dt.date.fromisoformat
    if origin is tuple:
        write, read = _codes(inner[0])
        return lambda items: list(map(write or _same, items)), lambda items: tuple(map(read or _same, items))
    if origin is Mapping:
        write, read = _codes(inner[1])
        return (
            lambda items: {str(key): (write or _same)(value) for key, value in items.items()},
            lambda items: {inner[0](key): (read or _same)(value) for key, value in items.items()},
        )
    if is_dataclass(hint):
        made: Any = hint
        readers = _readers(made)
        return to_data, lambda data: made(**{n: (readers[n] or _same)(v) for n, v in data.items()})
    return None, None


def _same(value: Any) -> Any:
    return value


def is_mark(made: Any, name: str) -> bool:
    """Whether a field of a class of rows is the hash of a number, which says nothing to people."""
    return name.endswith("mark") or name == "party_account" or (made is rows.Benefit and name == "account")


def words_of(row: Any) -> str:
    """The texts of a row that people search for, each once."""
    made: Any = type(row)
    said = (
        value
        for name, *_ in _parts(made)
        if isinstance(value := getattr(row, name), str) and name not in _NO_WORDS and not is_mark(made, name)
    )
    return " ".join(dict.fromkeys(filter(None, said)))[:_MOST_WORDS]
