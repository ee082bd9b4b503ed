"""The register of petitions: entering one, correcting it, and saying which others have to do with it."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.display import cn_date
from core.errors import ServiceError
from core.text import clean
from findings import rules
from findings.models import Petition
from findings.selectors.petition_days import closing_day, decide_by
from findings.services.petitions.sealed import seal_petition
from villages.models import VillageInspection, spine
from villages.services import next_form_number

PETITION_FIELDS = (
    "channel", "received_on", "is_named", "joint", "people", "urgent", "kind", "category", "summary", "in_scope",
    "scope_reason", "receiver",
)  # fmt: skip


@transaction.atomic
def register_petition(
    *, actor: Any, inspection: VillageInspection, values: dict[str, Any], sealed: dict[str, Any] | None = None
) -> Petition:
    """Enter a petition about a village; ``values``: any of ``PETITION_FIELDS``. The number is taken at once.

    ``sealed``: ``texts`` and ``files`` for :func:`seal_petition`, sealed together with the entry.
    """
    demand(rules.can_register_petition(actor, inspection))
    chosen = _checked(inspection, values)
    row = Petition(
        **spine(inspection), **chosen,
        registered_by_id=actor.pk or None,
        decide_by=decide_by(inspection, chosen["received_on"], urgent=chosen.get("urgent", False)),
        no=next_form_number(actor=actor, inspection=inspection, kind="XF"),
    )  # fmt: skip
    records.create(row, actor=actor, verb="findings.petition.register")
    return seal_petition(actor=actor, petition=row, **sealed) if sealed else row


@transaction.atomic
def edit_petition(*, actor: Any, petition: Petition, revision: int, values: dict[str, Any]) -> Petition:
    """Correct an entry before it is proposed."""
    demand(rules.can_edit_petition(actor, petition))
    known = {name: getattr(petition, name) for name in PETITION_FIELDS}
    chosen = _checked(petition.inspection, known | values)
    chosen["decide_by"] = decide_by(petition.inspection, chosen["received_on"], urgent=chosen["urgent"])
    return records.update(
        petition, actor=actor, verb="findings.petition.edit", revision=revision, changes=chosen
    )


def _checked(inspection: VillageInspection, values: dict[str, Any]) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        name: clean(value).strip() if isinstance(value := values[name], str) else value
        for name in PETITION_FIELDS
        if name in values
    }
    if not chosen.get("summary"):
        raise ServiceError("请写脱敏摘要：别人只看得到这一段。", "summary")
    received = chosen.get("received_on")
    if received is None or received > clock.today():
        raise ServiceError("受理日期不能晚于今天。", "received_on")
    if chosen.get("joint") and chosen.get("people", 1) < 2:
        raise ServiceError("联名的信访件请填写人数，至少2人。", "people")
    return chosen | _scope(inspection, received, chosen)


def _scope(inspection: VillageInspection, received: dt.date, chosen: dict[str, Any]) -> dict[str, str]:
    if chosen.get("in_scope"):
        last = closing_day(inspection)
        if last and received > last:
            raise ServiceError(
                f"本村信访受理到{cn_date(last)}为止，之后收到的请选“不属于”，写明理由和转往单位。", "in_scope"
            )
        return {"scope_reason": "", "receiver": ""}
    if not chosen.get("scope_reason"):
        raise ServiceError("请写明为什么不属于巡察受理范围。", "scope_reason")
    if not chosen.get("receiver"):
        raise ServiceError("不属于受理范围的，请写明转给哪个单位。", "receiver")
    return {}


@transaction.atomic
def relate_petitions(*, actor: Any, petition: Petition, other: Petition) -> Petition:
    """Keep that two petitions of one village have to do with each other; twice is once."""
    _demand_pair(actor, petition, other)
    if not petition.related.filter(pk=other.pk).exists():
        petition.related.add(other)
        _note(actor, "findings.petition.relate", petition, other)
    return petition


@transaction.atomic
def unrelate_petitions(*, actor: Any, petition: Petition, other: Petition) -> Petition:
    """Take that back."""
    _demand_pair(actor, petition, other)
    if petition.related.filter(pk=other.pk).exists():
        petition.related.remove(other)
        _note(actor, "findings.petition.unrelate", petition, other)
    return petition


def _demand_pair(actor: Any, petition: Petition, other: Petition) -> None:
    demand(rules.can_relate(actor, petition))
    if petition.pk == other.pk or petition.village_id != other.village_id:
        raise ServiceError("只能关联同一个村（社区）的另一件信访件。", "other")


def _note(actor: Any, verb: str, petition: Petition, other: Petition) -> None:
    audit.record(actor=actor, verb=verb, target=petition, after={"关联件": other.no})
    audit.record(actor=actor, verb=verb, target=other, after={"关联件": petition.no})
