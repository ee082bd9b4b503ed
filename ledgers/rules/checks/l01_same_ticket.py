"""L01 票据号重复: one invoice booked on more than one voucher, in whatever year."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledgers.rules.rows import Books, Entry
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import Voucher, account, is_money, net, vouchers
from ledgers.rules.wording import some, voucher_name, yuan

_BETWEEN = re.compile(r"[、,，;；/\s]+")
_SETTLING = ("112", "113", "2")  # a debt paid later shows the invoice again


@dataclass(frozen=True, slots=True)
class _Booked:
    """A ticket on a voucher: its lines and their sum."""

    voucher: Voucher
    lines: tuple[Entry, ...]
    seller: str
    amount: Decimal


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a ticket that stands on several vouchers after corrections."""
    by_number: dict[str, list[_Booked]] = defaultdict(list)
    for voucher in vouchers(books):
        for number, booked in _tickets(voucher, limits.on("digits", books.today)):
            by_number[number].append(booked)
    for number, everywhere in by_number.items():
        for same in _by_seller(everywhere):
            standing = _standing(same)
            if len(standing) > 1:
                yield _hit(number, standing)


def _tickets(voucher: Voucher, digits: int) -> Iterator[tuple[str, _Booked]]:
    by_number: dict[str, list[Entry]] = defaultdict(list)
    for line in voucher.lines:
        if not _settles(line, voucher):
            for number in _BETWEEN.split(line.ticket_no.upper()):
                if sum(map(str.isdigit, number)) >= digits:
                    by_number[number].append(line)
    for number, lines in by_number.items():
        yield number, _Booked(voucher, tuple(lines), max(line.seller for line in lines), net(lines))


def _settles(line: Entry, voucher: Voucher) -> bool:
    if is_money(line):
        return not all(map(is_money, voucher.lines))
    return account(line).startswith(_SETTLING)


def _by_seller(booked: list[_Booked]) -> list[list[_Booked]]:
    """Two sellers may use one number; where a seller is not written it is taken for the only one known."""
    known = {each.seller for each in booked if each.seller}
    if len(known) < 2:
        return [booked]
    return [[each for each in booked if each.seller == seller] for seller in known]


def _standing(booked: list[_Booked]) -> list[_Booked]:
    """Without what a correction took back, and without the correction."""
    kept: list[_Booked] = []
    for each in booked:
        if taken := next((old for old in kept if old.amount == -each.amount), None):
            kept.remove(taken)
        else:
            kept.append(each)
    return kept


def _hit(number: str, booked: list[_Booked]) -> Hit:
    sums = [abs(each.amount) for each in booked]
    told = some(f"{voucher_name(each.voucher)}（{yuan(abs(each.amount))}）" for each in booked)
    seller = next((f"（{each.seller}）" for each in booked if each.seller), "")
    return Hit(
        rule="L01",
        years=tuple(sorted({each.voucher.year for each in booked})),
        rows=tuple(line.key for each in booked for line in each.lines),
        amount=sum(sums) - max(sums),
        severity=Severity.GRAVE if len(set(sums)) == 1 else Severity.DOUBT,
        reason=f"票据号{number}{seller}出现在{len(booked)}张凭证中：{told}，请核对是否同一张票据重复入账。",
    )


RULE = Rule(
    code="L01",
    name="票据号重复",
    looks_for="同一票据号（写明销售方的，销售方也相同）出现在两张以上凭证中，不限年度；已冲销的和挂账后付款的不算。",
    basis="会计基础工作规范：记账凭证应当附有与业务相符的原始凭证",
    check=check,
    limits={"digits": always("票据号中的数字不少于", 6, "位")},
)
