"""The anonymous box: who keeps it, who writes back, and what a letter is called before somebody has read it."""

from typing import Any

from core.verdict import Verdict, deny
from findings.models import BoxThread, Petition
from findings.rules.membership import LEADING, writes_in
from villages.access import has_post
from villages.models import VillageInspection

# All that stands in the register until a custodian has read the letter and put it into other words.
BOX_SUMMARY = "二维码意见箱来件，原文已封存，待保密管理人查阅后改写成脱敏摘要。"


def can_keep_box(user: Any, inspection: VillageInspection) -> Verdict:
    """Open and close the box of a village: those who lead its team."""
    if not (verdict := writes_in(user, inspection)):
        return verdict
    if not has_post(user, inspection, *LEADING):
        return deny("意见箱由本组组长、副组长或联络员开设。", visible=False)
    return verdict


def can_write_back(user: Any, petition: Petition) -> Verdict:
    """Leave a message for whoever wrote: the team, where there is a receipt."""
    if not BoxThread.objects.filter(petition=petition).exists():
        return deny("这件信访不是从二维码意见箱来的。", visible=False)
    return writes_in(user, petition)
