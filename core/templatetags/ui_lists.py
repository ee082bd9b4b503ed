"""Tags of lists: filters with counts, sorting, paging. All of them keep the rest of the address as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.listing import Page
from core.saved_views import kept_query, views_of
from core.templatetags.ui_words import icon

register = template.Library()


def _address(context: Context, **changes: str) -> str:
    """The current query string with ``changes``; a new choice starts again on the first page.

    Where no choice is left the address says so: a bare one may open a list with the person's own choices.
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if "cursor" not in changes:
        query.pop("cursor", None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode() or 'all=1'}"


def _chosen(context: Context, param: str) -> str:
    request = context.get("request")
    return request.GET.get(param, "") if request else ""


@register.inclusion_tag("components/filter_pills.html", takes_context=True)
def filter_pills(
    context: Context, options: Iterable[Mapping[str, Any]], param: str = "status", label: str = "筛选"
) -> dict[str, Any]:
    """Choices as pills with their counts.

    ``options``: mappings with ``value`` (empty string = all), ``label`` and ``count`` (left out when not known).
    """
    chosen = _chosen(context, param)
    pills = [
        {**option, "url": _address(context, **{param: option["value"]}), "active": option["value"] == chosen}
        for option in options
    ]
    return {"pills": pills, "label": label}


@register.inclusion_tag("components/filter_menu.html", takes_context=True)
def filter_menu(
    context: Context, label: str, options: Iterable[Mapping[str, Any]], param: str, everything: str = "全部"
) -> dict[str, Any]:
    """A longer choice as a drop-down pill (村：全部 4 ▾); ``options`` as in :func:`filter_pills`, without "all"."""
    chosen = _chosen(context, param)
    rows = [
        {**option, "url": _address(context, **{param: option["value"]}), "active": option["value"] == chosen}
        for option in options
    ]
    current = next((row["label"] for row in rows if row["active"]), everything)
    return {"label": label, "rows": rows, "current": current, "chosen": chosen} | {
        "everything": everything,
        "clear": _address(context, **{param: ""}),
    }


@register.inclusion_tag("components/saved_views.html", takes_context=True)
def saved_views(context: Context, page: str) -> dict[str, Any]:
    """The person's saved views of the list at URL name ``page``, and the dialogs that save and keep them."""
    request = context["request"]
    views = views_of(request.user, page)
    chosen = request.GET.get("view", "")
    query = kept_query(request.GET.urlencode())
    return {
        "views": views,
        "current": next((view for view in views if str(view.pk) == chosen), None),
        "page": page,
        "address": reverse(page),
        "query": query,
        "saveable": bool(query),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def sort_link(context: Context, label: str, name: str, default: str = "") -> SafeString:
    """A column heading that sorts by ``name``: first up, then down (``?sort=name`` / ``?sort=-name``)."""
    chosen = _chosen(context, "sort") or default
    target, symbol, word = name, SafeString(""), ""
    if chosen == name:
        target, symbol, word = f"-{name}", icon("sort-up"), "，现为升序"
    elif chosen == f"-{name}":
        symbol, word = icon("sort-down"), "，现为降序"
    return format_html(
        '<a class="sort" href="{}">{}{}<span class="visually-hidden">{}</span></a>',
        _address(context, sort=target),
        label,
        symbol,
        word,
    )


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page, count: tuple[int, bool] | int | None = None) -> dict[str, Any]:
    """Links to the neighbouring pages of a keyset list; ``count`` is what ``capped_count`` returned, if known."""
    total, more = count if isinstance(count, tuple) else (count, False)
    return {
        "total": total,
        "more": more,
        "shown": len(page.rows),
        "next": _address(context, cursor=page.next) if page.next else "",
        "previous": _address(context, cursor=page.previous) if page.previous else "",
    }


@register.simple_tag(takes_context=True)
def tab(context: Context, name: str, label: str, *also: str) -> SafeString:
    """One of the pages that stand side by side in a stage; marked while it, or a page of ``also``, is looked at."""
    match = context["request"].resolver_match
    here = mark_safe(' aria-current="page"') if match and match.view_name in (name, *also) else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(name), here, label)


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: str) -> str:
    """The current address's query with some values changed (empty = dropped), for a link."""
    return _address(context, **changes)
