"""C06 户籍不符: benefits of people who are not in the household register, or one household under two heads."""

from collections import defaultdict
from collections.abc import Iterator

from core.display import money
from ledgers.rules.homes import Homes
from ledgers.rules.matching import (
    Month,
    Overlap,
    Roll,
    benefits,
    listed,
    month_of,
    of_benefit,
    programmes,
    span,
    years,
)
from ledgers.rules.persons import plain
from ledgers.rules.rows import Benefit, Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity
from ledgers.rules.totals import total

# Who is paid for work or by an insurance need not live here.
_RESIDENTS = ("subsistence", "relief", "special_care", "farmland")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """First the people the register does not know, then the households with two heads; without a register none."""
    if register := listed(books, "household"):
        yield from _strangers(books, register)
        yield from _two_heads(books, register)


def _strangers(books: Books, register: list[Listed]) -> Iterator[Hit]:
    """The dead have left the register: what they are paid is the matter of C01."""
    known, dead = Roll(books, register), Roll(books, listed(books, "death"))
    found: dict[str, Overlap] = {}
    for paid in sorted(benefits(books, *_RESIDENTS), key=lambda one: (one.month, one.key)):
        rows, by_name = known.alike(paid.name, paid.mark)
        if not _living_here(rows, paid.month) and not dead.alike(paid.name, paid.mark)[0]:
            found.setdefault(paid.person, Overlap(paid.name, by_name)).add(paid, rows)
    names = {plain(row.name) for row in register}
    for one in found.values():
        yield one.hit(
            "C06", _reason(one), Severity.HINT if one.name in names and not one.rows else Severity.DOUBT
        )


def _living_here(rows: list[Listed], month: Month) -> bool:
    """Who moved away was rightly paid until then."""
    return any(row.until is None or month_of(row.until) >= month for row in rows)


def _reason(found: Overlap) -> str:
    paid = found.payments
    return (
        f"{found.name}在户籍名单中{'已迁出' if found.rows else '没有对应的人'}，{span(paid)}有"
        f"{programmes(paid)}{len(paid)}笔，共{money(total(paid))}元，请核对户籍和实际领取人。"
    )


def _two_heads(books: Books, register: list[Listed]) -> Iterator[Hit]:
    """A household that appears under two heads for one programme of one year; all its years are one hit."""
    homes = Homes(books)
    claims: dict[tuple[str, int, str], list[Benefit]] = defaultdict(list)
    for row in books.benefits:
        if row.kind == "farmland" and row.amount > 0:
            claims[homes.of(row.name, row.mark, row.head), row.year, row.programme].append(row)
    split: dict[str, list[Benefit]] = defaultdict(list)
    for (home, _, _), rows in claims.items():
        if len({_head(row) for row in rows}) > 1:
            split[home] += rows
    for home, rows in split.items():
        heads = sorted({_head(row) for row in rows})
        members = [row for row in register if plain(row.head) == home and plain(row.name) in heads]
        paid = [of_benefit(row) for row in rows]
        yield Hit(
            rule="C06",
            years=years(paid),
            rows=(*(row.key for row in rows), *(row.key for row in members)),
            amount=total(paid),
            reason=f"户籍名单中{home}户为一户，{span(paid)}的{programmes(paid)}分列在{'、'.join(heads)}"
            f"{len(heads)}个户主名下，共{money(total(paid))}元，请核对是否分户、是否重复申领。",
        )


def _head(row: Benefit) -> str:
    return plain(row.head or row.name)


RULE = Rule(
    code="C06",
    name="补贴对象与户籍不符",
    looks_for="补贴名单与户籍名单比对：领取人不在户籍内或已迁出；户籍上的一户在同一项耕地补贴中分列两个户主。",
    basis="惠民补贴以本村户籍、以户为单位申领",
    check=check,
)
