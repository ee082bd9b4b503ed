"""Questionnaires: the list, one of them with its questions, its preview, what changed between versions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from surveys import rules, services
from surveys.forms import ItemForm, QuestionnaireForm
from surveys.models import Aspect, Item, Questionnaire
from surveys.selectors.paper import laid_out
from surveys.selectors.versions import compared, outline, questionnaires, versions_of

_HEAD = ("title", "intro", "open_question")
_ITEM = ("text", "kind", "hint", "required", "options", "rows")


def _page_of(row: Questionnaire) -> str:
    return reverse("surveys:questionnaire", kwargs={"pk": row.pk})


def _visible(request: HttpRequest, pk: UUID) -> Questionnaire:
    return get_visible_or_404(Questionnaire.objects, request.user, pk=pk)


@require_GET
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    """All questionnaires, each with its versions."""
    demand(rules.can_browse(request.user))
    context = {
        "rows": questionnaires(request.user),
        "may_build": rules.can_build(request.user),
    }
    return render(request, "surveys/questionnaire_list.html", context)


@require_GET
def questionnaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version: its questions, what is still wrong with it, and the steps."""
    row = _visible(request, pk)
    context = {
        "object": row,
        "aspects": outline(row),
        "problems": rules.unfit(row),
        "may_edit": rules.can_edit(request.user, row),
        "may_build": rules.can_build(request.user),
        "versions": versions_of(request.user, row),
        "used": row.surveys.exists(),
    }
    return render(request, "surveys/questionnaire.html", context)


def _head_form(request: HttpRequest, row: Questionnaire | None) -> HttpResponse:
    demand(rules.can_edit(request.user, row) if row else rules.can_build(request.user))
    initial = {name: getattr(row, name) for name in (*_HEAD, "revision")} if row else {}
    form = QuestionnaireForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> Questionnaire:
        revision = values.pop("revision")
        if row is None:
            return services.create_questionnaire(actor=request.user, **values)
        return services.change_questionnaire(
            actor=request.user, questionnaire=row, values=values, revision=revision
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.questionnaire:{row.pk if row else 'new'}",
        template="surveys/item_form.html",
        success=_page_of,
        context={
            "heading": "修改卷首语和开放题" if row else "新编问卷",
            "questionnaire": row,
            "cancel_url": _page_of(row) if row else reverse("surveys:questionnaires"),
        },
    )


@require_http_methods(["GET", "POST"])
def questionnaire_add(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    return _head_form(request, None)


@require_http_methods(["GET", "POST"])
def questionnaire_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change its title and words."""
    return _head_form(request, _visible(request, pk))


@require_POST
def questionnaire_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the next version."""
    row = _visible(request, pk)
    made: list[Questionnaire] = []

    def copy() -> Questionnaire:
        made.append(services.copy_questionnaire(actor=request.user, questionnaire=row))
        return made[0]

    demand(rules.can_build(request.user))
    response = perform(
        request, copy, scope=f"surveys.copy:{pk}", success=_page_of(row), message="已复制为新版本，可以修改。"
    )
    return redirect(_page_of(made[0])) if made else response


@require_POST
def questionnaire_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw an unused draft away."""
    row = _visible(request, pk)

    def drop() -> Questionnaire:
        services.drop_questionnaire(actor=request.user, questionnaire=row)
        return row

    target = reverse("surveys:questionnaires")
    return perform(request, drop, scope=f"surveys.drop:{pk}", success=target, message="已删除。")


def _item_form(request: HttpRequest, row: Questionnaire, item: Item | None) -> HttpResponse:
    demand(rules.can_edit(request.user, row))
    initial: dict[str, Any] = {"aspect": request.GET.get("aspect", "")[:40]}
    if item is not None:
        initial = {name: getattr(item, name) for name in (*_ITEM, "revision")} | {"aspect": item.aspect.name}
    form = ItemForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> Item:
        revision = values.pop("revision")
        return services.save_item(
            actor=request.user, questionnaire=row, values=values, item=item, revision=revision
        )

    def after(made: Item) -> str:
        if "more" in request.POST:
            return f"{reverse('surveys:item_add', kwargs={'pk': row.pk})}?aspect={made.aspect.name}"
        return f"{_page_of(row)}#item-{made.pk}"

    return submit(
        request,
        form,
        save,
        scope=f"surveys.item:{item.pk if item else row.pk}",
        template="surveys/item_form.html",
        success=after,
        context={
            "heading": f"修改第{item.number}题" if item else "增加题目",
            "questionnaire": row,
            "aspects": row.aspects.all(),
            "is_item": True,
            "is_new": item is None,
            "cancel_url": _page_of(row),
        },
        message="题目已保存。",
    )


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new question."""
    return _item_form(request, _visible(request, pk), None)


def _item(request: HttpRequest, pk: UUID) -> Item:
    return get_visible_or_404(Item.objects.select_related("questionnaire", "aspect"), request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a question."""
    item = _item(request, pk)
    return _item_form(request, item.questionnaire, item)


@require_POST
def item_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike a question out."""
    item = _item(request, pk)
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.remove_item(actor=request.user, item=item, revision=revision),
        scope=f"surveys.item_remove:{pk}",
        success=_page_of(item.questionnaire),
        message="题目已删除，后面的题号顺次前移。",
    )


@require_POST
def aspect_rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an aspect another name."""
    aspect = get_visible_or_404(Aspect.objects.select_related("questionnaire"), request.user, pk=pk)
    name = request.POST.get("name", "")
    return perform(
        request,
        lambda: services.rename_aspect(actor=request.user, aspect=aspect, name=name),
        scope=f"surveys.aspect:{pk}",
        success=_page_of(aspect.questionnaire),
        message="已改名。",
    )


@require_POST
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save a new order: ``order`` names aspects and their questions as they now stand on the page."""
    row = _visible(request, pk)
    revision = revision_of(request)
    order: list[tuple[str, list[str]]] = []
    for word in request.POST.get("order", "").split():
        kind, _, key = word.partition(":")
        if kind == "aspect":
            order.append((key, []))
        elif order:
            order[-1][1].append(key)
    order = [(aspect, items) for aspect, items in order if items]
    return perform(
        request,
        lambda: services.arrange_items(actor=request.user, questionnaire=row, order=order, revision=revision),
        scope=f"surveys.arrange:{pk}",
        success=_page_of(row),
        message="次序已保存。",
    )


@require_GET
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questionnaire as a phone page that can be tried out, beside the paper."""
    row = _visible(request, pk)
    context = {
        "object": row,
        "aspects": outline(row),
        "paper": laid_out(row, "某某村"),
        "problems": rules.unfit(row),
    }
    return render(request, "surveys/preview.html", context)


@require_POST
def questionnaire_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the printed form; the progress stands on the job's page."""
    job = services.request_questionnaire(actor=request.user, questionnaire=_visible(request, pk))
    return redirect("core:job", pk=job.pk)


@require_GET
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two versions side by side: what was added, struck out, changed, moved."""
    row, older = _visible(request, pk), _visible(request, other)
    context = {"object": row, "older": older, "lines": compared(older, row)}
    return render(request, "surveys/compare.html", context)
