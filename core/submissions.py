"""The one way a form post and a button post travel: validate, do it once, answer, never lose what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import audit
from core.drafts import SECRET_WORDS, drop_draft, load_draft
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.idempotency import once
from core.text import clean

_TRANSPORT = {"csrfmiddlewaretoken", "_key", "_next"}


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
) -> HttpResponse:
    """Show ``form`` on GET; on POST run ``do(cleaned_data)`` once and redirect to ``success(result)``.

    ``scope`` names this form instance for drafts and form keys (``"findings.edit:<id>"``). A refused or stale post
    renders the same page with status 422 or 409 and everything that was typed.
    """
    page = {"form": form, "draft_key": scope, **(context or {})}
    if request.method != "POST":
        return render(request, template, page | {"draft": load_draft(request.user, scope)})
    status = 422
    if form.is_valid():
        try:
            result = _run_once(request, scope, lambda: do(form.cleaned_data))
        except NotAllowed:
            raise
        except StaleRecord as error:
            page["conflict"] = _conflict(form, error)
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
    text = request.POST.get("revision", "")
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


def _conflict(form: forms.BaseForm, error: StaleRecord) -> dict[str, Any]:
    """Both versions field by field; the form now carries the stored revision, so saving again is a decision."""
    current = error.current
    if current is None:
        return {"rows": [], "message": "这条记录已不存在，您填写的内容仍在下面，可复制留存。"}
    rows = []
    for name, mine in error.attempted.items():
        theirs = getattr(current, name)
        if audit.plain(theirs) != audit.plain(mine):
            field = form.fields.get(name)
            row = {"name": name, "label": field.label if field else name}
            rows.append(row | {"mine": _in_words(field, mine), "theirs": _in_words(field, theirs)})
    if "revision" in form.fields:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data[form.add_prefix("revision")] = current.revision  # type: ignore[index]
    return {"rows": rows, "message": error.message, "current": current}


def _in_words(field: forms.Field | None, value: Any) -> Any:
    """A value as the form shows it: the label of a choice, a list as one text."""
    choosing = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    words = dict(field.choices) if choosing else {}  # type: ignore[union-attr]
    if isinstance(value, list):
        return ("、" if words else "\n").join(str(words.get(item, item)) for item in value)
    return words.get(value, value) if words else value
