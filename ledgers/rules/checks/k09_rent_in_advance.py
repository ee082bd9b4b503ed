"""K09 一次性长期收款: rent of many years taken at once and not kept for the years it belongs to."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.display import cn_date, money
from ledgers.rules.leases import begins, called, cents
from ledgers.rules.rows import ZERO, Books, Contract
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import year_end

_MONEY = ("101", "102")
_ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Lump:
    """One payment of the rent of several years, received about ``day``."""

    years: Decimal
    paid: Decimal | None
    day: dt.date


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract whose largest payment reaches past the term of office, unless that money is still there."""
    for contract in books.contracts:
        lump = max(_lumps(contract), key=lambda each: each.years, default=None)
        if lump is None or lump.years <= limits.on("years", lump.day):
            continue
        end = _term_end(books, lump.day)
        later = lump.years - _years_between(max(lump.day, begins(contract) or lump.day), end)
        kept = _money_at(books, end.year)
        belongs_later = cents(lump.paid * later / lump.years) if lump.paid is not None else None
        if later <= 0 or (kept is not None and belongs_later is not None and kept >= belongs_later):
            continue
        yield _hit(contract, lump, end, kept, belongs_later)


def _hit(
    contract: Contract, lump: Lump, end: dt.date, kept: Decimal | None, belongs_later: Decimal | None
) -> Hit:
    left = "年末货币资金数不明" if kept is None else f"{end.year}年末货币资金{money(kept)}元"
    part = "" if belongs_later is None else f"属于以后年度的约{money(belongs_later)}元，"
    return Hit(
        rule="K09",
        years=(lump.day.year,),
        rows=(contract.key,),
        amount=lump.paid,
        severity=Severity.HINT if kept is None else Severity.DOUBT,
        reason=f"合同{called(contract)}在{lump.day.year}年一次收取{lump.years:f}年租金；至{cn_date(end)}（当届任期止，未满的算到核对日）"
        f"{part}{left}，请核对提前收取的理由和资金去向。",
    )


def _lumps(contract: Contract) -> Iterator[Lump]:
    """The years paid ahead: as the sheet says, else each year's payment beyond what was still owed before it."""
    first = begins(contract)
    if contract.prepaid_years and first:
        years, rent = Decimal(contract.prepaid_years), contract.rent
        yield Lump(years, rent * years if rent else None, contract.signed_on or first)
        return
    if not contract.rent or first is None:
        return
    paid_before = ZERO
    for year, paid in sorted(contract.payments.items()):
        owed = max(contract.rent * max(year - first.year, 0) - paid_before, ZERO)
        signed = contract.signed_on
        day = signed if signed and signed.year == year else year_end(year)
        yield Lump(((paid - owed) / contract.rent).quantize(_ONE_PLACE).normalize(), paid, day)
        paid_before += paid


def _term_end(books: Books, day: dt.date) -> dt.date:
    """The end of the term of office ``day`` lies in: the next change, an end of a cadre's term, or today."""
    changes = {change for change in books.elections if change > day}
    if not changes:
        changes = {
            c.until for c in books.cadres if c.until and c.until > day and (not c.since or c.since <= day)
        }
    return min(changes | {books.today})


def _years_between(first: dt.date, last: dt.date) -> Decimal:
    return (Decimal(max((last - first).days, 0)) / 365).quantize(_ONE_PLACE)


def _money_at(books: Books, year: int) -> Decimal | None:
    """Cash and bank at the end of a year, or the latest known month of it; ``None`` when not in the books."""
    known = [row for row in books.balances if row.year == year and row.standard[:3] in _MONEY]
    if not known:
        return None
    last = max(row.month or 12 for row in known)
    return sum((row.closing for row in known if (row.month or 12) == last), ZERO)


RULE = Rule(
    code="K09",
    name="一次性长期收款",
    looks_for="一次收取五年以上租金、超出当届任期，且届末账上货币资金不够以后年度应得部分的合同。",
    basis="巡察常见问题：一次收取多年租金并在当届用完",
    check=check,
    limits={"years": always("一次收取超过", 5, "年")},
)
