"""Pages of those who keep the keys to sealed parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.audit import SYSTEM
from core.submissions import perform, submit
from findings import rules, services
from findings.forms.sealed import AppointForm, ChangePassphraseForm, NewPassphraseForm, RewrapForm
from findings.models import Custodian
from findings.selectors.custodians import custodian_rows, people_to_appoint
from villages.models import User
from villages.services import note_failed_sign_in


@require_GET
def custodians(request: HttpRequest) -> HttpResponse:
    """Who keeps the keys."""
    demand(rules.can_see_custodians(request.user))
    context = {
        "rows": custodian_rows(request.user),
        "can_manage": rules.can_manage_custodians(request.user),
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

    return _proving(
        request, form, save, f"findings.custodian.key:{row.pk}",
        {"title": "修改封存口令" if known else "设置封存口令"}, "封存口令已设置。",
    )  # fmt: skip


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def custodian_rewrap(request: HttpRequest, pk: Any) -> HttpResponse:
    """Let those who came later open what was sealed before."""
    row = _custodian(request, pk)
    demand(rules.can_rewrap(request.user, row))
    person = User.objects.get(pk=request.user.pk)
    form = RewrapForm(person, request.META.get("REMOTE_ADDR", ""), request.POST or None)
    return _proving(
        request, form,
        lambda values: services.rewrap_packets(actor=person, custodian=row, passphrase=values["passphrase"]),
        f"findings.custodian.rewrap:{row.pk}", {"title": "为其他保密管理人补授"},
        "已补授，他们现在可以申请查阅以前的封存件。",
    )  # fmt: skip


def _proving(
    request: HttpRequest, form: Any, save: Any, scope: str, context: dict[str, Any], message: str
) -> HttpResponse:
    response = submit(
        request, form, save, scope=scope, template="findings/petitions/custodian_form.html", success=_address,
        context=context | {"cancel_url": _address(), "submit_label": "确定", "draft_key": ""}, message=message,
    )  # fmt: skip
    if request.method == "POST" and form.was_wrong:
        note_failed_sign_in(actor=SYSTEM, username=form.person.username, address=form.address)
    return response


@require_POST
def custodian_retire(request: HttpRequest, pk: Any) -> HttpResponse:
    """Release somebody; the key is destroyed."""
    row = _custodian(request, pk)
    return perform(
        request,
        lambda: services.retire_custodian(
            actor=request.user, custodian=row, reason=request.POST.get("reason", "")
        ),
        scope=f"findings.custodian.retire:{row.pk}",
        success=_address(),
        message=f"{row.user.display_name}已卸任，其密钥已销毁。",
    )
