"""C10 卧床高龄人员参加劳动: paid for work, a patrol or a drill although bed-ridden or very old."""

import datetime as dt
from collections.abc import Iterator

from core.display import money
from ledgers.rules.labour import for_work
from ledgers.rules.matching import (
    Overlap,
    Paid,
    age,
    last_day,
    listed,
    overlaps,
    programmes,
    span,
)
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import total


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person: first the bed-ridden, then who of the others had reached the age."""
    paid = for_work(books)
    bedridden = overlaps(books, paid, listed(books, "bedridden"))
    for found in bedridden:
        yield found.hit("C10", _reason(found, "在卧床、失能人员名单上"))
    told = {payment.key for found in bedridden for payment in found.payments}
    for old in _old([payment for payment in paid if payment.key not in told], books, limits):
        yield old.hit("C10", _reason(old, f"当时已满{limits.on('age', books.today)}周岁"))


def _old(paid: list[Paid], books: Books, limits: Limits) -> list[Overlap]:
    births = {row.mark or row.key: row.born_on for row in books.benefits if row.born_on}
    found: dict[str, Overlap] = {}
    for payment in sorted(paid, key=lambda one: (one.month, one.key)):
        born = births.get(payment.mark or payment.key)
        if born and _reached(born, payment, limits):
            found.setdefault(payment.person, Overlap(payment.name, by_name=False)).add(payment, ())
    return list(found.values())


def _reached(born: dt.date, payment: Paid, limits: Limits) -> bool:
    return bool(age(born, payment.month) >= limits.on("age", last_day(payment.month)))


def _reason(found: Overlap, why: str) -> str:
    return (
        f"{found.name}{why}，{span(found.payments)}有{programmes(found.payments)}{len(found.payments)}笔，"
        f"共{money(total(found.payments))}元，需要本人参加，请核对是否属实。"
    )


RULE = Rule(
    code="C10",
    name="卧床、高龄人员领取劳务报酬",
    looks_for="误工、公益岗、演练等需本人参加的发放与卧床、失能名单和年龄比对；单纯的救助、补贴不算。",
    basis="常识核对：按劳发放应由本人参加",
    check=check,
    limits={"age": always("年满", 80, "周岁")},
)
