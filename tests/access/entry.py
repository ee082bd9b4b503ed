"""One decision of the access matrix."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Objects = Callable[[Any, str], dict[str, Any]]


@dataclass(frozen=True)
class Entry:
    """Who may reach one URL.

    ``objects(cast, whose)`` gives the URL's keyword arguments for ``whose`` in ``own`` (a record of the cast's own
    team, village and town), ``foreign`` (of the other team and town); ``None`` for a URL without a record.
    ``may``/``may_foreign``: roles let in (status below 400; 422 when a post lacks fields). ``sees``/``sees_foreign``:
    roles for whom the record exists but the step is not theirs (403). Everybody else: 404; on a URL without a
    record 403. A nonexistent record is 404 for everyone.
    """

    name: str
    may: set[str]
    objects: Objects | None = None
    sees: set[str] = field(default_factory=set)
    may_foreign: set[str] = field(default_factory=set)
    sees_foreign: set[str] = field(default_factory=set)
    method: str = "get"
    post: dict[str, Any] = field(default_factory=dict)
    as_json: bool = False
