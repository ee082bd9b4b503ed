"""What of a paper's wording counts: pairs of characters, without names, sums, dates and numbers."""

import re
from collections.abc import Iterable

from findings.rules.common.alike import FAULT, MATTER, families
from findings.rules.wording import COMMON, pairs_of, runs
from surveys.rules.masking import persons_in

_NUMERAL = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
# Sums, groups of a village and counted things; a numeral in 三会一课 or 四议两公开 counts nothing and stays.
_COUNTED = re.compile(
    rf"[\d{_NUMERAL}][\d{_NUMERAL}.,，余多几]*元"
    rf"|第?[\d{_NUMERAL}]+(?:村民)?小?组"
    r"|[二三四五六七八九十百千两几数]+(?=[份笔次户名个亩年月天件张套间处块盏口])"
)
# A person half hidden: 王某, 陈某甲.
_HIDDEN = re.compile(r"\w某(?:某|[甲乙丙丁])?")
# One word, many ways to write it, the longest first.
_ALIKE = (
    ("没有", "未"), ("尚未", "未"), ("未能", "未"), ("没", "未"),
    ("最低生活保障", "低保"), ("公益性岗位", "公益岗"), ("公岗", "公益岗"),
)  # fmt: skip
# How loudly a word is said; what is wrong and with what, a title says above all.
_TITLE, _SUMMARY, _CLAIM = 1.5, 1.0, 2.5


class Reader:
    """Reads papers; ``names`` are words that stand for places and persons."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = _any_of(names)

    def rows(self, words: str) -> list[str]:
        """What is left of ``words`` in rows of letters, as written."""
        kept = self._names.sub(" ", words)
        for start, end in reversed(persons_in(kept)):
            kept = f"{kept[:start]} {kept[end:]}"
        return runs(_COUNTED.sub(" ", _HIDDEN.sub(" ", kept)))

    def terms(self, title: str, summary: str) -> dict[str, float]:
        """Pairs of characters and families of words, and how loudly they are said: a title says what it is about."""
        found = dict.fromkeys(self._terms(summary), _SUMMARY)
        found.update(
            {term: _CLAIM if term.startswith((FAULT, MATTER)) else _TITLE for term in self._terms(title)}
        )
        return found

    def _terms(self, words: str) -> list[str]:
        found: list[str] = []
        for run in map(_alike, self.rows(words)):
            found += [pair for pair in pairs_of(run) if pair not in COMMON]
            found += families(run)
        return found


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of ``names``, the longest first; by first letters, so that thousands cost little where none begins."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(filter(None, set(names)), key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))
    branches = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    begins = "".join(map(re.escape, by_first))
    return re.compile(f"(?=[{begins}])(?:{'|'.join(branches)})" if by_first else r"(?!)")


def _alike(run: str) -> str:
    for written, meant in _ALIKE:
        if written in run:
            run = run.replace(written, meant)
    return run
