"""Who in the books is a cadre of the village or near kin of one: by the mark for sure, by the name as a weak hint."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ledgers.rules.rows import Books, Cadre

_REMARK = re.compile(r"[（(].*?[）)]|\s")


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a name or a mark meant: ``cadre``, or the relative (``relation`` filled) of that cadre.

    ``sure`` when the mark said so; a name alone may be somebody else's. ``key`` is the row of the cadre or of the kin.
    """

    cadre: Cadre
    key: str
    relation: str = ""
    sure: bool = True

    @property
    def told(self) -> str:
        """Who it is, in words for a reason; says so when only the name agrees."""
        post = f"（{self.cadre.post}）" if self.cadre.post else ""
        told = f"村干部{self.cadre.name}{post}" + (f"的{self.relation}" if self.relation else "")
        return told if self.sure else f"与{told}同名，是否同一人待核"

    def called(self, name: str) -> str:
        """The same as a noun, with the name the books have for the person."""
        return self.told if self.sure and not self.relation else f"{name}（{self.told}）"


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    mark: str
    match: Match


class Persons:
    """The cadres and their kin of one village's books, ready to be asked."""

    def __init__(self, books: Books) -> None:
        self._by_mark: dict[str, list[_Known]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        for known in _everybody(books):
            if known.mark:
                self._by_mark[known.mark].append(known)
            if known.name:
                self._by_name[known.name].append(known)

    def who(self, name: str, mark: str = "", on: dt.date | None = None) -> Match | None:
        """The cadre or kin meant; with ``on`` only of cadres in office that day. A cadre goes before kin.

        Two different marks under one name are two people.
        """
        sure = next(_in_office(self._by_mark.get(mark, ()), on), None)
        if sure:
            return sure.match
        named = _in_office(self._by_name.get(plain(name), ()), on)
        return next((replace(one.match, sure=False) for one in named if not (mark and one.mark)), None)


def plain(name: str) -> str:
    """A name without the spaces between its characters and without remarks: ``王 一（故）`` is ``王一``."""
    return _REMARK.sub("", name)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: the same without spaces, or of a firm the one a part of the other."""
    short, long = sorted((plain(one), plain(other)), key=len)
    return bool(short) and (short == long or (len(short) > 3 and short in long))


def serves(cadre: Cadre, day: dt.date) -> bool:
    """Whether ``day`` lies within the cadre's term; an unknown end is open."""
    return (cadre.since is None or cadre.since <= day) and (cadre.until is None or day <= cadre.until)


def _in_office(known: Iterable[_Known], on: dt.date | None) -> Iterator[_Known]:
    return (one for one in known if on is None or serves(one.match.cadre, on))


def _everybody(books: Books) -> Iterator[_Known]:
    """Cadres, the latest term first, then kin; kin name their cadre by key or by name."""
    latest = sorted(books.cadres, key=lambda cadre: cadre.since or dt.date.min, reverse=True)
    for cadre in latest:
        yield _Known(plain(cadre.name), cadre.mark, Match(cadre, cadre.key))
    for kin in books.kin:
        theirs = [cadre for cadre in latest if kin.cadre in (cadre.key, cadre.name)]
        for cadre in theirs or [Cadre(kin.key, kin.cadre)]:
            yield _Known(plain(kin.name), kin.mark, Match(cadre, kin.key, kin.relation or "亲属"))
