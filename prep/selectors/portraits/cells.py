"""One cell of a portrait: what stands there, what was understood, or why not."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.display import cn_date, money
from core.office import parse
from core.office.parse import BadCell, shown
from core.office.staging import decode, encode
from prep.models import Body, Gender, ProjectState
from prep.selectors.portraits.fields import Ask

Raw = str | float | bool
Read = tuple[Any, str]

_UNITS = re.compile(r"(户|人|个|名|件|处|组)$")
_MONEY = re.compile(r"^[¥￥]?(.*?)(万元|万|元)?$")
_YEAR = re.compile(r"^(\d{4})年?度?$")
_ONGOING = frozenset({"至今", "现任", "在任", "今"})
# Day numbers of the years 1930 to 2060, as a cell holds a date whose format was lost.
_SERIALS = (10959, 58804)
_EPOCH = dt.date(1899, 12, 30)
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class PortraitCell:
    """``text`` as it stood, ``value`` as understood (``None``: nothing), ``fault`` when it was not, ``note`` how."""

    text: str = ""
    value: Any = None
    fault: str = ""
    note: str = ""
    place: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; empty parts are left out."""
        plain = {"text": self.text, "fault": self.fault, "note": self.note, "place": self.place}
        found = {key: value for key, value in plain.items() if value}
        return found if self.value is None else found | encode({"value": self.value})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PortraitCell":
        """What :meth:`to_json` was made from."""
        value = decode({"value": data["value"]})["value"] if "value" in data else None
        return cls(value=value, **{key: text for key, text in data.items() if key != "value"})


def read_cell(
    ask: Ask, raw: Raw, place: str = "", *, in_wan: bool = False, traits: Mapping[str, str] | None = None
) -> PortraitCell:
    """Read one cell. ``in_wan``: its column is headed 万元. ``traits``: codes of the traits by name."""
    text = shown(raw)
    if not text:
        return PortraitCell(place=place)
    try:
        if ask.read == "traits":
            value, note = _traits(text, traits or {})
        elif ask.read == "money":
            value, note = _money(raw, in_wan)
        else:
            value, note = _READERS[ask.read](raw)
    except BadCell as bad:
        return PortraitCell(text, fault=str(bad), place=place)
    return PortraitCell(text, value, note=note, place=place)


def faulty(cell: PortraitCell, fault: str) -> PortraitCell:
    """The same cell, doubted."""
    return replace(cell, fault=fault)


def _count(maximum: int) -> Callable[[Raw], Read]:
    whole = parse.whole(0, maximum)

    def read(raw: Raw) -> Read:
        if isinstance(raw, bool):
            raise BadCell("应为数字，现为“是/否”。")
        text = _UNITS.sub("", parse.half_width(raw)) if isinstance(raw, str) else raw
        return whole(text), ""

    return read


def _money(raw: Raw, in_wan: bool) -> Read:
    """Yuan; what is written in 万 or stands under a head in 万元 is multiplied and said so."""
    if isinstance(raw, bool):
        raise BadCell("应为金额，现为“是/否”。")
    found = _MONEY.match(parse.half_width(raw).replace(" ", "")) if isinstance(raw, str) else None
    number, unit = (found.group(1), found.group(2)) if found else (raw, None)
    if isinstance(number, str) and not number:
        raise BadCell(f"应为金额，现为“{shown(raw)[:30]}”。")
    ten_thousands = unit in ("万", "万元") or (in_wan and unit is None)
    value = parse.decimal(6 if ten_thousands else 2, 0)(number)
    if value is None or not ten_thousands:
        return value, ""
    value = (value * _WAN).quantize(Decimal("0.01"))
    return value, f"按万元换算为{money(value)}元"


def _year(raw: Raw) -> Read:
    found = _YEAR.match(parse.half_width(raw))
    if not found or not 1949 <= int(found.group(1)) <= 2999:
        raise BadCell(f"应为四位年份，如 2025，现为“{shown(raw)[:20]}”。")
    return int(found.group(1)), ""


def _day(raw: Raw) -> Read:
    """A day, however written; a month alone gives its first day, a bare number is taken as Excel's day number."""
    if isinstance(raw, bool):
        raise BadCell("应为日期，现为“是/否”。")
    if isinstance(raw, float):
        if raw == int(raw) and _SERIALS[0] <= raw <= _SERIALS[1]:
            day = _EPOCH + dt.timedelta(days=int(raw))
            return day, f"数字{int(raw)}按Excel日期读作{cn_date(day)}"
        if raw != int(raw) and round(raw * 10) == raw * 10 and str(raw).endswith(".1"):
            year = int(raw)
            raise BadCell(f"“{raw}”分不清是{year}年1月还是{year}年10月，请写成{year}-01或{year}-10。")
    text = parse.half_width(raw).replace("。", ".").replace("、", ".").rstrip("起.")
    if re.fullmatch(r"\d{4}年?", text):
        raise BadCell(f"只有年份“{shown(raw)[:20]}”，请补上月份，如 {text[:4]}-03。")
    try:
        return parse.day()(text), ""
    except BadCell:
        if re.search(r"\d{4}\D+\d{1,2}\D+\d", text):
            raise
    return parse.month()(text), ""


def _until(raw: Raw) -> Read:
    if isinstance(raw, str) and shown(raw) in _ONGOING:
        return None, "仍在任"
    return _day(raw)


def _traits(text: str, known: Mapping[str, str]) -> Read:
    words = [word for word in re.split(r"[、，,;；/\s]+", unicodedata.normalize("NFKC", text)) if word]
    unknown = [word for word in words if word not in known]
    if unknown:
        raise BadCell(f"没有名为“{'、'.join(unknown)}”的村情类型，可选：{'、'.join(known)}。")
    return [known[word] for word in words], ""


def _plainly(read: parse.Parser) -> Callable[[Raw], Read]:
    return lambda raw: (read(raw), "")


def _choice(labels: Mapping[str, str], **more: str) -> Callable[[Raw], Read]:
    return _plainly(parse.choice({label: value for value, label in labels.items()} | more))


_YES = parse.choice({"是": True, "否": False, "√": True, "×": False, "有": True, "无": False})
_READERS: dict[str, Callable[[Raw], Read]] = {
    "count": _count(1_000_000),
    "few": _count(9_999),
    "year": _year,
    "name": _plainly(parse.name(120)),
    "long": _plainly(parse.text(4_000)),
    "day": _day,
    "month": _day,
    "since": _day,
    "until": _until,
    "gender": _choice(dict(Gender.choices), 男性="male", 女性="female"),
    "body": _choice(
        dict(Body.choices), 党支部="party", 党总支="party", 党委="party", 村委会="committee", 居委会="committee",
        村委="committee", 村监委="supervision", 村务监督委员会="supervision",
        居务监督委员会="supervision",
    ),
    "yes": lambda raw: (_YES("是" if raw is True else "否" if raw is False else raw), ""),
    "state": _choice(dict(ProjectState.choices), 完工="built", 已完工="built", 竣工="built", 结算="settled"),
}  # fmt: skip


def worded(ask: Ask, value: Any, traits: Mapping[str, str] | None = None) -> str:
    """A value as people read it; ``traits``: names by code. A dash for nothing."""
    if value in (None, "", []):
        return "—"
    if ask.read == "traits":
        return "、".join((traits or {}).get(code, code) for code in value)
    if ask.read == "money":
        return f"{money(value)}元"
    if ask.read in _MONTHLY and isinstance(value, dt.date):
        return f"{value.year}年{value.month}月" if value.day == 1 else cn_date(value)
    if isinstance(value, dt.date):
        return cn_date(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(_LABELS.get(ask.read, {}).get(value, value))


_MONTHLY = frozenset({"month", "since", "until"})
_LABELS: dict[str, dict[Any, Any]] = {
    "gender": dict(Gender.choices),
    "body": dict(Body.choices),
    "state": dict(ProjectState.choices),
}
