"""Accounts and units."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, posted_revision, submit
from core.verdict import Verdict
from core.workflow import Offer, Transition
from villages import rules, services
from villages.forms.people import HandOverForm, OfficeEditForm, OfficeForm, UserEditForm, UserFields
from villages.models import Office, Role, User
from villages.selectors import people
from villages.views.base import posted_reason

_EDITABLE = ("display_name", "role", "office", "phone", "native_place")


@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """Accounts, with filters."""
    demand(rules.can_manage_accounts(request.user))
    state = request.GET.get("state", "")
    rows = people.accounts(
        request.user,
        text=request.GET.get("q", "").strip(),
        role=request.GET.get("role", ""),
        active={"active": True, "inactive": False}.get(state),
    )
    page = keyset(rows, order=["username"], cursor=request.GET.get("cursor", ""))
    roles = [{"value": value, "label": label} for value, label in Role.choices]
    context = {
        "page": page, "count": capped_count(rows), "q": request.GET.get("q", ""), "roles": roles,
        "states": [
            {"value": "", "label": "全部"},
            {"value": "active", "label": "在用"},
            {"value": "inactive", "label": "停用"},
        ],
    }  # fmt: skip
    return render(request, "villages/user_list.html", context)


@require_GET
def user(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: who, which posts, what may be done with it."""
    account = _account(request, pk)
    verdict = rules.can_manage_account(request.user, account)
    context = {
        "object": account, "memberships": people.memberships(account), "may_edit": bool(verdict),
        "offers": _offers(account, verdict), "refusal": verdict.why,
    }  # fmt: skip
    return render(request, "villages/user.html", context)


def _account(request: HttpRequest, pk: UUID) -> User:
    source = User.objects.select_related("office", "native_place", "native_place__town")
    account = get_visible_or_404(source, request.user, pk=pk)
    demand(rules.can_manage_accounts(request.user))
    return account


def _offers(account: User, verdict: Verdict) -> list[Offer]:
    name, label, style = (
        ("deactivate", "停用账号", "danger") if account.is_active else ("reactivate", "重新启用", "primary")
    )
    step = Transition(name, label, frozenset(), "", lambda user, obj: verdict, wants_reason=True, style=style)
    return [Offer(step, verdict)]


@require_POST
def user_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Put an account out of use or back into it."""
    account = _account(request, pk)
    steps = {"deactivate": services.deactivate, "reactivate": services.reactivate}
    if action not in steps:
        raise Http404
    return perform(
        request,
        lambda: steps[action](
            actor=request.user, user=account, reason=posted_reason(request), revision=posted_revision(request)
        ),
        scope=f"user.{action}:{pk}",
        success=_address(account),
        message="已办理。",
    )


@require_POST
def user_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a random initial password and show it, this once; it is stored nowhere."""
    account = _account(request, pk)
    password = services.reset_password(actor=request.user, user=account)
    slips = [{"user": account, "password": password}]
    return render(request, "villages/initial_passwords.html", {"slips": slips, "back_url": _address(account)})


def user_create(request: HttpRequest) -> HttpResponse:
    """Make an account; its page then gives the initial password."""
    demand(rules.can_manage_accounts(request.user))
    return submit(
        request,
        UserFields(request.user, request.POST or None),
        lambda values: services.create_user(actor=request.user, **values),
        scope="users.create",
        template="villages/form.html",
        success=_address,
        context={"title": "新建账号", "cancel_url": reverse("villages:user_list"), "back": "账号"},
        message="账号已建立。请在本页生成初始密码交给本人。",
    )


def user_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an account."""
    account = _account(request, pk)
    demand(rules.can_manage_account(request.user, account))
    initial = {name: getattr(account, name) for name in _EDITABLE} | {"revision": account.revision}
    form = UserEditForm(request.user, request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> User:
        revision, changes = form.split()
        return services.update_user(actor=request.user, user=account, revision=revision, changes=changes)

    context = {"title": f"修改账号 {account.display_name}", "cancel_url": _address(account), "back": "账号"}
    return submit(
        request,
        form,
        save,
        scope=f"user.edit:{pk}",
        template="villages/form.html",
        success=_address,
        context=context,
    )


def user_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the open posts of one person to another."""
    account = _account(request, pk)
    demand(rules.can_manage_account(request.user, account))
    form = HandOverForm(request.user, account, request.POST or None)
    return submit(
        request,
        form,
        lambda values: services.hand_over(actor=request.user, from_user=account, **values),
        scope=f"user.hand_over:{pk}",
        template="villages/hand_over.html",
        success=_address,
        context={
            "title": f"移交 {account.display_name} 的工作", "cancel_url": _address(account), "back": "账号",
            "posts": people.open_memberships(account), "submit_label": "移交",
        },
        message="已移交。",
    )  # fmt: skip


def _address(account: User) -> str:
    return reverse("villages:user", kwargs={"pk": account.pk})


# --- units ------------------------------------------------------------------------------------------------


@require_GET
def office_list(request: HttpRequest) -> HttpResponse:
    """Units."""
    demand(rules.can_manage_offices(request.user))
    rows = people.offices(
        request.user, text=request.GET.get("q", "").strip(), kind=request.GET.get("kind", "")
    )
    page = keyset(rows, order=["kind", "name"], cursor=request.GET.get("cursor", ""))
    kinds = [{"value": "", "label": "全部"}] + [
        {"value": v, "label": label} for v, label in Office.Kind.choices
    ]
    context = {"page": page, "count": capped_count(rows), "kinds": kinds, "q": request.GET.get("q", "")}
    return render(request, "villages/office_list.html", context)


def office_create(request: HttpRequest) -> HttpResponse:
    """Register a unit."""
    demand(rules.can_manage_offices(request.user))
    return submit(
        request,
        OfficeForm(request.user, request.POST or None),
        lambda values: services.create_office(actor=request.user, **values),
        scope="offices.create",
        template="villages/form.html",
        success=lambda _: reverse("villages:office_list"),
        context={"title": "登记单位", "cancel_url": reverse("villages:office_list"), "back": "单位"},
    )


def office_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a unit."""
    office = get_visible_or_404(Office.objects, request.user, pk=pk)
    demand(rules.can_manage_offices(request.user))
    names = ("name", "kind", "town", "village")
    initial = {name: getattr(office, name) for name in names} | {"revision": office.revision}
    form = OfficeEditForm(request.user, request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> Office:
        revision, changes = form.split()
        return services.update_office(actor=request.user, office=office, revision=revision, changes=changes)

    return submit(
        request, form, save, scope=f"office.edit:{pk}", template="villages/form.html",
        success=lambda _: reverse("villages:office_list"),
        context={"title": f"修改单位 {office.name}", "cancel_url": reverse("villages:office_list"), "back": "单位"},
    )  # fmt: skip
