"""Numbers and dates as official Chinese papers write them."""

import datetime as dt

from django.utils import timezone

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return 1–999 in Chinese numerals as used for ordinals: 10 is 十, 12 is 十二, 105 is 一百零五."""
    if not 0 < number < 1000:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def long_date(value: dt.date | None) -> str:
    """Return ``2026年3月5日`` (Arabic digits without leading zeros, GB/T 9704); empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localdate(value)
    return f"{value.year}年{value.month}月{value.day}日"


def width(text: str) -> float:
    """Return the width of ``text`` in Chinese characters, counting ASCII as half."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)
