"""Handing out slips, and typed-in paper sheets: upload, preview, yes or no."""

from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.idempotency import once
from core.submissions import perform, revision_of, submit
from core.views.staging import confirm_import, discard_import
from surveys import rules, services
from surveys.forms import ImportForm, SlipsForm
from surveys.models import AnswerImport, Survey
from surveys.views.shared import frame, page_of, visible_survey
from surveys.workflow import IMPORT

_SHOWN = 200


@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make slips and show them for printing, this once: the tokens are in this answer and nowhere else."""
    row = visible_survey(request, pk)
    demand(rules.can_collect(request.user, row))
    form = SlipsForm(request.POST or None, initial={"address": request.build_absolute_uri("/").rstrip("/")})
    context = frame(row) | {"form": form, "cancel_url": page_of(row), "submit_label": "生成并显示"}
    context |= {"heading": f"{row.village.name}发放答题票", "slips_left": row.slips.count()}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "surveys/slips_form.html", context, status=status)
    made: list[services.SlipCard] = []

    def issue() -> Survey:
        made.extend(services.issue_slips(actor=request.user, survey=row, count=form.cleaned_data["count"]))
        return row

    key = request.POST.get("_key", "")[:64]
    payload = {"count": form.cleaned_data["count"], "address": form.cleaned_data["address"]}
    once(scope=f"{request.user.pk}:surveys.slips:{row.pk}"[:120], key=key, payload=payload, action=issue)
    if not made:
        return render(request, "surveys/slips_shown.html", frame(row), status=409)
    base = f"{form.cleaned_data['address']}{reverse('surveys:phone')}"
    cards = [{"code": card.shown_code, "qr": _qr(f"{base}#{card.token}")} for card in made]
    return render(request, "surveys/slips.html", frame(row) | {"cards": cards, "base": base})


def _qr(text: str) -> str:
    """A QR code as an address an image takes."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=3, border=2)


@require_POST
def slips_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make all unused slips worthless."""
    row = visible_survey(request, pk)
    return perform(
        request,
        lambda: services.void_slips(actor=request.user, survey=row, reason=request.POST.get("reason", "")),
        scope=f"surveys.void:{row.pk}",
        success=page_of(row),
        message="没有用过的答题票已全部作废。",
    )


@require_http_methods(["GET", "POST"])
def answer_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a workbook of paper sheets."""
    row = visible_survey(request, pk)
    demand(rules.can_collect(request.user, row))
    form = ImportForm(request.POST or None, request.FILES or None, survey=row)

    def read(values: dict[str, Any]) -> AnswerImport:
        file, (channel, occasion) = values["file"], values["channel"]
        return services.preview_answer_import(
            actor=request.user, survey=row, channel=channel, occasion=occasion,
            filename=file.name, content=file.read(),
        )  # fmt: skip

    return submit(
        request,
        form,
        read,
        scope=f"surveys.import:{row.pk}",
        template="surveys/form.html",
        success=lambda staged: reverse("surveys:import_preview", kwargs={"pk": staged.pk}),
        context=frame(row) | {
            "heading": f"导入{row.village.name}纸质问卷",
            "cancel_url": page_of(row),
            "submit_label": "读取并预览",
        },
        message="",
    )  # fmt: skip


def _staged(request: HttpRequest, pk: UUID) -> AnswerImport:
    rows = AnswerImport.objects.select_related(
        "survey__inspection",
        "survey__round",
        "survey__team",
        "survey__village",
        "survey__questionnaire",
        "occasion",
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def import_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a workbook holds: sheets that would count, cells that keep sheets out, sheets that are repeated."""
    staged = _staged(request, pk)
    payload = staged.payload
    context = frame(staged.survey) | {
        "object": staged,
        "offers": IMPORT.available(request.user, staged),
        "sheets": payload.get("sheets", [])[:_SHOWN],
        "defects": payload.get("defects", [])[:_SHOWN],
        "repeated": payload.get("repeated", [])[:_SHOWN],
        "warnings": payload.get("warnings", []),
        "numbers": rules.specification(staged.survey.questionnaire).labels(),
        "shown": _SHOWN,
        "unit": "份",
    }
    return render(request, "surveys/import_preview.html", context)


@require_POST
def import_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Confirm a preview or give it up."""
    staged, revision = _staged(request, pk), revision_of(request)
    if action == "commit":
        return confirm_import(
            request,
            staged,
            services.commit_answer_import,
            revision=revision,
            scope="surveys.import.commit",
            success=reverse("surveys:import_preview", kwargs={"pk": staged.pk}),
            message="已导入。",
            can_skip=False,
        )
    if action != "discard":
        raise Http404
    return discard_import(
        request,
        staged,
        services.discard_answer_import,
        revision=revision,
        scope="surveys.import.discard",
        success=page_of(staged.survey),
        message="已放弃，内容没有保留。",
    )
