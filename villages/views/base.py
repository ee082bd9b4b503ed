"""Small readings of a request that several pages need."""

from django.http import HttpRequest


def posted_reason(request: HttpRequest) -> str:
    """The reason typed into the dialog of a button."""
    return request.POST.get("reason", "").strip()
