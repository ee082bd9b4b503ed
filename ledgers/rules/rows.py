"""A village's books as the checks read them: typed rows, frozen, without a database.

Amounts are yuan with two places (``Decimal``), areas mu, days ``date``; what a sheet did not say is ``None`` or empty.
``key`` is the stored row's own key: a check answers with keys, people open the rows behind them. Persons are a name
and a ``mark``, the keyed hash of the whole identity number (empty where the sheet had none); bank accounts likewise
are marks. No number itself ever reaches a check.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import TypeVar, cast

ZERO = Decimal(0)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a voucher (表F 收支). ``number`` is the voucher's running number within its series.

    ``standard`` is the account's code in the standard chart of 2004 after the year's mapping, empty when unmapped;
    ``paid_by`` one of ``cash``, ``bank``, ``other``, empty; ``ticket`` the kind of invoice as written.
    """

    key: str
    year: int
    day: dt.date | None = None
    voucher: str = ""
    number: int | None = None
    summary: str = ""
    account: str = ""
    account_name: str = ""
    standard: str = ""
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    balance: Decimal | None = None
    party: str = ""
    party_mark: str = ""
    party_account: str = ""
    paid_by: str = ""
    ticket: str = ""
    ticket_no: str = ""
    seller: str = ""
    attachments: int | None = None
    handler: str = ""
    witness: str = ""
    approver: str = ""
    panel_sealed: bool | None = None
    approved_on: dt.date | None = None
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """One account's year (or month): opening + debit − credit = closing on the debit side."""

    key: str
    year: int
    month: int | None = None
    account: str = ""
    account_name: str = ""
    standard: str = ""
    opening: Decimal = ZERO
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    closing: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Debt:
    """A receivable or payable (表B 往来); ``since`` the day it arose, ``moved_on`` the last movement."""

    key: str
    year: int
    side: str = ""  # "receivable" or "payable"
    party: str = ""
    party_mark: str = ""
    amount: Decimal = ZERO
    since: dt.date | None = None
    moved_on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract (表E). ``price`` yuan per unit and year; ``dues`` and ``payments`` by year where known."""

    key: str
    no: str = ""
    name: str = ""
    kind: str = ""  # what is let: 鱼塘, 山林, 耕地, 四荒, 门面, …
    plot: str = ""
    area: Decimal | None = None
    measured: Decimal | None = None
    party: str = ""
    party_mark: str = ""
    signed_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    price: Decimal | None = None
    rent: Decimal | None = None  # of one year
    due: Decimal | None = None  # in all up to the sheet's day
    paid: Decimal | None = None
    dues: Mapping[int, Decimal] = field(default_factory=dict)
    payments: Mapping[int, Decimal] = field(default_factory=dict)
    prepaid_years: int | None = None
    method: str = ""
    meeting_on: dt.date | None = None
    published_on: dt.date | None = None
    filed_on: dt.date | None = None
    written: bool | None = None
    in_use: bool | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A fixed asset (表C)."""

    key: str
    name: str = ""
    kind: str = ""
    quantity: Decimal | None = None
    counted: Decimal | None = None
    value: Decimal | None = None
    acquired_on: dt.date | None = None
    state: str = ""
    user: str = ""
    user_mark: str = ""
    booked: bool | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource (表D): land, water, forest. ``contract`` tells whether one exists."""

    key: str
    kind: str = ""
    plot: str = ""
    booked_area: Decimal | None = None
    measured: Decimal | None = None
    user: str = ""
    user_mark: str = ""
    state: str = ""
    contract: bool | None = None


@dataclass(frozen=True, slots=True)
class Bidder:
    """Who bid for a project, with what tells companies apart."""

    name: str
    address: str = ""
    phone: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project (表G 工程)."""

    key: str
    name: str = ""
    contractor: str = ""
    contractor_mark: str = ""
    owner: str = ""  # legal representative or foreman, as far as known
    budget: Decimal | None = None
    price: Decimal | None = None
    change: Decimal | None = None  # by change orders, signed
    settled: Decimal | None = None
    paid: Decimal | None = None
    method: str = ""
    tendered_on: dt.date | None = None
    signed_on: dt.date | None = None
    starts_on: dt.date | None = None
    finished_on: dt.date | None = None
    accepted_on: dt.date | None = None
    final_paid_on: dt.date | None = None
    bidders: tuple[Bidder, ...] = ()


@dataclass(frozen=True, slots=True)
class Benefit:
    """One payment of a benefit (表H 惠民): programme, person, household head, month or day."""

    key: str
    programme: str = ""
    kind: str = ""  # subsistence, relief, special_care, farmland, pension, work, other
    year: int = 0
    month: int | None = None
    name: str = ""
    mark: str = ""
    head: str = ""
    account: str = ""
    amount: Decimal = ZERO
    area: Decimal | None = None
    number_valid: bool | None = None  # check digit of the identity number
    born_on: dt.date | None = None
    paid_on: dt.date | None = None
    published_on: dt.date | None = None
    days: Decimal | None = None  # paid days of work, where the list says


@dataclass(frozen=True, slots=True)
class Cadre:
    """A member of the village's organisations with the term; ``salaried`` when paid by the state."""

    key: str
    name: str
    mark: str = ""
    post: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    salaried: bool = False


@dataclass(frozen=True, slots=True)
class Kin:
    """A near relative of a cadre, as declared or registered."""

    key: str
    cadre: str
    name: str
    mark: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list from elsewhere (殡葬、财政供养、房产车辆、企业、户籍、社保、机构、在校……).

    ``kind``: ``death``, ``staff``, ``property``, ``company``, ``household``, ``insurance``, ``institution``,
    ``student``, ``land``, ``away``, ``bedridden``. ``since`` is the day it holds from (of a death: the day of death),
    ``until`` its end.
    """

    key: str
    kind: str
    name: str = ""
    mark: str = ""
    head: str = ""
    detail: str = ""
    amount: Decimal | None = None
    area: Decimal | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One disclosure of accounts to the villagers."""

    key: str
    year: int
    quarter: int
    shown_on: dt.date | None = None


@dataclass(frozen=True)
class Books:
    """Everything of one village the checks may read; ``today`` is the day they are run for.

    ``unit_prices`` are medians per kind of contract in the town, ``round_shares`` the district's median share of
    round sums per standard account; empty where too few villages are known. ``elections`` are the days of change.
    """

    village: str
    today: dt.date
    entries: tuple[Entry, ...] = ()
    balances: tuple[Balance, ...] = ()
    debts: tuple[Debt, ...] = ()
    contracts: tuple[Contract, ...] = ()
    assets: tuple[Asset, ...] = ()
    resources: tuple[Resource, ...] = ()
    projects: tuple[Project, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    cadres: tuple[Cadre, ...] = ()
    kin: tuple[Kin, ...] = ()
    lists: tuple[Listed, ...] = ()
    shown: tuple[Shown, ...] = ()
    elections: tuple[dt.date, ...] = ()
    unit_prices: Mapping[str, Decimal] = field(default_factory=dict)
    round_shares: Mapping[str, float] = field(default_factory=dict)


def once(reading: Callable[[Books], Made]) -> Callable[[Books], Made]:
    """Let ``reading`` be worked out once for books that many checks read; it is kept with them and goes with them."""

    @wraps(reading)
    def known(books: Books) -> Made:
        kept = vars(books)
        name = f"{reading.__module__}.{reading.__qualname__}"
        if name not in kept:
            kept[name] = reading(books)
        return cast(Made, kept[name])

    return known
