"""The register of villages: list, one village on one page, corrections."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, posted_revision, submit
from core.verdict import Verdict
from core.workflow import Offer, Transition
from villages import rules, services
from villages.forms.places import DistrictForm, VillageEditForm, VillageForm
from villages.models import District, Village
from villages.selectors import ladder, places, rounds
from villages.views.base import posted_reason

# What the stages know about a village, each shown by its own room when the person may see it.
FRAGMENTS = (
    ("村情与历年数据", "prep:village_card"),
    ("调查测评", "surveys:village_card"),
    ("历次发现的问题", "findings:village_card"),
    ("整改情况", "rectification:village_card"),
)


@require_GET
def village_list(request: HttpRequest) -> HttpResponse:
    """All villages the person may see, by code."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "town", "kind")}
    retired = request.GET.get("retired") == "1"
    rows = places.villages(request.user, text=chosen["q"], town=chosen["town"], retired=retired)
    kinds = places.kind_options(rows)
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    page = keyset(rows, order=["code"], cursor=request.GET.get("cursor", ""))
    round_ = rounds.current_round(request.user, request.session.get("round", ""))
    today = clock.today()
    lines = [
        {"village": village, "spine": spine, "steps": ladder.ladder(spine, today) if spine else None}
        for village, spine in places.with_current(request.user, page.rows, round_)
    ]
    context = {
        "page": page, "count": capped_count(rows), "lines": lines, "round": round_, "q": chosen["q"],
        "kinds": kinds, "towns": places.town_options(request.user), "retired": retired,
        "may_edit": bool(rules.can_edit_places(request.user)),
    }  # fmt: skip
    return render(request, "villages/village_list.html", context)


@require_GET
def village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One village, one page (一村一档)."""
    row = get_visible_or_404(Village.objects.select_related("town", "town__district"), request.user, pk=pk)
    today = clock.today()
    passages = [
        {"spine": spine, "steps": ladder.ladder(spine, today), "stay": ladder.stay(spine, today)}
        for spine in places.village_rounds(request.user, row)
    ]
    may_edit = rules.can_edit_places(request.user)
    context = {
        "object": row, "passages": passages, "may_edit": bool(may_edit), "fragments": _fragments(row),
        "offers": _village_offers(row, may_edit) if may_edit else None,
    }  # fmt: skip
    return render(request, "villages/village.html", context)


def _fragments(row: Village) -> list[dict[str, str]]:
    found = []
    for title, name in FRAGMENTS:
        try:
            found.append({"title": title, "url": reverse(name, kwargs={"pk": row.pk})})
        except NoReverseMatch:
            continue
    return found


def _village_offers(row: Village, verdict: Verdict) -> list[Offer]:
    nothing: frozenset[str] = frozenset()
    if row.deleted_at:
        step = Transition("restore", "恢复到名册", nothing, "", _same(verdict), style="primary")
    else:
        step = Transition("retire", "撤并", nothing, "", _same(verdict), wants_reason=True, style="danger")
    return [Offer(step, verdict)]


def _same(verdict: Verdict) -> Any:
    return lambda user, obj: verdict


@require_POST
def village_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Put a village aside, or back into the register."""
    row = get_visible_or_404(Village.objects, request.user, pk=pk)
    revision = posted_revision(request)
    steps = {
        "retire": lambda: services.retire_village(
            actor=request.user, village=row, reason=posted_reason(request), revision=revision
        ),
        "restore": lambda: services.restore_village(actor=request.user, village=row, revision=revision),
    }
    if action not in steps:
        raise Http404
    return perform(
        request, steps[action], scope=f"village.{action}:{pk}", success=_address(row), message="已办理。"
    )


def _address(row: Village) -> str:
    return reverse("villages:village", kwargs={"pk": row.pk})


def village_create(request: HttpRequest) -> HttpResponse:
    """Register one village by hand."""
    demand(rules.can_edit_places(request.user))
    return submit(
        request,
        VillageForm(request.user, request.POST or None),
        lambda values: services.create_village(actor=request.user, **values),
        scope="villages.create",
        template="villages/form.html",
        success=_address,
        context={
            "title": "登记村（社区）",
            "cancel_url": reverse("villages:village_list"),
            "back": "村（社区）",
        },
    )


_EDITABLE = ("name", "kind", "households", "population", "members", "secretary", "phone", "note")


def village_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a village; of two people the second sees both versions."""
    row = get_visible_or_404(Village.objects, request.user, pk=pk)
    demand(rules.can_edit_places(request.user))
    initial = {name: getattr(row, name) for name in _EDITABLE} | {"revision": row.revision}
    form = VillageEditForm(request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> Village:
        revision, changes = form.split()
        return services.update_village(actor=request.user, village=row, revision=revision, changes=changes)

    context = {"title": f"修改 {row.name}", "cancel_url": _address(row), "back": row.name}
    return submit(
        request, form, save, scope=f"village.edit:{pk}", template="villages/form.html",
        success=_address, context=context,
    )  # fmt: skip


def district_edit(request: HttpRequest) -> HttpResponse:
    """Name the district and its sign in form numbers."""
    demand(rules.can_edit_places(request.user))
    row = District.objects.visible_to(request.user).order_by("created_at").first()
    initial = {"code": row.code, "name": row.name, "short": row.short} if row else {}
    form = DistrictForm(request.POST or None, initial=initial)
    if row is not None:
        form.fields["code"].disabled = True
    return submit(
        request,
        form,
        lambda values: services.set_district(actor=request.user, **values),
        scope="district.edit",
        template="villages/form.html",
        success=lambda _: reverse("villages:village_list"),
        context={"title": "本区设置", "cancel_url": reverse("villages:village_list"), "back": "村（社区）"},
    )
