"""Who in the committee list is a person of a certain kind, by the words of the post."""

import re
from collections.abc import Iterable

from prep.models import CommitteeMember, TargetKind

# One person's posts stand in one cell: 党组织书记、村（居）委会主任.
_PARTS = re.compile(r"[、，,；;/＋+]|兼")


def holders(kind: TargetKind, people: Iterable[CommitteeMember]) -> list[str]:
    """Names of those whose post makes them ``kind``, each once; nobody for a kind that keeps no names."""
    if kind.shielded:
        return []
    return list(dict.fromkeys(row.name for row in people if _is(kind, row.post)))


def _is(kind: TargetKind, post: str) -> bool:
    return any(
        any(word in part for word in kind.post_words) and not any(word in part for word in kind.other_words)
        for part in _PARTS.split(post)
    )
