"""Pages of filing: catalogue and packages of a round, and one package."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from archives import rules, services
from archives.models import ArchiveEntry, ArchivePackage
from archives.selectors import pages
from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.listing import capped_count, keyset
from core.submissions import perform
from reports.selectors.produced import produced_for
from villages.models import Round, VillageInspection
from villages.selectors.rounds import current_round

_RELATED = ("round__district", "inspection__village", "inspection__team", "file", "made_by")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The catalogue of the round and its packages."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    stage, village = request.GET.get("stage", ""), request.GET.get("village", "")
    rows = pages.entries(request.user, round_, stage, village)
    by_stage, by_village = pages.counts(request.user, round_)
    whole = bool(round_ and rules.can_pack(request.user, round_, None))
    context = {
        "round": round_,
        "page": keyset(rows, order=["seq"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "by_stage": by_stage,
        "by_village": by_village,
        "packages": pages.packages(request.user, round_),
        "may_pack_round": whole,
        "inspections": pages.packable(request.user, round_),
    }
    return render(request, "archives/index.html", context)


def _round(request: HttpRequest, pk: UUID) -> Round:
    return get_visible_or_404(Round.objects.select_related("district"), request.user, pk=pk)


def _inspection(request: HttpRequest, round_: Round) -> VillageInspection | None:
    """The village chosen beside the button; none means the whole round."""
    chosen = request.POST.get("inspection", "")
    if not chosen:
        return None
    rows = VillageInspection.objects.select_related("village", "team", "round").filter(round=round_)
    return get_visible_or_404(rows, request.user, pk=chosen)


@require_POST
def gather(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the catalogue up to the papers of now."""
    round_ = _round(request, pk)

    def do() -> Round:
        services.gather_entries(actor=request.user, round=round_)
        return round_

    return perform(
        request,
        do,
        scope=f"archives.gather:{pk}",
        success=reverse("archives:index"),
        message="目录已按现有材料整理。",
    )


@require_POST
def package_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a package built."""
    round_ = _round(request, pk)
    inspection = _inspection(request, round_)
    return perform(
        request,
        lambda: services.request_package(actor=request.user, round=round_, inspection=inspection),
        scope=f"archives.package:{pk}:{request.POST.get('inspection', '')}",
        success=reverse("archives:index"),
        message="正在生成归档包，可以离开这个页面。",
    )


def _package(request: HttpRequest, pk: UUID) -> ArchivePackage:
    return get_visible_or_404(ArchivePackage.objects.select_related(*_RELATED), request.user, pk=pk)


@require_GET
def package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One package: what it holds, the digest that vouches for it, checking it again."""
    row = _package(request, pk)
    running = [job for job in produced_for(row)[:10] if job.requested_by_id == str(request.user.pk)]
    ready, waiting = pages.villages_to_file(row)
    context = {
        "object": row,
        "ready": ready,
        "waiting": waiting,
        "jobs": [job for job in running if job.is_active or job.error][:2],
        "may_check": bool(rules.can_check(request.user, row)) and row.file is not None,
    }
    return render(request, "archives/package.html", context)


@require_POST
def package_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the package back."""
    row = _package(request, pk)
    return perform(
        request,
        lambda: services.request_check(actor=request.user, package=row),
        scope=f"archives.check:{pk}",
        success=reverse("archives:package", args=[pk]),
        message="正在逐个文件核对。",
    )


@require_POST
def villages_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the work on the villages of a sealed package."""
    row = _package(request, pk)
    return perform(
        request,
        lambda: services.file_villages(actor=request.user, package=row),
        scope=f"archives.file:{pk}",
        success=reverse("archives:package", args=[pk]),
        message="已办理归档。",
    )


@require_GET
def package_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Download a sealed package."""
    row = _package(request, pk)
    if row.file is None:
        raise Http404
    return send(services.note_download(actor=request.user, package=row, file=row.file))


@require_GET
def entry_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Download the original of a catalogue row."""
    row = get_visible_or_404(ArchiveEntry.objects.select_related("file"), request.user, pk=pk)
    if row.file is None:
        raise Http404
    return send(services.note_original(actor=request.user, entry=row, file=row.file))
