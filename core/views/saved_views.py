"""Saving and keeping the choices of a list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from core import saved_views
from core.access import get_visible_or_404
from core.models import SavedView
from core.submissions import perform
from core.text import clean


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Save the choices of the list the dialog stood on."""
    page, query = clean(request.POST.get("page", ""))[:60], request.POST.get("query", "")
    back = f"{_address(page)}?{saved_views.kept_query(query)}"
    return perform(
        request,
        lambda: saved_views.save_view(
            actor=request.user, page=page, name=request.POST.get("name", ""), query=query
        ),
        scope=f"core.view.save:{page}",
        success=back,
        message="已保存为常用筛选，在“常用”里随时取用。",
    )


@require_POST
def view_step(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Rename, delete, or open the list with one's own view (or no longer)."""
    view = get_visible_or_404(SavedView.objects.all(), request.user, pk=pk)
    steps: dict[str, tuple[Any, str]] = {
        "rename": (
            lambda: saved_views.rename_view(actor=request.user, view=view, name=request.POST.get("name", "")),
            "已改名。",
        ),
        "default": (
            lambda: saved_views.choose_default(actor=request.user, view=view),
            "以后打开这个清单就按此筛选。",
        ),
        "plain": (
            lambda: saved_views.choose_default(actor=request.user, view=view, chosen=False),
            "以后打开这个清单不再自动筛选。",
        ),
        "delete": (lambda: saved_views.delete_view(actor=request.user, view=view), "已删除常用筛选。"),
    }
    if action not in steps:
        raise Http404
    do, message = steps[action]
    back = f"{_address(view.page)}?{view.query}"
    return perform(request, do, scope=f"core.view.{action}:{view.pk}", success=back, message=message)


def _address(page: str) -> str:
    """Where a list stands; 404 for what is none of ours."""
    try:
        return reverse(page)
    except NoReverseMatch:
        raise Http404 from None
