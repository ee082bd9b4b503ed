"""How much speaks for two papers of one village being one problem, in points and in words. Pure and explainable.

Points are those of the office's own habit: the same item followed up says nearly everything, the same check point
or second-level category says something, wording says as much as it shares, years and sums only help. The same
category with the same years is no reason to ask anybody: a village has many papers of one kind.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.display import money
from findings.rules.wording import COMMON, bare, pairs, pairs_of, runs

ENOUGH = 40

_FOLLOWED, _POINT, _SECOND, _FIRST = 50, 30, 20, 8
_WORDING = 50
_SAME_YEARS, _NEXT_YEARS = 10, 6
_SAME_SUM, _NEAR_SUM = 10, 5
# Less common wording than this is chance: 党员 stands in half of the papers on party life.
_CHANCE = 0.2
_NEAR = Decimal("0.1")


@dataclass(frozen=True)
class Traits:
    """What of a paper is compared. ``followed``: the key of the earlier paper its watch item was taken from."""

    key: str
    title: str
    summary: str = ""
    second: str = ""
    second_name: str = ""
    first: str = ""
    first_name: str = ""
    point: str = ""
    followed: str = ""
    years: tuple[int, ...] = ()
    amount: Decimal | None = None


@dataclass(frozen=True)
class Likeness:
    """Points (0 to 170), what they were given for, and the words both papers use."""

    points: int = 0
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Is it worth asking somebody?"""
        return self.points >= ENOUGH


def likeness(mine: Traits, other: Traits) -> Likeness:
    """Compare two papers of one village; the order of the two changes nothing but the wording."""
    share, words = common_wording(mine, other)
    found = [_followed(mine, other), _kind(mine, other), _wording(share, words)]
    found += [_years(mine.years, other.years), _sums(mine.amount, other.amount)]
    kept = [(points, reason) for points, reason in found if points]
    return Likeness(sum(p for p, _ in kept), tuple(reason for _, reason in kept if reason), words)


def _followed(mine: Traits, other: Traits) -> tuple[int, str]:
    """One goes back to the other by the watch list, or both to the same earlier paper."""
    goals = {mine.followed, other.followed} - {""}
    if goals & {mine.key, other.key} or (mine.followed and mine.followed == other.followed):
        return _FOLLOWED, "待查问题清单从以往底稿带入，查的就是这一问题"
    return 0, ""


def _kind(mine: Traits, other: Traits) -> tuple[int, str]:
    same_point = bool(mine.point) and mine.point == other.point
    points = _POINT if same_point else 0
    said = [f"同一监督要点{mine.point}"] if same_point else []
    if mine.second and mine.second == other.second:
        points, said = points + _SECOND, [*said, f"同属“{mine.second_name}”"]
    elif mine.first and mine.first == other.first:
        points, said = points + _FIRST, [*said, f"同属“{mine.first_name}”一类"]
    return points, "，".join(said)


def _wording(share: float, words: tuple[str, ...]) -> tuple[int, str]:
    if share < _CHANCE:
        return 0, ""
    return round(_WORDING * share), f"用语相近，都提到{'、'.join(f'“{word}”' for word in words[:4])}"


def _years(mine: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, str]:
    shared = sorted(set(mine) & set(other))
    if shared:
        return _SAME_YEARS, f"涉及年度重合：{'、'.join(f'{year}年' for year in shared)}"
    pairs = [tuple(sorted((a, b))) for a in mine for b in other if abs(a - b) == 1]
    if pairs:
        return _NEXT_YEARS, f"涉及年度相接：{pairs[0][0]}年与{pairs[0][1]}年"
    return 0, ""


def _sums(mine: Decimal | None, other: Decimal | None) -> tuple[int, str]:
    if not mine or not other:
        return 0, ""
    if mine == other:
        return _SAME_SUM, f"涉及金额相同：{money(mine)}元"
    if abs(mine - other) <= max(mine, other) * _NEAR:
        return _NEAR_SUM, f"涉及金额相近：{money(mine)}元与{money(other)}元"
    return 0, ""


# --- wording ----------------------------------------------------------------------------------------------


def common_wording(mine: Traits, other: Traits) -> tuple[float, tuple[str, ...]]:
    """How much of each one's title is said by the other (0 to 1, the mean of both ways), and in which words."""
    forth, back = _said_by(mine, other), _said_by(other, mine)
    words = dict.fromkeys((*forth[1], *back[1]))
    # A word inside of a longer one says nothing more.
    kept = [word for word in words if not any(word != longer and word in longer for longer in words)]
    return (forth[0] + back[0]) / 2, tuple(sorted(kept, key=len, reverse=True))


def _said_by(one: Traits, other: Traits) -> tuple[float, list[str]]:
    """The share of the pairs of ``one``'s title that stand in ``other``, and the words they make."""
    theirs = pairs(f"{other.title} {other.summary}")
    all_pairs, shared, words = 0, 0, []
    for run in runs(one.title):
        word = ""
        for pair in pairs_of(run):
            if pair in COMMON:
                word = _close(words, word)
                continue
            all_pairs += 1
            if pair in theirs:
                shared += 1
                word = word + pair[1] if word else pair
            else:
                word = _close(words, word)
        _close(words, word)
    return (shared / all_pairs if all_pairs else 0.0), words


def _close(words: list[str], word: str) -> str:
    """Keep a finished word without the particles at its ends."""
    if len(kept := bare(word)) > 1:
        words.append(kept)
    return ""


def highlighted(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is one of ``words``; joined they are the text again."""
    longest = sorted(filter(None, words), key=len, reverse=True)
    if not longest:
        return [(text, False)]
    pieces = re.split(f"({'|'.join(map(re.escape, longest))})", text)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
