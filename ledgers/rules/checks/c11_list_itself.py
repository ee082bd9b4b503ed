"""C11 名单自查: what a list contradicts within itself: marks, names, accounts, check digits, ages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from core.display import money
from core.text import says
from ledgers.rules.homes import Homes
from ledgers.rules.matching import (
    Overlap,
    age,
    last_day,
    of_benefit,
    programmes,
    span,
    years,
)
from ledgers.rules.persons import plain
from ledgers.rules.rows import Benefit, Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total

# Pensions that do not hang on the age.
_ANY_AGE = ("遗属", "遗孤", "残", "病退", "丧葬", "抚恤")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """The four questions one after the other."""
    yield from _two_names(books)
    yield from _one_account(books)
    yield from _invalid_numbers(books)
    yield from _too_young(books, limits)


def _two_names(books: Books) -> Iterator[Hit]:
    """One number under two names, over all lists; two names that differ in one character may be a slip of the pen."""
    bearers: dict[str, list[Benefit | Listed]] = defaultdict(list)
    for row in chain[Benefit | Listed](books.benefits, books.lists):
        if row.mark and row.name:
            bearers[row.mark].append(row)
    for rows in bearers.values():
        firsts = {plain(row.name): row for row in reversed(rows)}
        if len(firsts) > 1:
            names = sorted(firsts)
            yield Hit(
                rule="C11",
                years=_years(rows) or (books.today.year,),
                rows=tuple(firsts[name].key for name in names),
                severity=Severity.HINT if _nearly(names) else Severity.DOUBT,
                matter="names",
                reason=f"同一证件号对应{len(names)}个姓名：{'、'.join(names)}，请核对是录入错误还是冒名。",
            )


def _nearly(names: list[str]) -> bool:
    """Whether all names are as long and differ from the first in one character."""
    first = names[0]
    return all(
        len(name) == len(first) and sum(a != b for a, b in zip(name, first, strict=True)) == 1
        for name in names[1:]
    )


def _years(rows: Iterable[Benefit | Listed]) -> tuple[int, ...]:
    """The years of the payments, else those the lists hold from."""
    paid = {row.year for row in rows if isinstance(row, Benefit)}
    since = {row.since.year for row in rows if isinstance(row, Listed) and row.since}
    return tuple(sorted(paid or since))


def _one_account(books: Books) -> Iterator[Hit]:
    """Benefits of people from different households on one account; within a household that is usual."""
    homes = Homes(books)
    accounts: dict[str, list[Benefit]] = defaultdict(list)
    for row in books.benefits:
        if row.account and row.mark and row.amount > 0:
            accounts[row.account].append(row)
    for rows in accounts.values():
        people = {row.mark: plain(row.name) for row in rows}
        if len(people) < 2 or len({homes.of(row.name, row.mark, row.head) for row in rows}) < 2:
            continue
        paid = [of_benefit(row) for row in rows]
        yield Hit(
            rule="C11",
            years=years(paid),
            rows=tuple(row.key for row in rows),
            amount=total(paid),
            matter="account",
            reason=f"{'、'.join(people.values())}{len(people)}人不是同一户，{span(paid)}的{programmes(paid)}"
            f"发放到同一个账号，共{len(paid)}笔、{money(total(paid))}元，请核对账号归谁所有。",
        )


def _invalid_numbers(books: Books) -> Iterator[Hit]:
    """One hit a person; wrong digits are mostly typed wrong, so a hint."""
    found: dict[str, Overlap] = {}
    for row in books.benefits:
        if row.number_valid is False:
            paid = of_benefit(row)
            found.setdefault(paid.person, Overlap(paid.name, by_name=False)).add(paid, ())
    for one in found.values():
        yield one.hit(
            "C11",
            f"{one.name}的证件号校验不通过，{span(one.payments)}有{programmes(one.payments)}"
            f"{len(one.payments)}笔，共{money(total(one.payments))}元，请核对是否录入错误。",
            Severity.HINT,
            matter="number",
        )


def _too_young(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person and threshold: paid for months before the age was reached."""
    found: dict[tuple[str, str], Overlap] = {}
    for row in books.benefits:
        threshold = _threshold(row)
        if not (threshold and row.born_on and row.amount > 0):
            continue
        paid = of_benefit(row)
        if age(row.born_on, paid.month) < limits.on(threshold, last_day(paid.month)):
            found.setdefault((paid.person, threshold), Overlap(paid.name, by_name=False)).add(paid, ())
    for (_, threshold), one in found.items():
        yield one.hit(
            "C11",
            f"{one.name}未满{limits.on(threshold, last_day(one.payments[0].month))}周岁，{span(one.payments)}有"
            f"{programmes(one.payments)}{len(one.payments)}笔，共{money(total(one.payments))}元，请核对出生日期。",
            matter=f"age {threshold}",
        )


def _threshold(row: Benefit) -> str:
    """Which age a benefit hangs on."""
    if says(row.programme, _ANY_AGE):
        return ""
    if "高龄" in row.programme:
        return "very_old"
    return {"pension": "pension", "work": "work"}.get(row.kind, "")


RULE = Rule(
    code="C11",
    name="名单自身矛盾",
    looks_for="同一证件号两个姓名；不同户的人共用一个收款账号；证件号校验不通过；领取时未到规定年龄。",
    basis="惠民补贴发放要求：人、证、账号一致，符合年龄条件",
    check=check,
    limits={
        "pension": always("养老金年满", 60, "周岁"),
        "very_old": always("高龄津贴年满", 80, "周岁"),
        "work": always("公益岗、误工年满", 16, "周岁"),
    },
)
