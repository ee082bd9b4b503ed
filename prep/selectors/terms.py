"""Who held which post when: asked before fieldwork, and again when a problem is dated."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from core.display import cn_date
from prep.models import Body, CommitteeMember
from villages.models import Village

# Posts of which a village has one at a time, and how each is written in the register.
_SINGLE = (
    ("党组织书记", re.compile(r"(?<![副一])书记")),
    ("村（居）委会主任", re.compile(r"(?:^|[、，/ ]|(?<!监)委会)主任")),
    ("村（居）务监督委员会主任", re.compile(r"(?:监委会|监督委员会)主任")),
)
_DEPUTY = re.compile(r"副(?:书记|主任)|第一书记|妇联主任|治保主任|会计主任")


@dataclass(frozen=True)
class Holder:
    """One person in office; ``certain`` is false when the register does not say from when or until when."""

    member: CommitteeMember
    certain: bool

    @property
    def name(self) -> str:
        """Whose name it is."""
        return self.member.name

    @property
    def post(self) -> str:
        """In which post."""
        return self.member.post


def in_office(viewer: Any, village: Village, start: dt.date, end: dt.date | None = None) -> list[Holder]:
    """Who sat in the village's bodies on ``start``, or at any time from ``start`` to ``end``.

    A term without an end is still running; one without a beginning may have begun at any time and is marked as not
    certain, unless it ended before ``start``. The order is that of the register: newest terms first.
    """
    last = end or start
    rows = CommitteeMember.objects.visible_to(viewer).filter(village=village)
    return [
        Holder(row, row.from_on is not None)
        for row in rows
        if (row.from_on is None or row.from_on <= last) and (row.to_on is None or row.to_on >= start)
    ]


def head_terms(viewer: Any, villages: Iterable[Any]) -> dict[Any, list[tuple[str, CommitteeMember]]]:
    """Who was secretary and who headed the committee, by key of the village, as (post, row); one query.

    Oldest term first; one person in both posts stands twice. Rows without a beginning come last: nobody knows where
    they belong.
    """
    keys = list(villages)
    rows = CommitteeMember.objects.visible_to(viewer).filter(village__in=keys)
    dated = sorted(rows, key=lambda row: (row.from_on or dt.date.max, row.pk))
    found: dict[Any, list[tuple[str, CommitteeMember]]] = {key: [] for key in keys}
    for title, wording in _SINGLE[:2]:
        for row in dated:
            if _holds(row, wording):
                found[row.village_id].append((title, row))
    return found


def term_warnings(members: Iterable[CommitteeMember]) -> list[str]:
    """What cannot all be right in a register, as sentences: a single post held by two, one person in two bodies."""
    rows = list(members)
    found = []
    for title, wording in _SINGLE:
        holders = [row for row in rows if _holds(row, wording)]
        found += [
            _overlap(title, a, b) for a, b in combinations(holders, 2) if a.name != b.name and _meet(a, b)
        ]
    found += _two_bodies(rows)
    found += [
        f"{row.name}（{row.post}）没有填写任职起止，查问题时无法核对当时谁在任。"
        for row in rows
        if not row.from_on
    ]
    return found


def _holds(row: CommitteeMember, wording: re.Pattern[str]) -> bool:
    return bool(wording.search(_DEPUTY.sub("", row.post)))


def _meet(a: CommitteeMember, b: CommitteeMember) -> bool:
    """Do the two terms share more than the day of the hand-over? Terms without a beginning are not judged."""
    if a.from_on is None or b.from_on is None:
        return False
    last = dt.date.max
    return max(a.from_on, b.from_on) < min(a.to_on or last, b.to_on or last)


def _overlap(title: str, a: CommitteeMember, b: CommitteeMember) -> str:
    first, second = sorted((a, b), key=lambda row: row.from_on or dt.date.min)
    until = cn_date(first.to_on) if first.to_on else "没有填写离任日期"
    terms = f"{first.name}任至{until}，{second.name}从{cn_date(second.from_on)}起任"
    return f"{title}一职任期重叠：{terms}，请核对任职起止。"


def _two_bodies(rows: list[CommitteeMember]) -> list[str]:
    """Nobody supervises the committee he sits in."""
    supervising = [row for row in rows if row.body == Body.SUPERVISION]
    governing = [row for row in rows if row.body == Body.COMMITTEE]
    return [
        f"{a.name}同时列在村（居）委会和村务监督委员会，按规定不能兼任，请核对。"
        for a in supervising
        for b in governing
        if a.name == b.name and _meet(a, b)
    ]
