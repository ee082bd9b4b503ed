"""K02 租期超长: leases longer than the law of the day they were agreed allows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.display import cn_date
from ledgers.rules.leases import (
    agreed,
    begins,
    called,
    is_household,
    is_waste,
    longer_than,
    same_thing,
    term_told,
)
from ledgers.rules.rows import Books, Contract
from ledgers.rules.rule import Hit, Limit, Limits, Rule

CONTRACT_LAW, CIVIL_CODE = dt.date(1999, 10, 1), dt.date(2021, 1, 1)
LAWS = Limit("依据", ((CONTRACT_LAW, "《合同法》第二百一十四条"), (CIVIL_CODE, "《民法典》第七百零五条")))


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a lease; household land and waste land have terms of their own and are left out."""
    for first in books.contracts:
        contract, rows = _in_one_go(first, books.contracts)
        day = agreed(contract)
        if day is None or is_household(contract) or is_waste(contract):
            continue
        years = limits.on("years", day)
        if years is None or not longer_than(contract, years):
            continue
        yield Hit(
            rule="K02",
            years=(day.year,),
            rows=rows,
            reason=f"合同{called(contract)}{_joined_told(rows)}自{cn_date(begins(contract))}至{cn_date(contract.ends_on)}，"
            f"期限{term_told(contract)}，超过{LAWS.on(day)}规定的{years}年，请核对是否属于租赁、超过部分如何处理。",
        )


def _in_one_go(contract: Contract, among: Iterable[Contract]) -> tuple[Contract, tuple[str, ...]]:
    """The term agreed in one go: what was signed on the same day and follows on is one term with it."""
    rows: tuple[str, ...] = (contract.key,)
    for other in sorted(among, key=lambda each: begins(each) or dt.date.max):
        if _follows(other, contract):
            contract, rows = replace(contract, ends_on=other.ends_on), (*rows, other.key)
    return contract, rows


def _follows(later: Contract, earlier: Contract) -> bool:
    """Whether ``later`` was signed along with ``earlier`` and begins where that ends."""
    start, end = begins(later), earlier.ends_on
    if start is None or end is None or earlier.signed_on is None or later.signed_on != earlier.signed_on:
        return False
    return later.party == earlier.party and 0 <= (start - end).days <= 1 and same_thing(later, earlier)


def _joined_told(rows: tuple[str, ...]) -> str:
    return f"连同同日签订、前后相接的另{len(rows) - 1}份" if len(rows) > 1 else ""


RULE = Rule(
    code="K02",
    name="租期超长",
    looks_for="租期超过二十年的合同，同日签订、前后相接的合并计算。家庭承包地和四荒地另有期限，不在此列；1999年10月1日以前签订的没有此项上限。",
    basis="《民法典》第七百零五条；2021年以前为《合同法》第二百一十四条",
    check=check,
    limits={"years": Limit("租期超过", ((dt.date.min, None), (CONTRACT_LAW, 20), (CIVIL_CODE, 20)), "年")},
)
