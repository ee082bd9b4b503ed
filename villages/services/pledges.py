"""Confidentiality pledge and declaration of ties: new wordings, signing, reminding, the two papers as Word."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from villages import rules
from villages.models import Membership, SecrecyPledge, Ties
from villages.selectors.pledges import declared_ties, is_sworn, pledge_in_force, tie_words
from villages.services.recusals import declare_recusal

PAPERS = {"pledge": "保密承诺书", "ties": "回避情况申报表"}
# What a successor or a new wording begins with.
UNSWORN = {"pledge": None, "sworn_at": None, "ties": "", "ties_named": "", "reminded_at": None}


@transaction.atomic
def publish_pledge(*, actor: Any, text: str, valid_from: dt.date, note: str = "") -> SecrecyPledge:
    """Put a new wording into force from ``valid_from`` on; from that day every member signs again."""
    demand(rules.can_edit_pledge(actor))
    wording = clean(text).strip()
    if not wording:
        raise ServiceError("请填写承诺内容。", "text")
    last = SecrecyPledge.objects.order_by("-version").first()
    if last is not None and last.text == wording:
        raise ServiceError(f"内容与第{last.version}版相同，不必另立新版。", "text")
    if last is not None and valid_from < max(last.valid_from, clock.today()):
        raise ServiceError("新版的生效日期不能早于今天，也不能早于上一版的生效日期。", "valid_from")
    version = (SecrecyPledge.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    made = SecrecyPledge(version=version, text=wording, valid_from=valid_from, note=clean(note))
    return records.create(made, actor=actor, verb="pledges.publish")


@transaction.atomic
def sign_pledge(
    *,
    actor: Any,
    member: Membership,
    pledge: SecrecyPledge,
    password: str,
    ties: str,
    rows: list[dict[str, Any]] | None = None,
) -> Membership:
    """Sign pledge and declaration together, with the account's password as proof of who sits at the keyboard.

    ``pledge`` is the version that was read. ``rows`` are ties not declared before: arguments of ``declare_recusal``.
    From then on the villages of the team are open to the member, those with ties left out.
    """
    demand(rules.can_sign_pledge(actor, member))
    if pledge != pledge_in_force():
        raise ServiceError("承诺书已换成新版，请刷新页面，读过新版后再签。")
    if is_sworn(member):
        raise ServiceError("您已经签署，不用重复办理。")
    if not actor.check_password(password):
        raise ServiceError("密码不对，没有签署。请输入本人登录密码。", "password")
    _check_rows(rows or [])
    for row in rows or []:
        declare_recusal(actor=actor, user=member.user, **row)
    named = [tie_words(recusal) for recusal in declared_ties(member.user)]
    _check_ties(ties, named)
    changes = {"pledge": pledge, "sworn_at": clock.now(), "ties": ties, "ties_named": "\n".join(named)}
    records.update(member, actor=actor, verb="pledges.sign", revision=None, changes=changes)
    # What this person may do is remembered on the user object for the rest of the request.
    actor.__dict__.pop("_team_roles", None)
    return member


def _check_rows(rows: list[dict[str, Any]]) -> None:
    """A tie nobody can judge says nothing: with whom, and what it is."""
    for row in rows:
        if not clean(row.get("related_person", "")).strip() or not clean(row.get("detail", "")).strip():
            raise ServiceError(
                "申报的每一处都要写明关系人（是本人的写“本人”）和说明（是什么关系、为什么应当回避）。", "rows"
            )


def _check_ties(ties: str, named: list[str]) -> None:
    if ties not in Ties.values:
        raise ServiceError("请选择有没有应当回避的情形。", "ties")
    if ties == Ties.NONE and named:
        raise ServiceError(
            "您申报过应当回避的地方，请选“有应当回避的情形”；已不存在的，请巡察办撤销后再签。", "ties"
        )
    if ties == Ties.NAMED and not named:
        raise ServiceError("请至少写明一处应当回避的地方；没有的，请选“没有应当回避的情形”。", "rows")


@transaction.atomic
def remind_to_sign(*, actor: Any, member: Membership) -> Membership:
    """Put a reminder on the desk of a member who has not signed; once a day is enough."""
    demand(rules.can_watch_pledges(actor, member.team))
    if is_sworn(member):
        raise ServiceError(f"{member.user.display_name}已经签署，不用提醒。")
    if member.reminded_at and dt.timedelta(0) <= clock.now() - member.reminded_at < dt.timedelta(days=1):
        raise ServiceError(f"今天已经提醒过{member.user.display_name}。")
    changes = {"reminded_at": clock.now()}
    return records.update(member, actor=actor, verb="pledges.remind", revision=None, changes=changes)


@transaction.atomic
def request_pledge_paper(*, actor: Any, member: Membership, paper: str) -> Job:
    """Ask for one of the two papers as Word, filled in; signed by hand where it is not signed here."""
    demand(rules.can_read_pledge(actor, member))
    return enqueue(
        "villages.pledge_paper",
        args={"member": str(member.pk), "paper": paper},
        actor=actor,
        title=f"{member.user.display_name} {PAPERS[paper]}",
        dedupe=f"villages.pledge_paper:{actor.pk}:{member.pk}:{paper}",
        subject=member,
    )
