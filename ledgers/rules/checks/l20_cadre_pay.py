"""L20 工资补贴超标: what one cadre was paid in a year above the standard of the town."""

from collections import defaultdict
from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.persons import Match, Persons
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import mark_of, rows, total, year_end
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.words import INSURANCE, PAY, for_several, what_for

_NO_PAY = (
    *INSURANCE,
    "报销",
    "差旅",
    "慰问",
    "困难",
    "耕地",
    "种粮",
    "惠农",
    "独生子女",
    "危房",
    "农机",
    "退耕",
    "征地",
    "青苗",
)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per cadre and year; while no standard is set there is nothing to hold the pay against."""
    for (year, key), paid in _by_cadre(books).items():
        standard = limits.on("yearly", year_end(year))
        found = [payment for payment, _ in paid]
        over = total(found) - standard
        if not standard or over <= 0:
            continue
        match = max((match for _, match in paid), key=lambda each: each.sure)
        yield Hit(
            rule="L20",
            years=(year,),
            rows=(*rows(found), key),
            amount=over,
            severity=Severity.DOUBT if match.sure else Severity.HINT,
            reason=f"{year}年付给{match.called(found[0].party)}的工资、补贴等{len(found)}笔，共{money(total(found))}元，"
            f"超过标准{money(standard)}元，多{money(over)}元，请核对。",
        )


def _by_cadre(books: Books) -> dict[tuple[int, str], list[tuple[Payment, Match]]]:
    persons = Persons(books)
    paid: dict[tuple[int, str], list[tuple[Payment, Match]]] = defaultdict(list)
    for payment in payments(books):
        if not _is_pay(what_for(payment)):
            continue
        match = persons.who(payment.party, mark_of(payment), on=payment.when)
        if match and not match.relation:
            paid[payment.voucher.year, match.key].append((payment, match))
    return paid


def _is_pay(text: str) -> bool:
    return says(text, PAY) and not says(text, _NO_PAY) and not for_several(text)


RULE = Rule(
    code="L20",
    name="工资补贴超标",
    looks_for="账上一年付给一名村干部的工资、报酬、补贴、绩效等合计超过镇定标准；标准未填时不比。",
    basis="镇、街道确定的村干部报酬标准（参数，按年度）",
    check=check,
    limits={"yearly": always("村干部一人一年报酬标准（0为未定，不比）", 0, "元")},
)
