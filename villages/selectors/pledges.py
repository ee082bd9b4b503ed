"""Who has signed the confidentiality pledge and declared ties, and who still has to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.display import cn_date
from villages.models import Membership, Recusal, Role, Round, SecrecyPledge, Team, Ties


def pledge_in_force() -> SecrecyPledge | None:
    """The version to be signed today; ``None`` before the first one counts."""
    return SecrecyPledge.objects.in_force().first()


def pledges(viewer: Any) -> QuerySet[SecrecyPledge]:
    """All versions, newest first."""
    return SecrecyPledge.objects.visible_to(viewer).order_by("-version")


def is_sworn(member: Membership) -> bool:
    """Has the member signed what is in force?"""
    return Membership.objects.filter(pk=member.pk).sworn().exists()


def my_unsworn(viewer: Any, round_: Round | None) -> Membership | None:
    """The viewer's own post in the round while its papers are not signed."""
    if round_ is None or viewer.role != Role.INSPECTOR:
        return None
    mine = Membership.objects.filter(round=round_, user=viewer.pk)
    return mine.exclude(pk__in=mine.sworn().values("pk")).select_related("team", "round").first()


def unsworn(teams: Any) -> QuerySet[Membership]:
    """Members of ``teams`` who still have to sign, by team and name."""
    rows = Membership.objects.filter(team__in=teams)
    rows = rows.exclude(pk__in=rows.sworn().values("pk")).select_related("user", "team")
    return rows.order_by("team__number", "user__display_name")


@dataclass(frozen=True)
class SwornState:
    """What a team's page says of one member's papers: word, tone, and the particulars in small print."""

    label: str
    tone: str
    detail: str
    signed: bool


def sworn_states(team: Team) -> dict[Any, SwornState]:
    """By membership: how each member of the team stands. Two queries."""
    rows = Membership.objects.filter(team=team).select_related("pledge")
    signed = set(rows.sworn().values_list("pk", flat=True))
    return {row.pk: _state(row, row.pk in signed) for row in rows}


def _state(row: Membership, signed: bool) -> SwornState:
    if signed and row.pledge is not None:
        ties = "申报了回避" if row.ties == Ties.NAMED else "无回避情形"
        detail = f"{cn_date(row.sworn_at)}，第{row.pledge.version}版；{ties}"
        return SwornState("已签署", "ok", detail, True)
    reminded = f"{cn_date(row.reminded_at)}提醒过" if row.reminded_at else ""
    if row.pledge is not None:
        parts = [f"{cn_date(row.sworn_at)}签的是第{row.pledge.version}版", reminded]
        return SwornState("须签新版", "warn", "，".join(filter(None, parts)), False)
    return SwornState("未签署", "bad", reminded or "签署前看不到任何村的材料", False)


def declared_ties(user: Any) -> list[Recusal]:
    """Declarations of ``user`` that count now, oldest first."""
    rows = Recusal.objects.filter(user=user, active=True).select_related("town", "village__town")
    return list(rows.order_by("created_at", "id"))


def tie_words(recusal: Recusal) -> str:
    """One declared tie as a line of the paper."""
    if recusal.village:
        place = f"{recusal.village.town.name}{recusal.village.name}"
    else:
        place = f"{recusal.town}（全部村、社区）"
    more = "，".join(filter(None, [recusal.related_person, recusal.detail]))
    return f"{place}：{recusal.get_relation_display()}" + (f"（{more}）" if more else "")
