"""L30 同一收款账号多人: one bank account into which the village paid for several receivers."""

from collections import defaultdict
from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.persons import plain, same_name
from ledgers.rules.regular import is_many
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import mark_of, numbers_of, rows, total, year_end, years
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.wording import some
from ledgers.rules.words import what_for

# Accounts of a bank or an office through which whole lists are paid.
_THROUGH = ("代发", "代理", "批量", "零余额", "集中支付", "社保", "医保", "养老保险")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per account; a firm written in two ways is one receiver."""
    accounts: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments(books):
        if (
            payment.party
            and not is_many(payment.party)
            and not says(what_for(payment) + payment.party, _THROUGH)
        ):
            for number in numbers_of(payment):
                accounts[number].append(payment)
    for paid in accounts.values():
        people = _people(paid)
        if len(people) < limits.on("people", year_end(paid[-1].voucher.year)):
            continue
        paid.sort(key=lambda each: (plain(each.party), each.keys))
        yield Hit(
            rule="L30",
            years=years(paid),
            rows=rows(paid),
            amount=total(paid),
            reason=f"同一收款账号收到付给{len(people)}个收款人（{some(people)}）的款项{len(paid)}笔，"
            f"共{money(total(paid))}元，请核对账号归谁、钱给了谁。",
        )


def _people(paid: list[Payment]) -> list[str]:
    """The receivers by name, each once: one mark is one person, two marks are two, else the name decides."""
    people: list[tuple[str, str]] = []
    for name, mark in sorted(
        {(plain(each.party), mark_of(each)) for each in paid}, key=_marked_and_short_first
    ):
        if not any(_same(name, mark, *known) for known in people):
            people.append((name, mark))
    return [name for name, _ in people]


def _marked_and_short_first(person: tuple[str, str]) -> tuple[bool, int, str, str]:
    name, mark = person
    return not mark, len(name), name, mark


def _same(name: str, mark: str, other: str, other_mark: str) -> bool:
    return mark == other_mark if mark and other_mark else same_name(name, other)


RULE = Rule(
    code="L30",
    name="同一收款账号多人",
    looks_for="收支账中同一个收款账号对应两个以上收款人；代发、集中支付的账号除外。",
    basis="账务检查常用方法：收款账号与收款人应一致",
    check=check,
    limits={"people": always("收款人达到", 2, "个")},
)
