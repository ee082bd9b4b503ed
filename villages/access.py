"""Who stands where: the side an account is on and its post in a team. The rows follow from the querysets."""

from typing import Any

from villages.models import (
    Membership,
    Recusal,
    RecusalException,
    Role,
    Team,
    TeamRole,
    Village,
    VillageInspection,
)
from villages.models.roles import CONTENT_ROLES, INSPECTED_ROLES, OFFICE_ROLES


def is_office(user: Any) -> bool:
    """Does ``user`` work in the inspection office?"""
    return bool(user.is_active) and user.role in OFFICE_ROLES


def is_inspecting(user: Any) -> bool:
    """Is ``user`` on the inspecting side (office or team)?"""
    return bool(user.is_active) and user.role in CONTENT_ROLES


def is_inspected(user: Any) -> bool:
    """Is ``user`` a town committee or a village branch?"""
    return bool(user.is_active) and user.role in INSPECTED_ROLES


def team_role(user: Any, team: Team) -> str:
    """Post of ``user`` in ``team``: a ``TeamRole`` value.

    An empty string for who is no member, and for a member who has not signed pledge and declaration.
    """
    if not user.is_active or user.role != Role.INSPECTOR:
        return ""
    # One page asks for many rows of one team: the answer is kept on the user object of this request.
    cache = user.__dict__.setdefault("_team_roles", {})
    if team.pk not in cache:
        posts = Membership.objects.filter(user=user, team=team).sworn().values_list("role", flat=True)
        cache[team.pk] = posts[0] if posts else ""
    return cache[team.pk]


def has_post(user: Any, row: Any, *posts: TeamRole) -> bool:
    """Does ``user`` hold one of ``posts`` in the team of ``row``, and need not stand aside from its village?"""
    return team_role(user, row.team) in posts and not is_recused(user, row)


def is_recused(user: Any, row: VillageInspection | Any) -> bool:
    """Must ``user`` stand aside from the village of ``row``? An approved exception for the round lifts it."""
    cache = user.__dict__.setdefault("_recusals", {})
    key = (row.round_id, row.village_id)
    if key not in cache:
        village = Village(pk=row.village_id, town_id=row.town_id)
        cache[key] = bool(declared_recusals(user, village)) and not _has_exception(user, row)
    return cache[key]


def declared_recusals(user: Any, village: Village) -> list[Recusal]:
    """Active declarations of ``user`` that touch ``village`` itself or its whole town."""
    rows = Recusal.objects.filter(user=user, active=True)
    by_village = list(rows.filter(village=village))
    return by_village + list(rows.filter(village__isnull=True, town_id=village.town_id))


def _has_exception(user: Any, row: Any) -> bool:
    return RecusalException.objects.filter(
        user=user, round_id=row.round_id, village_id=row.village_id
    ).exists()
