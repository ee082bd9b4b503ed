"""One problem through the years: put together by whoever writes in the village now, and by the office."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding
from findings.rules.membership import writes_in
from villages.access import is_office
from villages.models import Role


def can_thread(user: Any, row: Any) -> Verdict:
    """Judge what belongs together. ``row``: a paper, or a thread, whose spine is that of its newest round."""
    return ALLOW if is_office(user) else writes_in(user, row)


def can_thread_paper(user: Any, finding: Finding) -> Verdict:
    """The same for one paper: what is put aside is no problem any more."""
    if not (verdict := can_thread(user, finding)):
        return verdict
    if not stands(finding):
        return deny("底稿已删除、撤销或并入另一份，不再归入历年问题。")
    return ALLOW


def stands(finding: Finding) -> bool:
    """Is the paper a problem of its own: neither deleted nor withdrawn nor merged?"""
    return not finding.deleted_at and finding.status not in Finding.PUT_ASIDE


def can_see_holders(user: Any) -> bool:
    """See who was in office by name: teams and the head of the office, as with persons named in papers."""
    return bool(user.is_active) and user.role in (Role.INSPECTOR, Role.OFFICE_HEAD)
