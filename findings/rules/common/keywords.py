"""The words a group shares, for people to see why it was proposed: whole turns of phrase, the most telling first."""

from collections import Counter
from collections.abc import Callable, Sequence

from findings.rules.wording import COMMON, bare, pairs_of

_SHORTEST, _LONGEST = 2, 16
_SHOWN = 8
_COUNTING = frozenset("份笔户亩")
# Papers of a group that are read for it, and the share of them that must have a word.
_READ, _MOST_HAVE = 60, 0.3


def keywords(papers: Sequence[Sequence[str]], telling: Callable[[str], float]) -> tuple[str, ...]:
    """Words that stand in at least two and in a good part of ``papers``, each given as its rows of letters."""
    held = Counter(piece for rows in papers[:_READ] for piece in _pieces(rows))
    least = max(2, _MOST_HAVE * min(len(papers), _READ))
    shared = {piece: count for piece, count in held.items() if count >= least}
    cut = {part for piece, count in shared.items() for part in (piece[1:], piece[:-1]) if held[part] == count}
    worth = {
        piece: count * sum(map(telling, pairs_of(piece)))
        for piece, count in shared.items()
        if piece not in cut and _is_word(piece)
    }
    kept: list[str] = []
    for word in sorted(worth, key=lambda word: (-worth[word], word)):
        if len(kept) < _SHOWN and not any(_says_again(word, other) for other in kept):
            kept.append(word)
    return tuple(kept)


def _pieces(rows: Sequence[str]) -> set[str]:
    """Everything of two to sixteen letters that stands in ``rows``."""
    return {
        row[start : start + length]
        for row in rows
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(row) - length + 1)
    }


def _says_again(word: str, other: str) -> bool:
    """Half of ``word`` or all of ``other`` stands in the other one."""
    half = max(_SHORTEST, (len(word) + 1) // 2)
    return other in word or any(word[at : at + half] in other for at in range(len(word) - half + 1))


def _is_word(piece: str) -> bool:
    """No particle at its ends, no counting word that a number left behind, and not only what every paper says."""
    return piece == bare(piece) and piece[0] not in _COUNTING and not COMMON.issuperset(pairs_of(piece))
