"""L23 长期挂账: receivables and payables older than some years in which nothing has moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from core.clock import add_years
from core.display import cn_date, money
from ledgers.rules.persons import plain
from ledgers.rules.rows import Balance, Books, Debt
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import year_end

_SIDES = {"receivable": "应收", "payable": "应付"}
_ACCOUNTS = {"112": "应收款", "113": "内部往来", "202": "应付款", "221": "长期借款及应付款"}


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per debt in the newest list; where there is no list, per account in the yearly balances."""
    if books.debts:
        yield from _listed(books, limits)
    else:
        yield from _balanced(books, limits)


def _listed(books: Books, limits: Limits) -> Iterator[Hit]:
    newest = max(debt.year for debt in books.debts)
    as_of = min(books.today, year_end(newest))
    limit = limits.on("years", as_of)
    histories: dict[tuple[object, ...], list[Debt]] = defaultdict(list)
    for debt in sorted(books.debts, key=lambda each: -each.year):
        histories[_matter(debt)].append(debt)
    for history in histories.values():
        for debt in (each for each in history if each.year == newest and each.amount):
            since = _still_since(debt, history)
            if since and since < add_years(as_of, -limit):
                yield _hit_of(debt, since, as_of, limit)


def _matter(debt: Debt) -> tuple[object, ...]:
    return debt.side, debt.party_mark or plain(debt.party), debt.since, debt.reason


def _still_since(debt: Debt, history: list[Debt]) -> dt.date | None:
    """The last day on which the debt is known to have moved; ``None`` when only one year's list tells of it.

    Lists of earlier years help: a sum that differs from the year before has moved in between.
    """
    year, moved = debt.year, False
    for earlier in sorted({each.year for each in history if each.year < debt.year}, reverse=True):
        moved = all(each.amount != debt.amount for each in history if each.year == earlier)
        if moved:
            break
        year = earlier
    listed = year_end(year) if moved or year < debt.year else None
    known = [day for day in (debt.since, debt.moved_on, listed if moved else None) if day]
    return max(known) if known else listed


def _hit_of(debt: Debt, since: dt.date, as_of: dt.date, limit: int) -> Hit:
    side = _SIDES.get(debt.side, "往来")
    what = f"（{debt.reason}）" if debt.reason else ""
    return Hit(
        rule="L23",
        years=(debt.year,),
        rows=(debt.key,),
        amount=debt.amount,
        reason=f"{side}“{debt.party}”{money(debt.amount)}元{what}，{cn_date(since)}以后没有变动，"
        f"到{cn_date(as_of)}已超过{limit}年，请核对是否应清收、清偿或核销。",
    )


def _balanced(books: Books, limits: Limits) -> Iterator[Hit]:
    yearly = [each for each in books.balances if each.month is None and each.standard[:3] in _ACCOUNTS]
    newest = max((each.year for each in yearly), default=0)
    parents = {(each.year, code) for each in yearly for code in _above(each.account)}
    accounts: dict[str, list[Balance]] = defaultdict(list)
    for each in sorted(yearly, key=lambda one: -one.year):
        if (each.year, each.account) not in parents:
            accounts[each.account].append(each)
    for history in accounts.values():
        still = _still(history, newest)
        if still and len(still) >= limits.on("years", year_end(newest)):
            yield _hit_on(still)


def _above(account: str) -> list[str]:
    """Every code the account may be a part of."""
    return [account[:length].rstrip(".-") for length in range(3, len(account))]


def _still(history: list[Balance], newest: int) -> list[Balance]:
    """The years without a movement, from the newest back."""
    still: list[Balance] = []
    for each in history:
        if each.year != newest - len(still) or each.debit or each.credit or not each.closing:
            break
        still.append(each)
    return still


def _hit_on(still: list[Balance]) -> Hit:
    newest, oldest = still[0], still[-1]
    name = newest.account_name or _ACCOUNTS[newest.standard[:3]]
    return Hit(
        rule="L23",
        years=tuple(sorted(each.year for each in still)),
        rows=tuple(each.key for each in still),
        amount=abs(newest.closing),
        reason=f"科目“{name}”余额{money(abs(newest.closing))}元，{oldest.year}年至{newest.year}年"
        f"连续{len(still)}年没有发生额，请核对是否应清收、清偿或核销。",
    )


RULE = Rule(
    code="L23",
    name="长期挂账",
    looks_for="往来表中账龄超过三年且没有变动的应收、应付款；没有往来表时看各年科目余额有无发生额。",
    basis="村集体经济组织财务制度：债权债务应定期核对、及时清理；年限为参数",
    check=check,
    limits={"years": always("没有变动超过", 3, "年")},
)
