"""When somebody else saved first: the versions of every field side by side, joined where that loses nothing."""

import datetime as dt
import decimal
from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from core import audit
from core.display import cn_date, cn_datetime
from core.drafts import SECRET_WORDS
from core.errors import StaleRecord
from core.forms import JoinedField, RowsField
from core.merging import merge_lists, merge_text

_SALT = "core.conflicts"
Stored = Callable[[Any], dict[str, Any]]
# What became of a field both versions of which differ.
OUTCOMES = {
    "theirs": "对方改了，您没有改：已换成对方的",
    "mine": "您改了，对方没有改：保留您的",
    "merged": "两人都改了，不在同一处：已合在一起",
    "choose": "两人改了同一处：请您决定",
}


def snapshot(form: forms.BaseForm, values: dict[str, Any]) -> dict[str, Any]:
    """``values`` of the visible fields as plain JSON, alike however they were typed or stored."""
    return {
        name: _of_field(form.fields[name], values.get(name)) for name in form.fields if _is_merged(form, name)
    }


def _of_field(field: forms.Field, value: Any) -> Any:
    """Ticked boxes have no order of their own."""
    if isinstance(field, JoinedField):
        return field.plain(value)
    plain = _plain(value)
    ticked = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    return sorted(plain) if ticked and plain else plain


def _is_merged(form: forms.BaseForm, name: str) -> bool:
    field = form.fields[name]
    if isinstance(field, JoinedField):
        return True
    secret = any(word in name for word in SECRET_WORDS)
    return not (secret or field.widget.is_hidden or isinstance(field, forms.FileField))


def _plain(value: Any) -> Any:
    """One form of a value for comparing and for the page; nothing at all and "no" are always ``""``."""
    if value is None or value is False or value == [] or value == ():
        return ""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, decimal.Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple | models.QuerySet):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return audit.plain(value)


def base_text(request: HttpRequest, form: forms.BaseForm, scope: str) -> str:
    """What the person started from, for the hidden field ``_base``: a form sent back keeps what it brought along."""
    if request.method == "POST":
        return request.POST.get("_base", "")
    start = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return _signer(scope).sign_object(snapshot(form, start), compress=True)


def _signer(scope: str) -> signing.Signer:
    """Each form of each record has a signature of its own: what was started elsewhere is no beginning here."""
    return signing.Signer(salt=f"{_SALT}:{scope}")


def _base_of(request: HttpRequest, scope: str) -> dict[str, Any]:
    """The base as posted; one that is missing or not of this form is none at all."""
    try:
        values = _signer(scope).unsign_object(request.POST.get("_base", ""))
    except signing.BadSignature:
        return {}
    return values if isinstance(values, dict) else {}


def _fits(field: forms.Field, base: Any, others: tuple[Any, ...]) -> bool:
    """Has ``base`` the shape of one of the ``others``? A page opened before the form was changed may have another."""
    if base in ("", []):
        return True
    if _shape(base) not in map(_shape, others):
        return False
    try:
        in_words(field, base)
    except (ValueError, TypeError, AttributeError, KeyError):
        return False
    return True


def _shape(value: Any) -> tuple[type, frozenset[type]]:
    items = value if isinstance(value, list) else ()
    return type(value), frozenset(map(type, items))


def conflict(
    request: HttpRequest, form: forms.BaseForm, error: StaleRecord, stored: Stored | None, scope: str
) -> dict[str, Any]:
    """What the page shows; ``form`` then carries the joined content and the stored revision.

    With ``stored`` (the form's initial values of a record) three versions are compared and joined; without it two
    are shown and the form keeps what was typed. Saving again is a decision in either case.
    """
    current = error.current
    if current is None:
        return {"rows": [], "message": "这条记录已不存在，您填写的内容仍在下面，可复制留存。"}
    form.data = form.data.copy()  # type: ignore[attr-defined]
    if stored is None:
        theirs = {name: audit.plain(getattr(current, name)) for name in error.attempted}
        mine = {name: audit.plain(value) for name, value in error.attempted.items()}
    else:
        theirs, mine = snapshot(form, stored(current)), snapshot(form, form.cleaned_data)
    base = _base_of(request, scope) if stored else {}
    rows = [
        _row(form, name, base.get(name), mine[name], theirs[name])
        for name in mine
        # What a step itself writes has no field, and nothing to compare.
        if name in form.fields and mine[name] != theirs[name]
    ]
    if "revision" in form.fields:
        form.data[form.add_prefix("revision")] = current.revision  # type: ignore[index]
    started = _signer(scope).sign_object(theirs, compress=True) if stored else ""
    return {"rows": rows, "message": error.message, "current": current, "joined": bool(base), "base": started}


def _row(form: forms.BaseForm, name: str, base: Any, mine: Any, theirs: Any) -> dict[str, Any]:
    """One field: its versions in words, what became of it, and what a button may put into it."""
    field = form.fields[name]
    row: dict[str, Any] = {"name": name, "label": field.label, "outcome": "choose"}
    if base is None or not _fits(field, base, (mine, theirs)):
        base = None
    else:
        row |= _join(form, name, base, mine, theirs)
    row["said"] = OUTCOMES[row["outcome"]]
    for version, value in (("base", base), ("mine", mine), ("theirs", theirs)):
        row[version] = in_words(field, value)
    return row


def _join(form: forms.BaseForm, name: str, base: Any, mine: Any, theirs: Any) -> dict[str, Any]:
    if mine == base:
        _put(form, name, theirs)
        return {"outcome": "theirs"}
    if theirs == base:
        return {"outcome": "mine"}
    versions = (base, mine, theirs)
    field = form.fields[name]
    if isinstance(field, JoinedField):
        joined, clashes = field.join(*versions)
        _put(form, name, joined)
        return {"outcome": "choose" if clashes else "merged"}
    if any(isinstance(version, list) for version in versions):
        _put(form, name, merge_lists(*(version or [] for version in versions)))
        return {"outcome": "merged"}
    take = {"field": form[name].auto_id, "take": theirs}
    if not isinstance(field.widget, forms.Textarea):
        return take
    merged = merge_text(*versions)
    _put(form, name, merged.text)
    return take | {"both": merged.both} if merged.clashes else {"outcome": "merged"}


def _put(form: forms.BaseForm, name: str, value: Any) -> None:
    """Let the bound ``form`` hold ``value`` as if it had been typed."""
    field, html_name = form.fields[name], form.add_prefix(name)
    data: Any = form.data
    if isinstance(field, JoinedField):
        field.put(form, name, value)
        return
    if isinstance(field, RowsField):
        for key in [key for key in data if key.startswith(f"{html_name}-")]:
            del data[key]
        data.update(field.widget.data_of(html_name, value or []))
        return
    shown = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        data.setlist(html_name, ["on"] if value else [])
    elif isinstance(shown, list):
        data.setlist(html_name, [str(item) for item in shown])
    else:
        data[html_name] = field.widget.format_value(shown) or ""


def in_words(field: forms.Field, value: Any) -> str:
    """A plain value as the form shows it: the field's own words, a choice's label, a list as one text."""
    if value in (None, ""):
        return "—"
    own = getattr(field, "in_words", None)
    if own is not None:
        return own(value)
    if isinstance(field, RowsField) and isinstance(value, list):
        return "\n".join(field.words(row) for row in value)
    if value is True:
        return "是"
    if isinstance(field, forms.DateField | forms.DateTimeField):
        moment = dt.datetime.fromisoformat(value)
        return cn_datetime(moment) if isinstance(field, forms.DateTimeField) else cn_date(moment.date())
    words = {str(key): str(label) for key, label in _choices(field)}
    if isinstance(value, list):
        return ("、" if words else "\n").join(words.get(str(item), str(item)) for item in value)
    return words.get(str(value), str(value))


def _choices(field: forms.Field) -> list[tuple[Any, Any]]:
    """Keys and labels of a field of choices, groups opened."""
    flat = []
    for key, label in getattr(field, "choices", ()):
        flat += list(label) if isinstance(label, list | tuple) else [(key, label)]
    return flat
