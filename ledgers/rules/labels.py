"""How the fields of a typed row are called and shown to people."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from core.display import cn_date, money
from ledgers.rules.reading import kinds
from ledgers.rules.reading.charts import name_of
from ledgers.rules.rows import Bidder
from ledgers.rules.stored import CLASSES, is_mark

# Fields of several kinds that one name fits better than the column's.
_REWORDED = frozenset({"opening", "closing", "side", "dues", "payments"})
# What no column of a sheet is called, as it is worked out while reading, or several columns are one field.
_OWN = {
    "year": "年度",
    "month": "月份",
    "number": "凭证序号",
    "standard": "对应标准科目",
    "account_name": "科目名称",
    "side": "债权或债务",
    "amount": "金额",
    "opening": "期初余额（借方为正）",
    "closing": "期末余额（借方为正）",
    "kind": "类别",
    "party_mark": "对方证件号",
    "number_valid": "证件号校验",
    "born_on": "出生日期",
    "paid_by": "支付方式",
    "days": "出勤天数",
    "dues": "各年应收",
    "payments": "各年已收",
    "bidders": "投标人",
    "since": "起",
    "until": "止",
    "starts_on": "起",
    "ends_on": "止",
    "sheet": "工作表",
    "row": "行号",
}
_WORDS = {
    "cash": "现金",
    "bank": "银行转账",
    "other": "其他",
    "receivable": "应收",
    "payable": "应付",
    "subsistence": "低保",
    "relief": "特困救助",
    "special_care": "优抚",
    "farmland": "耕地地力、种粮",
    "pension": "养老、高龄",
    "work": "公益岗、误工",
    "death": "死亡",
    "staff": "财政供养",
    "property": "房产、车辆",
    "company": "企业登记",
    "household": "户籍",
    "insurance": "社保",
    "institution": "机构入住",
    "student": "在校",
    "land": "确权",
    "away": "外出",
    "bedridden": "卧床",
}
# What a list shows of each kind of row, in this order.
LISTED: dict[str, tuple[str, ...]] = {
    "entries": ("day", "voucher", "summary", "account_name", "debit", "credit", "party"),
    "balances": ("year", "account", "account_name", "opening", "debit", "credit", "closing"),
    "debts": ("year", "side", "party", "amount", "since", "reason"),
    "contracts": ("name", "kind", "party", "area", "rent", "starts_on", "ends_on", "due", "paid"),
    "assets": ("name", "kind", "quantity", "value", "acquired_on", "state", "user"),
    "resources": ("kind", "plot", "booked_area", "measured", "user", "state"),
    "projects": ("name", "contractor", "budget", "price", "settled", "paid", "starts_on", "finished_on"),
    "benefits": ("programme", "year", "month", "name", "head", "amount", "paid_on"),
    "cadres": ("name", "post", "since", "until", "salaried"),
    "kin": ("cadre", "name", "relation"),
    "lists": ("kind", "name", "head", "detail", "since", "until"),
    "disclosures": ("year", "quarter", "shown_on"),
}
# In books the other side of a line is left blank.
_SIDES = frozenset({"debit", "credit"})
_AREAS = frozenset({"area", "measured", "booked_area"})
_COUNTS = frozenset({"quantity", "counted", "days"})


def label_of(kind: str, name: str) -> str:
    """What a field is called."""
    known = kinds.BY_CODE[kind].by_key.get(name)
    return known.title if known and name not in _REWORDED else _OWN[name]


def is_figure(kind: str, name: str) -> bool:
    """Is it a number that stands to the right of its column?"""
    return name in _figures(kind)


@cache
def _figures(kind: str) -> frozenset[str]:
    made: Any = CLASSES[kind][0]
    return frozenset(field.name for field in fields(made) if "Decimal" in str(field.type))


def shown(kind: str, row: Any, name: str) -> str:
    """The value of a field in words; empty for nothing. Of a number's hash only that there is one."""
    value = getattr(row, name)
    if value in (None, "", ()) or value == {} or (name in _SIDES and not value):
        return ""
    if is_mark(type(row), name):
        return "已登记，只用于比对"
    if name == "standard":
        return f"{value} {name_of(value)}"
    if name == "number_valid":
        return "校验位相符" if value else "校验位不符"
    return _worded(name, value)


def _worded(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return cn_date(value)
    if isinstance(value, Decimal):
        return _figure(name, value)
    if isinstance(value, Mapping):
        return "；".join(f"{year}年 {money(amount)}" for year, amount in sorted(value.items()))
    if isinstance(value, tuple):
        return "；".join(map(_bidder, value))
    return _WORDS.get(value, value) if isinstance(value, str) else str(value)


def _figure(name: str, value: Decimal) -> str:
    if name in _AREAS or name in _COUNTS:
        return f"{value.normalize():f}{'亩' if name in _AREAS else ''}"
    return money(value)


def _bidder(bidder: Bidder) -> str:
    return " ".join(filter(None, (bidder.name, bidder.person, bidder.phone, bidder.address)))


def facts(kind: str, row: Any) -> Iterator[tuple[str, str]]:
    """Every filled field of a row as (label, words), in the order of its class; the key and its place left out."""
    made: Any = CLASSES[kind][0]
    for field in fields(made):
        if field.name in ("key", "sheet", "row"):
            continue
        if words := shown(kind, row, field.name):
            yield label_of(kind, field.name), words
