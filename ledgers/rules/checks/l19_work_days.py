"""L19 误工补贴异常: more paid days than a month has, salaried people paid, one day paid twice, a jump over the year."""

import datetime as dt
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.display import money, percent
from core.text import says
from ledgers.rules.persons import Match, Persons, plain
from ledgers.rules.regular import is_many
from ledgers.rules.rows import ZERO, Benefit, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import mark_of, total, year_end
from ledgers.rules.vouchers import payments
from ledgers.rules.words import for_several

_WORDS = ("误工", "出工", "用工", "务工补", "工日")
_DAYS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:天|个工|工日)")
_MONTH = re.compile(r"(?<![-至到—~、\d])(\d{1,2})月(?!份?[-至到—~、]|\d)")
_MONTHS = re.compile(r"(\d{1,2})月?份?\s*[-至到—~]\s*(\d{1,2})月")
_ONE_DAY = re.compile(r"(?<![-至到—~、\d])(\d{1,2})月(\d{1,2})日(?!\s*[-至到—~、])")
_HALF_A_DAY = ("上午", "下午", "半天", "晚上")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_LONG = (("季度", 3), ("半年", 6), ("全年", 12), ("年度", 12))


class _Work(NamedTuple):
    """One person's pay for work, from a list or from a voucher; ``day`` it was paid or booked, ``year`` worked."""

    keys: tuple[str, ...]
    name: str
    mark: str
    day: dt.date
    year: int
    month: int | None
    amount: Decimal
    days: Decimal | None
    text: str
    listed: bool

    @property
    def person(self) -> str:
        return self.mark or plain(self.name)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """All four, each matter a hit; lists and vouchers are never added up, for they tell the same money."""
    listed = [_from_list(each, limits) for each in books.benefits if each.kind == "work"]
    booked = list(_from_vouchers(books))
    for works in (listed, booked):
        yield from _too_many_days(works)
    yield from _salaried(listed + booked, Persons(books))
    yield from _same_day(booked)
    yield from _jumps(booked or listed, limits)


def _from_list(row: Benefit, limits: Limits) -> _Work:
    month = row.month or (row.paid_on.month if row.paid_on else 12)
    day = dt.date(row.year, month, monthrange(row.year, month)[1])
    rate = Decimal(str(limits.on("rate", day)))
    days = row.days if row.days is not None or not rate else row.amount / rate
    return _Work(
        (row.key,), row.name, row.mark, day, row.year, row.month, row.amount, days, row.programme, True
    )


def _from_vouchers(books: Books) -> Iterator[_Work]:
    for payment in payments(books):
        day = payment.when
        for line in payment.lines:
            if not says(line.summary, _WORDS):
                continue
            month, days = _MONTH.search(line.summary), _DAYS.search(line.summary)
            named = int(month[1]) if month else None
            yield _Work(
                keys=(line.key,),
                name="" if is_many(payment.party) else payment.party,
                mark=mark_of(payment),
                day=day,
                year=_worked_in(line.summary, day, named),
                month=named,
                amount=line.debit or line.credit,
                days=Decimal(days[1]) if days and not for_several(line.summary) else None,
                text=line.summary,
                listed=False,
            )


def _worked_in(text: str, paid: dt.date, month: int | None) -> int:
    """The year of the work: as the words say, else the one before for a month that was still to come when paid."""
    if named := _YEAR.search(text):
        return int(named[1])
    return paid.year - 1 if month and month > paid.month else paid.year


def _too_many_days(works: list[_Work]) -> Iterator[Hit]:
    groups: dict[tuple[object, ...], list[_Work]] = defaultdict(list)
    for work in works:
        if work.days is not None and work.person:
            alone = () if work.month and not _span(work.text) else work.keys
            groups[work.person, work.year, work.month, alone].append(work)
    for group in groups.values():
        first, days = group[0], sum((work.days or ZERO for work in group), ZERO)
        most = _most_days(first)
        if most and days > most:
            when = f"{first.year}年" + (f"{first.month}月" if first.month and not _span(first.text) else "")
            yield _hit(
                group, "days", f"{first.name}{when}领取误工补贴{days.normalize():f}天，而所属时段最多{most}天"
            )


def _span(text: str) -> int:
    """How many months the words say they cover; 0 when they say nothing of more than one."""
    if found := _MONTHS.search(text):
        return max(int(found[2]) - int(found[1]) + 1, 0)
    return next((months for word, months in _LONG if word in text), 0)


def _most_days(work: _Work) -> int:
    if span := _span(work.text):
        return 31 * span if span < 12 else 366
    if work.month and 1 <= work.month <= 12:
        return monthrange(work.year, work.month)[1]
    return 0 if work.listed else 31


def _salaried(works: list[_Work], persons: Persons) -> Iterator[Hit]:
    found: dict[str, list[tuple[_Work, Match]]] = defaultdict(list)
    for work in works:
        match = persons.who(work.name, work.mark, on=work.day)
        if match and match.cadre.salaried and not match.relation:
            found[match.key].append((work, match))
    for key, paid in found.items():
        match = max((match for _, match in paid), key=lambda each: each.sure)
        told = [work for work, _ in paid]
        amount = max(total([work for work in told if work.listed is listed]) for listed in (True, False))
        reason = f"领取误工补贴的{match.called(told[0].name)}由财政发放工资"
        yield _hit(told, "salaried", reason, (key,), Severity.DOUBT if match.sure else Severity.HINT, amount)


def _same_day(works: list[_Work]) -> Iterator[Hit]:
    days: dict[tuple[str, int, str, str], list[_Work]] = defaultdict(list)
    for work in works:
        found = _ONE_DAY.search(work.text)
        if found and work.person and not says(work.text, _HALF_A_DAY) and not for_several(work.text):
            year = _worked_in(work.text, work.day, int(found[1]))
            days[work.person, year, found[1], found[2]].append(work)
    for (_, year, month, day), group in days.items():
        if len(group) > 1:
            yield _hit(
                group, "twice", f"{group[0].name}{year}年{month}月{day}日的误工补贴领取了{len(group)}次"
            )


def _jumps(works: list[_Work], limits: Limits) -> Iterator[Hit]:
    years: dict[int, list[_Work]] = defaultdict(list)
    for work in works:
        years[work.day.year].append(work)
    for year, group in sorted(years.items()):
        before = years.get(year - 1, [])
        now, then = total(group), total(before)
        more = now - then
        limit = limits.on("rise", year_end(year))
        if before and more * 100 > then * limit and more >= limits.on("least", year_end(year)):
            told = f"误工补贴{year}年共{money(now)}元，比上年的{money(then)}元增加{percent(more, then)}，超过{limit}%"
            yield _hit(before + group, "jump", told, severity=Severity.HINT, amount=more)


def _hit(works: list[_Work], matter: str, told: str, more: tuple[str, ...] = (),
         severity: Severity = Severity.DOUBT, amount: Decimal | None = None) -> Hit:  # fmt: skip
    amount = total(works) if amount is None else amount
    return Hit(
        rule="L19",
        years=tuple(sorted({work.day.year for work in works})),
        rows=tuple(key for work in works for key in work.keys) + more,
        amount=amount,
        severity=severity,
        matter=matter,
        reason=f"{told}，涉及{money(amount)}元，请核对。",
    )


RULE = Rule(
    code="L19",
    name="误工补贴异常",
    looks_for="一人一月领取的误工天数多于当月天数；由财政发工资的干部领取误工补贴；同一人同一天领取两次；全年误工补贴比上年大幅增加。",
    basis="误工补贴应据实、限额，财政供养的干部不得领取；幅度为参数",
    check=check,
    limits={
        "rate": always("误工补贴日标准（名册没有天数时用来折算，0为不折算）", 0, "元"),
        "rise": always("比上年增加超过", 50, "%"),
        "least": always("比上年增加达到", 5000, "元"),
    },
)
