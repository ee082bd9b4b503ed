"""The two answers to a preview: write exactly what was shown, or throw it away."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.models.staging import StagedImport
from core.submissions import perform

DISCARDED = "已放弃，没有写入任何内容。"


def confirm_import(
    request: HttpRequest,
    staged: StagedImport,
    service: Callable[..., Any],
    *,
    revision: int | None,
    scope: str,
    success: str,
    message: str = "",
    can_skip: bool = True,
) -> HttpResponse:
    """Write what was previewed, once. ``revision`` is the one the page showed.

    ``can_skip``: the service is told whether good rows alone suffice.
    """
    said = {"skip_errors": request.POST.get("skip") == "1"} if can_skip else {}
    return _decide(request, staged, service, revision, scope, success, message, said)


def discard_import(
    request: HttpRequest,
    staged: StagedImport,
    service: Callable[..., Any],
    *,
    revision: int | None,
    scope: str,
    success: str,
    message: str = DISCARDED,
) -> HttpResponse:
    """Throw a preview away."""
    return _decide(request, staged, service, revision, scope, success, message, {})


def _decide(
    request: HttpRequest,
    staged: StagedImport,
    service: Callable[..., Any],
    revision: int | None,
    scope: str,
    success: str,
    message: str,
    said: dict[str, bool],
) -> HttpResponse:
    return perform(
        request,
        lambda: service(actor=request.user, staged=staged, revision=revision, **said),
        scope=f"{scope}:{staged.pk}",
        success=success,
        message=message,
    )
