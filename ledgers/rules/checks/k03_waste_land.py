"""K03 四荒期限: waste land let for longer than fifty years."""

import datetime as dt
from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.leases import agreed, begins, called, is_household, is_waste, longer_than, term_told
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limit, Limits, Rule

# Fifty years bind what was signed after 21 February 1994.
LIMITED_FROM = dt.date(1994, 2, 22)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract."""
    for contract in books.contracts:
        day = agreed(contract)
        if day is None or not is_waste(contract) or is_household(contract):
            continue
        years = limits.on("years", day)
        if years is None or not longer_than(contract, years):
            continue
        yield Hit(
            rule="K03",
            years=(day.year,),
            rows=(contract.key,),
            reason=f"四荒地合同{called(contract)}于{cn_date(day)}签订，自{cn_date(begins(contract))}至"
            f"{cn_date(contract.ends_on)}，期限{term_told(contract)}，超过{years}年，请核对超过部分的效力。",
        )


RULE = Rule(
    code="K03",
    name="四荒地期限超过五十年",
    looks_for="1994年2月21日以后签订、期限超过五十年的四荒（荒山、荒沟、荒丘、荒滩）合同。",
    basis="国家关于治理开发农村“四荒”资源的规定：承包、租赁、拍卖使用权最长不超过五十年",
    check=check,
    limits={"years": Limit("期限超过", ((dt.date.min, None), (LIMITED_FROM, 50)), "年")},
)
