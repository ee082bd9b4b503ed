"""What was taken once from locked results and must stay as it was."""

import hashlib
import json
from typing import Any


def frozen_digest(data: dict[str, Any]) -> str:
    """SHA-256 over figures as they are stored; the order of their keys does not matter."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
