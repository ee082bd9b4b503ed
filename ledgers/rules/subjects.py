"""What a hit is about: one contract party, one receiver, one person on a list, one account, or a habit of the books.

It is read from the hit alone, never from other hits: whatever else is found later, a hit stays where it was told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledgers.rules.companies import company
from ledgers.rules.persons import plain
from ledgers.rules.regular import is_many
from ledgers.rules.rows import (
    Asset,
    Balance,
    Benefit,
    Books,
    Cadre,
    Contract,
    Debt,
    Entry,
    Kin,
    Listed,
    Project,
    Resource,
    Shown,
)
from ledgers.rules.rule import Hit

Row = Entry | Balance | Debt | Contract | Asset | Resource | Project | Benefit | Cadre | Kin | Listed | Shown

# Asked of an account, whoever was paid.
_ACCOUNTS = frozenset({"L13", "L14", "L15"})
# Asked of the way the books are kept: all years of a rule are looked at together.
_HABITS = frozenset({"L03", "L06", "L07", "L08", "L09", "L18", "L28", "L29"})
# What a person was paid for work is another matter than what was bought from that person.
_PAY = frozenset({"L19", "L20", "C09", "C10"})
_ADVANCES = frozenset({"L10"})


@dataclass(frozen=True, slots=True)
class Subject:
    """``who`` tells it apart within its kind; ``told`` is it in words, empty for a habit, which its rule names.

    Works a firm builds and money it gets are one kind (``payee``); what it rents from the village is another.
    """

    kind: str
    who: str
    told: str = ""

    @property
    def key(self) -> str:
        """The same for every hit about it."""
        return f"{self.kind}:{self.who}"


def rows_by_key(books: Books) -> dict[str, Row]:
    """Every row of a village's books by its key."""
    return {row.key: row for row in _every_row(books)}


def _every_row(books: Books) -> Iterator[Row]:
    for table in (books.entries, books.balances, books.debts, books.contracts, books.assets, books.resources):
        yield from table
    for other in (books.projects, books.benefits, books.cadres, books.kin, books.lists, books.shown):
        yield from other


def subject_of(hit: Hit, rows: Mapping[str, Row]) -> Subject:
    """What the hit is about; ``rows`` are those of the books by key. Where several are concerned: the rule's habit."""
    told = [rows[key] for key in hit.rows if key in rows]
    habit = Subject("habit", hit.rule)
    if not told or hit.rule in _HABITS:
        return habit
    found = _of(hit, told[0], [row for row in told if type(row) is type(told[0])])
    return found or habit


def _of(hit: Hit, first: Row, alike: list[Any]) -> Subject | None:
    """By the kind of the row told first; ``alike`` are the hit's rows of that kind."""
    match first:
        case Entry():
            return _of_entries(hit, alike)
        case Balance():
            return _account(first)
        case Debt():
            return _one("debt", "与{}的往来", [(row.party, row.party_mark) for row in alike])
        case Contract():
            parties = [(row.party or row.name or row.no, row.party_mark) for row in alike]
            return _one_or_two("contract", "{}的承包合同", parties)
        case Resource():
            return _one("contract", "{}的承包合同", [(row.user or row.plot, row.user_mark) for row in alike])
        case Project():
            firms = [(row.contractor or row.name, row.contractor_mark) for row in alike]
            return _one("payee", "{}承建的工程", firms)
        case Benefit() | Listed():
            return _of_list(hit, alike)
    return None


def _of_entries(hit: Hit, lines: list[Entry]) -> Subject | None:
    if hit.rule in _ACCOUNTS:
        return _account(lines[0])
    paid = [(line.party or line.seller, line.party_mark) for line in lines]
    many = any(is_many(name) for name, _ in paid if name)
    if not many and (found := _one(*_paid_kind(hit.rule), paid)):
        return found
    accounts, tickets = {line.party_account for line in lines}, {line.ticket_no for line in lines}
    if hit.rule == "L30" and len(accounts - {""}) == 1:
        return Subject("bank", max(accounts), f"发到同一账号的{_names(paid)}")
    if hit.rule == "L01" and len(tickets) == 1:
        return Subject("ticket", max(tickets), f"票据{max(tickets)}")
    return None


def _paid_kind(rule: str) -> tuple[str, str]:
    """What money to one receiver is, as kind and words."""
    if rule in _PAY:
        return "pay", "{}的报酬补贴"
    return ("debt", "与{}的往来") if rule in _ADVANCES else ("payee", "付给{}的款项")


def _of_list(hit: Hit, rows: list[Benefit | Listed]) -> Subject | None:
    """One person, else the head of one household, else the one account."""
    people = [(row.name, row.mark) for row in rows]
    told = "{}领取的补贴"
    if found := _one("benefit", told, people) or _one("benefit", told, [(row.head, "") for row in rows]):
        return found
    accounts = {row.account for row in rows if isinstance(row, Benefit)} - {""}
    if len(accounts) != 1:
        return None
    return Subject("bank", max(accounts), f"发到同一账号的{_names(people)}")


def _account(row: Entry | Balance) -> Subject | None:
    code = row.standard or row.account or row.account_name
    return Subject("account", code, f"科目“{row.account_name or code}”") if code else None


def _one(kind: str, told: str, named: Iterable[tuple[str, str]]) -> Subject | None:
    """The one person or firm that all (name, mark) mean; a name without a mark is taken for the one that has it."""
    people = _people(named)
    return Subject(kind, people[0][0], told.format(people[0][1])) if len(people) == 1 else None


def _one_or_two(kind: str, told: str, named: Iterable[tuple[str, str]]) -> Subject | None:
    """One, or two together; what concerns more is no matter of theirs."""
    people = _people(named)
    if not 1 <= len(people) <= 2:
        return None
    names = "、".join(name for _, name in people)
    return Subject(kind, "+".join(sorted(who for who, _ in people)), told.format(names))


def _people(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who is meant, each once, as (mark or plain name, name as written)."""
    marks: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for name, mark in named:
        if bare := company(plain(name)):
            names.setdefault(bare, name)
            marks.setdefault(bare, set()).update({mark} - {""})
    found: dict[str, str] = {}
    for bare, name in names.items():
        for who in marks[bare] or {bare}:
            found.setdefault(who, name)
    return list(found.items())


def _names(named: Iterable[tuple[str, str]]) -> str:
    names = list(dict.fromkeys(plain(name) for name, _ in named if name))
    return "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")
