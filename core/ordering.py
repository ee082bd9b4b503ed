"""Rows numbered one after the other by ``seq``, unique within their list."""

from typing import Any

from django.db.models import F, QuerySet


def change_places(row: Any, rows: QuerySet, *, up: bool) -> tuple[int, int] | None:
    """Let ``row`` and its neighbour in ``rows`` (before it when ``up``) change places.

    Returns the old number and the new one; ``None`` at the end of the list, where nothing happens.
    """
    beside = rows.filter(seq__lt=row.seq) if up else rows.filter(seq__gt=row.seq)
    other = beside.order_by("-seq" if up else "seq").first()
    if other is None:
        return None
    mine, theirs = row.seq, other.seq
    # The order is unique: one of the two stands aside for a moment.
    for each, seq in ((other, 0), (row, theirs), (other, mine)):
        rows.filter(pk=each.pk).update(seq=seq, revision=F("revision") + 1)
    return mine, theirs


def close_up(rows: QuerySet, gap: int) -> None:
    """Let the rows behind the number ``gap``, which has gone, each move up by one."""
    # One by one and in order: the number is unique at every moment.
    for row in rows.filter(seq__gt=gap).order_by("seq"):
        rows.filter(pk=row.pk).update(seq=row.seq - 1, revision=F("revision") + 1)
