"""The list of traits, kept by the office."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.access import demand, get_visible_or_404
from core.submissions import submit
from prep import rules, services
from prep.forms import TraitForm
from prep.models import Trait
from prep.selectors.traits import trait_lines


@require_GET
def trait_list(request: HttpRequest) -> HttpResponse:
    """Every trait with its use."""
    demand(rules.can_browse(request.user))
    context = {"lines": trait_lines(request.user), "may_keep": bool(rules.can_keep_traits(request.user))}
    return render(request, "prep/traits.html", context)


@require_http_methods(["GET", "POST"])
def trait_add(request: HttpRequest) -> HttpResponse:
    """A further one, at the end of the list."""
    demand(rules.can_keep_traits(request.user))
    last = Trait.objects.aggregate(last=Max("order"))["last"] or 0
    form = TraitForm(request.POST or None, initial={"order": last + 10, "active": True})

    def save(values: dict[str, Any]) -> Trait:
        return services.add_trait(actor=request.user, **{k: v for k, v in values.items() if k != "revision"})

    return _answer(request, form, save, "prep.trait", None)


@require_http_methods(["GET", "POST"])
def trait_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename, move, retire."""
    row = get_visible_or_404(Trait.objects, request.user, pk=pk)
    demand(rules.can_keep_traits(request.user))
    initial = {name: getattr(row, name) for name in TraitForm.base_fields}
    form = TraitForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> Trait:
        revision = values.pop("revision") or 0
        return services.edit_trait(actor=request.user, trait=row, revision=revision, values=values)

    return _answer(request, form, save, f"prep.trait:{row.pk}", row)


def _answer(request: HttpRequest, form: TraitForm, save: Any, scope: str, row: Trait | None) -> HttpResponse:
    back = reverse("prep:trait_list")
    return submit(
        request, form, save, scope=scope, template="prep/trait_form.html", success=lambda _: back,
        context={"cancel_url": back, "object": row},
    )  # fmt: skip
