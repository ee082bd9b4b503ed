"""Who may gather, pack and check: those who keep papers."""

from typing import Any

from archives.models import ArchivePackage
from core.verdict import ALLOW, Verdict, deny
from villages.access import has_post, is_inspecting, is_office
from villages.models import Round, TeamRole, VillageInspection
from villages.rules import is_system

KEEPERS = (TeamRole.LEADER, TeamRole.ARCHIVIST)


def can_pack(user: Any, round_: Round, inspection: VillageInspection | None) -> Verdict:
    """A whole round is packed by the office; one village also by its team's leader or archivist."""
    if is_system(user) or is_office(user):
        return ALLOW
    if inspection is not None and has_post(user, inspection, *KEEPERS):
        return ALLOW
    return deny("由巡察办，或本组组长、档案管理员生成归档包。", visible=False)


def can_seal(user: Any, package: ArchivePackage) -> Verdict:
    """The person who asked for the package seals it, with the rights of that moment."""
    if not is_system(user) and user.pk != package.made_by_id:
        return deny("归档包由生成人封存。")
    return can_pack(user, package.round, package.inspection)


def can_check(user: Any, package: ArchivePackage) -> Verdict:
    """Whoever may pack may check."""
    return can_pack(user, package.round, package.inspection)


def can_browse(user: Any) -> Verdict:
    """The catalogue is for office and teams; what it shows is narrowed row by row."""
    return ALLOW if is_inspecting(user) else deny("归档由巡察办和巡察组使用。", visible=False)
