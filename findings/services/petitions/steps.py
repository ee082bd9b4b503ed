"""The steps of a petition; each leaves what its person wrote, beside the trail, which does not quote it."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.display import cn_date
from core.errors import ServiceError
from core.text import clean
from findings.models import (
    LeadSource,
    OpinionStep,
    Petition,
    PetitionDisposal,
    PetitionOpinion,
    PetitionStatus,
)
from findings.selectors.petition_days import handle_by
from findings.services.leads import open_lead
from findings.workflow import PETITION_FLOW
from prep import rules as prep_rules
from villages.models import User, VillageInspection


@transaction.atomic
def propose_petition(
    *,
    actor: Any,
    petition: Petition,
    disposal: str,
    text: str,
    receiver: str = "",
    revision: int | None = None,
) -> Petition:
    """Propose what should be done (拟办)."""
    changes = _disposed(petition, disposal, receiver) | {"proposed_by": actor}
    return _step(actor, petition, "propose", text, revision, changes)


@transaction.atomic
def review_petition(*, actor: Any, petition: Petition, text: str, revision: int | None = None) -> Petition:
    """The deputy's opinion on the proposal."""
    return _step(actor, petition, "review", text, revision)


@transaction.atomic
def return_petition(*, actor: Any, petition: Petition, text: str, revision: int | None = None) -> Petition:
    """Have the proposal written anew."""
    return _step(actor, petition, "return", text, revision, {"proposed_by": None, "disposal": ""})


@transaction.atomic
def decide_petition(
    *,
    actor: Any,
    petition: Petition,
    disposal: str,
    handler: User,
    text: str,
    receiver: str = "",
    due_on: dt.date | None = None,
    revision: int | None = None,
) -> Petition:
    """The leader's instruction (批示): what is done, by whom, until when. What is to be checked becomes a lead."""
    changes = _disposed(petition, disposal, receiver)
    changes |= _given(petition, handler, due_on or handle_by(petition, disposal))
    _step(actor, petition, "decide", text, revision, changes)
    if disposal == PetitionDisposal.VERIFY:
        open_lead(
            actor=actor, inspection=petition.inspection, source=LeadSource.PETITION, source_key=str(petition.pk),
            title=petition.summary, text=petition.summary, category=petition.category, due_on=petition.due_on,
            origin=f"{petition.no}（{petition.get_channel_display()}，{cn_date(petition.received_on)}）",
        )  # fmt: skip
    return petition


@transaction.atomic
def reassign_petition(
    *, actor: Any, petition: Petition, handler: User, due_on: dt.date, text: str, revision: int | None = None
) -> Petition:
    """Give the handling to another member, or another day."""
    return _step(actor, petition, "reassign", text, revision, _given(petition, handler, due_on))


@transaction.atomic
def close_petition(
    *,
    actor: Any,
    petition: Petition,
    result: str,
    reply: str = "",
    replied_on: dt.date | None = None,
    revision: int | None = None,
) -> Petition:
    """Finish the handling: what came of it, and what was answered where an answer belongs."""
    reply = clean(reply).strip()
    if reply and petition.disposal not in Petition.ANSWERABLE:
        raise ServiceError("巡察组受理不作答复承诺，这种办理方式不登记答复。", "reply")
    if petition.disposal == PetitionDisposal.ANSWER and not reply:
        raise ServiceError("办理方式是解释答复，请写明答复内容和日期。", "reply")
    if bool(reply) != bool(replied_on):
        raise ServiceError("答复内容和答复日期要一起填。", "replied_on" if reply else "reply")
    if replied_on and not petition.received_on <= replied_on <= clock.today():
        raise ServiceError("答复日期应在受理日期之后、今天之前。", "replied_on")
    changes = {
        "result": clean(result).strip(), "reply": reply, "replied_on": replied_on, "closed_on": clock.today()
    }  # fmt: skip
    return _step(actor, petition, "close", result, revision, changes)


@transaction.atomic
def reopen_petition(*, actor: Any, petition: Petition, text: str, revision: int | None = None) -> Petition:
    """Take a finished petition up again; what came of it stays until it is written anew."""
    return _step(actor, petition, "reopen", text, revision, {"closed_on": None})


@transaction.atomic
def merge_petition(
    *, actor: Any, petition: Petition, into: Petition, text: str, revision: int | None = None
) -> Petition:
    """Handle it together with an earlier or fuller one about the same matter; both stay."""
    # One after the other for a village: two never end up merged into each other.
    VillageInspection.objects.select_for_update().get(pk=petition.inspection_id)
    kept = Petition.objects.get(pk=into.pk)
    if kept.pk == petition.pk or kept.inspection_id != petition.inspection_id:
        raise ServiceError("只能并入本轮同一个村（社区）的另一件信访件。", "into")
    if kept.status == PetitionStatus.MERGED:
        raise ServiceError("所选信访件自己已经并入他件，请直接并入那一件。", "into")
    return _step(actor, petition, "merge", text, revision, {"duplicate_of": kept})


@transaction.atomic
def split_petition(*, actor: Any, petition: Petition, text: str, revision: int | None = None) -> Petition:
    """Handle it by itself again, from the beginning."""
    changes = {"duplicate_of": None, "proposed_by": None, "disposal": ""}
    return _step(actor, petition, "split", text, revision, changes)


def _disposed(petition: Petition, disposal: str, receiver: str) -> dict[str, Any]:
    if disposal not in PetitionDisposal.values:
        raise ServiceError("请选择办理方式。", "disposal")
    if not petition.in_scope and disposal in Petition.INSIDE:
        raise ServiceError("不属于巡察受理范围的，不能由本组核查或立行立改。", "disposal")
    receiver = " ".join(clean(receiver).split())[:120]
    if disposal in Petition.TRANSFERS and not receiver:
        raise ServiceError("请写明转给哪个单位。", "receiver")
    # Where it goes was said at the register already when it is out of scope; that stays unless said anew.
    return {"disposal": disposal, "receiver": receiver or ("" if petition.in_scope else petition.receiver)}


def _given(petition: Petition, handler: User, due_on: dt.date) -> dict[str, Any]:
    if not (verdict := prep_rules.can_take(handler, petition.inspection)):
        raise ServiceError(verdict.why, "handler")
    if due_on < clock.today():
        raise ServiceError("办理期限已经过去，请另选日期。", "due_on")
    return {"handler": handler, "due_on": due_on}


def _step(
    actor: Any, petition: Petition, step: str, text: str, revision: int | None, changes: Any = None
) -> Petition:
    words = clean(text).strip()
    if not words:
        raise ServiceError("请写明意见。", "result" if step == "close" else "text")
    changed = {name: value for name, value in (changes or {}).items() if getattr(petition, name) != value}
    PETITION_FLOW.apply(petition, step, actor=actor, revision=revision, changes=changed)
    opinion = PetitionOpinion(
        petition=petition, step=OpinionStep(step), text=words, person=actor, on=clock.today()
    )
    records.create(opinion, actor=actor, verb=f"findings.petition.opinion.{step}")
    return petition
