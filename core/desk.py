"""What a stage puts on somebody's desk: one line that waits, is late, or came back. The roof gathers and sorts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class DeskItem:
    """One line of a desk.

    ``kind``: the short word on the tag (底稿待审签). ``title``: place and matter (云溪村 · 鱼塘合同到期未收回).
    ``url``: where the work is done. ``detail``: who, when, how far. ``tone``: one of the tag tones.
    ``due_on``: the day it is due; the desk shows what is left of it and lists what is late by itself.
    ``action``: the verb on the button. ``primary``: the step that only this person can take now.
    ``returned``: it came back to this person or changed since they dealt with it.
    """

    kind: str
    title: str
    url: str
    detail: str = ""
    tone: str = "neutral"
    due_on: dt.date | None = None
    action: str = "查看"
    primary: bool = False
    returned: bool = False

    def is_late(self, today: dt.date) -> bool:
        """Has the due day passed?"""
        return self.due_on is not None and self.due_on < today


class DeskSource(Protocol):
    """What each stage offers as ``selectors.desk_items``: the lines for one person in one round.

    Called once per desk with a constant number of queries; ``round`` is ``None`` for people outside of rounds.
    """

    def __call__(self, viewer: Any, round: Any) -> list[DeskItem]: ...
