"""The one way a form post and a button post travel: validate, do it once, answer, never lose what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.conflicts import Stored, base_text, conflict
from core.drafts import SECRET_WORDS, drop_draft, load_draft
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.idempotency import once
from core.text import clean

_TRANSPORT = {"csrfmiddlewaretoken", "_key", "_next", "_base"}


def submit(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[dict[str, Any]], models.Model],
    *,
    scope: str,
    template: str,
    success: Callable[[Any], str],
    context: dict[str, Any] | None = None,
    message: str = "已保存。",
    stored: Stored | None = None,
) -> HttpResponse:
    """Show ``form`` on GET; on POST run ``do(cleaned_data)`` once and redirect to ``success(result)``.

    ``scope`` names this form instance for drafts and form keys (``"findings.edit:<id>"``). A refused or stale post
    renders the same page with status 422 or 409 and everything that was typed. ``stored`` gives the form's initial
    values of a record; with it the changes of two editors are joined, field by field.
    """
    base = base_text(request, form, scope) if stored else ""
    page = {"form": form, "draft_key": scope, "base": base, **(context or {})}
    if request.method != "POST":
        return render(request, template, page | {"draft": load_draft(request.user, scope)})
    status = 422
    if form.is_valid():
        try:
            result = _run_once(request, scope, lambda: do(form.cleaned_data))
        except NotAllowed:
            raise
        except StaleRecord as error:
            page["conflict"] = conflict(request, form, error, stored, scope)
            page["base"] = page["conflict"].get("base", "")
            status = error.status
        except ServiceError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            status = 422
        else:
            drop_draft(actor=request.user, form=scope)
            if message:
                messages.success(request, message)
            return redirect(success(result))
    return render(request, template, page, status=status)


def perform(
    request: HttpRequest,
    do: Callable[[], models.Model],
    *,
    scope: str,
    success: str,
    message: str = "",
) -> HttpResponse:
    """Run a button's action once and go to ``success``; a refused action says why there and changes nothing."""
    try:
        _run_once(request, scope, do)
    except NotAllowed:
        raise
    except ServiceError as error:
        messages.error(request, error.message)
    else:
        if message:
            messages.success(request, message)
    return redirect(success)


def posted_revision(request: HttpRequest) -> int | None:
    """The revision a button was shown for; ``None`` when the page sent none that can be one."""
    return revision_in(request.POST.get("revision", ""))


def revision_in(text: str) -> int | None:
    """A revision written in ``text``; ``None`` for anything else."""
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else None


def revision_of(request: HttpRequest) -> int:
    """The revision the person looked at; raises ``ServiceError`` when the page did not send it."""
    revision = posted_revision(request)
    if revision is None:
        raise ServiceError("页面内容不完整，请刷新后再试。")
    return revision


def _run_once(request: HttpRequest, scope: str, do: Callable[[], models.Model]) -> Any:
    # Secrets stay out of the fingerprint: it would make them worth guessing.
    payload: dict[str, Any] = {
        k: v for k, v in request.POST.lists() if k not in _TRANSPORT and not _is_secret(k)
    }
    payload |= {
        f"file:{k}": [(f.name, f.size) for f in v] for k, v in request.FILES.lists() if not _is_secret(k)
    }
    key = clean(request.POST.get("_key", ""))[:64]
    return once(scope=clean(f"{request.user.pk}:{scope}")[:120], key=key, payload=payload, action=do)


def _is_secret(name: str) -> bool:
    return any(word in name for word in SECRET_WORDS)
