"""Pages of the sealed part of a petition: sealing more, asking to read, answering, reading once."""

import base64
from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.audit import SYSTEM
from core.display import cn_datetime
from core.errors import NotAllowed, ServiceError
from core.files.policy import CONTENT_TYPE
from core.submissions import perform, revision_of, submit
from findings import rules, services
from findings.forms.sealed import AskForm, ProofForm, RecoveringProofForm, SealForm
from findings.models import Opening
from findings.selectors.custodians import has_recovery_key
from findings.views.petitions import address, visible_petition
from findings.workflow import OPENING_FLOW
from villages.models import User
from villages.services import note_failed_sign_in

# How long the page stays before it empties itself; a recording has to be heard to its end.
SECONDS, WITH_RECORDINGS = 180, 1800
_RECORDINGS = {"m4a": "audio", "mp3": "audio", "mp4": "video"}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def petition_seal(request: HttpRequest, pk: Any) -> HttpResponse:
    """Seal more about a petition."""
    row = visible_petition(request, pk)
    demand(rules.can_seal(request.user, row))
    form = SealForm(request.POST or None, request.FILES or None)
    return submit(
        request, form, lambda _: services.seal_petition(actor=request.user, petition=row, **form.sealed()),
        scope=f"findings.petition.seal:{row.pk}", template="findings/petitions/seal.html",
        context={"petition": row, "cancel_url": address(row), "submit_label": "加密封存", "draft_key": ""},
        success=lambda _: address(row), message="已加密封存。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def opening_new(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask to read sealed parts of a petition."""
    row = visible_petition(request, pk)
    demand(rules.can_ask_to_read(request.user, row))
    form = AskForm(request.POST or None)
    return submit(
        request, form, lambda values: services.ask_to_read(actor=request.user, petition=row, **values),
        scope=f"findings.opening.new:{row.pk}", template="findings/petitions/ask.html",
        context={"petition": row, "cancel_url": address(row), "submit_label": "提出申请"},
        success=opening_address, message="已提出申请，等另一人批准。",
    )  # fmt: skip


def opening_address(row: Opening) -> str:
    """The page of a request."""
    return reverse("findings:opening", kwargs={"pk": row.pk})


def _opening(request: HttpRequest, pk: Any) -> Opening:
    rows = Opening.objects.select_related(
        "petition__inspection", "petition__team", "petition__village", "requested_by", "approved_by"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def opening(request: HttpRequest, pk: Any) -> HttpResponse:
    """One request."""
    row = _opening(request, pk)
    offers = [o for o in OPENING_FLOW.available(request.user, row) if o.transition.name != "read"]
    context = {
        "object": row, "opening": row, "petition": row.petition, "offers": offers,
        "reads": OPENING_FLOW.check(request.user, row, "read"),
    }  # fmt: skip
    return render(request, "findings/petitions/opening.html", context)


@require_POST
def opening_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Allow or refuse a reading."""
    row = _opening(request, pk)
    revision = revision_of(request)
    acts = {
        "approve": lambda: services.approve_opening(actor=request.user, opening=row, revision=revision),
        "refuse": lambda: services.refuse_opening(
            actor=request.user, opening=row, revision=revision, reason=request.POST.get("reason", "")
        ),
    }
    if action not in acts:
        raise Http404
    scope = f"findings.opening.{action}:{row.pk}"
    done = {"approve": "已批准，申请人须在15分钟内查阅。", "refuse": "未批准，理由已写明。"}
    return perform(request, acts[action], scope=scope, success=opening_address(row), message=done[action])


@csp_update({"media-src": ["'self'", "blob:"]})  # type: ignore[arg-type]
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def opening_read(request: HttpRequest, pk: Any) -> HttpResponse:
    """Prove who one is, and read once; the answer is no page one can come back to."""
    row = _opening(request, pk)
    demand(OPENING_FLOW.check(request.user, row, "read"))
    # The request holds a stand-in for the account; the password belongs to the row itself.
    person = User.objects.get(pk=request.user.pk)
    where = request.META.get("REMOTE_ADDR", "")
    form = (RecoveringProofForm if has_recovery_key() else ProofForm)(person, where, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reading = _read(person, row, form.cleaned_data)
            except NotAllowed:
                raise
            except ServiceError as error:
                if error.field:
                    note_failed_sign_in(actor=SYSTEM, username=person.username, address=where)
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                return _shown(request, row, reading)
    context = {"form": form, "opening": row, "petition": row.petition, "cancel_url": opening_address(row)}
    return render(request, "findings/petitions/prove.html", context, status=status)


def _read(person: User, row: Opening, proof: dict[str, Any]) -> services.Reading:
    recovery = proof.get("recovery_passphrase", "")
    return services.read_sealed(
        actor=person,
        opening=row,
        password=proof["password"],
        passphrase=proof["passphrase"],
        recovery=recovery,
    )


def _shown(request: HttpRequest, row: Opening, reading: services.Reading) -> HttpResponse:
    parts = [
        {
            "label": part.label, "texts": part.texts, "pictures": [_embedded(one) for one in part.pictures],
            "files": [_attached(row, number, one) for number, one in enumerate(part.files, 1)],
        }
        for part in reading.parts
    ]  # fmt: skip
    recorded = any(file.kind in _RECORDINGS for part in reading.parts for file in part.files)
    context = {
        "opening": row, "petition": row.petition, "parts": parts, "locked": reading.locked,
        "seconds": WITH_RECORDINGS if recorded else SECONDS,
        "mark": f"{row.requested_by.display_name} {cn_datetime(clock.now())}", "back": address(row.petition),
    }  # fmt: skip
    response = render(request, "findings/petitions/reading.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _embedded(picture: bytes) -> str:
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def _attached(row: Opening, number: int, file: services.SealedFile) -> dict[str, str]:
    """A recording is played in the page; a PDF or Word file, which no page can show safely, is handed out.

    A browser's own PDF viewer saves and prints anyway, so nothing is pretended: the trail names the handing out.
    """
    return {
        "name": f"{row.petition.no} 封存材料{number}.{file.kind}",
        "type": CONTENT_TYPE[file.kind],
        "player": _RECORDINGS.get(file.kind, ""),
        "content": base64.b64encode(file.content).decode(),
    }
