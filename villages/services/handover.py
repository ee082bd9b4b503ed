"""Hand-over when staff rotate: open posts go to the successor, the old account goes out of use if asked."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import Membership, Role, Round, User, Village
from villages.selectors.people import open_memberships
from villages.selectors.recusals import recusal_conflicts
from villages.services.accounts import deactivate
from villages.services.pledges import UNSWORN


@transaction.atomic
def hand_over(
    *,
    actor: Any,
    from_user: User,
    to_user: User,
    reason: str,
    authorised_on: dt.date | None = None,
    authorisation_no: str = "",
    close_account: bool = True,
) -> User:
    """Move every post of ``from_user`` in rounds that have not ended to ``to_user`` and return ``to_user``.

    Authorisation is personal (一次一授权): the successor's own date and number replace the old ones. Papers keep
    the names of those who wrote them. The successor's ties are checked as for a new member, and the successor signs
    pledge and declaration before any village opens.
    """
    demand(rules.can_manage_account(actor, from_user))
    demand(rules.can_manage_account(actor, to_user))
    _check_pair(from_user, to_user, reason)
    moved = [
        _move(actor, member, to_user, reason, authorised_on, authorisation_no)
        for member in open_memberships(from_user)
    ]
    audit.record(
        actor=actor,
        verb="accounts.hand_over",
        target=from_user,
        after={"to": to_user.display_name, "posts": moved},
        reason=reason,
    )
    if close_account:
        deactivate(actor=actor, user=from_user, reason=reason)
    return to_user


def _check_pair(from_user: User, to_user: User, reason: str) -> None:
    if from_user.pk == to_user.pk:
        raise ServiceError("接手人不能是本人。", "to_user")
    if not to_user.is_active:
        raise ServiceError(f"{to_user.display_name}的账号已停用。", "to_user")
    if from_user.role != to_user.role:
        raise ServiceError("接手人的角色应与移交人相同。", "to_user")
    if from_user.role != Role.INSPECTOR and from_user.office_id != to_user.office_id:
        raise ServiceError("接手人应与移交人在同一单位。", "to_user")
    if not reason.strip():
        raise ServiceError("请填写移交的理由。", "reason")


def _move(
    actor: Any, member: Membership, to_user: User, reason: str, authorised_on: dt.date | None, number: str
) -> str:
    round_: Round = member.round
    if Membership.objects.filter(round=round_, user=to_user).exists():
        raise ServiceError(f"{to_user.display_name}在{round_.name}已有职务，不能再接手。", "to_user")
    villages = list(Village.objects.filter(inspections__team=member.team))
    ties = [c for c in recusal_conflicts(round_, [to_user], villages) if not c.excepted]
    if ties:
        raise ServiceError(f"应当回避：{'；'.join(tie.sentence for tie in ties)}。", "to_user")
    changes = {"user": to_user, "authorised_on": authorised_on, "authorisation_no": number} | UNSWORN
    records.update(member, actor=actor, verb="teams.hand_over", revision=None, changes=changes, reason=reason)
    return f"{round_.name} {member.team.name} {member.get_role_display()}"
