"""The open pages of the anonymous box. They set no cookie, keep no address and write no line into a log."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import SYSTEM
from core.errors import ServiceError
from core.views.open import traceless
from findings import services
from findings.forms.box import LetterForm, LookForm, MoreForm
from findings.models import BoxThread, PetitionBox
from findings.selectors.boxes import box_named, is_receiving, thread_messages
from findings.services.petitions.box import find_thread, receipt_of
from surveys.services import count_invalid

_WRONG = "受理号或查询码不对。请照着投递时给您的号码再输一遍。"
_TOO_MANY = "试的次数太多，请过几分钟再来。"
_NO_BOX = "没有找到这个意见箱。请重新扫海报上的二维码。"


def _brake(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Count a refused number; the address is used for that alone, as a keyed digest of the day."""
    if response.status_code in (404, 409) and count_invalid(
        actor=SYSTEM, address=request.META.get("REMOTE_ADDR", "")
    ):
        return render(request, "findings/box/closed.html", {"message": _TOO_MANY}, status=429)
    return response


_open = partial(traceless, after=_brake)


def _box_page(view: Callable[..., HttpResponse]) -> Any:
    """The page of one box; the box's token is the authority, so no form token is asked for."""

    def found(request: HttpRequest, token: str) -> HttpResponse:
        box = box_named(token)
        if box is None:
            return render(request, "findings/box/closed.html", {"message": _NO_BOX}, status=404)
        return view(request, box)

    guarded = require_http_methods(["GET", "POST"])(sensitive_post_parameters()(found))
    return csrf_exempt(_open(guarded))


def _letter(request: HttpRequest, box: PetitionBox) -> HttpResponse:
    """Write a letter; its receipt is shown once, in the answer."""
    if not is_receiving(box):
        return render(
            request, "findings/box/closed.html", {"box": box, "message": "本村的信访受理已经结束。"}
        )
    form = LetterForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        key = request.POST.get("_key", "")
        if form.is_valid():
            done = _try(form, lambda: services.drop_letter(
                actor=SYSTEM, box=box, key=key, kind=form.cleaned_data["kind"], **form.letter()
            ))  # fmt: skip
            if done is not None:
                receipt, code = receipt_of(key)
                groups = [code[at : at + 4] for at in range(0, len(code), 4)]
                context = {"box": box, "receipt": receipt, "code": " ".join(groups)}
                return render(request, "findings/box/receipt.html", context)
    return render(request, "findings/box/letter.html", {"box": box, "form": form}, status=status)


def _look(request: HttpRequest, box: PetitionBox) -> HttpResponse:
    """Ask after a letter by its receipt, read what the team wrote, and add something."""
    form = LookForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "findings/box/look.html", {"box": box, "form": form}, status=status)
    thread = find_thread(box, form.cleaned_data["receipt"], form.cleaned_data["sealed_code"])
    if thread is None:
        form.add_error(None, _WRONG)
        return render(request, "findings/box/look.html", {"box": box, "form": form}, status=409)
    return _thread(request, box, thread, form)


def _thread(request: HttpRequest, box: PetitionBox, thread: BoxThread, proof: LookForm) -> HttpResponse:
    adding = request.POST.get("adding") == "1"
    form = MoreForm(request.POST if adding else None, request.FILES if adding else None)
    sent, status = False, 200
    if adding and form.is_valid():
        key = request.POST.get("_key", "")
        add = partial(services.add_to_letter, actor=SYSTEM, thread=thread, key=key)
        sent = _try(form, lambda: add(**form.letter())) is not None
    if adding and not sent:
        status = 422
    context = {
        "box": box, "thread": thread, "messages_sent": thread_messages(thread), "proof": proof.cleaned_data,
        "form": MoreForm() if sent else form, "sent": sent,
    }  # fmt: skip
    return render(request, "findings/box/thread.html", context, status=status)


def _try(form: forms.Form, do: Callable[[], Any]) -> Any:
    """The result of ``do``, or nothing, with what was wrong said in the form."""
    try:
        return do()
    except ServiceError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None


box = _box_page(_letter)
box_look = _box_page(_look)


@require_safe
@_open
def box_why(request: HttpRequest) -> HttpResponse:
    """In plain words: what is kept, and what nobody can find out."""
    return render(request, "findings/box/why.html")
