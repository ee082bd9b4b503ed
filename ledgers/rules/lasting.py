"""The lasting name of a hit: by what its rows say, so that it outlives a sheet taken back and read in again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from core.digests import digest
from ledgers.rules.rule import Hit
from ledgers.rules.stored import to_data
from ledgers.rules.subjects import Row

# Where a row stood in its file says nothing of the matter.
_PLACE = frozenset({"sheet", "row"})


def lasting(hits: Iterable[Hit], rows: Mapping[str, Row]) -> list[str]:
    """A name for each of ``hits`` in their order: equal for equal rule, matter, sum and contents of the rows.

    Hits of equal content are numbered, so that every name stands once.
    """
    contents: dict[str, str] = {}
    seen: Counter[str] = Counter()
    names = []
    for hit in hits:
        for key in hit.rows:
            if key not in contents:
                contents[key] = _content(rows[key])
        body: dict[str, Any] = {"rule": hit.rule, "matter": hit.matter, "amount": str(hit.amount)}
        body["rows"] = sorted(contents[key] for key in hit.rows)
        name = digest(body)
        seen[name] += 1
        names.append(name if seen[name] == 1 else digest({"name": name, "number": seen[name]}))
    return names


def _content(row: Row) -> str:
    said = {name: value for name, value in to_data(row).items() if name not in _PLACE}
    return digest({"kind": type(row).__name__, "data": said})
