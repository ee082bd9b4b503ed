"""Who takes books in and decides on them."""

from typing import Any

from core.audit import SystemActor
from core.verdict import ALLOW, Verdict, deny
from villages.access import is_inspecting, is_office
from villages.models import Stage, VillageInspection

_FOREIGN = deny("账册由负责该村（社区）的巡察组或巡察办导入。", visible=False)


def can_browse(user: Any) -> Verdict:
    """Open books at all: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("账册只对巡察组和巡察办开放。")


def can_keep_books(user: Any, village: Any) -> Verdict:
    """Take in files of a village, confirm and withdraw sheets: the office, and its team until the round is filed."""
    if isinstance(user, SystemActor) or is_office(user):
        return ALLOW
    seen = VillageInspection.objects.visible_to(user).filter(village=village)
    if not seen.exists():
        return _FOREIGN
    if not seen.exclude(status=Stage.FILED).exists():
        return deny("该村（社区）的巡察已归档，账册不再改动。")
    return ALLOW


def can_decide(user: Any, sheet: Any) -> Verdict:
    """Decide on a sheet: who keeps the books of its village."""
    return can_keep_books(user, sheet.village_id)
