"""Ties: my own declarations, and for the office everybody's, with exceptions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, posted_revision, submit
from villages import rules, services
from villages.access import is_office
from villages.forms.recusals import ExceptionForm, OfficeRecusalForm, RecusalForm, WorkForm
from villages.models import Recusal, RecusalException, Round, User, Village, WorkHistory
from villages.selectors import recusals
from villages.views.base import posted_reason


@require_GET
def recusal_list(request: HttpRequest) -> HttpResponse:
    """Declarations the person may see: the own ones, or all of them for the office."""
    demand(rules.can_read_recusals(request.user))
    rows = recusals.declarations(request.user, state=request.GET.get("state", ""))
    page = keyset(rows, order=["-created_at"], cursor=request.GET.get("cursor", ""))
    context = {
        "page": page, "count": capped_count(rows), "office": is_office(request.user),
        "history": recusals.work_history(request.user), "exceptions": recusals.exceptions(request.user),
        "states": [
            {"value": "", "label": "有效"},
            {"value": "withdrawn", "label": "已撤销"},
            {"value": "all", "label": "全部"},
        ],
        "may_approve": bool(rules.can_approve_exception(request.user)),
    }  # fmt: skip
    return render(request, "villages/recusal_list.html", context)


def recusal_create(request: HttpRequest) -> HttpResponse:
    """Declare a tie: one's own, or somebody's as the office."""
    demand(rules.can_read_recusals(request.user))
    form_class = OfficeRecusalForm if is_office(request.user) else RecusalForm
    back = reverse("villages:recusal_list")

    def save(values: dict[str, Any]) -> Recusal:
        return services.declare_recusal(actor=request.user, **({"user": request.user} | values))

    return submit(
        request, form_class(request.user, request.POST or None), save, scope="recusals.create",
        template="villages/form.html", success=lambda _: back,
        context={"title": "申报回避", "cancel_url": back, "back": "回避申报", "submit_label": "提交申报"},
        message="已申报。涉及的村（社区）您从现在起不再看到。",
    )  # fmt: skip


@require_POST
def recusal_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a declaration back after checking: the office."""
    row = get_visible_or_404(Recusal.objects, request.user, pk=pk)
    demand(rules.can_withdraw_recusal(request.user))
    return perform(
        request,
        lambda: services.withdraw_recusal(
            actor=request.user, recusal=row, reason=posted_reason(request), revision=posted_revision(request)
        ),
        scope=f"recusal.withdraw:{pk}",
        success=reverse("villages:recusal_list"),
        message="已撤销。",
    )


def exception_create(request: HttpRequest, round_pk: UUID, user_pk: UUID, village_pk: UUID) -> HttpResponse:
    """Approve that somebody serves in a village in spite of a tie: the head of the office."""
    round_ = get_visible_or_404(Round.objects, request.user, pk=round_pk)
    person = get_visible_or_404(User.objects, request.user, pk=user_pk)
    village = get_visible_or_404(Village.objects.select_related("town"), request.user, pk=village_pk)
    demand(rules.can_approve_exception(request.user, person))
    ties = recusals.recusal_conflicts(round_, [person], [village])
    back = reverse("villages:round", kwargs={"pk": round_pk})
    return submit(
        request,
        ExceptionForm(request.POST or None),
        lambda values: services.approve_exception(
            actor=request.user, round_=round_, user=person, village=village, reason=values["reason"]
        ),
        scope=f"exceptions.create:{round_pk}:{user_pk}:{village_pk}"[:110],
        template="villages/exception_form.html",
        success=lambda _: back,
        context={
            "title": "批准回避例外", "cancel_url": back, "back": round_.name, "submit_label": "批准",
            "person": person, "village": village, "ties": ties,
        },
        message="例外已批准，只对本轮有效。",
    )  # fmt: skip


@require_POST
def exception_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an exception back: the head of the office."""
    row = get_visible_or_404(RecusalException.objects.select_related("round"), request.user, pk=pk)
    demand(rules.can_approve_exception(request.user))
    return perform(
        request,
        lambda: services.revoke_exception(actor=request.user, exception=row, reason=posted_reason(request)),
        scope=f"exception.revoke:{pk}",
        success=reverse("villages:recusal_list"),
        message="例外已撤回。",
    )


def work_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a post the person ``pk`` has held in a town or village."""
    person = get_visible_or_404(User.objects, request.user, pk=pk)
    demand(rules.can_declare_recusal(request.user, person))
    back = reverse("villages:recusal_list")
    return submit(
        request,
        WorkForm(request.user, request.POST or None),
        lambda values: services.add_work_history(actor=request.user, user=person, **values),
        scope=f"work.create:{pk}",
        template="villages/form.html",
        success=lambda _: back,
        context={"title": f"{person.display_name}的工作经历", "cancel_url": back, "back": "回避申报"},
    )


@require_POST
def work_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike out a wrongly recorded post: the office."""
    row = get_visible_or_404(WorkHistory.objects, request.user, pk=pk)
    demand(rules.can_withdraw_recusal(request.user))
    return perform(
        request,
        lambda: services.remove_work_history(actor=request.user, row=row, reason=posted_reason(request)),
        scope=f"work.remove:{pk}",
        success=reverse("villages:recusal_list"),
        message="已删除。",
    )
