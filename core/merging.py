"""Three versions of one value made into one: the common beginning, mine and theirs. Pure, no database, no form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# A sentence with what ends it, or what is left of a line: the smallest piece people change as a whole.
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")

Rows = Sequence[Mapping[str, Any]]

# Comparing costs the square of the pieces: longer texts are put before people whole.
_MOST = 1500


@dataclass(frozen=True)
class Merged:
    """One text out of two. Where both changed one place (``clashes``), ``text`` has mine, ``both`` mine then theirs."""

    text: str
    both: str
    clashes: bool


def merge_text(base: str, mine: str, theirs: str) -> Merged:
    """Join the changes two people made to ``base``, sentence by sentence."""
    if base in (mine, theirs) or mine == theirs:
        kept_whole = theirs if mine == base else mine
        return Merged(kept_whole, kept_whole, False)
    pieces = [_SENTENCE.findall(text) for text in (base, mine, theirs)]
    if max(map(len, pieces)) > _MOST:
        return Merged(mine, f"{mine}\n{theirs}", True)
    kept, doubled, clashes = [], [], False
    for old, ours, others in _stretches(*pieces):
        if ours in (old, others):
            stretch = both = others
        elif others == old:
            stretch = both = ours
        else:
            stretch, both, clashes = ours, _one_after_another(ours, others), True
        kept += stretch
        doubled += both
    return Merged("".join(kept), "".join(doubled), clashes)


def _one_after_another(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Both stretches, theirs on a new line where mine does not end a sentence."""
    gap = ["\n"] if mine and theirs and mine[-1][-1] not in "。！？；\n" else []
    return [*mine, *gap, *theirs]


def _stretches(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Cut the three at the pieces nobody touched; each stretch in between was changed by somebody."""
    b = m = t = 0
    for old, ours, others, length in _untouched(base, mine, theirs):
        yield base[b:old], mine[m:ours], theirs[t:others]
        b, m, t = old + length, ours + length, others + length
        yield base[old:b], mine[ours:m], theirs[others:t]


def _untouched(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of pieces that stand in all three, as their three beginnings and a length; last an empty run at the ends."""
    ours, others = _matches(base, mine), _matches(base, theirs)
    i = j = 0
    while i < len(ours) and j < len(others):
        (a, at_mine, n), (b, at_theirs, k) = ours[i], others[j]
        start, end = max(a, b), min(a + n, b + k)
        if start < end:
            yield start, at_mine + start - a, at_theirs + start - b, end - start
        if a + n <= b + k:
            i += 1
        else:
            j += 1
    yield len(base), len(mine), len(theirs), 0


def _matches(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    return [tuple(run) for run in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()]


def merge_rows(base: Rows, mine: Rows, theirs: Rows) -> tuple[list[dict[str, Any]], bool]:
    """Rows joined by their ``id``, cell by cell; and whether both changed one place.

    There mine stands; a row one took out and the other changed stays. Rows they put in come last.
    """
    known, others = ({row["id"]: row for row in rows} for rows in (base, theirs))
    joined, clashes = [], False
    for row in mine:
        before, other = known.get(row["id"]), others.get(row["id"])
        if before is None:
            joined.append(dict(row))
        elif other is not None:
            cells, clash = _merge_cells(before, row, other)
            joined.append(cells)
            clashes |= clash
        elif row != before:
            joined.append(dict(row))
            clashes = True
    own = {row["id"] for row in mine}
    for row in theirs:
        before = known.get(row["id"])
        if row["id"] not in own and row != before:
            joined.append(dict(row))
            clashes |= before is not None
    return joined, clashes


def _merge_cells(
    before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    cells = {name: theirs[name] if cell == before[name] else cell for name, cell in mine.items()}
    return cells, any(cell != theirs[name] and theirs[name] != before[name] for name, cell in cells.items())


def merge_lists(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Mine without what they took out, then what they put in; an entry both changed stands in both wordings."""
    kept = [entry for entry in mine if entry not in base or entry in theirs]
    return kept + [entry for entry in theirs if entry not in base and entry not in mine]
