"""Words of the field that mean the same: what went wrong (faults) and what it is about (matters).

People write 没有招标, 未进交易平台 and 直接发包 for one thing; two characters side by side do not show it. The words
stand in ``findings/data/faults.txt`` and ``matters.txt`` and are found anywhere in a row of letters, in which 没有 and
没 are read as 未 before.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

# How the names of families begin, so that they are no pairs of characters.
FAULT, MATTER = "f:", "m:"
_DATA = Path(__file__).parents[2] / "data"
_NOT = frozenset("未不非")
# In the lists: something stands between. So many characters at most.
_GAP, _FAR = "~", 5


def _families(name: str, sign: str) -> Iterator[tuple[str, str]]:
    """Each word with the family it belongs to."""
    lines = (_DATA / name).read_text("utf-8").replace("\n ", " ").splitlines()
    for family, *words in (line.split() for line in lines if not line.startswith("#")):
        yield from ((word, f"{sign}{family}") for word in words)


@cache
def _by_first() -> dict[str, list[tuple[str, str, str]]]:
    """By first character: how a word begins, what must follow not far behind, its family."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for word, family in (*_families("faults.txt", FAULT), *_families("matters.txt", MATTER)):
        head, _, tail = word.partition(_GAP)
        found.setdefault(word[0], []).append((head, tail, family))
    return found


def families(run: str) -> list[str]:
    """The families of all words in a row of letters, also of words inside of words."""
    words = _by_first()
    return [
        family
        for start, letter in enumerate(run)
        for head, tail, family in words.get(letter, ())
        if run.startswith(head, start)
        and (not tail or _follows(run, tail, start + len(head)))
        and not (family.startswith(FAULT) and _denied(run, start))
    ]


def _follows(run: str, tail: str, after: int) -> bool:
    return run.find(tail, after, after + _FAR + len(tail)) >= 0


def _denied(run: str, start: int) -> bool:
    """A fault somebody says there is not: 未到期 is not 到期."""
    return run[start] not in _NOT and run[start - 1 : start] in _NOT if start else False
