"""Meeting records: opened, written, signed by two people; agreed matters put on the watch lists."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.files import EVIDENCE, store_uploads
from core.jobs import enqueue
from core.models import Job
from core.text import clean, clean_deep
from prep.models import FocusMeeting, MeetingFile, MeetingVillage, Origin, WatchItem
from prep.rules import meetings as rules
from prep.selectors.meetings import source_of
from prep.services.seeding import WatchSeed, seed_watch_items
from prep.workflow.meetings import MEETING
from villages.access import is_recused, team_role
from villages.models import Team, VillageInspection, spine

MEETING_FIELDS = (
    "kind", "name", "held_at", "place", "chair", "recorder", "attendance", "guests", "content",
)  # fmt: skip


@transaction.atomic
def open_meeting(
    *, actor: Any, team: Team, values: dict[str, Any], villages: Iterable[VillageInspection] = ()
) -> FocusMeeting:
    """Open the record of a meeting of ``team`` about ``villages``. ``values``: any of ``MEETING_FIELDS``."""
    demand(rules.can_record(actor, team))
    made = FocusMeeting(round=team.round, team=team, **_checked(team, values))
    records.create(made, actor=actor, verb="prep.meeting_open")
    _match_villages(actor, made, list(villages))
    return made


@transaction.atomic
def edit_meeting(
    *,
    actor: Any,
    meeting: FocusMeeting,
    revision: int,
    values: dict[str, Any],
    villages: Iterable[VillageInspection] | None = None,
) -> FocusMeeting:
    """Change an unsigned record; a village about which something was written is not dropped."""
    demand(rules.can_edit_meeting(actor, meeting))
    changes = _checked(meeting.team, values, meeting)
    records.update(meeting, actor=actor, verb="prep.meeting_edit", revision=revision, changes=changes)
    if villages is not None:
        _match_villages(actor, meeting, list(villages))
    return meeting


def _checked(team: Team, values: dict[str, Any], known: FocusMeeting | None = None) -> dict[str, Any]:
    chosen = {name: clean_deep(values[name]) for name in MEETING_FIELDS if name in values}
    chair = chosen.get("chair", getattr(known, "chair", None))
    recorder = chosen.get("recorder", getattr(known, "recorder", None))
    if chair is None or recorder is None or chair.pk == recorder.pk:
        raise ServiceError("主持人和记录人应是两个人。", "recorder")
    for field, person in (("chair", chair), ("recorder", recorder)):
        if not team_role(person, team):
            raise ServiceError(f"{person.display_name}不是{team.name}成员，或者还没有签署保密承诺。", field)
    held_at = chosen.get("held_at", getattr(known, "held_at", None))
    if held_at is not None and held_at > clock.now():
        raise ServiceError("会议时间不能晚于现在，开完会再记录。", "held_at")
    return chosen


def _match_villages(actor: Any, meeting: FocusMeeting, wanted: list[VillageInspection]) -> None:
    """Make the villages discussed those given, as far as ``actor`` may see them."""
    if any(row.team_id != meeting.team_id or is_recused(actor, row) for row in wanted):
        raise ServiceError("只能选本组负责、您不须回避的村（社区）。", "villages")
    known = {
        row.inspection_id: row for row in MeetingVillage.objects.visible_to(actor).filter(meeting=meeting)
    }
    for inspection in wanted:
        if inspection.pk not in known:
            made = MeetingVillage(**spine(inspection), meeting=meeting)
            records.create(made, actor=actor, verb="prep.meeting_add_village")
    for key in known.keys() - {row.pk for row in wanted}:
        row = known[key]
        if row.analysis or row.focus:
            raise ServiceError(f"{row.village.name}已经有研判内容，清空后才能移出。", "villages")
        audit.record(
            actor=actor, verb="prep.meeting_drop_village", target=meeting, before={"village": row.village}
        )
        row.delete()


@transaction.atomic
def record_village(
    *, actor: Any, row: MeetingVillage, revision: int, analysis: str, focus: list[str]
) -> MeetingVillage:
    """Write what was said of one village, and what was agreed to look at there."""
    demand(rules.can_edit_meeting(actor, row.meeting))
    if any(len(line) > 120 for line in focus):
        raise ServiceError("议定的重点一行一条，每条不超过120字。", "focus")
    changes = {"analysis": clean(analysis).strip(), "focus": list(dict.fromkeys(clean_deep(focus)))}
    return records.update(row, actor=actor, verb="prep.meeting_village", revision=revision, changes=changes)


@transaction.atomic
def attach_to_meeting(*, actor: Any, meeting: FocusMeeting, uploads: Iterable[UploadedFile]) -> FocusMeeting:
    """Keep papers of the meeting, untouched."""
    demand(rules.can_edit_meeting(actor, meeting))
    for file in store_uploads(actor=actor, uploads=uploads, policy=EVIDENCE):
        records.create(MeetingFile(meeting=meeting, file=file), actor=actor, verb="prep.meeting_attach")
    return meeting


@transaction.atomic
def step_meeting(
    *, actor: Any, meeting: FocusMeeting, step: str, revision: int | None = None, reason: str = ""
) -> FocusMeeting:
    """Sign as recorder or as chair, or give the record back; ``step`` is a name of the workflow."""
    stamps: dict[str, dict[str, Any]] = {
        "sign_recorder": {"recorded_at": clock.now()},
        "sign_chair": {"signed_at": clock.now()},
        "give_back": {"recorded_at": None},
    }
    return MEETING.apply(
        meeting, step, actor=actor, revision=revision, reason=clean(reason), changes=stamps[step]
    )


@transaction.atomic
def seed_from_meeting(*, actor: Any, row: MeetingVillage) -> list[WatchItem]:
    """Put what was agreed for a village on its watch list; what is there already stays as it is."""
    if not row.focus:
        raise ServiceError("还没有议定的重点。")
    said = f"{row.meeting.name}议定"
    seeds = [
        WatchSeed(title=title, source=source_of(row, title), basis=said, note=row.analysis[:300])
        for title in row.focus
    ]
    return seed_watch_items(actor=actor, inspection=row.inspection, origin=Origin.MEETING, rows=seeds)


@transaction.atomic
def request_minutes(*, actor: Any, meeting: FocusMeeting) -> Job:
    """Ask for the record as Word, with the villages open to the asker."""
    demand(rules.can_read_meetings(actor))
    return enqueue(
        "prep.minutes",
        args={"meeting": str(meeting.pk)},
        actor=actor,
        title=f"{meeting.team.name} {meeting.name}",
        dedupe=f"prep.minutes:{actor.pk}:{meeting.pk}",
        subject=meeting,
    )
