"""People decide how closely a village is looked at; the proposal they answered is kept with the decision."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep import rules
from prep.models import AttentionClass, AttentionDecision, PriorCount, VillageProfile
from prep.selectors.attention import Proposal, proposals
from prep.selectors.attention.gather import scale_of
from villages.models import VillageInspection, spine


@transaction.atomic
def decide_attention(
    *,
    actor: Any,
    inspection: VillageInspection,
    attention_class: str,
    attention_reason: str = "",
    seen: str = "",
    revision: int | None = None,
) -> AttentionDecision:
    """Decide the class of a village; the profile and every list show it from then on.

    ``seen`` is the class that was proposed when the page was shown: raises ``ServiceError`` when it would be another
    one now, and when a decision that differs from the proposal has no reason. ``revision`` is that of the profile:
    raises ``StaleRecord`` when somebody changed or classed the village meanwhile.
    """
    demand(rules.can_decide_attention(actor, inspection))
    if attention_class not in AttentionClass.values:
        raise ServiceError("请选择关注类别。", "attention_class")
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    if profile is None:
        raise ServiceError("村情档案还没有填写，先填档案再定关注类别。")
    proposal, known = proposals(inspection.round, [inspection])[inspection.pk]
    if seen and seen != proposal.attention:
        raise ServiceError("您打开页面以后档案有变化，建议的类别变了，请看过新的建议再定。")
    reason = clean(attention_reason).strip()
    if attention_class != proposal.attention and not reason:
        raise ServiceError("您定的类别与建议不同，请写明理由。", "attention_reason")
    decision = AttentionDecision(
        **spine(inspection),
        proposed=proposal.attention,
        points=proposal.points,
        decided=attention_class,
        reason=reason,
        decided_by=actor,
        snapshot=_snapshot(proposal, known, scale_of(inspection.round)),
    )
    records.create(decision, actor=actor, verb="prep.decide_attention", reason=reason)
    changes = {"attention_class": attention_class, "attention_reason": reason or _summary(proposal)}
    records.update(profile, actor=actor, verb="prep.decide_attention", revision=revision, changes=changes)
    return decision


def _snapshot(proposal: Proposal, known: Any, scale: Any) -> dict[str, Any]:
    """Inputs, weights and points as they were: the decision can be understood when the figures have moved on."""
    lines = [asdict(line) | {"points": str(line.points)} for line in proposal.lines]
    return {"lines": lines, "inputs": _plain(asdict(known)), "scale": _plain(asdict(scale))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _summary(proposal: Proposal) -> str:
    """What the class rests on, short enough for the profile."""
    parts = [f"{line.name}{line.value}" for line in proposal.reasons[:4]]
    return f"按指标得{proposal.points}分" + (f"：{'，'.join(parts)}" if parts else "")


@transaction.atomic
def record_prior_counts(*, actor: Any, inspection: VillageInspection, problems: int) -> PriorCount:
    """Keep how many problems this round found in the village, for the proposals of later rounds.

    Called by the stage that finds them, when the village's papers are all decided.
    """
    known = PriorCount.objects.filter(inspection=inspection).first()
    if known is None:
        made = PriorCount(**spine(inspection), problems=problems)
        return records.create(made, actor=actor, verb="prep.record_prior_counts")
    return records.update(
        known, actor=actor, verb="prep.record_prior_counts", revision=None, changes={"problems": problems}
    )
