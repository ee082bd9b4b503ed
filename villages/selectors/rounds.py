"""Reads about rounds and teams."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.errors import ServiceError
from core.ids import key_of
from villages.models import Membership, Round, RoundParameter, Stage, Team, TeamRole, VillageInspection

# The order in which a team is read out.
_POSTS = {role: position for position, role in enumerate(TeamRole.values)}


def rounds(viewer: Any) -> QuerySet[Round]:
    """Rounds the viewer may see, with how many teams and villages they have and how many villages are done."""
    filed = Count("inspections", filter=Q(inspections__status=Stage.FILED), distinct=True)
    return (
        Round.objects.visible_to(viewer)
        .alive()
        .annotate(team_count=Count("teams", distinct=True), village_count=Count("inspections", distinct=True))
        .annotate(filed_count=filed)
    )


def round_named(key: str) -> Round:
    """The round whose key somebody typed at a command, with its district; ``ServiceError`` where there is none."""
    row = Round.objects.select_related("district").filter(pk=key_of(key)).first()
    if row is None:
        raise ServiceError(f"没有这个轮次：{key}")
    return row


def current_round(viewer: Any, chosen: str = "") -> Round | None:
    """The round a person works in; see :func:`pick_round`."""
    return pick_round(list(round_options(viewer)), chosen)


def pick_round(rows: list[Round], chosen: str = "") -> Round | None:
    """Of ``rows``, newest first: the chosen one, else the newest running one, else the newest of all."""
    for row in rows:
        if str(row.pk) == chosen:
            return row
    running = [row for row in rows if row.status == Round.Status.OPEN]
    return next(iter(running or rows), None)


def round_options(viewer: Any) -> QuerySet[Round]:
    """Rounds for the switch in the top bar, newest first."""
    return Round.objects.visible_to(viewer).alive().select_related("district").order_by("-year", "-number")


def parameters(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """The parameters of a round the viewer may see, their values in words."""
    rows = RoundParameter.objects.visible_to(viewer).filter(round=round_)
    return [
        {"pk": row.pk, "label": row.label, "unit": row.unit, "note": row.note, "worded": _worded(row.value)}
        for row in rows
    ]


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{name} {_worded(part)}" for name, part in value.items())
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def teams(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """Teams of a round with members in the order of their posts and villages the viewer may see: four queries."""
    rows = list(Team.objects.visible_to(viewer).filter(round=round_).prefetch_related("towns"))
    members = team_members(viewer, rows)
    spines = VillageInspection.objects.visible_to(viewer).filter(team__in=rows)
    spines = spines.select_related("village", "town").order_by("village__code")
    return [
        {
            "team": team,
            "members": [member for member in members if member.team_id == team.pk],
            "inspections": [row for row in spines if row.team_id == team.pk],
        }
        for team in rows
    ]


def team_members(viewer: Any, teams: list[Team]) -> list[Membership]:
    """Members of the teams, leader first."""
    rows = Membership.objects.visible_to(viewer).filter(team__in=teams).select_related("user", "user__office")
    return sorted(rows, key=lambda row: (_POSTS[row.role], row.user.display_name))


def board(viewer: Any, round_: Round) -> list[VillageInspection]:
    """Every village of the round the viewer may see: by team, in the order of entry."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    rows = rows.select_related("village", "town", "team")
    return list(rows.order_by("team__number", "entry_on", "village__code"))


def my_membership(viewer: Any, round_: Round | None) -> Membership | None:
    """The viewer's own post in the round; ``is_sworn``: pledge and declaration are signed."""
    if round_ is None:
        return None
    mine = Membership.objects.filter(round=round_, user=viewer.pk)
    sworn = Exists(Membership.objects.filter(pk=OuterRef("pk")).sworn())
    return mine.annotate(is_sworn=sworn).select_related("team").first()
