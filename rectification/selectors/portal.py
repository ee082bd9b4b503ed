"""What an inspected account has to do: its own items, what presses first on top."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from rectification.models import RectifyItem
from reports.models import EarlyLetter, Feedback
from reports.selectors.early import letters_of_town

S = RectifyItem.Status
# What came back presses most, then what nobody has signed for.
_PRESSING = (S.RETURNED, S.PENDING, S.ACKNOWLEDGED, S.IN_PROGRESS)


def own_items(viewer: Any) -> QuerySet[RectifyItem]:
    """Every item addressed to the viewer."""
    return RectifyItem.objects.visible_to(viewer).select_related("village", "town", "owner")


def to_do(viewer: Any) -> list[RectifyItem]:
    """Items the owner still has to act on: returned ones first, then by deadline."""
    order = Case(When(status=S.RETURNED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = own_items(viewer).filter(status__in=_PRESSING)
    return list(rows.annotate(first=order).order_by("first", "due_on", "seq"))


def waiting(viewer: Any) -> list[RectifyItem]:
    """Reported items that wait for verification or closing."""
    return list(own_items(viewer).filter(status__in=(S.REPORTED, S.VERIFIED)).order_by("due_on", "seq"))


def closed(viewer: Any, limit: int = 20) -> tuple[list[RectifyItem], int]:
    """The latest closed items and how many there are."""
    rows = own_items(viewer).filter(status=S.CLOSED)
    return list(rows.order_by("-closed_on", "-id")[:limit]), rows.count()


def letters(viewer: Any) -> list[Feedback]:
    """Feedback letters addressed to the viewer's town, newest first."""
    return list(Feedback.objects.visible_to(viewer).order_by("-issued_on")[:10])


def early_waiting(viewer: Any) -> list[EarlyLetter]:
    """Letters about common problems the viewer's town has not signed for, the oldest first."""
    return list(letters_of_town(viewer).filter(status=EarlyLetter.Status.SENT).order_by("dated_on", "id"))


def early_received(viewer: Any) -> list[EarlyLetter]:
    """The latest of those it signed for."""
    return list(letters_of_town(viewer).filter(status=EarlyLetter.Status.RECEIVED).order_by("-id")[:10])
