"""The papers of a whole round compared: groups from scratch, bound by what people said. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from findings.models import CommonMember
from findings.rules.common import Common, Decisions, Proposal, Text, standing
from findings.selectors import common_texts as reading
from villages.models import Round


@dataclass(frozen=True)
class Compared:
    """A proposal with what it was made of."""

    proposal: Proposal
    papers: int


def compare_round(round_: Round, told: Callable[[int, int], None] = lambda done, total: None) -> Compared:
    """Read every paper of the round and group them; writes nothing."""
    counted = Counter[str]()

    def texts() -> Iterable[Text]:
        for text in reading.texts_of(round_):
            counted["papers"] += 1
            yield text

    together, apart = standing(reading.sayings_of(round_))
    held = _held(round_)
    firsts = sorted(keys[0] for keys in held.values())
    # Two groups people accepted are two problems, however alike they are.
    apart |= {(one, other) for n, one in enumerate(firsts) for other in firsts[n + 1 :]}
    together |= {(keys[0], other) for keys in held.values() for other in keys[1:]}
    names = reading.passed_over(round_, reading.Unspoken(round_))
    decisions = Decisions(together, apart)
    common = Common(texts(), reading.towns_of(round_), names, reading.check_points(), decisions, told)
    return Compared(common.proposal(), counted["papers"])


def _held(round_: Round) -> dict[Any, list[str]]:
    """Keys of the papers people put into each group, by group."""
    rows = CommonMember.objects.filter(group__round=round_, sure=True).order_by("seq", "id")
    found: dict[Any, list[str]] = defaultdict(list)
    for group, finding, lead in rows.values_list("group", "finding", "lead"):
        found[group].append(str(finding or lead))
    return found
