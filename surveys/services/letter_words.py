"""The words of a letter to a town, which people may change until it goes out."""

from collections.abc import Mapping

from core.errors import ServiceError
from core.text import clean

LETTER_FIELDS = ("title", "addressee", "body")
_LABELS = {"title": "标题", "addressee": "主送", "body": "正文"}


def letter_words(values: Mapping[str, str]) -> dict[str, str]:
    """Those of ``LETTER_FIELDS`` that are given, cleaned; raises ``ServiceError`` where one is empty."""
    words = {name: clean(values[name]).strip() for name in LETTER_FIELDS if name in values}
    for name, text in words.items():
        if not text:
            raise ServiceError(f"请填写{_LABELS[name]}。", name)
    return words
