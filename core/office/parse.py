"""Turns cells into values, one small function per kind of column.

Each returned function takes one non-empty cell and gives the value, ``None`` for signs that mean "nothing here",
or raises :class:`BadCell` with a sentence that says what is wrong and what to write.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from core.days import FIRST_YEAR, LAST_YEAR
from core.text import clean

Cell = str | float | bool
Parser = Callable[[Cell], Any]

_NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "／", "－", "无", "暂无"})
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
# A cell written as ="0123" or '0123 to keep Excel from reading a code as a number.
_KEPT_TEXT = re.compile(r'^="(.*)"$')
_EXACT = 10**15
# Below this a number with a few decimals survives the way through binary and back.
_PLAIN, _NOISE = 10**9, 1e-6
_ISO_LENGTH = 10
_DAY = re.compile(r"^(\d{4})[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})日?(?:[ T].*)?$")
_COMPACT_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^(\d{4})[-/.年]\s*(\d{1,2})(?:月份?)?(?:[-/.]\d{1,2}(?: .*)?)?$")
_SPACE_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff])"
)


class BadCell(ValueError):
    """The cell cannot be read; the message is shown beside row and column."""


def shown(cell: Cell) -> str:
    """Return the cell as a person sees it: whole numbers without ``.0``, no surrounding blanks."""
    if isinstance(cell, str):
        text = cell.strip()
        # Most cells are printable and composed, which is quick to know; only the others are looked at closely.
        if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
            return text
        return clean(text).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(int(cell)) if cell == int(cell) and abs(cell) < _EXACT else repr(cell)


def half_width(cell: Cell) -> str:
    """Return the cell with full-width letters, digits and signs as half-width ones."""
    text = shown(cell)
    kept = _KEPT_TEXT.match(text)
    text = kept.group(1) if kept else text.lstrip("'\u2018\u2019`")
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def text(max_length: int = 200) -> Parser:
    """Text as it stands, up to ``max_length`` characters."""

    def parse(cell: Cell) -> str:
        value = shown(cell)
        if len(value) > max_length:
            raise BadCell(f"共 {len(value)} 字，超过 {max_length} 字，请缩短。")
        return value

    return parse


def name(max_length: int = 60) -> Parser:
    """A person's or place's name: blanks inside Chinese names are only for looks and go."""

    def parse(cell: Cell) -> str:
        value = shown(cell)
        if len(value.split(None, 1)) > 1:
            value = _SPACE_BETWEEN_HAN.sub("", value.replace("\n", ""))
        if len(value) > max_length:
            raise BadCell(f"共 {len(value)} 字，超过 {max_length} 字，请核对。")
        return value

    return parse


def digits(minimum: int, maximum: int) -> Parser:
    """A code of ``minimum`` to ``maximum`` digits, from text or from a number that kept them all."""
    wanted = f"{minimum} 位" if minimum == maximum else f"{minimum} 至 {maximum} 位"

    def parse(cell: Cell) -> str:
        if isinstance(cell, float) and (cell >= _EXACT or cell != int(cell)):
            raise BadCell("数字过长，末几位已被 Excel 改成 0。请把这一列设为“文本”格式后重新填写。")
        value = half_width(cell).replace(" ", "")
        if value.endswith(".0"):
            value = value[:-2]
        if _SCIENTIFIC.match(value):
            raise BadCell("显示成了科学计数法，末几位已丢失。请把这一列设为“文本”格式后重新填写完整号码。")
        if not (value.isascii() and value.isdigit()):
            raise BadCell(f"应为 {wanted}数字，现为“{value[:30]}”。")
        if not minimum <= len(value) <= maximum:
            raise BadCell(f"应为 {wanted}数字，现为 {len(value)} 位“{value[:30]}”。")
        return value

    return parse


def code(length: int) -> Parser:
    """A code of exactly ``length`` digits."""
    return digits(length, length)


def decimal(
    places: int = 2, minimum: Decimal | int | None = None, maximum: Decimal | int | None = None
) -> Parser:
    """A number with at most ``places`` decimals; thousands separators and full-width digits are understood."""
    step = Decimal(1).scaleb(-places)
    factor = 10**places

    def parse(cell: Cell) -> Decimal | None:
        if type(cell) is float and 0 <= cell < _PLAIN and minimum in (None, 0) and maximum is None:
            scaled = cell * factor
            nearest = round(scaled)
            if abs(scaled - nearest) < _NOISE:
                return Decimal(nearest) * step
        if isinstance(cell, bool):
            raise BadCell("应为数字，现为“是/否”。")
        value = str(cell) if isinstance(cell, float) else _number_text(cell)
        if value in _NOTHING:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise BadCell(f"应为数字，现为“{value[:30]}”。") from None
        if not number.is_finite() or number.adjusted() > 30 or abs(number) >= _EXACT:
            raise BadCell("数字过大，请核对。")
        # A spreadsheet computes in binary: 0.1 + 0.2 arrives with 17 digits and still means 0.3.
        rounded = number.quantize(step)
        if abs(number - rounded) > (Decimal("1e-9") if isinstance(cell, float) else 0):
            raise BadCell(
                f"最多 {places} 位小数，现为“{value}”。" if places else f"应为整数，现为“{value}”。"
            )
        if (minimum is not None and rounded < minimum) or (maximum is not None and rounded > maximum):
            raise BadCell(_range(minimum, maximum, value))
        return rounded

    return parse


def whole(minimum: int | None = None, maximum: int | None = None) -> Parser:
    """A whole number within limits."""
    read = decimal(0, minimum, maximum)

    def parse(cell: Cell) -> int | None:
        if type(cell) is float and cell.is_integer() and abs(cell) < _EXACT:
            number = int(cell)
            if (minimum is None or number >= minimum) and (maximum is None or number <= maximum):
                return number
        value = read(cell)
        return None if value is None else int(value)

    return parse


def day(earliest: int = FIRST_YEAR, latest: int = LAST_YEAR) -> Parser:
    """A date: a date cell, ``2026-3-5``, ``2026/3/5``, ``2026.3.5``, ``2026年3月5日`` or ``20260305``."""

    def parse(cell: Cell) -> dt.date | None:
        if type(cell) is str and len(cell) == _ISO_LENGTH and cell[7] == "-":
            with suppress(ValueError):
                written = dt.date.fromisoformat(cell)
                if earliest <= written.year <= latest:
                    return written
        value = half_width(cell)
        if value in _NOTHING:
            return None
        found = _DAY.match(value) or _COMPACT_DAY.match(value)
        try:
            result = dt.date(*map(int, found.groups())) if found else None
        except ValueError:
            raise BadCell(f"没有这一天：“{value[:30]}”，请核对。") from None
        if result is None:
            raise BadCell(f"应为日期，如 2026-03-05，现为“{value[:30]}”。")
        if not earliest <= result.year <= latest:
            raise BadCell(f"年份应在 {earliest} 至 {latest} 之间，现为“{value[:30]}”。")
        return result

    return parse


def month() -> Parser:
    """A month (``2026.3``, ``2026年3月``, a date cell); gives its first day."""
    compact = re.compile(r"^(\d{4})(0[1-9]|1[0-2])$")

    def parse(cell: Cell) -> dt.date | None:
        value = half_width(cell)
        if value in _NOTHING:
            return None
        found = _MONTH.match(value) or compact.match(value)
        if not found or not 1 <= int(found.group(2)) <= 12:
            raise BadCell(f"应为年月，如 2026-03，现为“{value[:30]}”。")
        return dt.date(int(found.group(1)), int(found.group(2)), 1)

    return parse


def choice(options: Mapping[str, Any]) -> Parser:
    """One of the written ``options`` (also their values as text), whatever blanks and width they are written with."""
    known = {_plain(label): value for label, value in options.items()}
    known |= {_plain(str(value)): value for value in options.values()}
    known |= options
    listed = "、".join(dict.fromkeys(options))

    def parse(cell: Cell) -> Any:
        if type(cell) is str and cell in known:
            return known[cell]
        try:
            return known[_plain(shown(cell))]
        except KeyError:
            raise BadCell(f"只能填 {listed}，现为“{shown(cell)[:30]}”。") from None

    return parse


def yes_no() -> Parser:
    """Yes or no as offices write it."""
    return choice(
        {"是": True, "否": False, "有": True, "无": False, "√": True, "×": False, "1": True, "0": False}
    )


def phone() -> Parser:
    """A mobile number of 11 digits, or a landline with its area code."""
    mobile, landline = re.compile(r"^1[3-9]\d{9}$"), re.compile(r"^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$")

    def parse(cell: Cell) -> str:
        value = half_width(cell).replace(" ", "").removeprefix("+86")
        if not (mobile.match(value) or landline.match(value)):
            raise BadCell(f"电话号码不对：“{value[:20]}”。手机号应为 11 位，座机请写区号。")
        return value

    return parse


def _plain(value: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).lower()


def _number_text(cell: Cell) -> str:
    value = half_width(cell).replace(",", "").replace(" ", "").lstrip("¥￥")
    return value.removesuffix("元")


def _range(minimum: Decimal | int | None, maximum: Decimal | int | None, value: str) -> str:
    if maximum is None:
        return f"不能小于 {minimum}，现为“{value}”。"
    if minimum is None:
        return f"不能大于 {maximum}，现为“{value}”。"
    return f"应在 {minimum} 至 {maximum} 之间，现为“{value}”。"
