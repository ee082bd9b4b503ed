"""C09 公益岗误工与身份: paid for work in the village while on a payroll, at school or away."""

from collections.abc import Iterator

from core.display import money
from ledgers.rules.labour import for_work
from ledgers.rules.matching import Overlap, details, listed, overlaps, programmes, span
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule
from ledgers.rules.totals import total

_KINDS = {"staff": "财政供养人员", "student": "在校学生", "away": "外出务工人员"}
# Pupils, and those who work away at Spring Festival, are at home then.
_HOLIDAYS = {"staff": frozenset[int](), "student": frozenset({1, 2, 7, 8}), "away": frozenset({1, 2})}


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person and list; who was paid for months of holiday alone is left out."""
    paid = for_work(books)
    for kind, told in _KINDS.items():
        for found in overlaps(books, paid, listed(books, kind)):
            if not all(payment.month[1] in _HOLIDAYS[kind] for payment in found.payments):
                yield found.hit("C09", _reason(found, told))


def _reason(found: Overlap, told: str) -> str:
    detail = details(found.rows)
    return (
        f"{found.name}在{told}名单上{f'（{detail}）' if detail else ''}，{span(found.payments)}同时有"
        f"{programmes(found.payments)}{len(found.payments)}笔，共{money(total(found.payments))}元，"
        "请核对是否本人到岗。"
    )


RULE = Rule(
    code="C09",
    name="公益岗、误工人员身份不符",
    looks_for="公益岗、误工等按劳发放与财政供养、在校学生、外出务工名单比对：同一人同一月份两边都有；假期内的不算。",
    basis="公益性岗位和误工补贴应由本人到岗、按实际出勤发放",
    check=check,
)
