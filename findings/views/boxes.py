"""Pages of the team about its boxes: opening and closing them, the poster, writing back."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.submissions import perform
from findings import rules, services
from findings.documents.poster import CALL, POINTS, SCOPE
from findings.forms.box import BackForm
from findings.models import PetitionBox
from findings.selectors.boxes import box_rows
from findings.selectors.petition_days import closing_day
from findings.selectors.petitions import names_in_office
from findings.views.petitions import address, visible_petition
from findings.views.shared import working_round
from villages.models import VillageInspection


@require_GET
def boxes(request: HttpRequest) -> HttpResponse:
    """Every village of the round and its box."""
    round_ = working_round(request)
    return render(
        request, "findings/box/boxes.html", {"round": round_, "rows": box_rows(request.user, round_)}
    )


@require_POST
def box_keep(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Open or close the box of a village."""
    rows = VillageInspection.objects.select_related("team", "village", "round")
    village = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_keep_box(request.user, village))
    box = PetitionBox.objects.visible_to(request.user).filter(inspection=village).first()
    if action not in ("kai", "guan") or (action == "guan" and box is None):
        raise Http404

    def do() -> PetitionBox:
        if action == "guan" and box is not None:
            return services.close_box(actor=request.user, box=box)
        return services.open_box(actor=request.user, inspection=village)

    message = "意见箱已开设，请打印海报张贴。" if action == "kai" else "意见箱已关闭，不再收件。"
    return perform(
        request, do, scope=f"findings.box.{action}:{pk}", success=reverse("findings:boxes"), message=message
    )


@require_GET
def box_poster(request: HttpRequest, pk: Any) -> HttpResponse:
    """The poster of a box, one A4 page."""
    rows = PetitionBox.objects.select_related("inspection__round", "village", "town", "round", "team")
    box = get_visible_or_404(rows, request.user, pk=pk)
    link = request.build_absolute_uri(reverse("findings:box", kwargs={"token": box.token}))
    context = {
        "box": box, "link": link, "last": closing_day(box.inspection), "call": CALL, "points": POINTS,
        "scope": SCOPE,
        "qr": segno.make(link, error="m", micro=False).svg_data_uri(scale=8, border=2),
    }  # fmt: skip
    return render(request, "findings/box/poster.html", context)


@require_POST
def box_message(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write back to whoever wrote a letter."""
    row = visible_petition(request, pk)
    demand(rules.can_write_back(request.user, row))

    def do() -> Any:
        form = BackForm(request.POST)
        if not form.is_valid():
            raise ServiceError("请写明要告诉来件人的话，不超过1000字。")
        text = form.cleaned_data["text"]
        if parts := rules.telling_parts(text, names_in_office(request.user, row.inspection)):
            raise ServiceError(f"没有发出。{rules.telling_sentence(parts)}")
        return services.write_back(actor=request.user, petition=row, text=text)

    return perform(
        request,
        do,
        scope=f"findings.box.message:{row.pk}",
        success=address(row),
        message="已留言，来件人凭受理号可以看到。",
    )
