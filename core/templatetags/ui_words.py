"""The interface's own vocabulary: one tag per component, so that a status or a date looks the same everywhere.

Every function escapes what it is given.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock, display

register = template.Library()

TONES = ("neutral", "ok", "warn", "bad", "info", "brand")

# Formatting works as a filter ({{ x|money }}) and as a tag ({% money x %}): the first for arguments, the second
# for keyword options.
for _formatter in (
    display.money,
    display.wan,
    display.percent,
    display.cn_date,
    display.cn_datetime,
    display.file_size,
    display.years_in_words,
):
    register.filter(_formatter.__name__, _formatter)
    register.simple_tag(_formatter, name=_formatter.__name__)


def _tone(tone: str) -> str:
    return tone if tone in TONES else "neutral"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One symbol of the sprite, decorative: the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("vendor/icons/icons.svg"),
        name,
    )


@register.simple_tag
def badge(word: Any, tone: str = "neutral") -> SafeString:
    """A short word on a tinted ground; ``tone`` is one of ``TONES``."""
    return format_html('<span class="tag tag-{}">{}</span>', _tone(tone), word)


@register.simple_tag
def status_badge(obj: Any, field: str = "status", tone: str = "") -> SafeString:
    """The status of a record in words; the tone comes from the model's ``STATUS_TONE`` mapping or ``tone``."""
    value = getattr(obj, field)
    word = getattr(obj, f"get_{field}_display")()
    tones: Mapping[str, str] = getattr(obj, "STATUS_TONE", {})
    return badge(word, tone or tones.get(value, "neutral"))


@register.simple_tag
def due(day: dt.date | None, done: bool = False) -> SafeString:
    """How long is left until ``day``; once ``done`` only the date is shown."""
    if done or day is None:
        return format_html('<span class="muted nowrap">{}</span>', display.cn_date(day))
    word, tone = display.days_left(day, clock.today())
    return format_html('<span class="tag tag-{}" title="期限 {}">{}</span>', tone, display.cn_date(day), word)


@register.simple_tag
def form_key() -> SafeString:
    """The hidden field that makes one form instance count once, however often it is sent (128 random bits)."""
    return format_html('<input type="hidden" name="_key" value="{}">', secrets.token_hex(16))


@register.inclusion_tag("components/stage_ladder.html")
def stage_ladder(steps: Iterable[Mapping[str, Any]], compact: bool = False) -> dict[str, Any]:
    """The five stages of one village.

    ``steps``: mappings with ``char`` (细), ``label`` (准备), ``state`` (done, now, todo or late) and, when known,
    ``note`` (shown when pointed at) and ``url``.
    """
    words = {"done": "已完成", "now": "正在进行", "late": "已逾期", "todo": "未开始"}
    shown = [{**step, "word": words[step["state"]]} for step in steps]
    return {"steps": shown, "compact": compact}


@register.simple_tag
def evidence_strength(count: int, full: int = 4) -> SafeString:
    """By how many independent kinds of source a problem is supported, as blocks and in words."""
    filled = max(0, min(int(count), full))
    tone = "strong" if filled >= 3 else "fair" if filled == 2 else "weak"
    blocks = SafeString('<i class="on"></i>' * filled + "<i></i>" * (full - filled))
    words = format_html('<span class="visually-hidden">{}类独立来源</span>', count)
    return format_html(
        '<span class="strength strength-{}" title="{}类独立来源">{}{}</span>', tone, count, blocks, words
    )


@register.simple_tag
def heat(value: int, highest: int, url: str = "", label: str = "") -> SafeString:
    """One cell of a heat map: five tints by the share of ``highest``; the number is always written."""
    share = value / highest if highest else 0
    level = 0 if not value else min(5, 1 + int(share * 5 - 1e-9))
    text = str(value) if value else "·"
    if url and value:
        return format_html('<a class="heat heat-{}" href="{}" title="{}">{}</a>', level, url, label, text)
    return format_html('<span class="heat heat-{}" title="{}">{}</span>', level, label, text)


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str = "", tone: str = "brand") -> dict[str, Any]:
    """A bar with its count beside it: ``done`` of ``total``."""
    shown = {"done": done, "total": total, "max": max(total, 1), "value": min(done, total)}
    return shown | {"label": label, "tone": _tone(tone)}


@register.inclusion_tag("components/bar_row.html")
def bar_row(label: str, value: int, highest: int, tone: str = "ok", url: str = "") -> dict[str, Any]:
    """One line of a small bar list: name, bar as a share of ``highest``, number."""
    return {"label": label, "value": value, "max": max(highest, 1), "tone": _tone(tone), "url": url}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: str, hint: str = "", url: str = "", label: str = "", symbol: str = "inbox"
) -> dict[str, Any]:
    """What a list says when it is empty: that it is, and what to do first."""
    return {"title": title, "hint": hint, "url": url, "label": label, "symbol": symbol}


@register.inclusion_tag("components/empty_list.html", takes_context=True)
def empty_list(
    context: Any,
    filters: Any,
    noun: str,
    hint: str,
    url: str = "",
    label: str = "",
    symbol: str = "inbox",
) -> dict[str, Any]:
    """Why a list shows nothing: before the pledge, under a choice of ``filters`` (a dataclass), or for want of rows."""
    return {
        "unsworn": context.get("unsworn"),
        "narrow": filters is not None and any(asdict(filters).values()),
        "none": f"没有符合条件的{noun}",
        "nothing": f"还没有{noun}",
        "hint": hint,
        "url": url,
        "label": label,
        "symbol": symbol,
    }


@register.inclusion_tag("components/how.html")
def how(value: Any, explanation: str, url: str = "") -> dict[str, Any]:
    """A computed number that says how it was computed when pointed at, and opens the rows behind it."""
    return {"value": value, "explanation": explanation, "url": url}
