"""Meetings of a round's teams, and one meeting with the villages the viewer may see."""

from hashlib import blake2s
from typing import Any

from django.db.models import Count, QuerySet

from prep.models import DataLetter, FocusMeeting, MeetingVillage, Origin, WatchItem
from villages.models import Membership, Team, TeamRole, VillageInspection

_POSTS = list(TeamRole.values)


def meetings(viewer: Any, round_: Any, team: str = "") -> QuerySet[FocusMeeting]:
    """Meetings of a round the viewer may see, with how many villages were discussed, newest first."""
    rows = FocusMeeting.objects.visible_to(viewer).filter(round=round_)
    if team:
        rows = rows.filter(
            team__number=int(team) if team.isascii() and team.isdigit() and len(team) < 4 else 0
        )
    rows = rows.select_related("team", "chair", "recorder")
    return rows.annotate(village_count=Count("villages", distinct=True))


def attendance_sheet(team: Team) -> list[dict[str, Any]]:
    """The team as it is today, everybody present: what a new record begins with."""
    rows = Membership.objects.filter(team=team).select_related("user")
    members = sorted(rows, key=lambda row: (_POSTS.index(row.role), row.user.display_name))
    return [
        {"name": row.user.display_name, "post": row.get_role_display(), "present": "yes", "reason": ""}
        for row in members
    ]


def discussed(viewer: Any, meeting: FocusMeeting) -> list[MeetingVillage]:
    """What was said of the villages open to the viewer."""
    rows = MeetingVillage.objects.visible_to(viewer).filter(meeting=meeting)
    return list(rows.select_related("village", "inspection", "team", "round").order_by("village__code"))


def candidates(viewer: Any, team: Team) -> QuerySet[VillageInspection]:
    """Villages of the team a record may speak of."""
    rows = VillageInspection.objects.visible_to(viewer).filter(team=team).select_related("village")
    return rows.order_by("village__code")


def source_of(row: MeetingVillage | DataLetter, title: str) -> str:
    """The stable key of one matter: the same words of the same meeting or letter are taken once."""
    return f"{row.pk}:{blake2s(title.encode(), digest_size=8).hexdigest()}"


def taken_over(rows: list[MeetingVillage]) -> set[str]:
    """Agreed matters (as ``source_of`` names them) that are on a watch list already."""
    sources = {source_of(row, title) for row in rows for title in row.focus}
    keys = {f"{Origin.MEETING}:{source}" for source in sources}
    found = WatchItem.objects.filter(inspection__in=[row.inspection_id for row in rows], source_key__in=keys)
    return {key.partition(":")[2] for key in found.values_list("source_key", flat=True)}
