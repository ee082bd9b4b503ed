"""What several pages of this stage begin with: the village, its people, the posted revision."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from core.access import get_visible_or_404
from villages.models import Category, Membership, User, VillageInspection


def visible_inspection(request: HttpRequest, pk: UUID) -> VillageInspection:
    """The village in its round, or 404 for what is not there for this person."""
    rows = VillageInspection.objects.select_related("round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


def members_of(inspection: VillageInspection) -> QuerySet[User]:
    """Accounts that serve in the village's team and have signed the pledge, by name."""
    sworn = Membership.objects.filter(team=inspection.team_id).sworn()
    return User.objects.filter(pk__in=sworn.values("user"), is_active=True).order_by("display_name")


def categories_of(inspection: VillageInspection) -> QuerySet[Category]:
    """The categories of the round's scheme, both levels."""
    return Category.objects.filter(scheme=inspection.round.scheme_id)


def crumbs(inspection: VillageInspection) -> dict[str, Any]:
    """What every page of a village shows on top."""
    return {"inspection": inspection, "village": inspection.village}
