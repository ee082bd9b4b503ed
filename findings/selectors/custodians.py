"""Those who keep the keys, and what each can open."""

from typing import Any

from django.db.models import Count, QuerySet

from findings import rules
from findings.models import Custodian, Opening, Petition, RecoveryKey, SealedPacket
from villages.models import User
from villages.models.roles import CONTENT_ROLES


def custodian_rows(viewer: Any) -> list[dict[str, Any]]:
    """Custodians the viewer may know of, with how much of what is sealed each can open; three queries."""
    total = SealedPacket.objects.count()
    rows = Custodian.objects.visible_to(viewer).select_related("user__office").annotate(held=Count("keys"))
    return [
        {
            "custodian": row,
            "lacks": total - row.held if row.public_key else None,
            "own": row.user_id == viewer.pk and row.retired_on is None,
        }
        for row in rows.order_by("retired_on", "id")
    ]


def has_recovery_key() -> bool:
    """Is there one that may open something?"""
    return RecoveryKey.objects.exists()


def recovery_card() -> dict[str, Any]:
    """The recovery key in force, and how many sealings it does not open yet; one query or two."""
    key = RecoveryKey.objects.filter(current=True).annotate(held=Count("keys")).first()
    return {"key": key, "lacks": SealedPacket.objects.count() - key.held if key else 0}


def people_to_appoint(viewer: Any) -> QuerySet[User]:
    """Active accounts of the inspecting side that are no custodian."""
    now = Custodian.objects.filter(retired_on__isnull=True).values("user")
    rows = User.objects.visible_to(viewer).filter(is_active=True, role__in=CONTENT_ROLES)
    return rows.exclude(pk__in=now).order_by("display_name")


def sealed_card(viewer: Any, petition: Petition) -> dict[str, Any]:
    """What a petition's page says of its sealed part: that there is one, who asked to read, what one may do."""
    rows = Opening.objects.visible_to(viewer).filter(petition=petition)
    return {
        "sealed": bool(petition.seal_handle),
        "can_seal": rules.can_seal(viewer, petition),
        "ask": rules.can_ask_to_read(viewer, petition),
        "openings": list(rows.select_related("requested_by", "approved_by")[:20]),
    }
