"""账册画像: the pictures of a village's books, the rows behind each of their points, and the workbook."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.submissions import perform
from ledgers import services
from ledgers.rules.pictures.points import Picture, find
from ledgers.rules.rows import Books
from ledgers.selectors.books import books_of
from ledgers.selectors.medians import Beside, beside
from ledgers.selectors.pictures.accounts import accounts_page
from ledgers.selectors.pictures.contracts import contracts_page
from ledgers.selectors.pictures.digits import digits_page
from ledgers.selectors.pictures.months import months_page
from ledgers.selectors.pictures.payees import payees_page
from ledgers.selectors.pictures.round import round_page
from ledgers.selectors.pictures.rows import rows_of_point
from ledgers.selectors.pictures.shared import Links
from ledgers.views.shared import visible_village, working_round
from villages.models import Village

Asked = Callable[[str], str]


@require_GET
def pictures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of the pictures; ``picture`` and what that one reads stand in the address."""
    village = visible_village(request, pk)
    picture = _picture(request)
    medians = beside(village)
    books = books_of(village, today=clock.today())
    context = {
        "village": village,
        "tabs": [
            {"label": each.label, "url": _address(village, each), "here": each == picture} for each in Picture
        ],
        "part": f"ledgers/picture_{picture}.html",
        "shown": _shown(picture, village, books, medians, lambda name: request.GET.get(name, "")),
        "told": medians.told if picture != Picture.DIGITS else "",
    }
    return render(request, "ledgers/pictures.html", context)


def _shown(picture: Picture, village: Village, books: Books, medians: Beside, asked: Asked) -> Any:
    links, homes = Links(village.pk, picture), village.households
    if picture == Picture.MONTHS:
        return months_page(books, links, medians, homes, asked("what"))
    if picture == Picture.CONTRACTS:
        return contracts_page(books, links, medians, homes, asked("mark"))
    if picture == Picture.PAYEES:
        return payees_page(books, links, medians, asked("year"))
    if picture == Picture.DIGITS:
        return digits_page(books, links, asked("year"))
    return accounts_page(books, links, medians, homes, asked("pair"))


def _picture(request: HttpRequest) -> Picture:
    named = request.GET.get("picture", "")
    return Picture(named) if named in set(Picture) else Picture.ACCOUNTS


def _address(village: Village, picture: Picture) -> str:
    return f"{reverse('ledgers:pictures', kwargs={'pk': village.pk})}?picture={picture}"


@require_GET
def picture_round(request: HttpRequest) -> HttpResponse:
    """各村对照: the villages of the round side by side."""
    round_ = working_round(request)
    shown = round_page(request.user, round_, request.GET.get("what", ""), request.GET.get("year", ""))
    return render(request, "ledgers/picture_round.html", {"round": round_, "shown": shown})


@require_GET
def picture_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows behind a point, in the order of the picture; where the books have none any more, back to the picture."""
    village = visible_village(request, pk)
    point = find(books_of(village, today=clock.today()), request.GET.dict())
    if point is None:
        messages.info(request, "账册里已没有这一点对应的行，可能账册有变动。")
        return redirect(_address(village, _picture(request)))
    listed = rows_of_point(request.user, village, point.cell.rows, cursor=request.GET.get("cursor", ""))
    context = {
        "village": village,
        "point": point,
        "listed": listed,
        "page": listed.page,
        "back": _address(village, _picture(request)),
    }
    return render(request, "ledgers/picture_rows.html", context)


@require_POST
def picture_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the workbook of all pictures."""
    village = visible_village(request, pk)
    return perform(
        request,
        lambda: services.request_pictures(actor=request.user, village=village),
        scope=f"ledgers.pictures:{village.pk}",
        success=reverse("ledgers:pictures", kwargs={"pk": village.pk}),
        message="已交后台生成，完成后在“任务”里下载。",
    )
