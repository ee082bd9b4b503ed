"""One way to put a content into bytes, so that its hash can be taken again years later."""

import hashlib
import json
from typing import Any


def canonical(body: dict[str, Any]) -> str:
    """The JSON of ``body`` with sorted keys and no blanks: equal contents give equal text."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(body: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of ``body``, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()
