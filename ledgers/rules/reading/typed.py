"""Turns a sheet's rows into the typed rows of :mod:`ledgers.rules.rows`."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from ledgers.rules import rows
from ledgers.rules.reading.charts import standard
from ledgers.rules.reading.sheet import Line, Sheet

KeyOf = Callable[[int], str]
Kept = TypeVar("Kept")

_MONEY_ACCOUNTS = {"101": "cash", "102": "bank"}
_NUMBER = re.compile(r"\d+")
_PART_OF = re.compile(r"\s*[(（]?\d+/\d+[)）]?$")
_BENEFITS = (
    ("subsistence", "低保|最低生活"),
    ("special_care", "优抚|退役|军人|军属|烈属|三属"),
    ("relief", "特困|五保|救助|孤儿|困难|慰问"),
    ("work", "公益岗|公益性岗|误工|护林|保洁|公岗"),
    ("pension", "养老|高龄|老龄|敬老"),
    ("farmland", "地力|耕地|种粮|粮食|农资|良种|耕种|农业支持"),
)
_LISTS = (
    ("death", "死亡|殡葬|火化|去世|逝者|死者"),
    ("bedridden", "卧床|失能"),
    ("property", "不动产|房产|房屋|车辆|车牌|购车|机动车"),
    ("company", "企业|工商|市场主体|法定代表人|注册资本|个体"),
    ("institution", "养老机构|机构|敬老院|福利院|养老院|服刑|监狱|戒毒"),
    ("student", "学生|在校|学籍|就读|学校"),
    ("away", "外出|务工"),
    ("insurance", "参保|社保|养老保险|医保|养老金"),
    ("land", "确权|承包地|土地|地块"),
    ("staff", "供养|公职|在编|编制内|工作单位|月工资"),
    ("household", "户籍|与户主关系|户口"),
)


def typed(sheet: Sheet, key_of: KeyOf) -> Iterator[Any]:
    """The rows of a sheet as the checks read them; ``key_of`` gives the stored key of a row's number in the file."""
    make = _MAKERS[sheet.kind.code]
    for line in sheet.rows:
        yield make(sheet, line, key_of(line.number))


def listed_kind(sheet: Sheet) -> str:
    """What a list from elsewhere is of, by its title and heads; empty when they do not say."""
    words = " ".join([sheet.title, sheet.name, *sheet.mapping.heads])
    return _first(_LISTS, words)


def voucher_number(voucher: str) -> int | None:
    """The running number within its series: 12 for 记-012, 记字第12号 and 2024-03-0012."""
    found = _NUMBER.findall(_PART_OF.sub("", voucher) or voucher)
    return int(found[-1]) if found and len(found[-1]) <= 9 else None


def _entry(sheet: Sheet, line: Line, key: str) -> rows.Entry:
    found = line.values
    year = _year(sheet, found)
    code = standard(year, found.get("account", ""), found.get("account_name", ""))
    voucher = found.get("voucher", "")
    debit, credit = found.get("debit", rows.ZERO), found.get("credit", rows.ZERO)
    # In the journal of cash or bank an income is that account's debit; in a list of incomes and outlays it is the
    # income's credit.
    income, outlay = found.get("income", rows.ZERO), found.get("outlay", rows.ZERO)
    journal = code in _MONEY_ACCOUNTS
    own = {
        "year": year,
        "number": voucher_number(voucher),
        "standard": code,
        "debit": debit + (income if journal else outlay),
        "credit": credit + (outlay if journal else income),
        "paid_by": found.get("paid_by") or (_MONEY_ACCOUNTS.get(code, "") if income or outlay else ""),
        "sheet": sheet.name,
        "row": line.number,
    }
    return _made(rows.Entry, key, found | own)


def _balance(sheet: Sheet, line: Line, key: str) -> rows.Balance:
    found = line.values
    year = _year(sheet, found)
    opening = found.get("opening", found.get("year_opening", rows.ZERO))
    debit = found.get("debit", found.get("year_debit", rows.ZERO))
    credit = found.get("credit", found.get("year_credit", rows.ZERO))
    closing = found.get("closing", rows.ZERO)
    sign = _balance_sign(found, opening, debit - credit, closing)
    own = {
        "year": year,
        "month": found.get("month") or sheet.month,
        "standard": standard(year, found.get("account", ""), found.get("account_name", "")),
        "opening": opening * sign,
        "debit": debit,
        "credit": credit,
        "closing": closing * sign,
    }
    return _made(rows.Balance, key, found | own)


def _balance_sign(found: dict[str, Any], opening: Decimal, moved: Decimal, closing: Decimal) -> int:
    """−1 where figures written without a side stand on the credit side: as they add up, or else as the chart says."""
    if found.get("sided"):
        return 1
    fits = opening + moved == closing, opening - moved == closing
    if fits[0] != fits[1]:
        return 1 if fits[0] else -1
    return -1 if found.get("credit_side") else 1


def _debt(sheet: Sheet, line: Line, key: str) -> rows.Debt:
    found = line.values
    words = f"{found.get('account_name', '')} {sheet.title} {sheet.name}"
    payable = "payable" in found or ("receivable" not in found and bool(re.search("应付|债务|欠外", words)))
    receivable = "receivable" in found or bool(re.search("应收|债权|借出|外欠", words))
    side = "payable" if payable else "receivable" if receivable else ""
    amount = found.get("receivable", found.get("payable", found.get("amount", rows.ZERO)))
    own = {
        "year": _year(sheet, found),
        "side": side,
        "amount": amount,
        "party_mark": found.get("mark", ""),
    }
    return _made(rows.Debt, key, found | own)


def _contract(sheet: Sheet, line: Line, key: str) -> rows.Contract:
    found = dict(line.values)
    starts, years = found.get("starts_on"), found.get("years")
    if starts and years and "ends_on" not in found:
        found["ends_on"] = _after(starts, years) - dt.timedelta(days=1)
    return _made(rows.Contract, key, found)


def _after(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=min(day.year + years, dt.MAXYEAR))
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)


def _benefit(sheet: Sheet, line: Line, key: str) -> rows.Benefit:
    found = line.values
    programme = found.get("programme") or sheet.title or sheet.name
    paid = found.get("paid_on")
    own = {
        "programme": programme,
        "kind": _first(_BENEFITS, programme) or "other",
        "year": found.get("year") or sheet.year or (paid.year if paid else 0),
        "month": found.get("month") or (paid.month if paid else sheet.month),
    }
    return _made(rows.Benefit, key, found | own)


def _cadre(sheet: Sheet, line: Line, key: str) -> rows.Cadre:
    found = line.values
    own = {
        "since": found.get("since", found.get("starts_on")),
        "until": found.get("until", found.get("ends_on")),
        "salaried": bool(found.get("salaried")),
    }
    return _made(rows.Cadre, key, found | own)


def _listed(sheet: Sheet, line: Line, key: str) -> rows.Listed:
    return _made(rows.Listed, key, line.values | {"kind": listed_kind(sheet)})


def _shown(sheet: Sheet, line: Line, key: str) -> rows.Shown:
    found = line.values
    day = found.get("shown_on")
    year = found.get("year") or sheet.year or (day.year if day else 0)
    return _made(rows.Shown, key, found | {"year": year, "quarter": found.get("quarter", 0)})


def _plain(kept: Callable[..., Kept]) -> Callable[[Sheet, Line, str], Kept]:
    return lambda sheet, line, key: _made(kept, key, line.values)


_MAKERS: dict[str, Callable[[Sheet, Line, str], Any]] = {
    "entries": _entry,
    "balances": _balance,
    "debts": _debt,
    "contracts": _contract,
    "assets": _plain(rows.Asset),
    "resources": _plain(rows.Resource),
    "projects": _plain(rows.Project),
    "benefits": _benefit,
    "cadres": _cadre,
    "kin": _plain(rows.Kin),
    "lists": _listed,
    "disclosures": _shown,
}
_REQUIRED = {rows.Cadre: ("name",), rows.Kin: ("cadre", "name")}


def _made(kept: Callable[..., Kept], key: str, found: dict[str, Any]) -> Kept:
    """The row from those of the values it has; a name it cannot be without is empty where the sheet left it so."""
    values = dict.fromkeys(_REQUIRED.get(kept, ()), "") | found  # type: ignore[call-overload]
    return kept(key=key, **{name: values[name] for name in _names(kept) if name in values})


@cache
def _names(kept: Any) -> tuple[str, ...]:
    return tuple(found.name for found in fields(kept) if found.name != "key")


def _year(sheet: Sheet, found: dict[str, Any]) -> int:
    """The year of a row: its day's, the one it names, the sheet's."""
    day = found.get("day")
    return day.year if day else found.get("year") or sheet.year or 0


def _first(kinds: tuple[tuple[str, str], ...], words: str) -> str:
    return next((kind for kind, pattern in kinds if re.search(pattern, words)), "")
