"""What every page needs around its content: the rail, the round switch, the person."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from inspection.rail import rail
from villages.models import Round
from villages.selectors.rounds import my_membership, pick_round, round_options


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty for a person who is not signed in and for a fragment of a page."""
    user: Any = getattr(request, "user", None)
    if not user or not user.is_authenticated or _is_fragment(request):
        return {}
    options = list(round_options(user))
    current = pick_round(options, request.session.get("round", ""))
    member: Any = my_membership(user, current)
    office = f"{current.district.name}委巡察办" if current else ""
    return {
        "rail": rail(user, current, request.path),
        "round_switch": _switch(options, current),
        "unsworn": member if member and not member.is_sworn else None,
        "role_tag": f"{member.team.name} {member.get_role_display()}"
        if member
        else user.get_role_display() or "无角色",
        "office_name": office,
    }


def _is_fragment(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _switch(options: list[Round], current: Round | None) -> dict[str, Any] | None:
    """The rounds to choose from; a choice is posted to its own address, which remembers it in the session."""
    if current is None:
        return None
    return {
        "current": current.name,
        "options": [
            {
                "url": reverse("inspection:switch_round", kwargs={"pk": row.pk}),
                "label": row.name,
                "active": row.pk == current.pk,
            }
            for row in options
        ],
    }
