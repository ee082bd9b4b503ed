"""What a workbook of rules would do to the book, row by row, without doing it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from core.office.columns import Row, TableReading, read_table
from core.office.staging import decode, encode
from prep.models import Regulation, RegulationEdition
from prep.rules.articles import BadArticle, checked_articles
from prep.rules.citation import key_of_name, split_names
from prep.selectors.rulebook_file import (
    ALIASES,
    ARTICLES,
    CATEGORY,
    COLUMNS,
    FROM,
    LEVEL,
    OF_EDITION,
    OF_RULE,
    SUCCESSOR,
    TITLE,
    UNTIL,
)
from villages.selectors.schemes import five_aspects

CREATE, EDITION, CHANGE, UNCHANGED = "create", "edition", "change", "unchanged"
_TITLES = {column.key: column.title for column in COLUMNS}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class BookLine:
    """One good row: a new rule with its edition, an edition of a known rule, or a change.

    ``rule`` and ``edition`` are what is to be written, blank cells left out; ``revisions`` those of the rule and of
    the edition at the preview, 0 for what is not there yet.
    """

    row: int
    action: str
    key: str
    title: str
    from_day: dt.date
    rule: dict[str, Any]
    edition: dict[str, Any]
    successor: str
    changed: list[str]
    revisions: tuple[int, int]


@dataclass
class BookPlan:
    """The whole file: good rows and what is wrong with the others."""

    lines: list[BookLine] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def count(self, action: str) -> int:
        """How many good rows do ``action``."""
        return sum(line.action == action for line in self.lines)

    @property
    def faulty(self) -> int:
        """Rows with an error."""
        return len({(error["sheet"], error["row"]) for error in self.errors})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for a staged preview."""
        lines = [
            encode(asdict(line)) | {"rule": encode(line.rule), "edition": encode(line.edition)}
            for line in self.lines
        ]
        return {"lines": lines, "errors": self.errors}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "BookPlan":
        """What :meth:`to_json` was made from."""
        lines = []
        for stored in data["lines"]:
            parts = {name: decode(stored[name]) for name in ("rule", "edition")}
            plain = decode({name: value for name, value in stored.items() if name not in parts})
            lines.append(BookLine(**plain | parts | {"revisions": tuple(plain["revisions"])}))
        return cls(lines=lines, errors=data["errors"])


def next_editions(editions: Sequence[RegulationEdition]) -> dict[UUID, UUID]:
    """For each of one rule's ``editions`` but the last, the one that follows it."""
    ordered = sorted(editions, key=lambda row: row.from_day)
    return {row.pk: later.pk for row, later in pairwise(ordered)}


def plan_book_import(content: bytes, filename: str) -> BookPlan:
    """Compare a workbook with the book. Raises ``ServiceError`` when the file as a whole cannot be read."""
    reading = read_table(content, filename, COLUMNS)
    book = {rule.key: rule for rule in Regulation.objects.prefetch_related("editions")}
    plan = _Planner(reading, book)
    lines = plan.lines()
    errors = [
        {"row": e.row, "column": e.column, "message": e.message, "sheet": e.sheet} for e in reading.errors
    ]
    return BookPlan(lines=lines, errors=sorted(errors, key=lambda e: (e["sheet"], e["row"])))


class _Planner:
    """Reads the rows one after another, knowing the book and the rows before."""

    def __init__(self, reading: TableReading, book: dict[str, Regulation]) -> None:
        self._reading, self._book = reading, book
        self._categories = five_aspects()
        self._names = {
            key_of_name(name): rule.key for rule in book.values() for name in (rule.title, *rule.short_names)
        }
        self._seen: dict[tuple[str, dt.date], int] = {}
        self._rules: set[str] = set()

    def lines(self) -> list[BookLine]:
        """The good rows."""
        rows = [row for row in list(self._reading.rows) if self._is_sound(row)]
        known = set(self._book) | {key_of_name(row.values["title"]) for row in rows}
        rows = [row for row in rows if self._has_successor(row, known)]
        rows = [row for row in self._without_overlaps(rows) if self._speaks_for_rule(row)]
        return [self._line(row) for row in rows]

    def _refuse(self, row: Row, column: str, message: str) -> bool:
        self._reading.add_error(row.number, column, message, row.sheet)
        return False

    def _is_sound(self, row: Row) -> bool:
        values, key = row.values, key_of_name(row.values["title"])
        if not key:
            return self._refuse(row, TITLE, "看不出法规名称。")
        if values["category"] and values["category"].upper() not in self._categories:
            return self._refuse(row, CATEGORY, f"没有类别“{values['category']}”，请填 E1 这样的代码。")
        if values["until_day"] and values["until_day"] < values["from_day"]:
            return self._refuse(row, UNTIL, "最后施行日早于施行日期。")
        try:
            values["articles"] = checked_articles(values["articles"] or "") or None
        except BadArticle as error:
            return self._refuse(row, ARTICLES, str(error))
        for name in (values["title"], *split_names(values["aliases"] or "")):
            if self._names.setdefault(key_of_name(name), key) != key:
                return self._refuse(row, ALIASES, f"“{name}”已指另一件法规，请核对。")
        first = self._seen.setdefault((key, values["from_day"]), row.number)
        if first != row.number:
            return self._refuse(row, FROM, f"与第{first}行是同一件的同一版。")
        return True

    def _speaks_for_rule(self, row: Row) -> bool:
        """The first good row of a rule says its rank, unless the book knows it."""
        key = key_of_name(row.values["title"])
        if key not in self._book and key not in self._rules and not row.values["level"]:
            return self._refuse(row, LEVEL, "库中还没有这一件，请填层级。")
        self._rules.add(key)
        return True

    def _has_successor(self, row: Row, known: set[str]) -> bool:
        wanted = row.values["successor"]
        if wanted and key_of_name(wanted) not in known:
            return self._refuse(row, SUCCESSOR, f"库中和本表中都没有“{wanted}”。")
        return True

    def _without_overlaps(self, rows: list[Row]) -> list[Row]:
        """Rows whose edition has room between its neighbours; an open end stops before the next edition."""
        terms: dict[str, dict[dt.date, dt.date | None]] = defaultdict(dict)
        for rule in self._book.values():
            terms[rule.key] = {edition.from_day: edition.until_day for edition in rule.editions.all()}
        for row in rows:
            own = terms[key_of_name(row.values["title"])]
            own[row.values["from_day"]] = row.values["until_day"] or own.get(row.values["from_day"])
        good = []
        for row in rows:
            own, begin = terms[key_of_name(row.values["title"])], row.values["from_day"]
            later = min((day for day in own if day > begin), default=None)
            before = max((day for day in own if day < begin), default=None)
            if later and (own[begin] or begin) >= later:
                self._refuse(row, UNTIL, f"与{later:%Y-%m-%d}起施行的一版在时间上重叠。")
            elif before and (own[before] or before) >= begin:
                self._refuse(row, FROM, f"与{before:%Y-%m-%d}起施行的一版在时间上重叠。")
            else:
                good.append(row)
        return good

    def _line(self, row: Row) -> BookLine:
        values, key = row.values, key_of_name(row.values["title"])
        rule = {name: values[name] for name in OF_RULE if values[name]}
        if "category" in rule:
            rule["category"] = rule["category"].upper()
        edition = {name.removeprefix("edition_"): values[name] for name in OF_EDITION if values[name]}
        known = self._book.get(key)
        # Of several rows of one rule the first one speaks for the rule.
        first = key in self._rules
        self._rules.discard(key)
        own = (
            next((e for e in known.editions.all() if e.from_day == values["from_day"]), None)
            if known
            else None
        )
        changed = (_differences(known, rule) if known and first else []) + (
            _differences(own, edition, "edition_") if own else []
        )
        if known is None:
            action = CREATE if first else EDITION
        else:
            action = EDITION if own is None else CHANGE if changed else UNCHANGED
        return BookLine(
            row=row.number,
            action=action,
            key=key,
            title=values["title"].strip("《》<> "),
            from_day=values["from_day"],
            rule=rule if first else {},
            edition=edition,
            successor=key_of_name(values["successor"] or ""),
            changed=changed,
            revisions=(known.revision if known else 0, own.revision if own else 0),
        )


def _differences(row: Any, values: dict[str, Any], prefix: str = "") -> list[str]:
    """Titles of the columns whose cell says something else than ``row``."""
    return [
        _TITLES.get(f"{prefix}{name}", _TITLES.get(name, name))
        for name, value in values.items()
        if getattr(row, name) != value
    ]
