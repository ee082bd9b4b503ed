"""L10 备用金/借款挂账: advances to people that stay open."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.display import cn_date
from core.text import says
from ledgers.rules.cash import ADVANCE_WORDS
from ledgers.rules.rows import ZERO, Books, Debt, Entry
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.settling import settled
from ledgers.rules.totals import total
from ledgers.rules.vouchers import account
from ledgers.rules.wording import yuan

_RECEIVABLE = ("112", "113")


@dataclass(frozen=True, slots=True)
class _Open:
    """An advance, what of it was not settled in time, and for how long (up to the books' end when still open)."""

    line: Entry
    day: dt.date
    amount: Decimal
    days: int
    still: bool


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a receiver: by the vouchers, else by the table of receivables."""
    by_receiver: dict[str, list[Entry]] = defaultdict(list)
    lines_of_debts = [entry for entry in books.entries if entry.day and account(entry) in _RECEIVABLE]
    known = {entry.party: entry.party_mark or entry.party for entry in lines_of_debts if entry.party}
    for entry in lines_of_debts:
        by_receiver[_whose(entry, known)].append(entry)
    end = max((entry.day for entry in books.entries if entry.day), default=books.today)
    told: set[str] = set()
    for receiver, lines in by_receiver.items():
        if late := list(_late(lines, end, limits)):
            told.add(receiver)
            yield _by_lines(late, end, limits)
    for debt in books.debts:
        if (debt.party_mark or debt.party) not in told and _is_old(debt, books.today, limits):
            yield _by_table(debt, books.today)


def _late(lines: list[Entry], end: dt.date, limits: Limits) -> Iterator[_Open]:
    given = [
        (line.day, line.debit, line) for line in lines if line.day and line.debit > 0 and _is_advance(line)
    ]
    back = [(line.day, line.credit - min(line.debit, ZERO)) for line in lines if line.day]
    parts = settled([(day, amount) for day, amount, _ in given], back)
    for (day, amount, line), paid in zip(given, parts, strict=True):
        rest = amount - sum((part for _, part in paid), ZERO)
        late = [(on, part) for on, part in [*paid, (end, rest)] if part and _is_late(day, on, limits)]
        if late:
            amount = sum((part for _, part in late), ZERO)
            yield _Open(line, day, amount, (late[-1][0] - day).days, (end, rest) in late)


def _whose(line: Entry, known: dict[str, str]) -> str:
    """Who owes: the party written or, where none is, the one the summary names (甲某报账)."""
    named = line.party or next((party for party in known if party in line.summary), "")
    return line.party_mark or known.get(named, "")


def _is_advance(line: Entry) -> bool:
    return says(line.summary + line.account_name, ADVANCE_WORDS)


def _is_late(given: dt.date, back: dt.date, limits: Limits) -> bool:
    another_month = (given.year, given.month) != (back.year, back.month)
    return another_month and (back - given).days > limits.on("days", given)


def _is_old(debt: Debt, today: dt.date, limits: Limits) -> bool:
    named = says(debt.reason, ADVANCE_WORDS)
    return bool(
        debt.side == "receivable"
        and debt.amount > 0
        and named
        and debt.since
        and (today - debt.since).days > limits.on("old", today)
    )


def _by_lines(late: list[_Open], end: dt.date, limits: Limits) -> Hit:
    amount, longest = total(late), max(late, key=lambda each: each.days)
    still = sum((each.amount for each in late if each.still), ZERO)
    whom = f"“{late[0].line.party}”" if late[0].line.party else "未写明对方的"
    closing = f"，截至{cn_date(end)}账上仍有{yuan(still)}未见报账或归还" if still else "，均已报账或归还"
    return Hit(
        rule="L10",
        years=tuple(sorted({each.line.year for each in late})),
        rows=tuple(each.line.key for each in late),
        amount=amount,
        severity=Severity.DOUBT if longest.days > limits.on("old", end) else Severity.HINT,
        reason=f"{whom}备用金、借款有{len(late)}笔跨月未结清，共{yuan(amount)}，最长{longest.days}天"
        f"（{cn_date(longest.day)}起）{closing}，请核对用途和还款。",
    )


def _by_table(debt: Debt, today: dt.date) -> Hit:
    since = debt.since or today
    return Hit(
        rule="L10",
        years=(since.year,),
        rows=(debt.key,),
        amount=debt.amount,
        severity=Severity.DOUBT,
        reason=f"往来表中“{debt.party}”的{debt.reason}{yuan(debt.amount)}自{cn_date(since)}起未结清，"
        f"已{(today - since).days}天，请核对用途和还款。",
    )


RULE = Rule(
    code="L10",
    name="备用金、借款挂账",
    looks_for="应收款、内部往来中的备用金和个人借款，超过规定天数且跨月仍未报账或归还；一年以上的更需核对。",
    basis="农村集体经济组织财务制度：应收款项应当定期清理催收；备用金应及时报账",
    check=check,
    limits={"days": always("报账宽限", 3, "天"), "old": always("长期挂账", 365, "天")},
)
