"""Brings what a row says in several columns to one value: days, vouchers, accounts, sides."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ledgers.rules.reading import marks, values
from ledgers.rules.reading.charts import account_of
from ledgers.rules.reading.kinds import Kind

_FILLED_DOWN = ("month", "dom", "day", "year")
_SIDES = frozenset({"debit", "credit", "income", "outlay"})


class Settler:
    """Settles the rows of one sheet in their order.

    ``account`` is code and name of the account a ledger is about at the moment; ``undated`` counts the days without
    a year, ``sideless`` is the first row whose amount may be income or outlay.
    """

    def __init__(
        self, kind: Kind, keys: frozenset[str], account: tuple[str, str], year: int | None, title: str
    ) -> None:
        self.account = account
        self.undated = self.sideless = 0
        self._kind, self._keys, self._year = kind.code, keys, year
        self._title_side = _side_of_title(title)

    def settle(self, number: int, found: dict[str, Any], above: dict[str, Any]) -> str:
        """Change ``found`` in place; ``above`` is what was last written in each column. Gives a fault of the day."""
        fault = ""
        if self._kind == "entries":
            self._fill_down(found, above)
            fault = self._join_day(found)
            self._join_names(found)
            self._take_side(number, found)
        elif self._kind == "balances":
            self._take_sides_of_balances(found)
        return fault

    def _fill_down(self, found: dict[str, Any], above: dict[str, Any]) -> None:
        """Journals write a day or a voucher's number once for the lines that follow."""
        undated = not found.keys() & {"day", "dom"}
        if undated and "voucher" not in found and {"debit", "credit"} <= self._keys:
            found |= {key: above[key] for key in ("voucher", "series") if key in above}
        for key in _FILLED_DOWN:
            if key not in found and key in above:
                found[key] = above[key]

    def _join_day(self, found: dict[str, Any]) -> str:
        dom, month = found.pop("dom", None), found.get("month")
        if "day" in found or not dom or not month:
            return ""
        year = found.get("year") or self._year
        if year is None:
            self.undated += 1
            return f"日期{values.NO_YEAR}。"
        try:
            found["day"] = dt.date(year, month, dom)
        except ValueError:
            return f"没有这一天：{month}月{dom}日，请核对。"
        return ""

    def _join_names(self, found: dict[str, Any]) -> None:
        series = found.pop("series", "")
        if "voucher" in found and series and not str(found["voucher"]).startswith(series):
            found["voucher"] = f"{series}-{found['voucher']}"
        for key, value in zip(("account", "account_name"), self.account, strict=True):
            if value and key not in self._keys:
                found[key] = value
        if sub := found.pop("sub_account", ""):
            name = found.get("account_name", "")
            found["account_name"] = f"{name}-{sub}" if name else sub

    def _take_side(self, number: int, found: dict[str, Any]) -> None:
        """One column of amounts with its side, or the side a running balance stands on."""
        side = found.pop("side", None)
        if "amount" in found and self._keys.isdisjoint(_SIDES):
            side = side or self._title_side
            if side in _SIDES:
                found[side] = found.pop("amount")
            else:
                self.sideless = self.sideless or number
        elif "balance" in found and side:
            found["balance"] *= sign_of(side)

    def _take_sides_of_balances(self, found: dict[str, Any]) -> None:
        """Opening and closing on the debit side; ``sided`` when the sheet itself says on which they stand."""
        general = found.pop("side", None)
        account = account_of(
            self._year or 0, str(found.get("account", "")), str(found.get("account_name", ""))
        )
        found["credit_side"] = bool(account and account.side == "贷")
        for figure in ("opening", "year_opening", "closing"):
            side = found.pop(f"{figure}_side", general)
            pair = f"{figure}_debit", f"{figure}_credit"
            if self._keys & set(pair):
                debit, credit = (found.get(key, Decimal(0)) for key in pair)
                found[figure], found["sided"] = debit - credit, True
            elif figure in found and side is not None:
                found[figure], found["sided"] = found[figure] * sign_of(side), True


def ledger_account(kind: Kind, texts: Sequence[str]) -> tuple[str, str]:
    """The one account a journal is about, as its title says."""
    if kind.code != "entries":
        return "", ""
    if (named := marks.account_named(texts)) != ("", ""):
        return named
    words = "".join(texts)
    if re.search(r"现金(日记|流水|明细)?账|现金日记", words):
        return "101", "现金"
    return (
        ("102", "银行存款")
        if re.search(r"银行.{0,8}(日记|流水|明细|对账)|对账单|交易明细|交易流水", words)
        else ("", "")
    )


def sign_of(side: str | None) -> int:
    """−1 for what stands on the credit side."""
    return -1 if side in values.MINUS_SIDES else 1


def _side_of_title(title: str) -> str:
    """What a list of amounts without sides is of; empty when its title speaks of both or neither."""
    income, outlay = re.search(r"收入|收款", title), re.search(r"支出|付款|报销|报账|开支", title)
    return "" if bool(income) == bool(outlay) else "income" if income else "outlay"
