"""Small readings of a request that several pages need."""

from django.http import HttpRequest


def posted_revision(request: HttpRequest) -> int | None:
    """The revision a button was shown for; ``None`` when the page sent none."""
    text = request.POST.get("revision", "")
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else None


def posted_reason(request: HttpRequest) -> str:
    """The reason typed into the dialog of a button."""
    return request.POST.get("reason", "").strip()
