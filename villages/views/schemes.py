"""Category schemes: the list, one as a tree, the next version of one, and its sheet."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, submit
from villages import rules, services
from villages.forms.schemes import SchemeForm
from villages.models import CategoryScheme
from villages.selectors.schemes import scheme_tree, schemes, uncovered


@require_GET
def scheme_list(request: HttpRequest) -> HttpResponse:
    """Every scheme and version."""
    demand(rules.can_read_board(request.user))
    context = {"rows": schemes(request.user), "may_edit": bool(rules.can_keep_schemes(request.user))}
    return render(request, "villages/scheme_list.html", context)


def _scheme(request: HttpRequest, pk: UUID) -> CategoryScheme:
    return get_visible_or_404(CategoryScheme.objects, request.user, pk=pk)


@require_GET
def scheme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version with its categories and what they take in of the five aspects."""
    row = _scheme(request, pk)
    branches = scheme_tree(request.user, row)
    context = {
        "object": row,
        "branches": branches,
        "missing": uncovered(row, branches),
        "may_copy": rules.can_keep_schemes(request.user),
        "may_edit": rules.can_edit_scheme(request.user, row),
    }
    return render(request, "villages/scheme.html", context)


@require_http_methods(["GET", "POST"])
def scheme_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Names, order and coverage of a version no round uses."""
    row = _scheme(request, pk)
    demand(rules.can_edit_scheme(request.user, row))
    sheet = [line | {"covers": "、".join(line["covers"])} for line in row.tree_rows()]
    form = SchemeForm(
        request.POST or None, initial={"name": row.name, "tree": sheet, "revision": row.revision}
    )

    def save(values: dict[str, Any]) -> CategoryScheme:
        return services.save_scheme(
            actor=request.user,
            scheme=row,
            revision=values["revision"],
            name=values["name"],
            rows=values["tree"],
        )

    return submit(
        request,
        form,
        save,
        scope=f"schemes.edit:{pk}",
        template="villages/scheme_form.html",
        success=_address,
        context={"title": f"修改 {row}", "cancel_url": _address(row), "back": str(row)},
        message="分类方案已保存。",
    )


@require_POST
def scheme_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the next version from this one."""
    row = _scheme(request, pk)
    demand(rules.can_keep_schemes(request.user))
    return perform(
        request,
        lambda: services.copy_scheme(actor=request.user, scheme=row),
        scope=f"schemes.copy:{pk}",
        success=reverse("villages:scheme_list"),
        message=f"“{row.name}”已复制为新版，可以修改；有轮次采用后即为只读。",
    )


def _address(row: CategoryScheme) -> str:
    return reverse("villages:scheme", kwargs={"pk": row.pk})
