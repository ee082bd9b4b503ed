"""Who sees rows that speak of a whole town: its team and the office, minus those who stand aside from a part."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from core.models import VisibleQuerySet
from villages.models import Membership, Role, VillageInspection
from villages.models.roles import OFFICE_ROLES
from villages.models.spine import recused_rows


def recused_from_part(user: Any, prefix: str = "") -> Q:
    """Rows (with ``round``, ``team``, ``town`` behind ``prefix``) that cover a village ``user`` stands aside from.

    A paper on a whole town quotes each of its villages, so one recusal without exception closes all of it.
    """
    covered = VillageInspection.objects.filter(
        round=OuterRef(f"{prefix}round"), team=OuterRef(f"{prefix}team"), town=OuterRef(f"{prefix}town")
    )
    return Q(Exists(covered.filter(recused_rows(user))))


class TownRowQuerySet(VisibleQuerySet):
    """Rows of one team about one town: the office sees all, a sworn inspector those of the own team, nobody else."""

    # How the row reaches ``round``, ``team`` and ``town``.
    path = ""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role == Role.INSPECTOR:
            own = Membership.objects.filter(user=user).sworn().values("team")
            return self.filter(**{f"{self.path}team__in": own}).exclude(recused_from_part(user, self.path))
        return self.none()
