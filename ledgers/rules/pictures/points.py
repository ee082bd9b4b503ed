"""From a point of a picture, as an address names it, to the rows it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.text import run_together
from ledgers.rules.pictures.accounts import Side, accounts
from ledgers.rules.pictures.cells import Cell
from ledgers.rules.pictures.contracts import Mark, contracts
from ledgers.rules.pictures.digits import DIGITS, digits
from ledgers.rules.pictures.months import MONTHS, NO_DAY, months
from ledgers.rules.pictures.payees import payees
from ledgers.rules.rows import Books

Asked = Mapping[str, str]


class Picture(StrEnum):
    """The pictures of a village's books."""

    ACCOUNTS = "accounts"
    MONTHS = "months"
    CONTRACTS = "contracts"
    PAYEES = "payees"
    DIGITS = "digits"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Picture.ACCOUNTS: "逐年科目",
    Picture.MONTHS: "逐月",
    Picture.CONTRACTS: "合同",
    Picture.PAYEES: "收款人",
    Picture.DIGITS: "首位数字",
}
FIGURES = {"spent": "支出", "earned": "收入", "vouchers": "凭证"}
"""What the picture of months shows."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a point is called and its figure; ``counted``: the figure is a number of vouchers or rows, no sum."""

    title: str
    cell: Cell
    counted: bool = False


def find(books: Books, asked: Asked) -> Point | None:
    """The point that ``asked`` names: ``picture`` and what that picture's own finder reads; ``None`` for no such."""
    try:
        finder = _FINDERS[Picture(asked.get("picture", ""))]
        found = finder(books, asked)
    except (KeyError, ValueError, IndexError, StopIteration):
        return None
    return found if found and found.cell.rows else None


def _account(books: Books, asked: Asked) -> Point | None:
    """``side``, ``account`` (its key) and ``year``."""
    side, year = Side(asked["side"]), int(asked["year"])
    for line in accounts(books).of(side):
        if line.account.key == asked["account"]:
            return Point(f"{year}年{run_together(line.account.name, side.label)}", line.cell(year))
    return None


def _month(books: Books, asked: Asked) -> Point | None:
    """``year``, ``month`` (0: without a day) and ``what``."""
    year, number, what = int(asked["year"]), int(asked["month"]), asked["what"]
    found = months(books).month(year, number)
    when = f"{year}年" + ("没有日期的" if number == NO_DAY else f"{number}月")
    if number not in (NO_DAY, *MONTHS):
        return None
    cell = (
        Cell(rows=found.rows) if what == "vouchers" else {"spent": found.spent, "earned": found.earned}[what]
    )
    return Point(when + FIGURES[what], cell, what == "vouchers")


def _contract(books: Books, asked: Asked) -> Point | None:
    """``mark``, or ``year`` of arrears (empty: of no known year)."""
    seen = contracts(books)
    if "mark" in asked:
        mark = Mark(asked["mark"])
        return Point(f"合同：{mark.label}", Cell(rows=tuple(lease.key for lease in seen.marked(mark))), True)
    year = int(asked["year"]) if asked["year"] else None
    return Point(f"{year}年欠租" if year else "年度不明的欠租", seen.arrears[year])


def _payee(books: Books, asked: Asked) -> Point | None:
    """``year`` and ``rank`` from 1, ``rest`` or ``unnamed``."""
    year, rank = int(asked["year"]), asked["rank"]
    found = next(each for each in payees(books).years if each.year == year)
    if rank == "rest":
        return Point(f"{year}年付给其他收款人", found.rest)
    if rank == "unnamed":
        return Point(f"{year}年没有写明一个收款人的付款", found.unnamed)
    payee = found.payees[max(int(rank), 1) - 1]
    return Point(f"{year}年付给{payee.name}", payee.paid)


def _digit(books: Books, asked: Asked) -> Point | None:
    """``digit``, and ``year`` where it is of one."""
    year = int(asked["year"]) if asked.get("year") else None
    digit = DIGITS.index(int(asked["digit"]))
    found = digits(books, year).digits[digit]
    return Point(f"{f'{year}年' if year else ''}以{found.digit}开头的支出", found.found)


_FINDERS: dict[Picture, Callable[[Books, Asked], Point | None]] = {
    Picture.ACCOUNTS: _account,
    Picture.MONTHS: _month,
    Picture.CONTRACTS: _contract,
    Picture.PAYEES: _payee,
    Picture.DIGITS: _digit,
}
