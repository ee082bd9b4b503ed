"""Pages of those who keep the keys to sealed parts."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.submissions import submit
from findings import rules, services
from findings.forms.sealed import (
    AppointForm,
    ChangePassphraseForm,
    NewPassphraseForm,
    RecoveringRewrapForm,
    RecoveryForm,
    RewrapForm,
)
from findings.models import Custodian
from findings.selectors.custodians import custodian_rows, has_recovery_key, people_to_appoint, recovery_card
from villages.models import User
from villages.services import note_failed_sign_in

# How long the sheet with the recovery key stays on the screen, in seconds: enough to print it twice.
_PRINTING = 600


@require_GET
def custodians(request: HttpRequest) -> HttpResponse:
    """Who keeps the keys."""
    demand(rules.can_see_custodians(request.user))
    context = {
        "rows": custodian_rows(request.user),
        "can_manage": rules.can_manage_custodians(request.user),
        "recovery": recovery_card(),
    }
    return render(request, "findings/petitions/custodians.html", context)


def _address(_: Any = None) -> str:
    return reverse("findings:custodians")


@require_http_methods(["GET", "POST"])
def custodian_new(request: HttpRequest) -> HttpResponse:
    """Appoint somebody."""
    demand(rules.can_manage_custodians(request.user))
    form = AppointForm(request.POST or None, people=people_to_appoint(request.user))
    return submit(
        request, form, lambda values: services.appoint_custodian(actor=request.user, **values),
        scope="findings.custodian.new", template="findings/petitions/custodian_form.html", success=_address,
        context={"title": "指定保密管理人", "cancel_url": _address(), "submit_label": "指定"},
        message="已指定。请本人登录后设置封存口令，再由其他保密管理人补授以前的封存件。",
    )  # fmt: skip


def _custodian(request: HttpRequest, pk: Any) -> Custodian:
    return get_visible_or_404(Custodian.objects.select_related("user"), request.user, pk=pk)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def custodian_key(request: HttpRequest, pk: Any) -> HttpResponse:
    """Choose or change the own passphrase."""
    row = _custodian(request, pk)
    demand(rules.can_set_passphrase(request.user, row))
    person = User.objects.get(pk=request.user.pk)
    known = bool(row.public_key)
    form = (ChangePassphraseForm if known else NewPassphraseForm)(
        person, request.META.get("REMOTE_ADDR", ""), request.POST or None
    )

    def save(values: dict[str, Any]) -> Custodian:
        given = {"actor": person, "custodian": row, "password": values["password"]}
        if known:
            return services.change_passphrase(
                **given, old=values["old_passphrase"], passphrase=values["passphrase"]
            )
        return services.choose_passphrase(**given, passphrase=values["passphrase"])

    title = "修改封存口令" if known else "设置封存口令"
    return _proving(request, form, save, title, "封存口令已设置。")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def custodian_rewrap(request: HttpRequest, pk: Any) -> HttpResponse:
    """Let those who came later open what was sealed before."""
    row = _custodian(request, pk)
    demand(rules.can_rewrap(request.user, row))
    person = User.objects.get(pk=request.user.pk)
    kind = RecoveringRewrapForm if has_recovery_key() else RewrapForm
    form = kind(person, request.META.get("REMOTE_ADDR", ""), request.POST or None)

    def save(values: dict[str, Any]) -> Custodian:
        recovery = values.get("recovery_passphrase", "")
        return services.rewrap_packets(
            actor=person, custodian=row, passphrase=values["passphrase"], recovery=recovery
        )

    return _proving(
        request, form, save, "为其他保密管理人和恢复密钥补授",
        "已补授，其他保密管理人现在可以申请查阅以前的封存件。",
    )  # fmt: skip


def _proving(request: HttpRequest, form: Any, save: Any, title: str, message: str) -> HttpResponse:
    """Show the form; once it is proven, do it in the vault, outside of any transaction of this process."""
    status = 200
    if request.method == "POST":
        if _tried(form, save) is not None:
            messages.success(request, message)
            return redirect(_address())
        status = 422
    context = {"form": form, "title": title, "cancel_url": _address(), "submit_label": "确定"}
    return render(request, "findings/petitions/custodian_form.html", context, status=status)


def _tried(form: Any, save: Any) -> Any:
    """What ``save`` gives, or nothing, with what was wrong said in the form and wrong secrets counted."""
    if form.is_valid():
        try:
            return save(form.cleaned_data)
        except NotAllowed:
            raise
        except ServiceError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    if form.was_wrong:
        note_failed_sign_in(actor=SYSTEM, username=form.person.username, address=form.address)
    return None


@require_POST
def custodian_retire(request: HttpRequest, pk: Any) -> HttpResponse:
    """Release somebody; the key is destroyed."""
    row = _custodian(request, pk)
    person = User.objects.get(pk=request.user.pk)
    try:
        services.retire_custodian(actor=person, custodian=row, reason=request.POST.get("reason", ""))
    except NotAllowed:
        raise
    except ServiceError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{row.user.display_name}已卸任，其密钥已销毁。")
    return redirect(_address())


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def recovery_key(request: HttpRequest) -> HttpResponse:
    """Make the recovery key; the answer, shown once, is all there ever is of its private half."""
    demand(rules.can_manage_custodians(request.user))
    person = User.objects.get(pk=request.user.pk)
    form = RecoveryForm(person, request.META.get("REMOTE_ADDR", ""), request.POST or None)
    status = 200
    if request.method == "POST":
        text = _tried(form, lambda values: services.make_recovery_key(actor=person, **values))
        if text is not None:
            return _shown_once(request, text)
        status = 422
    context = {"form": form, "cancel_url": _address(), "recovery": recovery_card()}
    return render(request, "findings/petitions/recovery.html", context, status=status)


def _shown_once(request: HttpRequest, text: str) -> HttpResponse:
    context = {
        "groups": text.split(), "made_on": clock.today(), "seconds": _PRINTING, "back": _address(),
        "qr": segno.make(text.replace(" ", ""), error="m", micro=False).svg_data_uri(scale=6, border=2),
    }  # fmt: skip
    response = render(request, "findings/petitions/recovery_shown.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
