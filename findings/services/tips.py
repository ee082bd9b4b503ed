"""Experience between teams: written down without persons and places, given out, tried."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from findings import rules
from findings.models import Finding, Tip, TipUse
from findings.selectors.petitions import names_in_office
from findings.workflow import TIP_FLOW
from prep.models import CheckPoint
from surveys.rules.masking import persons_in
from villages.models import Town, Village, VillageInspection, spine

TIP_FIELDS = ("what", "how", "evidence")
_LABELS = {"what": "发现了什么", "how": "怎么发现的", "evidence": "靠什么材料定下来"}
_LIMITS = {"what": 300, "how": 2000, "evidence": 300}


@transaction.atomic
def write_tip(*, actor: Any, finding: Finding, point: CheckPoint, values: dict[str, Any]) -> Tip:
    """Write down how the problem of ``finding`` was found; once for a paper.

    ``point``: the point of the library by which other teams will come upon it. ``values``: ``TIP_FIELDS``.
    """
    demand(rules.can_write_tip(actor, finding))
    if Tip.objects.filter(finding=finding).exists():
        raise ServiceError("这份底稿已经写成经验。")
    chosen = _checked(actor, finding.inspection, values)
    row = Tip(**spine(finding.inspection), finding=finding, point=point.code, **chosen)
    return records.create(row, actor=actor, verb="findings.tip.write")


@transaction.atomic
def edit_tip(*, actor: Any, tip: Tip, revision: int, values: dict[str, Any]) -> Tip:
    """Reword a tip that is not out."""
    demand(rules.can_edit_tip(actor, tip))
    chosen = _checked(actor, tip.inspection, values)
    return records.update(tip, actor=actor, verb="findings.tip.edit", revision=revision, changes=chosen)


@transaction.atomic
def share_tip(*, actor: Any, tip: Tip, revision: int) -> Tip:
    """Give it out to every team; names and places are looked for once more."""
    _checked(actor, tip.inspection, {name: getattr(tip, name) for name in TIP_FIELDS})
    changes = {"shared_on": clock.today()}
    return TIP_FLOW.apply(tip, "share", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def take_back_tip(*, actor: Any, tip: Tip, revision: int, reason: str) -> Tip:
    """Take it back from the other teams."""
    return TIP_FLOW.apply(tip, "take_back", actor=actor, revision=revision, reason=clean(reason))


@transaction.atomic
def rate_tip(*, actor: Any, tip: Tip, helped: bool) -> TipUse:
    """Say that one has tried it and whether it helped; said again, the later word stands."""
    demand(rules.can_rate_tip(actor, tip))
    known = TipUse.objects.filter(tip=tip, user=actor).first()
    if known is None:
        return records.create(
            TipUse(tip=tip, user=actor, helped=helped), actor=actor, verb="findings.tip.rate"
        )
    if known.helped == helped:
        return known
    return records.update(
        known, actor=actor, verb="findings.tip.rate", revision=None, changes={"helped": helped}
    )


def _checked(actor: Any, inspection: VillageInspection, values: dict[str, Any]) -> dict[str, str]:
    """The texts, cleaned; refuses empty ones and any that name a person, this village or its town."""
    chosen = {name: clean(str(values.get(name, ""))).strip() for name in TIP_FIELDS}
    names = names_in_office(actor, inspection)
    places = _places(inspection)
    for name, text in chosen.items():
        if not text:
            raise ServiceError(f"请填写{_LABELS[name]}。", name)
        if len(text) > _LIMITS[name]:
            raise ServiceError(f"{_LABELS[name]}请控制在{_LIMITS[name]}字以内。", name)
        found = [text[start:end] for start, end in persons_in(text, names)]
        found += [place for place in places if place in text]
        if found:
            words = "、".join(f"“{word}”" for word in dict.fromkeys(found))
            raise ServiceError(
                f"{_LABELS[name]}里有{words}，别组会看出是谁、在哪里。请改成概括的说法。", name
            )
    return chosen


def _places(inspection: VillageInspection) -> list[str]:
    """Names of the district's villages and towns, with and without their endings."""
    town = inspection.town
    full = list(Village.objects.filter(town__district=town.district_id).values_list("name", flat=True))
    full += Town.objects.filter(district=town.district_id).values_list("name", flat=True)
    bare = [
        name.removesuffix("社区").removesuffix("村").removesuffix("镇").removesuffix("街道") for name in full
    ]
    return [name for name in full + bare if len(name) > 1]
