"""Lines of basis held against the rule book: which rule and edition is meant, and was it in force at the time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from prep.models import Regulation, RegulationEdition
from prep.rules import in_force
from prep.rules.citation import Hint, Mention, bare_names, key_of_name, mentions, name_forms
from prep.rules.in_force import Span
from prep.rules.judging import UNKNOWN, UNREAD, Judgement, judge, no_edition

# More lines than a paper ever cites: the rest is shown as written and not looked up.
MOST_LINES = 200


@dataclass(frozen=True)
class Cited:
    """One rule named in a line: as written, as the book has it, what is said of it, its state on the paper's day."""

    written: str
    articles: str
    judgement: Judgement
    edition: RegulationEdition | None = None
    regulation: UUID | None = None
    standing: tuple[str, str] = ("", "neutral")


@dataclass(frozen=True)
class CitedLine:
    """A line of basis with the rules it names, at least one entry."""

    text: str
    cited: tuple[Cited, ...]

    @property
    def flags(self) -> list[Cited]:
        """What is to be looked at before signing."""
        return [cited for cited in self.cited if cited.judgement.flagged]


class BookNames:
    """The names of every rule in use, to recognise them in text. One query."""

    def __init__(self, viewer: Any) -> None:
        rows = Regulation.objects.visible_to(viewer).filter(active=True)
        self._keys: dict[str, UUID] = {}
        surfaces: dict[str, UUID] = {}
        derived: dict[str, set[UUID]] = {}
        for pk, title, aliases in rows.values_list("pk", "title", "aliases"):
            for name in (title, *filter(None, aliases.split("、"))):
                self._keys.setdefault(key_of_name(name), pk)
                for form in name_forms(name):
                    surfaces[form] = pk
                    derived.setdefault(key_of_name(form), set()).add(pk)
        # A short form two rules share names neither.
        for key, owners in derived.items():
            if len(owners) == 1:
                self._keys.setdefault(key, *owners)
        self._bare = bare_names([form for form in surfaces if key_of_name(form) in self._keys])

    def read(self, line: str) -> list[tuple[Mention, UUID | None]]:
        """The rules ``line`` names with the keys of those that are in the book."""
        return [(mention, self._keys.get(mention.key)) for mention in mentions(line, self._bare)]

    def names_in(self, lines: Iterable[str]) -> set[UUID]:
        """The keys of all rules named in ``lines``."""
        return {pk for line in lines for _, pk in self.read(line) if pk}


class BookReader:
    """Reads lines of basis, of one paper or of many: two queries for all ``lines`` it is made for."""

    def __init__(self, viewer: Any, lines: Iterable[str]) -> None:
        names = BookNames(viewer)
        self._found = {line: names.read(line) for line in dict.fromkeys(lines)}
        self._editions = _lineages(viewer, {pk for found in self._found.values() for _, pk in found if pk})

    def read(self, lines: Sequence[str], *, act: Sequence[Span], as_of: dt.date) -> list[CitedLine]:
        """The lines of one paper, judged together: see :func:`read_basis`."""
        meant = [
            (line, [(m, pk, self._meant(m, pk, as_of)) for m, pk in self._found.get(line, [])])
            for line in lines
        ]
        cited = {edition.pk for _, found in meant for *_, (edition, _) in found if edition}
        return [
            CitedLine(
                line,
                tuple(
                    Cited(
                        written=mention.written,
                        articles="、".join(mention.articles),
                        judgement=_judged(pk, edition, named, self._editions, act, cited),
                        edition=edition,
                        regulation=pk,
                        standing=edition.standing(as_of) if edition else ("", "neutral"),
                    )
                    for mention, pk, (edition, named) in found
                )
                or (Cited("", "", UNREAD),),
            )
            for line, found in meant
        ]

    def _meant(
        self, mention: Mention, pk: UUID | None, as_of: dt.date
    ) -> tuple[RegulationEdition | None, bool]:
        return _meant(mention.hint, self._editions.own(pk), as_of)


def read_basis(
    viewer: Any, lines: Sequence[str], *, act: Sequence[Span] = (), as_of: dt.date
) -> list[CitedLine]:
    """Every line with its rules judged for ``act``. Two queries, none for nothing to look up.

    ``as_of``: the day on which who names no edition means the one in force, the day the paper was drawn up.
    """
    return BookReader(viewer, lines[:MOST_LINES]).read(lines, act=act, as_of=as_of) if lines else []


class _Lineages:
    """Editions of some rules, and of those they replaced or gave way to."""

    def __init__(self, rows: list[RegulationEdition]) -> None:
        self._rows = rows
        self._next = {row.pk: row.replaced_by_id for row in rows}

    def own(self, regulation: UUID | None) -> list[RegulationEdition]:
        """The editions of one rule, oldest first."""
        return [row for row in self._rows if row.regulation_id == regulation]

    def around(self, regulation: UUID) -> list[RegulationEdition]:
        """Its editions, those that came before them and those that took their place."""
        own = {row.pk for row in self.own(regulation)}
        after = {self._next.get(key) for key in own}
        return [row for row in self._rows if row.pk in own | after or row.replaced_by_id in own]


def _lineages(viewer: Any, regulations: set[UUID]) -> _Lineages:
    if not regulations:
        return _Lineages([])
    rows = RegulationEdition.objects.visible_to(viewer).filter(
        Q(regulation__in=regulations)
        | Q(replaced_by__regulation__in=regulations)
        | Q(replaces__regulation__in=regulations)
    )
    return _Lineages(list(rows.select_related("regulation").order_by("from_day", "id").distinct()))


def _meant(
    hint: Hint | None, editions: list[RegulationEdition], as_of: dt.date
) -> tuple[RegulationEdition | None, bool]:
    """The edition a line means, and whether it says so itself; ``None`` when it names one the book does not hold."""
    if hint and hint.doc_no:
        numbered = [row for row in editions if row.doc_no and key_of_name(row.doc_no) in hint.doc_no]
        if numbered:
            return numbered[-1], True
    if not hint or not hint.year:
        return in_force.on(editions, as_of), False
    exact = [row for row in editions if hint.day and row.from_day == hint.day]
    begun = [row for row in editions if row.from_day.year == hint.year]
    named = [row for row in editions if f"{hint.year}年" in row.name]
    pool = exact or (begun or named if hint.in_force else named or begun)
    return (pool[-1] if pool else None), True


def _judged(
    pk: UUID | None,
    edition: RegulationEdition | None,
    named: bool,
    editions: _Lineages,
    act: Sequence[Span],
    cited: set[UUID],
) -> Judgement:
    if pk is None:
        return UNKNOWN
    if edition is None:
        return no_edition(editions.own(pk))
    return judge(edition, named=named, lineage=editions.around(pk), act=act, cited=cited)
