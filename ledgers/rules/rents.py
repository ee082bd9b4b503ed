"""Rent: what contracts make due in each year, and what of it the books show as come in, by tenant."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.clock import add_years
from core.text import says
from ledgers.rules.persons import plain, same_name
from ledgers.rules.rows import ZERO, Books, Contract, Entry
from ledgers.rules.totals import year_end
from ledgers.rules.vouchers import EXPENSE, Voucher, account, is_money, vouchers

_RENT = ("租", "承包", "发包", "上交")
_NO_RENT = ("押金", "保证金", "投标", "质保金")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line by which money, or a claim for it (``claimed``), was booked; ``year`` is the one the words name."""

    line: Entry
    year: int
    amount: Decimal
    summary: str
    party: str
    mark: str
    claimed: bool

    @property
    def for_rent(self) -> bool:
        """Whether the line reads like rent, whoever paid."""
        return account(self.line) == "511" or says(self.summary, _RENT)


@dataclass
class Tenant:
    """All contracts of one tenant; where no party is known each contract stands for itself."""

    party: str
    mark: str
    contracts: list[Contract] = field(default_factory=list)

    def paid(self, receipt: Receipt) -> bool:
        """Whether the receipt tells of this tenant: by mark, by name, by a contract's name or number.

        Contracts of several tenants may have one name, so it says nothing of a receipt from somebody else.
        """
        if self.mark and receipt.mark:
            return self.mark == receipt.mark
        if same_name(self.party, receipt.party) or (len(self.party) > 1 and self.party in receipt.summary):
            return True
        return not (self.party and receipt.party) and says(receipt.summary, self._titles())

    def _titles(self) -> Iterable[str]:
        for contract in self.contracts:
            yield from (title for title in (plain(contract.name), plain(contract.no)) if len(title) > 3)


def tenants(books: Books) -> list[Tenant]:
    """The tenants in the order of their first contract."""
    found: dict[str, Tenant] = {}
    for contract in books.contracts:
        party = plain(contract.party)
        tenant = found.setdefault(
            contract.party_mark or party or contract.key, Tenant(party, contract.party_mark)
        )
        tenant.contracts.append(contract)
    return list(found.values())


def receipts(books: Books) -> list[Receipt]:
    """What came in, deposits left out; of books with one side only the money's own lines."""
    return [receipt for voucher in vouchers(books) for receipt in _received(voucher)
            if not says(receipt.summary, _NO_RENT)]  # fmt: skip


def _received(voucher: Voucher) -> Iterable[Receipt]:
    others = [line for line in voucher.lines if not is_money(line)]
    claimed = bool(others) and any(line.debit for line in others) and len(others) == len(voucher.lines)
    for line in others or voucher.lines:
        amount = line.credit if others else line.debit
        if amount > 0 and account(line) not in EXPENSE:
            summary = plain(line.summary)
            named = _YEAR.search(summary)
            year = int(named[1]) if named else line.year
            yield Receipt(line, year, amount, summary, *_payer(voucher, line), claimed)


def _payer(voucher: Voucher, line: Entry) -> tuple[str, str]:
    """Name and mark of who paid: as the line says, else the only one the voucher names."""
    parties = {(plain(each.party), each.party_mark) for each in voucher.lines if each.party}
    if line.party or len(parties) != 1:
        return plain(line.party), line.party_mark
    return parties.pop()


def came_in(found: Iterable[Receipt]) -> dict[int, Decimal]:
    """The sum of each year: a claim booked and then paid is one sum, so the larger of both counts."""
    sums: dict[tuple[int, bool], Decimal] = defaultdict(Decimal)
    for receipt in found:
        sums[receipt.year, receipt.claimed] += receipt.amount
    return {year: max(sums.get((year, False), ZERO), sums.get((year, True), ZERO)) for year, _ in sums}


def dues(contract: Contract, until: dt.date, grace: int) -> dict[int, Decimal]:
    """What fell due in each year up to ``until``: as listed, else the rent at each beginning of a year of the term.

    Rent worked out from the term has some days' ``grace``, for contracts name the day of payment in many ways.
    """
    if contract.dues:
        return {year: due for year, due in contract.dues.items() if year_end(year) <= until}
    rent = contract.rent or (contract.price or ZERO) * (contract.area or ZERO)
    start, every = contract.starts_on, max(contract.prepaid_years or 1, 1)
    found: dict[int, Decimal] = {}
    if not rent or start is None:
        return found
    last = contract.ends_on or until
    while start < last and start + dt.timedelta(days=grace) <= until:
        terms = sum(1 for n in range(every) if add_years(start, n) < last)
        found[start.year] = rent * terms
        start = add_years(start, every)
    return found
