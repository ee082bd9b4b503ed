"""L25 收入未入账: rent that contracts make due, or that a list says was paid, and that the books do not show."""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.display import money
from ledgers.rules.rents import Receipt, Tenant, came_in, dues, receipts, tenants
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always


class _Account(NamedTuple):
    """What one tenant should have paid and what the books show, by year, with the receipts found."""

    expected: dict[int, Decimal]
    booked: dict[int, Decimal]
    missing: dict[int, Decimal]
    named: list[Receipt]
    equal: list[Receipt]


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per tenant with the years that fall short; what came late or early in another year makes up for it."""
    days = [entry.day for entry in books.entries if entry.day]
    if not days or not books.contracts:
        return
    until = min(books.today, _month_end(max(days)))
    years = {entry.year for entry in books.entries}
    came = receipts(books)
    everybody = tenants(books)
    free = [each for each in came if each.for_rent and not any(tenant.paid(each) for tenant in everybody)]
    for tenant in everybody:
        found = _account(tenant, came, free, years, until, limits)
        if sum(found.missing.values(), ZERO) > limits.on("least", until):
            yield _hit(tenant, found, free)


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _account(tenant: Tenant, came: list[Receipt], free: list[Receipt], years: set[int], until: dt.date,
             limits: Limits) -> _Account:  # fmt: skip
    due = _expected(tenant, until, limits.on("days", until))
    expected = {year: due.get(year, ZERO) for year in sorted(years)}
    named = [each for each in came if tenant.paid(each)]
    booked = came_in(named)
    ahead = sum((amount for year, amount in booked.items() if year > max(years)), ZERO)
    missing = _missing(expected, booked, ahead + _known_unpaid(tenant))
    equal = _equal(missing, free)
    return _Account(expected, booked, missing, named, equal)


def _equal(missing: dict[int, Decimal], free: list[Receipt]) -> list[Receipt]:
    """Rent of nobody named that equals what a year lacks: taken for this tenant's, and the year is whole."""
    equal = []
    for year, short in list(missing.items()):
        same = next((each for each in free if (each.year, each.amount) == (year, short)), None)
        if same:
            free.remove(same)
            equal.append(same)
            del missing[year]
    return equal


def _expected(tenant: Tenant, until: dt.date, grace: int) -> dict[int, Decimal]:
    """By year what a list says was paid; where it is silent what was due."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for contract in tenant.contracts:
        for year, sum_ in (contract.payments or dues(contract, until, grace)).items():
            sums[year] += sum_
    return sums


def _known_unpaid(tenant: Tenant) -> Decimal:
    """Arrears the list itself tells of: not paid, so not to be looked for in the books."""
    known = [
        each
        for each in tenant.contracts
        if not each.payments and each.due is not None and each.paid is not None
    ]
    return sum((max((each.due or ZERO) - (each.paid or ZERO), ZERO) for each in known), ZERO)


def _missing(expected: dict[int, Decimal], booked: dict[int, Decimal], spare: Decimal) -> dict[int, Decimal]:
    """The years that fall short, after what is to spare and what other years have too much is laid on the oldest."""
    spare += sum((max(booked.get(year, ZERO) - due, ZERO) for year, due in expected.items()), ZERO)
    missing = {}
    for year, due in expected.items():
        short = max(due - booked.get(year, ZERO), ZERO)
        laid = min(short, spare)
        spare -= laid
        if short > laid:
            missing[year] = short - laid
    return missing


def _hit(tenant: Tenant, found: _Account, free: list[Receipt]) -> Hit:
    missing = sum(found.missing.values(), ZERO)
    unnamed = sum((each.amount for each in free if each.year in found.missing), ZERO)
    hidden = unnamed >= missing
    listed = all(contract.payments for contract in tenant.contracts)
    parts = "，".join(_told(found, year, listed) for year in found.missing)
    return Hit(
        rule="L25",
        years=tuple(found.missing),
        rows=tuple(each.key for each in tenant.contracts)
        + tuple(each.line.key for each in found.named + found.equal),
        amount=missing,
        severity=Severity.HINT if hidden else Severity.GRAVE if listed else Severity.DOUBT,
        reason=f"{_who(tenant)}：{parts}，合计少{money(missing)}元。{_matched(found)}"
        + (f"这些年另有未写明承租方的租金收入{money(unnamed)}元，可能含在其中。" if hidden else "")
        + "请核对收款和入账。",
    )


def _told(found: _Account, year: int, listed: bool) -> str:
    said = "合同台账记已收" if listed else "应收"
    booked = found.booked.get(year, ZERO)
    return f"{year}年{said}{money(found.expected[year])}元、账上收到{money(booked)}元"


def _who(tenant: Tenant) -> str:
    names = "、".join(dict.fromkeys(each.name or each.kind or each.no or "合同" for each in tenant.contracts))
    return f"“{names}”" + (f"（承租方{tenant.party}）" if tenant.party else "")


def _matched(found: _Account) -> str:
    if not found.named and not found.equal:
        return "账上按承租方名称、合同名称和编号都没有找到收款。"
    equal = f"，另按年度和金额相同认作{len(found.equal)}笔" if found.equal else ""
    return f"账上按承租方名称、合同名称或编号找到{len(found.named)}笔{equal}。"


RULE = Rule(
    code="L25",
    name="收入未入账",
    looks_for="合同各年应收（或台账记已收）的租金、承包费，与账上按承租方、合同名称找到的收款比较，少的列出；"
    "早收晚收可互抵，台账已记欠收的不算。",
    basis="村集体经济组织财务制度：集体收入应全部、及时入账",
    check=check,
    limits={
        "least": always("合计少收超过", 100, "元"),
        "days": always("每年租期开始后宽限", 90, "天"),
    },
)
