"""The words of an order go to a village: what must never stand in them, and what its writer is warned of."""

import re
from collections.abc import Iterable

from findings.rules import telling_parts

# Numbers of papers the inspected side knows nothing of: 青巡2026-5-1-203-DG-0012, on pages 底稿2-12 or 预2-12.
_INNER_NUMBER = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-\d{3}-[A-Z]{1,4}-\d{4}|(?:底稿\s*|预)\d{1,2}-\d{2,}")
_TRACES = re.compile(r"信访件?|举报[人信件]?|来信|来访|反映人|匿名|意见箱")
_TRACE = "信访痕迹"
_SHOWN = 6


def refused_words(text: str, restricted: Iterable[str]) -> list[str]:
    """Words that may not go out at all: persons of the restricted part of workpapers, numbers of inner papers."""
    found = [match.group() for match in _INNER_NUMBER.finditer(text)]
    return found + sorted({name for name in restricted if len(name) > 1 and name in text})


def warned_words(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Words a writer should look at again, with what they look like: persons, numbers, places, petitions."""
    found = dict(telling_parts(text, names))
    for match in _TRACES.finditer(text):
        found.setdefault(match.group(), _TRACE)
    return list(found.items())


def warning(parts: list[tuple[str, str]]) -> str:
    """The warning for the writer."""
    named = "、".join(f"“{words}”（{what}）" for words, what in parts[:_SHOWN])
    more = f"等{len(parts)}处" if len(parts) > _SHOWN else ""
    return f"这段文字里有{named}{more}，交办单要送到村里，可能让人看出是谁反映的。请改成概括的说法。"
