"""Writing talk records."""

from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean, clean_deep
from findings import rules
from findings.models import Talk, TalkPoint
from findings.services.minutes import check_people, revise_minutes
from prep.models import Outline
from villages.models import VillageInspection, spine

_EDITABLE = (
    "target_name", "target_post", "target_category", "purpose", "happened_at", "ended_at", "place", "talker",
    "recorder", "read_back",
)  # fmt: skip


@transaction.atomic
def create_talk(
    *,
    actor: Any,
    inspection: VillageInspection,
    values: dict[str, Any],
    points: list[dict[str, Any]] | None = None,
    outline: Outline | None = None,
) -> Talk:
    """Open the record of one talk. ``points``: rows ``{"question", "answer", "key_point"}``.

    ``outline``: the final version the talk follows; it must be of the same village.
    """
    demand(rules.can_create(actor, inspection))
    chosen = _checked(inspection, {"recorder": actor} | values)
    if outline is not None and outline.inspection_id != inspection.pk:
        raise ServiceError("所用提纲不是这个村（社区）的，请从该村的提纲页重新开始。", "village")
    if outline is not None and outline.status not in Outline.FROZEN:
        raise ServiceError("提纲定稿后才能据此谈话。")
    new = Talk(**spine(inspection), **chosen, outline_used=outline)
    talk = records.create(new, actor=actor, verb="findings.talk.create")
    _write_points(talk, points or [])
    return talk


@transaction.atomic
def edit_talk(
    *,
    actor: Any,
    talk: Talk,
    revision: int,
    values: dict[str, Any],
    points: list[dict[str, Any]] | None = None,
) -> Talk:
    """Change the record; after a signature a real change clears the signatures and returns it to draft."""
    demand(rules.can_edit_minutes(actor, talk))
    wanted = _checked(talk.inspection, values, talk)
    changes = {name: value for name, value in wanted.items() if getattr(talk, name) != value}
    rows = None if points is None else clean_deep(points)
    same_points = rows is None or rows == talk.point_rows()
    if not changes and same_points and revision == talk.revision:
        return talk
    attempted = wanted | ({} if rows is None else {"outline": Talk.points_text(rows)})
    revise_minutes(actor, talk, revision, changes, attempted)
    if not same_points:
        _write_points(talk, rows or [])
    return talk


def _checked(
    inspection: VillageInspection, values: dict[str, Any], current: Talk | None = None
) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        n: clean(v) if isinstance(v := values[n], str) else v for n in _EDITABLE if n in values
    }
    check_people(inspection, Talk.OTHER, chosen, current)
    return chosen


def _write_points(talk: Talk, rows: list[dict[str, Any]]) -> None:
    points = [TalkPoint(talk=talk, seq=number, **row) for number, row in enumerate(clean_deep(rows), 1)]
    records.check_lengths(points)
    talk.points.all().delete()
    TalkPoint.objects.bulk_create(points)
