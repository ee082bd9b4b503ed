"""The talk between a page and the server about a file that is sent in pieces. One address for each record.

GET tells what waits here and gives a fresh token for the next posts: after signing in again a page goes on where it
was. POST takes one step, named by ``?step=``: ``begin`` announces a file, ``piece`` brings bytes, ``finish`` lets the
whole file through the gate and attaches it, ``drop`` gives it up. Every answer is JSON and says where to go on; each
step may be repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token

from core.errors import ServiceError
from core.files import pieces
from core.files.policy import UploadPolicy
from core.ids import key_of
from core.models.files import StoredFile
from core.models.uploads import Upload
from core.text import clean


@dataclass(frozen=True)
class Reception:
    """Where files go: the record ``target``, which the caller has found and allowed; what it takes; its files now.

    ``attach(stored)`` puts a file that passed the gate on the record, in the transaction that keeps it.
    """

    target: models.Model
    policy: UploadPolicy
    present: models.QuerySet[StoredFile]
    attach: Callable[[StoredFile], Any]
    origin: str = StoredFile.Origin.ELECTRONIC


def receive(request: HttpRequest, reception: Reception) -> HttpResponse:
    """Answer one step; a refusal is its sentence with its status."""
    if request.method == "GET":
        return _state(request, reception)
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "POST"])
    step = _STEPS.get(request.GET.get("step", ""))
    if step is None:
        raise Http404
    try:
        return JsonResponse(step(request, reception))
    except ServiceError as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    except UnreadablePostError:
        return JsonResponse({"message": "这一段没有收全，请从断开处接着传。"}, status=400)


def _state(request: HttpRequest, reception: Reception) -> JsonResponse:
    rows = pieces.waiting(request.user, reception.target)
    files = [{"upload": str(r.pk), "name": r.name, "size": r.size, "offset": r.received} for r in rows]
    return JsonResponse({"token": get_token(request), "waiting": files})


def _begin(request: HttpRequest, reception: Reception) -> dict[str, Any]:
    size = request.POST.get("size", "")
    row = pieces.begin(
        owner=request.user,
        target=reception.target,
        name=clean(request.POST.get("name", ""))[:500],
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0,
        mark=clean(request.POST.get("mark", ""))[:200],
        policy=reception.policy,
    )
    if row.file_id and not reception.present.filter(pk=row.file_id).exists():
        # It was sent before and taken off the record since: sending it again is meant.
        row.delete()
        return _begin(request, reception)
    return _where(row) | {"piece": settings.UPLOAD_PIECE_BYTES}


def _piece(request: HttpRequest, reception: Reception) -> dict[str, Any]:
    row = _named(request, reception)
    offset = request.GET.get("offset", "")
    if request.content_type != "application/octet-stream" or not (offset.isascii() and offset.isdigit()):
        raise ServiceError("页面内容不完整，请刷新后再试。")
    content = request.read(settings.UPLOAD_PIECE_BYTES + 1)
    if len(content) > settings.UPLOAD_PIECE_BYTES:
        raise ServiceError("一次传来的一段太大，未接收。请刷新页面后再试。")
    row.received = pieces.take_piece(row, offset=int(offset[:16]), content=content)
    return _where(row)


def _finish(request: HttpRequest, reception: Reception) -> dict[str, Any]:
    row = _named(request, reception)

    def attach(stored: StoredFile) -> None:
        if reception.present.filter(sha256=stored.sha256).exists():
            raise pieces.AlreadyThere(stored.name)
        reception.attach(stored)

    try:
        row.file = pieces.finish(
            row, actor=request.user, policy=reception.policy, attach=attach, origin=reception.origin
        )
    except pieces.AlreadyThere as why:
        pieces.drop(row)
        return _where(row) | {"done": True, "message": why.message}
    return _where(row)


def _drop(request: HttpRequest, reception: Reception) -> dict[str, Any]:
    pieces.drop(_named(request, reception))
    return {"dropped": True}


def _named(request: HttpRequest, reception: Reception) -> Upload:
    return pieces.find(request.user, reception.target, key_of(request.GET.get("upload", "")))


def _where(row: Upload) -> dict[str, Any]:
    return {"upload": str(row.pk), "offset": row.received, "done": row.file_id is not None}


_STEPS: dict[str, Callable[[HttpRequest, Reception], dict[str, Any]]] = {
    "begin": _begin,
    "piece": _piece,
    "finish": _finish,
    "drop": _drop,
}
