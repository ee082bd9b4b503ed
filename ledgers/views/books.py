"""Pages of a village's books as a whole: what is there, a file on its way in, the file as it came."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand
from core.files.responses import send
from core.models import Job
from core.submissions import perform, submit
from ledgers import services
from ledgers.forms import UploadForm
from ledgers.models import LedgerSource, SheetStatus
from ledgers.rules.keeping import can_keep_books
from ledgers.selectors.accounts import chart_of
from ledgers.selectors.shelf import shelf_of, shelves, sources_waiting
from ledgers.views.shared import visible_source, visible_village, working_round


def index(request: HttpRequest) -> HttpResponse:
    """Which villages of the round have books, and where something waits."""
    round_ = working_round(request)
    listed = shelves(request.user, round_, cursor=request.GET.get("cursor", ""))
    context = {"round": round_, "lines": listed.lines, "page": listed.page}
    return render(request, "ledgers/index.html", context)


def books(request: HttpRequest, pk: Any) -> HttpResponse:
    """账册: which years of which kind are there, and every sheet."""
    village = visible_village(request, pk)
    shelf = shelf_of(request.user, village, cursor=request.GET.get("cursor", ""))
    context = {
        "village": village,
        "shelf": shelf,
        "page": shelf.page,
        "waiting": sources_waiting(request.user, village),
        "can_keep": can_keep_books(request.user, village),
    }
    return render(request, "ledgers/books.html", context)


def accounts(request: HttpRequest, pk: Any) -> HttpResponse:
    """科目对照: the accounts of each year and which standard account each was read as."""
    village = visible_village(request, pk)
    context = {"village": village, "chart": chart_of(request.user, village)}
    return render(request, "ledgers/accounts.html", context)


def upload(request: HttpRequest, pk: Any) -> HttpResponse:
    """Hand a file in."""
    village = visible_village(request, pk)
    demand(can_keep_books(request.user, village))

    def take(values: dict[str, Any]) -> LedgerSource:
        return services.take_in(
            actor=request.user, village=village, upload=values["file"], year=values["year"]
        )

    return submit(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        take,
        scope=f"ledgers.upload:{village.pk}",
        template="ledgers/upload.html",
        success=_address,
        context={
            "village": village,
            "submit_label": "上传并预览",
            "cancel_url": reverse("ledgers:books", kwargs={"pk": village.pk}),
        },
        message="",
    )


def _address(row: LedgerSource) -> str:
    return reverse("ledgers:source", kwargs={"pk": row.pk})


def source(request: HttpRequest, pk: Any) -> HttpResponse:
    """One file: the sheets found in it and what is to be decided of each."""
    row = visible_source(request, pk)
    sheets = list(row.sheets.order_by("position"))
    waiting = [sheet for sheet in sheets if sheet.status == SheetStatus.PREVIEW]
    context = {
        "object": row,
        "source": row,
        "village": row.village,
        "sheets": sheets,
        "waiting": waiting,
        "clear": [sheet for sheet in waiting if sheet.kind and not sheet.doubtful],
        "job": Job.objects.visible_to(request.user).about(row).first(),
        "can_keep": can_keep_books(request.user, row.village),
    }
    return render(request, "ledgers/source.html", context)


@require_POST
def source_confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Confirm all sheets of a file that leave no question."""
    row = visible_source(request, pk)
    return perform(
        request,
        lambda: services.confirm_undoubted(actor=request.user, source=row),
        scope=f"ledgers.source.confirm:{row.pk}",
        success=_address(row),
        message="没有疑问的表已入账册。",
    )


def source_file(request: HttpRequest, pk: Any) -> FileResponse:
    """The file as it came."""
    return send(visible_source(request, pk).file)
