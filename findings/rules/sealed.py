"""Who keeps the keys to sealed parts, who may ask to read them, and who must have agreed. Nobody may by default."""

import datetime as dt
from typing import Any

from core import clock
from core.verdict import ALLOW, Verdict, deny
from findings.models import Custodian, Opening, OpeningStatus, Petition
from findings.rules.petition import can_register_petition
from villages.models import Role

# How long an approval is good for, and how many readings a person has a day.
GRANT = dt.timedelta(minutes=15)
A_DAY = 5


def can_manage_custodians(user: Any) -> Verdict:
    """Appoint those who may open sealed parts, and release them: the head of the office."""
    if user.is_active and user.role == Role.OFFICE_HEAD:
        return ALLOW
    return deny("保密管理人由巡察办主任指定。")


def can_see_custodians(user: Any) -> Verdict:
    """The page of custodians: who appoints them, and each of them."""
    if can_manage_custodians(user) or keeper(user) is not None:
        return ALLOW
    return deny("这一页只对巡察办主任和保密管理人开放。")


def can_set_passphrase(user: Any, custodian: Custodian) -> Verdict:
    """Choose or change the own passphrase; nobody does it for somebody else."""
    if user.pk != custodian.user_id:
        return deny("封存口令只能由本人设置。")
    return _in_office(custodian)


def can_rewrap(user: Any, custodian: Custodian) -> Verdict:
    """Give those who came later access to what was sealed before: whoever can open it."""
    if user.pk != custodian.user_id:
        return deny("由保密管理人本人办理。")
    if not custodian.public_key:
        return deny("先设置封存口令。")
    return _in_office(custodian)


def can_retire_custodian(user: Any, custodian: Custodian) -> Verdict:
    """Release a custodian, whose key is destroyed."""
    return can_manage_custodians(user) and _in_office(custodian)


def _in_office(custodian: Custodian) -> Verdict:
    return deny("已经卸任。") if custodian.retired_on else ALLOW


def keeper(user: Any) -> Custodian | None:
    """The custodian this person is now, if any."""
    return Custodian.objects.filter(user=user.pk, retired_on__isnull=True).first()


def can_seal(user: Any, petition: Petition) -> Verdict:
    """Put more under seal: whoever may enter petitions of the village."""
    return can_register_petition(user, petition.inspection)


def can_ask_to_read(user: Any, petition: Petition) -> Verdict:
    """Ask to read sealed parts: a custodian with a key, who sees the petition."""
    own = keeper(user)
    if own is None or not own.public_key:
        return deny("封存内容只有保密管理人可以申请查阅。", visible=False)
    if not petition.seal_handle:
        return deny("这件信访没有封存内容。", visible=False)
    if _asked(user).filter(petition=petition, status=OpeningStatus.REQUESTED).exists():
        return deny("您已经提出查阅申请，等另一人批准。")
    return ALLOW


def _asked(user: Any) -> Any:
    return Opening.objects.filter(requested_by=user.pk)


def can_answer_opening(user: Any, opening: Opening) -> Verdict:
    """Allow or refuse a reading: the head of the office or another custodian, never who asked."""
    if user.pk == opening.requested_by_id:
        return deny("申请人不能批准自己的申请，须由另一人批准。")
    if not can_manage_custodians(user) and keeper(user) is None:
        return deny("由巡察办主任或另一位保密管理人批准。")
    return ALLOW


def can_read_sealed(user: Any, opening: Opening) -> Verdict:
    """Read what was allowed: who asked, soon after, with a key, and not more often than a few times a day."""
    if user.pk != opening.requested_by_id:
        return deny("只有申请人本人可以查阅。")
    own = keeper(user)
    if own is None or not own.public_key:
        return deny("您已不是保密管理人，不能查阅。")
    if opening.approved_at is None or not dt.timedelta(0) <= clock.now() - opening.approved_at <= GRANT:
        return deny(f"批准后{int(GRANT.total_seconds() // 60)}分钟内有效，现已过期，请重新申请。")
    if _asked(user).filter(read_at__gt=clock.now() - dt.timedelta(days=1)).count() >= A_DAY:
        return deny(f"24小时内最多查阅{A_DAY}次，请明天再办，确有急需的请巡察办主任安排他人查阅。")
    return ALLOW
