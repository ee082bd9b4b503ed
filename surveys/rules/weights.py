"""Weights of voter groups. The round keeps them by name, a ballot its group by code; names change, codes do not."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.models import group_codes, respondent_groups
from villages.models import Round, RoundParameter
from villages.selectors import parameter, parameter_parts

KEY = "rating_group_weights"


def by_code(weights: Mapping[str, Any]) -> dict[str, str]:
    """The weights that count, by code of the group; of two for one group the first."""
    codes, lost = group_codes(), _lost(weights)
    return {codes[name]: str(weight) for name, weight in weights.items() if weight and name not in lost}


def strays(round_: Round) -> str:
    """Weights of a round that cannot enter a score, as a sentence; empty when there are none.

    They are refused at saving; a round may hold some from before that.
    """
    weights = parameter(round_, KEY)
    named = "、".join(f"“{name}”{weights[name]}" for name in _lost(weights))
    return f"本轮参数里的测评权重{named}没有对应的人员类别，没有进入得分。" if named else ""


def weighing_round(names: Iterable[str]) -> tuple[str, str] | None:
    """One of these names that has a weight in some round, and the round; the newest first."""
    for row in RoundParameter.objects.filter(key=KEY).select_related("round").order_by("-round"):
        for name in names:
            if row.value.get(name):
                return name, row.round.name
    return None


def _lost(weights: Mapping[str, Any]) -> dict[str, str]:
    """Names whose weight is lost, and why: no group is called so, or the group has a weight already."""
    codes, found, seen = group_codes(), {}, dict[str, str]()
    for name, weight in weights.items():
        if not weight:
            continue
        if name not in codes:
            found[name] = f"“{name}”不是人员类别，权重进不了得分：请改为0，或先在人员类别里加上这个名称。"
        elif codes[name] in seen:
            found[name] = f"“{name}”和“{seen[codes[name]]}”是同一类人员，只能有一个权重：请把一处改为0。"
        else:
            seen[codes[name]] = name
    return found


def _offered(weights: dict[str, Any]) -> dict[str, Any]:
    """A weight for every group in use; names of no group stay only while they weigh something."""
    codes = group_codes()
    kept = {name: weight for name, weight in weights.items() if weight or name in codes}
    named = {codes.get(name) for name in kept}
    missing = (row.name for row in respondent_groups() if row.active and row.code not in named)
    return kept | dict.fromkeys(missing, 0)


def _refusal(weights: dict[str, Any]) -> tuple[str, str] | None:
    return next(iter(_lost(weights).items()), None)


parameter_parts(KEY, offered=_offered, refusal=_refusal)
