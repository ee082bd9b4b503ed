"""The rule book: the list and one rule for everybody inside, entering and ending editions for the office."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import submit
from prep import rules, services
from prep.forms.rulebook import EditionForm, EndForm, RegulationForm
from prep.models import Regulation, RegulationEdition
from prep.rules.articles import read_articles
from prep.rules.rulebook import can_keep_book
from prep.selectors.rulebook import BookFilters, book_list, edition_lines, successors
from villages.selectors.schemes import five_aspects


def address(regulation: Regulation) -> str:
    """The page of a rule."""
    return reverse("prep:regulation", kwargs={"pk": regulation.pk})


def _of_edition(edition: RegulationEdition) -> str:
    return address(edition.regulation)


@require_GET
def regulations(request: HttpRequest) -> HttpResponse:
    """The book, to look something up."""
    demand(rules.can_browse(request.user))
    filters = BookFilters.read(request.GET)
    listed = book_list(request.user, filters, clock.today(), cursor=request.GET.get("cursor", ""))
    context = {
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "keeping": can_keep_book(request.user),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
    }
    return render(request, "prep/regulations.html", context)


def _visible(request: HttpRequest, pk: UUID) -> Regulation:
    return get_visible_or_404(Regulation.objects, request.user, pk=pk)


def _visible_edition(request: HttpRequest, pk: UUID) -> RegulationEdition:
    rows = RegulationEdition.objects.select_related("regulation")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def regulation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One rule with its editions; the papers that cite it load into the page."""
    row = _visible(request, pk)
    lines = edition_lines(request.user, row, clock.today())
    context = {
        "object": row,
        "category": five_aspects().get(row.category, "") if row.category else "",
        "lines": [(line, read_articles(line.edition.articles)) for line in lines],
        "keeping": can_keep_book(request.user),
    }
    return render(request, "prep/regulation.html", context)


@require_http_methods(["GET", "POST"])
def regulation_add(request: HttpRequest) -> HttpResponse:
    """A rule that is not in the book, with its first edition."""
    demand(can_keep_book(request.user))
    form = RegulationForm(request.POST or None, categories=five_aspects(), first=True)

    def save(_: dict[str, Any]) -> Regulation:
        values, edition = form.split()
        return services.add_regulation(actor=request.user, values=values, edition=edition)

    return submit(
        request,
        form,
        save,
        scope="prep.regulation_add",
        template="prep/regulation_form.html",
        success=address,
        context={"cancel_url": reverse("prep:regulations"), "submit_label": "登记"},
        message="已登记。还有以前的版本，请接着登记，核对时效才完整。",
    )


@require_http_methods(["GET", "POST"])
def regulation_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct name, short names, rank."""
    row = _visible(request, pk)
    demand(can_keep_book(request.user))
    initial = {name: getattr(row, name) for name in services.REGULATION_FIELDS} | {"revision": row.revision}
    form = RegulationForm(request.POST or None, initial=initial, categories=five_aspects())

    def save(values: dict[str, Any]) -> Regulation:
        revision = values.pop("revision") or 0
        return services.edit_regulation(actor=request.user, regulation=row, revision=revision, values=values)

    return submit(
        request,
        form,
        save,
        scope=f"prep.regulation_edit:{row.pk}",
        template="prep/regulation_form.html",
        success=address,
        context={"cancel_url": address(row), "object": row},
    )


@require_http_methods(["GET", "POST"])
def edition_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A further edition; the one in force until now ends the day before."""
    row = _visible(request, pk)
    demand(can_keep_book(request.user))
    form = EditionForm(request.POST or None)
    return submit(
        request,
        form,
        lambda _: services.add_edition(actor=request.user, regulation=row, values=form.values()),
        scope=f"prep.edition_add:{row.pk}",
        template="prep/edition_form.html",
        success=_of_edition,
        context={"cancel_url": address(row), "regulation": row, "submit_label": "登记新版本"},
        message="已登记。前一版的最后施行日已按这一版施行的前一天衔接。",
    )


@require_http_methods(["GET", "POST"])
def edition_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an edition."""
    row = _visible_edition(request, pk)
    demand(can_keep_book(request.user))
    is_last = not row.regulation.editions.filter(from_day__gt=row.from_day).exists()
    others = successors(request.user, row) if is_last else None
    initial = {name: getattr(row, name) for name in services.EDITION_FIELDS}
    initial |= {"edition_note": row.note, "replaced_by": row.replaced_by_id, "revision": row.revision}
    form = EditionForm(request.POST or None, initial=initial, others=others)

    def save(values: dict[str, Any]) -> RegulationEdition:
        revision = values["revision"] or 0
        return services.edit_edition(actor=request.user, edition=row, revision=revision, values=form.values())

    return submit(
        request,
        form,
        save,
        scope=f"prep.edition_edit:{row.pk}",
        template="prep/edition_form.html",
        success=_of_edition,
        context={"cancel_url": address(row.regulation), "regulation": row.regulation, "object": row},
    )


@require_http_methods(["GET", "POST"])
def edition_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last day of an edition that no next one follows."""
    row = _visible_edition(request, pk)
    demand(can_keep_book(request.user))
    form = EndForm(
        request.POST or None, initial={"revision": row.revision}, others=successors(request.user, row)
    )

    def save(values: dict[str, Any]) -> RegulationEdition:
        values = values | {"revision": values["revision"] or 0}
        return services.end_edition(actor=request.user, edition=row, **values)

    return submit(
        request,
        form,
        save,
        scope=f"prep.edition_end:{row.pk}",
        template="prep/edition_form.html",
        success=_of_edition,
        context={
            "cancel_url": address(row.regulation),
            "regulation": row.regulation,
            "object": row,
            "ending": True,
            "submit_label": "登记停止施行",
        },
    )


@require_POST
def rule_sheet(request: HttpRequest) -> HttpResponse:
    """Ask for the book, or an empty form, as a workbook; the progress stands on the job's page."""
    job = services.request_rule_sheet(actor=request.user, blank=request.POST.get("blank") == "1")
    return redirect("core:job", pk=job.pk)
