"""C08 特困分散供养与机构: special care paid to people who live in a home, a prison or the army."""

from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.matching import benefits, details, listed, overlaps, programmes, span
from ledgers.rules.rows import Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule
from ledgers.rules.totals import total

# Who is cared for in a home lives in one.
_IN_A_HOME = "集中"
_HOMES = ("敬老", "养老", "福利", "护理", "光荣院", "供养")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person: in homes only care meant for people living alone counts, elsewhere any."""
    inside = listed(books, "institution")
    elsewhere = [row for row in inside if not _home(row)]
    paid = benefits(books, "special_care")
    alone = [payment for payment in paid if _IN_A_HOME not in payment.what]
    together = [payment for payment in paid if _IN_A_HOME in payment.what]
    for found in (*overlaps(books, alone, inside), *overlaps(books, together, elsewhere)):
        yield found.hit(
            "C08",
            f"{found.name}在机构名单上（{details(found.rows) or '机构未注明'}），{span(found.payments)}同时有"
            f"{programmes(found.payments)}{len(found.payments)}笔，共{money(total(found.payments))}元，"
            "请核对供养方式和实际领取人。",
        )


def _home(row: Listed) -> bool:
    return says(row.detail, _HOMES)


RULE = Rule(
    code="C08",
    name="特困供养对象在机构",
    looks_for="五保、特困供养名单与养老机构、监所、部队名单比对：同一人同一月份两边都有；集中供养对象住养老机构不算。",
    basis="特困人员救助供养规定：集中供养与分散供养不重复享受",
    check=check,
)
