"""C02 低保与财政供养: subsistence paid to people on the state's payroll."""

from collections.abc import Iterator

from core.display import money
from ledgers.rules.matching import benefits, details, listed, overlaps, span
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule
from ledgers.rules.totals import total


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person: the payments for the months in which the person was on the payroll."""
    for found in overlaps(books, benefits(books, "subsistence"), listed(books, "staff")):
        yield found.hit(
            "C02",
            f"{found.name}在财政供养人员名单上（{details(found.rows) or '单位未注明'}），{span(found.payments)}"
            f"同时有低保{len(found.payments)}笔，共{money(total(found.payments))}元，请核对家庭收入和审批材料。",
        )


RULE = Rule(
    code="C02",
    name="低保对象为财政供养人员",
    looks_for="低保发放名单与财政供养人员名单比对：同一人同一月份两边都有；入职、离职当月不算。",
    basis="《社会救助暂行办法》：低保按家庭人均收入和财产状况认定",
    check=check,
)
