"""How values are worded for people: money, dates, shares, sizes. Pure functions, the same on pages and in documents."""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

NOTHING = "—"
_CENT = Decimal("0.01")
_TEN_THOUSAND = Decimal(10_000)


def money(value: Any) -> str:
    """Yuan with thousands and two decimals (``1,860.00``), without the unit; a dash for nothing."""
    amount = _decimal(value)
    return NOTHING if amount is None else f"{amount.quantize(_CENT, ROUND_HALF_UP):,}"


def wan(value: Any) -> str:
    """Yuan said in ten thousands, rounded half up to two decimals: 59300 → ``5.93万元``."""
    amount = _decimal(value)
    return NOTHING if amount is None else f"{(amount / _TEN_THOUSAND).quantize(_CENT, ROUND_HALF_UP):,}万元"


def percent(part: Any, whole: Any = 1, digits: int = 1) -> str:
    """``part`` of ``whole`` as a percentage, rounded half up; a dash when there is nothing to divide by."""
    numerator, denominator = _decimal(part), _decimal(whole)
    if numerator is None or not denominator:
        return NOTHING
    share = numerator * 100 / denominator
    return f"{share.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)}%"


def cn_date(value: dt.date | dt.datetime | None) -> str:
    """``2026年3月5日`` in the office's time zone; a dash for nothing."""
    if not value:
        return NOTHING
    day = _local(value)
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(value: dt.datetime | None) -> str:
    """``2026年3月5日 14:07`` in the office's time zone; a dash for nothing."""
    if not value:
        return NOTHING
    return f"{cn_date(value)} {_local(value):%H:%M}"


def years_in_words(years: Iterable[int]) -> str:
    """``2021—2023年、2025年``: those that follow each other as a span; a dash for none."""
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    told = (f"{one[0]}年" if len(one) == 1 else f"{one[0]}—{one[-1]}年" for one in spans)
    return "、".join(told) or NOTHING


def file_size(value: int | None) -> str:
    """Bytes in the words of a file manager: ``860字节``, ``12.3KB``, ``4.0MB``."""
    if value is None:
        return NOTHING
    if value < 1024:
        return f"{value}字节"
    if value < 1024 * 1024:
        return f"{value / 1024:.1f}KB"
    return f"{value / 1024 / 1024:.1f}MB"


def days_left(due: dt.date | None, today: dt.date) -> tuple[str, str]:
    """Words and tone for a deadline: ``余6天``/ok, ``余3天``/warn, ``今天到期``/bad, ``逾期1天``/bad."""
    if due is None:
        return NOTHING, "neutral"
    left = (due - today).days
    if left < 0:
        return f"逾期{-left}天", "bad"
    if left == 0:
        return "今天到期", "bad"
    return f"余{left}天", "warn" if left <= 3 else "ok"


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
