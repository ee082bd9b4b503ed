"""How views reach rows: only through the visible ones; and how a refusal is raised."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404

from core.errors import NotAllowed
from core.verdict import Verdict

M = TypeVar("M", bound=models.Model)


def get_visible_or_404(source: models.Manager[M] | models.QuerySet[M], user: Any, **lookup: Any) -> M:
    """Return the one row matching ``lookup`` that ``user`` may see.

    A foreign row and a nonexistent row raise the very same ``Http404``, so that the answer tells nothing.
    """
    queryset: Any = source.all() if isinstance(source, models.Manager) else source
    try:
        return queryset.visible_to(user).get(**lookup)
    except (queryset.model.DoesNotExist, ValidationError, ValueError, TypeError):
        raise Http404 from None


def demand(verdict: Verdict) -> None:
    """Raise ``NotAllowed`` with the rule's sentence unless the verdict is yes."""
    if not verdict:
        raise NotAllowed(verdict.why or "您没有办理这一步的权限。")
