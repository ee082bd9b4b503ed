"""Cells of village books as values: amounts and dates in every habit they are written in.

As in :mod:`core.office.parse` each reader takes one non-empty cell, gives the value or ``None`` for signs that mean
"nothing here", and raises ``BadCell`` with a sentence.
"""

import datetime as dt
import re
from calendar import monthrange
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from core.days import FIRST_YEAR, LAST_YEAR, is_plausible
from core.office.parse import BadCell, Cell, half_width, shown
from ledgers.rules.reading.years import HAN_DIGITS

Year = int | None

NO_YEAR = "没有写年份"  # within the sentence of a day that lacks it

_CENT = Decimal("0.01")
_TEN_THOUSAND = Decimal(10_000)
_LARGEST = Decimal(10) ** 13
_NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "无", "暂无", "平", "θ", "¥-", "¥"})
_MONEY_WORDS = re.compile(r"人民币|rmb|cny|[¥￥,\s]|元(?:整|正)?(?:/.*)?$|(?:每|/)(?:年|亩|月).*$", re.I)
_MINUS = re.compile(r"^\((.*)\)$|^(?:红字|红|负|[-−–△])(.*)$|^(.*[\d.])-$")
_UNIT = re.compile(r"(万元|万|亿)$")
_GREAT = {"万元": _TEN_THOUSAND, "万": _TEN_THOUSAND, "亿": _TEN_THOUSAND**2}
_PLAIN_NUMBER = re.compile(r"^\d*\.?\d+$|^\d+\.$")
_CAPITALS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_CAPITAL_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_CAPITAL = re.compile(r"^[零壹贰叁肆伍陆柒捌玖拾佰仟万]+(?:元|圆)(?:整|正)?$")

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
_EPOCH = dt.date(1899, 12, 30)
_FULL = re.compile(r"^(\d{4}|\d{2})[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})[日号]?(?:[ T].*)?$")
_COMPACT = re.compile(r"^(\d{4}|\d{2})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[-/.月]\s*(\d{1,2})[日号]?$")
_YEAR_MONTH = re.compile(r"^(\d{4})[-/.年]?\s*(\d{1,2})(?:月份?)?$")
_YEAR_ONLY = re.compile(r"^(\d{4})年?度?$")
_WITHIN = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
_OPEN_END = re.compile(r"至今|现在|目前|在任|在职|长期|永久|未定|不定期")
_YEARS = re.compile(r"(\d{1,3})(?:个)?年(?!\d)")


def amount(cell: Cell, factor: Decimal = Decimal(1)) -> Decimal | None:
    """A sum in yuan; ``factor`` is the unit the head or the title names (10000 for 万元)."""
    if isinstance(cell, bool):
        raise BadCell("应为金额，现为“是/否”。")
    if isinstance(cell, float | int):
        return _cents(Decimal(str(cell)) * factor, shown(cell))
    return _written_amount(half_width(cell), factor)


def _written_amount(written: str, factor: Decimal) -> Decimal | None:
    if _CAPITAL.match(written):
        return _cents(Decimal(_capital(written)), written)
    text = written.strip()
    if text.lower() in _NOTHING:
        return None
    great = _UNIT.search(text.replace("整", "").replace("正", ""))
    text = _MONEY_WORDS.sub("", text)
    text, sign = _without_minus(text)
    text = _MONEY_WORDS.sub("", text)
    unit = _GREAT[great.group()] if great else factor
    text = _UNIT.sub("", text)
    if text in _NOTHING:
        return None
    if not _PLAIN_NUMBER.match(text):
        raise BadCell(f"应为金额，现为“{written[:30]}”。")
    try:
        return _cents(sign * Decimal(text) * unit, written)
    except InvalidOperation:
        raise BadCell(f"应为金额，现为“{written[:30]}”。") from None


def _without_minus(text: str) -> tuple[str, int]:
    found = _MINUS.match(text)
    return (next(part for part in found.groups() if part is not None), -1) if found else (text, 1)


def _capital(written: str) -> int:
    """Amounts in the capitals of receipts: 壹仟贰佰元整 is 1200."""
    total = part = digit = 0
    for sign in written:
        if sign in _CAPITALS:
            digit = _CAPITALS[sign]
        elif sign in _CAPITAL_UNITS:
            part, digit = part + (digit or 1) * _CAPITAL_UNITS[sign], 0
        elif sign == "万":
            total, part, digit = (part + digit) * 10_000, 0, 0
    return total + part + digit


def _cents(number: Decimal, written: str) -> Decimal:
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise BadCell(f"金额过大，现为“{written[:30]}”，请核对。")
    return number.quantize(_CENT, ROUND_HALF_UP)


def quantity(cell: Cell) -> Decimal | None:
    """A number with or without its unit behind it: 3台, 12.5亩."""
    if isinstance(cell, bool):
        raise BadCell("应为数字，现为“是/否”。")
    written = str(cell) if isinstance(cell, float) else half_width(cell).replace(",", "").replace(" ", "")
    if written in _NOTHING:
        return None
    found = re.match(r"^约?(-?\d+(?:\.\d+)?)(?:[^\d.]{0,4})$", written)
    if not found:
        raise BadCell(f"应为数字，现为“{written[:30]}”。")
    number = Decimal(found.group(1))
    if abs(number) >= _LARGEST:
        raise BadCell(f"数字过大，现为“{written[:30]}”，请核对。")
    return number.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize() + 0


def day(cell: Cell, year: Year = None) -> dt.date | None:
    """A day. ``year`` is the one the sheet is of, for days written without it."""
    value = _day_text(cell)
    if value in _NOTHING:
        return None
    found = _FULL.match(value) or _COMPACT.match(value)
    if found:
        number, month, dom = map(int, found.groups())
        return _date(number, month, dom, value)
    found = _SHORT.match(value)
    if not found:
        raise BadCell(f"应为日期，如 2024-03-05，现为“{shown(cell)[:30]}”。")
    if year is None:
        raise BadCell(f"日期“{value[:30]}”{NO_YEAR}，表名和标题里也没有。")
    return _date(year, int(found.group(1)), int(found.group(2)), value)


def first_day(cell: Cell, year: Year = None) -> dt.date | None:
    """A day from which something holds; a month or a year alone is its first day."""
    value = _day_text(cell)
    if found := _YEAR_MONTH.match(value):
        return _date(int(found.group(1)), int(found.group(2)), 1, value)
    if found := _YEAR_ONLY.match(value):
        return dt.date(int(found.group(1)), 1, 1)
    return day(cell, year)


def last_day(cell: Cell, year: Year = None) -> dt.date | None:
    """A day until which something holds; a month or a year alone is its last day, 至今 and 长期 are none."""
    value = _day_text(cell)
    if _OPEN_END.search(value):
        return None
    if found := _YEAR_MONTH.match(value):
        return _month_end(int(found.group(1)), int(found.group(2)), value)
    if found := _YEAR_ONLY.match(value):
        return dt.date(int(found.group(1)), 12, 31)
    return day(cell, year)


def stated_day(cell: Cell, year: Year = None) -> dt.date | None:
    """The day where one is written; words like 是, 已公示 hold none and are no fault."""
    try:
        return first_day(cell, year)
    except BadCell:
        if re.search(r"\d", shown(cell)):
            raise
        return None


def period(cell: Cell) -> tuple[dt.date | None, dt.date | None, int | None]:
    """First day, last day and years of a term as written in one cell: 2019.1.1-2028.12.31, 2020年5月至今, 10年."""
    value = half_width(cell).translate(HAN_DIGITS)
    found = [tuple(int(part) if part else None for part in groups) for groups in _WITHIN.findall(value)]
    if not found:
        years = _YEARS.search(value)
        if not years and not _OPEN_END.search(value):
            raise BadCell(f"应为起止日期或年数，现为“{value[:30]}”。")
        return None, None, int(years.group(1)) if years else None
    (year, month, start), *rest = found
    starts = _date(year or 0, month or 0, start or 1, value)
    if not rest:
        years = _YEARS.search(_WITHIN.sub("", value))
        return starts, None, int(years.group(1)) if years else None
    year, month, end = rest[-1]
    ends = _date(year, month or 0, end, value) if year and end else _month_end(year or 0, month or 0, value)
    return starts, ends, None


def month_of(cell: Cell) -> int | None:
    """A month: 3, 3月, 2024-03, 202403."""
    value = _day_text(cell)
    if value in _NOTHING:
        return None
    found = re.match(r"^(?:\d{4}[-/.年]?)?(\d{1,2})(?:月份?)?$", value) or _FULL.match(value)
    number = int(found.group(2 if found.re is _FULL else 1)) if found else 0
    if not 1 <= number <= 12:
        raise BadCell(f"应为月份，现为“{value[:30]}”。")
    return number


def day_of_month(cell: Cell) -> int | None:
    """The day within a month, as journals with two columns for the date have it."""
    value = half_width(cell).removesuffix("日").removesuffix("号")
    if value in _NOTHING:
        return None
    if not value.isdecimal() or not 1 <= int(value) <= 31:
        raise BadCell(f"应为几号（1至31），现为“{value[:30]}”。")
    return int(value)


def year_of(cell: Cell) -> int | None:
    """A year: 2024, 2024年度."""
    value = half_width(cell).translate(HAN_DIGITS)
    if value in _NOTHING:
        return None
    found = re.match(r"^((?:19|20)\d{2})(?:年度?)?$", value)
    if not found:
        raise BadCell(f"应为年度，如 2024，现为“{value[:30]}”。")
    return int(found.group(1))


def quarter_of(cell: Cell) -> int | None:
    """A quarter: 1, 第一季度, 3月 (the quarter it is in)."""
    value = half_width(cell).translate(HAN_DIGITS)
    found = re.search(r"(\d{1,2})\s*(月)?", re.sub(r"^\d{4}年?", "", value))
    number = int(found.group(1)) if found else 0
    if found and (found.group(2) or number > 4):
        number = (number + 2) // 3
    if not 1 <= number <= 4:
        raise BadCell(f"应为季度，现为“{value[:30]}”。")
    return number


def whole(cell: Cell) -> int | None:
    """A whole number with or without its unit: 3, 3张."""
    number = quantity(cell)
    if number is not None and number != int(number):
        raise BadCell(f"应为整数，现为“{shown(cell)[:30]}”。")
    return None if number is None else int(number)


_YES = re.compile(r"^(是|有|√|✓|1|已.*|对|y|yes|true|书面.*)$", re.I)
_NO = re.compile(r"^(否|无|没有|×|✗|x|0|未.*|不.*|n|no|false|口头.*)$", re.I)


def yes_no(cell: Cell) -> bool | None:
    """Yes or no in the words of such columns; a day or a name in the place of a yes is one."""
    value = half_width(cell)
    if value in {"/", "-", "—", "——"}:
        return None
    if _NO.match(value):
        return False
    return True if _YES.match(value) or re.search(r"\d{4}|盖章|签", value) else None


def payment(cell: Cell) -> str:
    """``cash``, ``bank`` or ``other``."""
    value = shown(cell)
    if "现金" in value:
        return "cash"
    bank = re.search(r"转账|转帐|银行|网银|支票|汇|卡|对公|打卡|折|代发", value)
    return "bank" if bank else "other"


_SIDES = {
    "借": "debit",
    "贷": "credit",
    "收": "income",
    "入": "income",
    "支": "outlay",
    "付": "outlay",
    "出": "outlay",
}
MINUS_SIDES = frozenset({"credit", "outlay"})


def side(cell: Cell) -> str | None:
    """``debit`` (借), ``credit`` (贷), ``income`` (收), ``outlay`` (支, 付), ``level`` (平)."""
    value = half_width(cell)
    if value in {"平", "零", "0"}:
        return "level"
    if value in _NOTHING:
        return None
    if value[:1] not in _SIDES:
        raise BadCell(f"应为借或贷，现为“{value[:30]}”。")
    return _SIDES[value[0]]


def _day_text(cell: Cell) -> str:
    """The cell as text; day numbers of Excel and days kept as a number are brought to the written form."""
    if isinstance(cell, bool):
        raise BadCell("应为日期，现为“是/否”。")
    if isinstance(cell, float | int) and _FIRST_SERIAL <= cell < _LAST_SERIAL:
        return (_EPOCH + dt.timedelta(days=int(cell))).isoformat()
    value = half_width(cell).translate(HAN_DIGITS)
    if isinstance(cell, float) and re.match(r"^\d{1,2}\.[123]$|^\d{4}\.1$", value):
        raise BadCell(f"“{value}”分不清末尾是不是少了一个0（如3.1与3.10），请写成 2024-03-01 的样子。")
    return value


def _date(year: int, month: int, number: int, written: str) -> dt.date:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        found = dt.date(year, month, number)
    except ValueError:
        raise BadCell(f"没有这一天：“{written[:30]}”，请核对。") from None
    if not is_plausible(found):
        raise BadCell(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，现为“{written[:30]}”。")
    return found


def _month_end(year: int, month: int, written: str) -> dt.date:
    first = _date(year, month, 1, written)
    return first.replace(day=monthrange(first.year, first.month)[1])
