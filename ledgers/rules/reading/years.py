"""Which year a sheet is of: from its title, its name, its file's name – not from the day it was printed."""

import re
import unicodedata
from collections.abc import Iterable

HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"[二一][〇○零九一二三四五六七八]{3}(?=年)")
_PRINTED = re.compile(
    r"(?:编制|填报|填表|打印|制表|导出|查询|报送|下载|生成)(?:日期|时间|日)?[:：]?\s*(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?"
)
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})年?度?\s*[-—–~～至到]+\s*((?:19|20)\d{2})(?!\d)")
_ONE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-./]\d{1,2}(?!\d)|\D|$)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_LONGEST_RANGE = 30


def years_in(text: str) -> set[int]:
    """The years a title or a name speaks of."""
    text = unicodedata.normalize("NFKC", text)
    text = _HAN_YEAR.sub(lambda found: found.group().translate(HAN_DIGITS), text)
    text = _PRINTED.sub("", text)
    years = {int(year) for year in _ONE.findall(text)}
    for first, last in _RANGE.findall(text):
        if int(first) < int(last) <= int(first) + _LONGEST_RANGE:
            years.update(range(int(first), int(last) + 1))
    return years


def years_of(texts: Iterable[str]) -> set[int]:
    """The years of the first text that names any."""
    return next(filter(None, map(years_in, texts)), set())


def month_in(text: str) -> int | None:
    """The one month a title speaks of; ``None`` when it names none or several."""
    months = {int(month) for month in _MONTH.findall(_PRINTED.sub("", unicodedata.normalize("NFKC", text)))}
    return months.pop() if len(months) == 1 and months <= set(range(1, 13)) else None
