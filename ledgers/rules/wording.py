"""How reasons name vouchers, sums and long lists."""

from collections.abc import Iterable
from decimal import Decimal

from core.display import cn_date, money
from ledgers.rules.vouchers import Voucher


def yuan(amount: Decimal | int) -> str:
    """``1,860.00元``."""
    return f"{money(amount)}元"


def voucher_name(voucher: Voucher) -> str:
    """``2024年3月5日记-003``; the year alone where no day is known."""
    return f"{cn_date(voucher.day) if voucher.day else f'{voucher.year}年'}{voucher.text or '（无凭证号）'}"


def some(items: Iterable[str], most: int = 5) -> str:
    """The first of a list, and how many there are when there are more."""
    told = list(items)
    return "、".join(told[:most]) + (f"等{len(told)}项" if len(told) > most else "")
