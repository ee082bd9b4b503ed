"""Values of a previewed import as JSON and back: dates and decimals keep their kind."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def encode(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as plain JSON."""
    return {key: _encoded(value) for key, value in values.items()}


def decode(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what :func:`encode` was given."""
    return {key: _decoded(value) for key, value in values.items()}


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, uuid.UUID):
        return {"uuid": str(value)}
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    return value


_READERS: dict[str, Any] = {
    "decimal": Decimal,
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "uuid": uuid.UUID,
}


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if isinstance(value, dict) and len(value) == 1:
        kind, text = next(iter(value.items()))
        return _READERS[kind](text)
    return value
