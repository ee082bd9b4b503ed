"""One cleaner for every text that enters, and a JSON column no database chokes on."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

# Everything XML 1.0 forbids (control characters, surrogates, the two non-characters) except tab and newline.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends and without characters that XML and PostgreSQL refuse.

    This is the one documented normalisation: everything else a person types is kept as typed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", FORBIDDEN.sub("", text))


def clean_deep(value: Any) -> Any:
    """Apply :func:`clean` to every string inside lists and dictionaries, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): clean_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_deep(item) for item in value]
    return value


def says(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in text for word in words)


def run_together(first: str, second: str) -> str:
    """Two names as one: a word that ends the first and begins the second is said once (对村巡察 + 巡察问卷)."""
    for length in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:length]):
            return first + second[length:]
    return first + second


class SafeJSONField(models.JSONField):
    """JSON that is cleaned on the way in: PostgreSQL refuses NUL and lone surrogates with a server error."""

    def get_prep_value(self, value: Any) -> Any:
        """Clean every string before it reaches the database."""
        return super().get_prep_value(clean_deep(value))

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse numbers JSON cannot carry faithfully."""
        super().validate(value, model_instance)
        if isinstance(value, float) and value != value:  # NaN is the only value unequal to itself
            raise ValidationError("数字无效。")
