"""Adds a sheet up while it is read and says where its own figures do not agree.

A carry-over can mean the page, the month or the year: a total is only told as different when none of the sums it may
stand for is it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from core.display import money
from ledgers.rules.reading.kinds import Kind
from ledgers.rules.rows import ZERO

_SCOPES = ("page", "day", "sub", "month", "quarter", "year", "total")
# The sums that begin anew after a total: its own and those within it. A year's goes on to the year's end.
_ENDS = {
    "page": ("page",),
    "carried": ("page",),
    "day": ("day",),
    "sub": ("sub",),
    "month": ("page", "day", "sub", "month"),
    "quarter": ("page", "day", "sub", "month", "quarter"),
    "total": ("page", "day", "sub", "total"),
}
_UNITS = {"amount": "元", "area": "亩"}
Sums = dict[str, Decimal]


class Difference(NamedTuple):
    """Two figures of a sheet that should be equal: row in the file, field, expected, found, and the sentence."""

    row: int
    field: str
    expected: Decimal
    found: Decimal
    sentence: str


class Total(NamedTuple):
    """A row that adds up or carries over: row in the file, what it adds up, its words, its figures."""

    row: int
    scope: str
    words: str
    values: Sums


@dataclass
class _Running:
    """A running balance: the last one written, what moved since, and whether it grows by debit (1) or credit (−1)."""

    written: Decimal | None = None
    moved: Decimal = ZERO
    sign: int = 0


@dataclass
class _Voucher:
    row: int
    debit: Decimal = ZERO
    credit: Decimal = ZERO


@dataclass
class Reconciler:
    """Takes rows and totals in the order of the sheet; ``differences`` is complete after :meth:`finish`.

    ``keys`` are the fields the sheet has.
    """

    kind: Kind
    keys: frozenset[str]
    differences: list[Difference] = field(default_factory=list)
    _all: Sums = field(default_factory=dict)
    _earlier: Sums = field(default_factory=dict)  # of the accounts before this one
    _base: dict[str, Sums] = field(default_factory=lambda: {scope: {} for scope in _SCOPES})
    _brought: Sums = field(default_factory=dict)
    _carried: Total | None = None
    _first_month: int | None = None
    _year: int | None = None
    _running: dict[str, _Running] = field(default_factory=dict)
    _last_account: str = ""
    _vouchers: dict[tuple[Any, ...], _Voucher] = field(default_factory=dict)
    _codes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        sided = "side" in self.keys and self.kind.code == "entries"
        self._sums = [key for key in self.kind.sums if key in self.keys and not (key == "amount" and sided)]

    def row(self, number: int, values: Mapping[str, Any]) -> None:
        """One row of data."""
        self._follow_year(values.get("day"))
        if self._counts(values):
            for key in self._sums:
                if value := values.get(key):
                    self._all[key] = self._all.get(key, ZERO) + value
        self._hold_laws(number, values)
        if self.kind.code == "entries":
            self._balance(number, values)
            self._voucher(number, values)

    def total(self, total: Total) -> None:
        """One row that adds up or carries over."""
        if total.scope == "opening":
            self._open(total)
        elif total.scope == "brought":
            self._bring(total)
        else:
            self._check_total(total)
        self._carried = total if total.scope == "carried" else None

    def begin_account(self) -> None:
        """The ledger goes on with another account: nothing before it belongs to the sums that follow."""
        for key, value in self._all.items():
            self._earlier[key] = self._earlier.get(key, ZERO) + value
        self._all, self._brought, self._running = {}, {}, {}
        self._base = {scope: {} for scope in _SCOPES}
        self._carried, self._first_month, self._last_account = None, None, ""

    def finish(self) -> list[Difference]:
        """The differences, in the order of the sheet."""
        self._check_vouchers()
        self.differences.sort(key=lambda difference: difference.row)
        return self.differences

    # --- sums ------------------------------------------------------------------------------------------------

    def _follow_year(self, day: dt.date | None) -> None:
        if day is None:
            return
        if self._first_month is None:
            self._first_month = day.month
        if self._year not in (None, day.year):
            self._base["year"] = dict(self._all)
            self._brought = {}
        self._year = day.year

    def _counts(self, values: Mapping[str, Any]) -> bool:
        """Of a trial balance only accounts that no other row of the sheet contains."""
        if self.kind.code != "balances":
            return True
        code = str(values.get("account", ""))
        inner = any(code[:end] in self._codes for end in range(3, len(code)))
        if code:
            self._codes.add(code)
        return not inner and not str(values.get("account_name", "")).startswith("其中")

    def _check_total(self, total: Total) -> None:
        scope = total.scope
        if scope == "year" and self._first_month not in (None, 1) and not self._base["year"]:
            self._base["year"] = {
                key: self._all.get(key, ZERO) - total.values.get(key, ZERO) for key in self._sums
            }
        for key in self._sums:
            found = total.values.get(key)
            if found is None:
                continue
            possible = list(self._possible(scope, key))
            if found not in possible:
                self._differ_sum(total, key, possible[0], found)
        self._check_written_balance(total)
        for ended in _ENDS.get(scope, ()):
            self._base[ended] = dict(self._all)

    def _possible(self, scope: str, key: str) -> Iterator[Decimal]:
        """The sums a total may stand for, the likeliest first."""
        # A subtotal may stand over subtotals, a carry-over for the page, the month or the year.
        scopes = {"carried": ("month", "page", "year"), "sub": ("sub", "month", "total")}.get(scope, (scope,))
        whole = self._all.get(key, ZERO)
        sums = [whole - self._base[name].get(key, ZERO) for name in scopes]
        if scope in ("total", "carried"):
            sums += [whole, whole + self._earlier.get(key, ZERO)]
        yield from sums
        if scope in ("month", "year", "total", "carried"):
            yield from (value + self._brought.get(key, ZERO) for value in sums)

    def _differ_sum(self, total: Total, key: str, expected: Decimal, found: Decimal) -> None:
        known = self.kind.field(key)
        unit = _UNITS.get(known.reads, "")
        self.differences.append(
            Difference(
                total.row,
                key,
                expected,
                found,
                f"第{total.row}行“{total.words}”的{known.title}写的是{money(found)}{unit}，"
                f"按前面各行加起来是{money(expected)}{unit}，相差{money(abs(found - expected))}{unit}，请核对。",
            )
        )

    def _bring(self, total: Total) -> None:
        if self._carried is None:
            if not self._all:
                self._brought = dict(total.values)
                self._set_balance(total)
            return
        for key, found in total.values.items():
            expected = self._carried.values.get(key)
            if expected is not None and expected != found:
                title = self.kind.field(key).title
                self.differences.append(
                    Difference(
                        total.row,
                        key,
                        expected,
                        found,
                        f"第{total.row}行“{total.words}”的{title}写的是{money(found)}元，"
                        f"第{self._carried.row}行“{self._carried.words}”是{money(expected)}元，请核对。",
                    )
                )

    def _open(self, total: Total) -> None:
        running = self._running.get(self._last_account)
        if running and running.written is not None and total.words.startswith(("上月", "月初")):
            self._check_written_balance(total)
            return
        if not self._all:
            self._brought = {key: value for key, value in total.values.items() if key != "balance"}
        self._set_balance(total)

    # --- running balances ------------------------------------------------------------------------------------

    def _balance(self, number: int, values: Mapping[str, Any]) -> None:
        if "balance" not in self.keys:
            return
        account = self._last_account = str(values.get("account") or values.get("account_name") or "")
        if account not in self._running and "" in self._running:
            self._running[account] = self._running.pop("")  # the opening stood above the first row
        running = self._running.setdefault(account, _Running(sign=self._known_sign()))
        running.moved += _moved(values)
        found = values.get("balance")
        if found is None:
            return
        if running.written is not None:
            self._compare_balance(number, running, found)
        running.written, running.moved = found, ZERO

    def _known_sign(self) -> int:
        return 1 if "side" in self.keys or {"income", "outlay"} & self.keys else 0

    def _compare_balance(self, number: int, running: _Running, found: Decimal) -> None:
        written = running.written or ZERO
        signs = (running.sign,) if running.sign else (1, -1)
        fitting = [sign for sign in signs if written + sign * running.moved == found]
        if len(fitting) == 1:
            running.sign = fitting[0]
        if not fitting:
            expected = written + signs[0] * running.moved
            self._differ_balance(number, expected, found, f"上一次余额{money(written)}元加减本行收支")

    def _check_written_balance(self, total: Total) -> None:
        found, running = total.values.get("balance"), self._running.get(self._last_account)
        if found is None or running is None or running.written is None:
            return
        expected = running.written + (running.sign or 1) * running.moved
        if abs(expected) != abs(found):
            self._differ_balance(total.row, expected, found, f"到“{total.words}”为止")
        running.written, running.moved = (found if found == expected else expected), ZERO

    def _differ_balance(self, number: int, expected: Decimal, found: Decimal, how: str) -> None:
        sentence = (
            f"第{number}行余额写的是{money(found)}元，{how}应为{money(expected)}元，"
            f"相差{money(abs(found - expected))}元，请核对。"
        )
        self.differences.append(Difference(number, "balance", expected, found, sentence))

    def _set_balance(self, total: Total) -> None:
        written = total.values.get("balance")
        if written is None and total.values:
            written = _moved(total.values)
        self._running = {"": _Running(written, sign=self._known_sign())}
        self._last_account = ""

    # --- one row by itself -----------------------------------------------------------------------------------

    def _hold_laws(self, number: int, values: Mapping[str, Any]) -> None:
        if self.kind.code == "balances":
            self._movement(number, values)
        elif self.kind.code == "contracts" and all(key in values for key in ("due", "paid", "owed")):
            due, paid, owed = values["due"], values["paid"], values["owed"]
            if due - paid != owed:
                told = f"应收{money(due)}元减已收{money(paid)}元应为{money(due - paid)}元"
                self._differ_row(number, "owed", due - paid, owed, f"欠收写的是{money(owed)}元，{told}")

    def _movement(self, number: int, values: Mapping[str, Any]) -> None:
        """Opening and movement make the closing, on whichever side the account stands."""
        for opening, debit, credit in (
            ("opening", "debit", "credit"),
            ("year_opening", "year_debit", "year_credit"),
        ):
            if not {opening, debit, credit} & values.keys() or not self._has(opening, debit, credit):
                continue
            before, moved = values.get(opening, ZERO), values.get(debit, ZERO) - values.get(credit, ZERO)
            closing = values.get("closing", ZERO)
            sided = bool(values.get("sided"))
            if closing not in ((before + moved,) if sided else (before + moved, before - moved)):
                expected = before + moved * (-1 if values.get("credit_side") and not sided else 1)
                told = f"期末余额写的是{money(closing)}元，期初{money(before)}元加减发生额应为{money(expected)}元"
                self._differ_row(number, "closing", expected, closing, told)
            return

    def _has(self, opening: str, debit: str, credit: str) -> bool:
        return bool({opening, f"{opening}_debit"} & self.keys) and {debit, credit} <= self.keys

    def _differ_row(self, number: int, key: str, expected: Decimal, found: Decimal, told: str) -> None:
        sentence = f"第{number}行{told}，请核对。"
        self.differences.append(Difference(number, key, expected, found, sentence))

    # --- vouchers --------------------------------------------------------------------------------------------

    def _voucher(self, number: int, values: Mapping[str, Any]) -> None:
        voucher, day = values.get("voucher"), values.get("day")
        if not voucher or not {"debit", "credit"} <= self.keys:
            return
        key = (day.year, day.month, voucher) if day else (values.get("year"), values.get("month"), voucher)
        held = self._vouchers.setdefault(key, _Voucher(number))
        held.debit += values.get("debit", ZERO)
        held.credit += values.get("credit", ZERO)

    def _check_vouchers(self) -> None:
        """Only where the sheet holds both sides: a ledger of one account has but one of each voucher."""
        both = sum(1 for held in self._vouchers.values() if held.debit and held.credit)
        if both * 2 < len(self._vouchers) or not both:
            return
        for key, held in self._vouchers.items():
            if held.debit != held.credit:
                told = (
                    f"起的凭证“{key[-1]}”借方合计{money(held.debit)}元，贷方合计{money(held.credit)}元，"
                    f"相差{money(abs(held.debit - held.credit))}元"
                )
                self._differ_row(held.row, "voucher", held.debit, held.credit, told)


def _moved(values: Mapping[str, Any]) -> Decimal:
    """What a row moves on the debit side."""
    return _sum(values, ("debit", "income")) - _sum(values, ("credit", "outlay"))


def _sum(values: Mapping[str, Any], keys: Iterable[str]) -> Decimal:
    return sum((values.get(key) or ZERO for key in keys), ZERO)
