"""Who must stand aside from which village, and why: declared ties, native place, work history."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.display import cn_date
from villages.models import (
    Membership,
    Recusal,
    RecusalException,
    Round,
    Team,
    User,
    Village,
    VillageInspection,
    WorkHistory,
)

# Worked there within the last three years, or for three years in total (rule of inspection offices on unit ties).
RECENT_YEARS = 3
LONG_DAYS = 3 * 365


@dataclass(frozen=True)
class Conflict:
    """One person, one village, one reason; ``excepted`` when an approved exception lifts it for the round."""

    user: User
    village: Village
    reason: str
    excepted: bool = False

    @property
    def sentence(self) -> str:
        """The reason with both names, for an error message."""
        return f"{self.user.display_name}与{self.village.name}：{self.reason}"


def recusal_conflicts(round_: Round, users: Iterable[User], villages: Iterable[Village]) -> list[Conflict]:
    """Every tie between ``users`` and ``villages``, excepted ones included and marked.

    Four queries however many there are. Periods are judged at the first day of ``round_``.
    """
    users, villages = list(users), list(villages)
    declared = _by_user(Recusal.objects.filter(user__in=users, active=True))
    worked = _by_user(WorkHistory.objects.filter(user__in=users).select_related("town", "village"))
    excepted = set(
        RecusalException.objects.filter(round=round_, user__in=users).values_list("user_id", "village_id")
    )
    found = []
    for user in users:
        for village in villages:
            reasons = _declared(declared[user.pk], village) + _native(user, village)
            reasons += _worked(worked[user.pk], village, round_.starts_on)
            lifted = (user.pk, village.pk) in excepted
            found += [Conflict(user, village, reason, lifted) for reason in reasons]
    return found


def team_conflicts(viewer: Any, team: Team) -> list[Conflict]:
    """Ties between the present members and the present villages of a team the viewer may see."""
    if not Team.objects.visible_to(viewer).filter(pk=team.pk).exists():
        return []
    users = User.objects.filter(memberships__team=team)
    villages = Village.objects.filter(inspections__team=team)
    return recusal_conflicts(team.round, users, villages)


def assigned_recusals(viewer: Any, round_: Round) -> list[tuple[Recusal, VillageInspection]]:
    """Declarations that touch a village already assigned to the person's own team, without an exception.

    The village is hidden from that person at once; the office must find a replacement or approve an exception.
    """
    declared = Recusal.objects.visible_to(viewer).filter(active=True, user__memberships__round=round_)
    recusals = list(declared.select_related("user", "village", "town").distinct())
    teams = dict(
        Membership.objects.filter(round=round_, user__in={r.user_id for r in recusals}).values_list(
            "user", "team"
        )
    )
    spines = VillageInspection.objects.filter(round=round_, team__in=teams.values()).select_related(
        "village", "team"
    )
    excepted = set(RecusalException.objects.filter(round=round_).values_list("user_id", "village_id"))
    return [
        (recusal, row)
        for row in spines
        for recusal in recusals
        if teams.get(recusal.user_id) == row.team_id
        and _touches(recusal, row.village_id, row.town_id)
        and (recusal.user_id, row.village_id) not in excepted
    ]


def declarations(viewer: Any, state: str = "") -> QuerySet[Recusal]:
    """Declarations the viewer may see: valid ones, ``withdrawn`` ones, or ``all``."""
    rows = Recusal.objects.visible_to(viewer).select_related("user", "town", "village", "village__town")
    if state == "all":
        return rows
    return rows.filter(active=state != "withdrawn")


def work_history(viewer: Any) -> QuerySet[WorkHistory]:
    """Recorded posts the viewer may see."""
    return WorkHistory.objects.visible_to(viewer).select_related("user", "town", "village", "village__town")


def exceptions(viewer: Any) -> QuerySet[RecusalException]:
    """Approved exceptions the viewer may see, newest first."""
    rows = RecusalException.objects.visible_to(viewer).select_related(
        "user", "village", "round", "approved_by"
    )
    return rows.order_by("-created_at")


def _by_user(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)
    return found


def _touches(row: Any, village_id: Any, town_id: Any) -> bool:
    """Does a declaration or a post name this village, or its whole town?"""
    if row.village_id:
        return row.village_id == village_id
    return row.town_id == town_id


def _declared(recusals: list[Recusal], village: Village) -> list[str]:
    return [
        f"已申报回避（{recusal.get_relation_display()}）"
        for recusal in recusals
        if _touches(recusal, village.pk, village.town_id)
    ]


def _native(user: User, village: Village) -> list[str]:
    return ["籍贯或户籍在该村（社区）"] if user.native_place_id == village.pk else []


def _worked(history: list[WorkHistory], village: Village, on: dt.date) -> list[str]:
    rows = [row for row in history if _touches(row, village.pk, village.town_id) and row.from_on <= on]
    since = clock.add_months(on, -12 * RECENT_YEARS)
    recent = [row for row in rows if row.to_on is None or row.to_on >= since]
    if recent:
        row = recent[0]
        place = row.village or row.town
        until = cn_date(row.to_on) if row.to_on else "今"
        return [f"近{RECENT_YEARS}年内曾在{place}任{row.post}（{cn_date(row.from_on)}至{until}）"]
    if _days([(row.from_on, row.to_on or on) for row in rows]) >= LONG_DAYS:
        return [f"曾在该村（社区）或所在镇（街道）累计工作满{RECENT_YEARS}年"]
    return []


def _days(periods: list[tuple[dt.date, dt.date]]) -> int:
    """Days covered by the periods, both ends included, overlaps counted once."""
    total, covered = 0, dt.date.min
    for start, end in sorted(periods):
        start = max(start, covered)
        if end >= start:
            total += (end - start).days + 1
            covered = end + dt.timedelta(days=1)
    return total
