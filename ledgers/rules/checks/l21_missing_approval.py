"""L21 审批缺失: payments without one of the signatures, or approved by the one who handled them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from core.display import money
from core.text import says
from ledgers.rules.persons import plain
from ledgers.rules.rows import Books, Entry
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.spendings import booked_unpaid
from ledgers.rules.totals import by_year, rows, total, year_end
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.words import BANK_FEES, what_for

_SIGNED: dict[str, Callable[[Entry], str]] = {
    "经手人": lambda line: line.handler,
    "证明人": lambda line: line.witness,
    "审批人": lambda line: line.approver,
}
_SEAL = "理财小组审核章"


class _Gaps(NamedTuple):
    """Payments by what they lack, and those whose handler approved them."""

    lacking: dict[str, list[Payment]]
    own: list[Payment]


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year. A column that a year's sheet does not keep at all says nothing, and is not asked for."""
    for year, paid in by_year([*payments(books), *booked_unpaid(books)]).items():
        least = limits.on("single", year_end(year))
        asked = [each for each in paid if each.amount >= least and not says(what_for(each), BANK_FEES)]
        kept = _kept(books, year)
        gaps = _gaps(asked, kept)
        hit = {*gaps.own, *(each for found in gaps.lacking.values() for each in found)}
        found = [each for each in asked if each in hit]
        if found:
            yield Hit(
                rule="L21",
                years=(year,),
                rows=rows(found),
                amount=total(found),
                reason=f"{year}年有{len(found)}笔支出凭证审批手续不全，涉及{money(total(found))}元：{_told(gaps)}。",
            )


def _kept(books: Books, year: int) -> set[tuple[str, str]]:
    """The columns filled at least once in a sheet of the year, as (sheet, signature)."""
    lines = [line for line in books.entries if line.year == year]
    return {(line.sheet, what) for line in lines for what, signed in _SIGNED.items() if signed(line).strip()}


def _gaps(asked: list[Payment], kept: set[tuple[str, str]]) -> _Gaps:
    lacking: dict[str, list[Payment]] = defaultdict(list)
    own = []
    for payment in asked:
        lines, sheet = payment.voucher.lines, payment.lines[0].sheet
        for what, signed in _SIGNED.items():
            if (sheet, what) in kept and not any(signed(line).strip() for line in lines):
                lacking[what].append(payment)
        if any(line.panel_sealed is False for line in lines):
            lacking[_SEAL].append(payment)
        if any(plain(line.handler) and plain(line.handler) == plain(line.approver) for line in lines):
            own.append(payment)
    return _Gaps(lacking, own)


def _told(gaps: _Gaps) -> str:
    parts = [f"无{what}{len(found)}笔" for what, found in gaps.lacking.items()]
    if gaps.own:
        parts.append(f"经手人与审批人为同一人{len(gaps.own)}笔")
    return "，".join(parts)


RULE = Rule(
    code="L21",
    name="审批缺失",
    looks_for="支出缺经手人、证明人、审批人签字或理财小组审核章，或经手人与审批人是同一人；账表没有该列的年度不比。",
    basis="村集体经济组织财务制度：经手人签字、民主理财小组审核盖章、负责人审批后入账",
    check=check,
    limits={"single": always("单笔支出达到", 100, "元")},
)
