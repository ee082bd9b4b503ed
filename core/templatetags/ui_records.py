"""Tags of a record page: its actions, its history, its attachments and the work that runs for it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime

from core import audit, display
from core.models import AuditEntry, Record
from core.verbs import verb_label
from core.workflow import Offer

register = template.Library()

_QUIET_STYLE = "btn-outline-secondary"
_STYLES = {"primary": "btn-primary", "danger": "btn-outline-danger"}
_QUIET = {"revision", "updated_at", "content_hash"}
# What batches record beside the fields of a row.
_FIGURES = {"count": "条数"}


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(
    context: template.Context,
    offers: Iterable[Offer],
    obj: Record,
    url_name: str = "",
    keys: str = "",
    quiet: bool = False,
) -> dict[str, Any]:
    """Buttons for the steps that are possible now; the others greyed, with the reason why in words.

    Posts to ``url_name`` (``<app>:<model>_action`` when left out) with ``pk`` and ``action`` (the transition's
    name). ``keys`` binds keyboard keys: ``"sign:s give_back:r"``. ``quiet``: none stands out, as another button of the
    page is what comes next.
    """
    target = url_name or f"{obj._meta.app_label}:{obj._meta.model_name}_action"
    bound = dict(pair.split(":") for pair in keys.split())
    items = [_action(offer, obj, target, bound.get(offer.transition.name, "")) for offer in offers]
    possible = [item | ({"style": _QUIET_STYLE} if quiet else {}) for item in items if item["allowed"]]
    refused = [item for item in items if not item["allowed"]]
    return {
        "possible": possible,
        "refused": refused,
        "revision": obj.revision,
        "csrf_token": context["csrf_token"],
    }


def _action(offer: Offer, obj: models.Model, target: str, key: str) -> dict[str, Any]:
    step = offer.transition
    return {
        "name": step.name,
        "label": step.label,
        "style": _STYLES.get(step.style, _QUIET_STYLE),
        "confirm": step.confirm,
        "wants_reason": step.wants_reason,
        "allowed": bool(offer.verdict),
        "why": offer.verdict.brief or offer.verdict.why,
        "url": reverse(target, kwargs={"pk": obj.pk, "action": step.name}),
        "dialog": f"reason-{step.name}-{obj.pk}",
        "key": key,
    }


_SYMBOLS = {
    "pdf": "file-earmark-pdf",
    "docx": "file-earmark-word",
    "xlsx": "file-earmark-excel",
    "xls": "file-earmark-excel",
    "zip": "file-earmark-zip",
    "jpg": "image",
    "png": "image",
}


@register.inclusion_tag("components/attachments.html")
def attachments(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Files as links, pictures as thumbnails.

    ``files``: mappings with ``file`` (a StoredFile) and ``url`` (the view of the row it hangs on, which checks who
    may see it), and when there are any ``thumbnail`` (address) and ``note``.
    """
    items = [{**row, "symbol": _SYMBOLS.get(row["file"].kind, "file-earmark-text")} for row in files]
    return {"items": items}


@register.inclusion_tag("components/history.html")
def history(obj: models.Model, limit: int = 30, since: int = 0) -> dict[str, Any]:
    """The newest ``limit`` entries of the record's audit trail, worded: who, when, what, why, before → after.

    ``since``: only those behind the entry of that number.
    """
    entries = list(audit.history(obj).filter(seq__gt=since)[: limit + 1])
    words = {name: dict(known.choices) for name, known in getattr(obj, "LIST_CHOICES", {}).items()}
    shown = [_worded(entry, obj, words) for entry in entries[:limit]]
    return {"entries": shown, "more": len(entries) > limit}


def _worded(entry: AuditEntry, obj: models.Model, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    names = [name for name in {**entry.before, **entry.after} if name not in _QUIET]
    changes = [
        {
            "label": _field_label(obj, name),
            "before": _value(obj, name, entry.before.get(name), words),
            "after": _value(obj, name, entry.after.get(name), words),
        }
        for name in names
    ]
    return {"entry": entry, "label": verb_label(entry.verb), "changes": changes}


def _field(obj: models.Model, name: str) -> models.Field | None:
    try:
        field = obj._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _field_label(obj: models.Model, name: str) -> str:
    field = _field(obj, name)
    if field is not None:
        return str(field.verbose_name)
    # Services also record parts of a paper that are no field of its row, under their Chinese name.
    return _FIGURES.get(name, "其他") if name.isascii() else name


def _value(obj: models.Model, name: str, value: Any, words: dict[str, dict[str, str]]) -> str:
    """A stored value in words: the label of a choice, a Chinese date, a year, a dash for nothing."""
    if value in (None, "", [], {}):
        return display.NOTHING
    if name in getattr(obj, "YEARS", ()):
        return _years(value)
    field = _field(obj, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return display.cn_datetime(_moment(value))
    if isinstance(field, models.DateField):
        return display.cn_date(parse_date(value))
    if isinstance(value, dict) or (isinstance(value, list) and _for_machines(field, value)):
        return f"{len(value)}项"
    if isinstance(value, list):
        return "、".join(str(words.get(name, {}).get(item, item)) for item in value)
    return str(value)


def _years(value: Any) -> str:
    """One year or a list of them; zero is none."""
    return display.years_in_words(year for year in (value if isinstance(value, list) else [value]) if year)


def _for_machines(field: models.Field | None, value: list[Any]) -> bool:
    """Parts with parts of their own, and keys nobody typed: their number says more than they do."""
    return (field is not None and not field.editable) or any(isinstance(item, dict) for item in value)


def _moment(value: str) -> dt.datetime | None:
    return parse_datetime(value)


@register.inclusion_tag("components/job_progress.html")
def job_progress(job: Any) -> dict[str, Any]:
    """A background job as it stands: a bar that asks again every second, then its file or its error."""
    return {"job": job}
