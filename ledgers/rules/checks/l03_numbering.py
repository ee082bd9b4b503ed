"""L03 凭证断号/重号/倒序: numbers of vouchers that are missing, stand twice or run against the dates."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.display import cn_date
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.vouchers import Voucher, vouchers
from ledgers.rules.wording import some

Numbered = tuple[int, Voucher]


@dataclass(frozen=True, slots=True)
class _Faults:
    """What is odd in one run of numbers: how each is told, and the vouchers it is seen on."""

    missing: int
    twice: int
    numbers: int
    told: tuple[str, ...]
    seen: tuple[Voucher, ...]
    only_dates: bool


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year and word. A word whose numbers begin anew each month is read month by month."""
    series: dict[tuple[int, str], list[Numbered]] = defaultdict(list)
    for voucher in vouchers(books):
        if voucher.number is not None:
            series[voucher.year, voucher.series].append((voucher.number, voucher))
    for (year, word), numbered in series.items():
        faults = [_faults(run, when) for when, run in _runs(numbered)]
        if any(each.told for each in faults):
            yield _hit(year, word, faults, limits.on("extract", books.today))


def _runs(numbered: list[Numbered]) -> list[tuple[str, list[Numbered]]]:
    """The runs of numbers that belong together, each with the words that name it."""
    by_month: dict[int, list[Numbered]] = defaultdict(list)
    for number, voucher in numbered:
        if voucher.day:
            by_month[voucher.day.month].append((number, voucher))
    anew = sum(min(number for number, _ in run) == 1 for run in by_month.values())
    if len(by_month) > 1 and anew * 2 > len(by_month):
        return [(f"{month}月", run) for month, run in sorted(by_month.items())]
    return [("", numbered)]


def _faults(run: list[Numbered], when: str) -> _Faults:
    by_number: dict[int, list[Voucher]] = defaultdict(list)
    for number, voucher in sorted(run, key=lambda each: each[0]):
        by_number[number].append(voucher)
    twice = [number for number, found in by_number.items() if len(found) > 1]
    gaps = [(low + 1, high - 1) for low, high in pairwise([0, *by_number]) if high - low > 1]
    back = [
        pair for pair in pairwise(by_number) if _latest(by_number[pair[1]]) < _earliest(by_number[pair[0]])
    ]
    told = [_said(f"{when}缺", some(_span(low, high) for low, high in gaps))]
    told.append(
        _said(f"{when}重复的有", some(f"第{number}号（{len(by_number[number])}张）" for number in twice))
    )
    told += [
        f"{when}第{number}号（{cn_date(_latest(by_number[number]))}）"
        f"早于第{before}号（{cn_date(_earliest(by_number[before]))}）"
        for before, number in back
    ]
    odd = {
        *twice,
        *(edge for low, high in gaps for edge in (low - 1, high + 1)),
        *(n for pair in back for n in pair),
    }
    return _Faults(
        missing=sum(high - low + 1 for low, high in gaps),
        twice=len(twice),
        numbers=max(by_number),
        told=tuple(filter(None, told)),
        seen=tuple(voucher for number, found in by_number.items() if number in odd for voucher in found),
        only_dates=not gaps and not twice,
    )


def _latest(found: list[Voucher]) -> dt.date:
    return max((voucher.day for voucher in found if voucher.day), default=dt.date.max)


def _earliest(found: list[Voucher]) -> dt.date:
    return min((voucher.day for voucher in found if voucher.day), default=dt.date.min)


def _said(words: str, listed: str) -> str:
    return words + listed if listed else ""


def _span(low: int, high: int) -> str:
    return f"第{low}号" if low == high else f"第{low}—{high}号"


def _hit(year: int, word: str, faults: list[_Faults], extract: float) -> Hit:
    told = some((words for each in faults for words in each.told), 8)
    import_first = _import_first(faults, extract)
    minor = bool(import_first) or all(each.only_dates for each in faults)
    seen = {voucher.keys: None for each in faults for voucher in each.seen}
    return Hit(
        rule="L03",
        years=(year,),
        rows=tuple(key for keys in seen for key in keys),
        severity=Severity.HINT if minor else Severity.DOUBT,
        reason=f"{year}年{f'“{word}”字' if word else ''}凭证编号：{told}。"
        f"{import_first or '请核对缺号的去向、日期和编号'}。",
    )


def _import_first(faults: list[_Faults], extract: float) -> str:
    """What to look at first where so much is odd that the sheets rather than the books may be the cause."""
    most = sum(each.numbers for each in faults) * extract
    if sum(each.missing for each in faults) > most:
        return "缺号过半，请先核对账页是否导入完整"
    if sum(each.twice for each in faults) > most:
        return "重号过半，请先核对是否把两套账导入到一起"
    return ""


RULE = Rule(
    code="L03",
    name="凭证断号、重号、倒序",
    looks_for="同一凭证字一年内（每月重新编号的，一月内）编号缺失、重复，或后一号的日期早于前一号。",
    basis="会计基础工作规范：记账凭证应当连续编号",
    check=check,
    limits={"extract": always("缺号或重号占编号的比例超过此数，先核对导入", 0.5)},
)
