"""C12 投标合同方背后的村干部亲属: companies and bidders behind which a cadre or near kin stands.

Contractors and tenants who are cadres or kin themselves are told by P06 and K08.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledgers.rules.companies import company
from ledgers.rules.matching import borne_twice, listed
from ledgers.rules.persons import Match, Persons, plain
from ledgers.rules.rows import Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity

# Shorter names would be found in many others.
_SHORTEST = 4


@dataclass(frozen=True)
class _Behind:
    """Who stands behind a firm, by a row of the list of companies or as a bid says."""

    firm: str
    name: str
    mark: str = ""
    key: str = ""


@dataclass(frozen=True)
class _Deal:
    """A contract or a project: its parties, and the persons its bids name."""

    key: str
    told: str
    day: dt.date | None
    amount: Decimal | None
    firms: tuple[str, ...]
    people: tuple[_Behind, ...] = ()


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract or project, with all who stand behind its parties and were near a cadre in office then."""
    persons, twice, companies = Persons(books), borne_twice(books), listed(books, "company")
    for deal in (*_projects(books), *_contracts(books)):
        found = [
            (one, match)
            for one in (*_owners(deal, companies), *deal.people)
            if (match := persons.who(one.name, one.mark, deal.day))
            and (match.sure or plain(one.name) not in twice)
        ]
        if found:
            yield _hit(deal, found, books)


def _projects(books: Books) -> Iterator[_Deal]:
    for one in books.projects:
        firms = tuple(dict.fromkeys((one.contractor, *(bidder.name for bidder in one.bidders))))
        bids = (_Behind(bidder.name, bidder.person) for bidder in one.bidders)
        people = tuple(bid for bid in bids if bid.name and bid.name != one.owner)
        day = one.tendered_on or one.signed_on or one.starts_on
        yield _Deal(one.key, f"工程“{one.name}”", day, one.price, firms, people)


def _contracts(books: Books) -> Iterator[_Deal]:
    for one in books.contracts:
        day = one.signed_on or one.starts_on
        yield _Deal(one.key, f"合同“{one.name or one.no}”", day, one.rent, (one.party,))


def _owners(deal: _Deal, companies: list[Listed]) -> Iterator[_Behind]:
    for firm in deal.firms:
        for row in companies:
            if _same(company(firm), company(row.detail)):
                yield _Behind(firm, row.name, row.mark, row.key)


def _same(firm: str, registered: str) -> bool:
    """Whether a registered name, perhaps with a word on the person's part in it, is the firm's."""
    return bool(firm) and (firm == registered or (len(firm) >= _SHORTEST and firm in registered))


def _hit(deal: _Deal, found: list[tuple[_Behind, Match]], books: Books) -> Hit:
    evidence = [key for one, match in found for key in (one.key, match.key) if key]
    told = "；".join(dict.fromkeys(f"{one.firm}的{one.name}（{match.told}）" for one, match in found))
    return Hit(
        rule="C12",
        years=((deal.day or books.today).year,),
        rows=tuple(dict.fromkeys((deal.key, *evidence))),
        amount=deal.amount,
        severity=Severity.DOUBT if any(match.sure for _, match in found) else Severity.HINT,
        reason=f"{deal.told}的参与方中有{told}，请核对发包时是否回避、是否公开竞争。",
    )


RULE = Rule(
    code="C12",
    name="投标、合同方背后有村干部或近亲属",
    looks_for="工程投标人、承包方和合同承租方的企业登记人员、投标联系人与村干部及近亲属名单比对。",
    basis="《农村基层干部廉洁履行职责若干规定》：不得为本人和近亲属承揽工程、承包集体资源谋利",
    check=check,
)
