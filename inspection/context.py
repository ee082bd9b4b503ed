"""What every page needs around its content: the rail, the round switch, the person."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty for a person who is not signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"rail": []}
