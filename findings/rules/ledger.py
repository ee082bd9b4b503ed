"""From a story of the books to a paper: which aspect it belongs to, and how often a rule was right so far."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from core.verdict import Verdict, deny
from findings.rules.membership import writes_in
from villages.rules import is_system

# Codes of the five aspects: money, assets, contracts, projects, benefits; style and disclosure.
_OF_RULE = {"L11": "D4", "L28": "D2", "L16": "E2", "L29": "E2"}
_OF_LETTER = {"L": "E1", "K": "E3", "P": "E4", "C": "E5"}
_FEW = 5
_Z = 1.96  # 95 of 100


def aspect_of(rule: str) -> str:
    """The code of the five aspects a rule's suspicions belong to."""
    return _OF_RULE.get(rule) or _OF_LETTER[rule[0]]


def can_lead_story(user: Any, story: Any) -> Verdict:
    """Make a lead of a story: who writes papers of the village, while the books still bear it out. Never a machine."""
    if is_system(user):
        return deny("疑点由组员看过账册后列出，不自动列。", visible=False)
    verdict = writes_in(user, story)
    if verdict and story.gone:
        return deny("账册已经改过，这条疑点不再出现，不能据此办理。")
    return verdict


@dataclass(frozen=True)
class Record:
    """What became of the stories a rule had a part in: true, explained, an error of the data, and those not decided."""

    proven: int = 0
    explained: int = 0
    wrong_data: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        """Those people have said of what they were."""
        return self.proven + self.explained + self.wrong_data

    @property
    def told(self) -> str:
        """``12条中8条属实``; empty before the first decision."""
        return f"{self.decided}条中{self.proven}条属实" if self.decided else ""

    @property
    def bounds(self) -> tuple[int, int] | None:
        """Between which per cent the share of true ones lies with 95 % certainty (Wilson); none for a few only."""
        n = self.decided
        if n < _FEW:
            return None
        share, square = self.proven / n, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        reach = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
        return round(max(middle - reach, 0) * 100), round(min(middle + reach, 1) * 100)
