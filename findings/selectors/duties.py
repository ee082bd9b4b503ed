"""How far the talks one must have are, and which talks were held by an outline."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from findings.models import Talk, TalkStatus
from prep.models import Outline
from prep.selectors.duties import DutyBoard, missing_words, stand, talk_duties
from villages.models import VillageInspection


def talk_board(viewer: Any, inspection: VillageInspection) -> DutyBoard:
    """The talks one must have, with how many were signed by both and how many are begun."""
    signed: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    rows = Talk.objects.visible_to(viewer).alive().filter(inspection=inspection).order_by()
    for row in rows.values("target_category", "status").annotate(n=Count("pk")):
        counts = signed if row["status"] == TalkStatus.SIGNED else begun
        counts[row["target_category"]] += row["n"]
    lines = [
        stand(
            duty,
            sum(signed[category] for category in duty.counts_as),
            sum(begun[category] for category in duty.counts_as),
        )
        for duty in talk_duties(viewer, inspection)
    ]
    return DutyBoard(lines, missing_words(lines, "人"))


def talks_by(viewer: Any, outline: Outline) -> QuerySet[Talk]:
    """Talks held by any version of this outline, newest first."""
    rows = (
        Talk.objects.visible_to(viewer)
        .alive()
        .filter(
            outline_used__inspection=outline.inspection_id,
            outline_used__kind=outline.kind_id,
            outline_used__person=outline.person,
        )
    )
    return rows.select_related("outline_used", "talker").order_by("-happened_at")
