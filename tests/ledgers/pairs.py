"""Short hands for vouchers of two lines in the tables of cases: the line that says what for, and the money's line.

The money's line has the key of the first with a ``$`` behind it.
"""

import datetime as dt
from itertools import count

from ledgers.rules.rows import Entry
from tests.ledgers.books import yuan

NAMES = {
    "101": "现金",
    "102": "银行存款",
    "112": "应收款",
    "151": "固定资产",
    "154": "在建工程",
    "202": "应付款",
    "212": "应付福利费",
    "502": "经营支出",
    "511": "发包及上交收入",
    "522": "补助收入",
    "531": "其他收入",
    "541": "管理费用",
    "551": "其他支出",
}
_numbers = count(1000)


def line(key, day, standard, debit=0, credit=0, voucher="", number=None, **more):
    """One line; ``day`` as ``2024-03-05``."""
    when = dt.date.fromisoformat(day)
    return Entry(
        key,
        when.year,
        when,
        voucher or (f"记-{number:03d}" if number else ""),
        number,
        account=standard,
        account_name=NAMES.get(standard, ""),
        standard=standard,
        debit=yuan(debit),
        credit=yuan(credit),
        **more,
    )


def _pair(key, day, amount, debit, credit, other="{}$", told="{}", **more):
    more.setdefault("voucher", f"记-{next(_numbers)}")
    return [
        line(told.format(key), day, debit, debit=amount, **more),
        line(other.format(key), day, credit, credit=amount, **more),
    ]


def pay(key, day, amount, party="甲店", summary="购办公用品", account="541", by="102", **more):
    """A payment: the account's line has the plain key."""
    return _pair(key, day, amount, account, by, party=party, summary=summary, **more)


def take(key, day, amount, summary="收鱼塘租金", account="511", by="101", **more):
    """Income: the account's line has the plain key."""
    return _pair(key, day, amount, by, account, other="{}", told="{}$", summary=summary, **more)


def deposit(key, day, amount):
    """Cash brought to the bank: the cash line has the ``$``."""
    return _pair(key, day, amount, "102", "101", summary="现金存入银行")


def fetch(key, day, amount):
    """Cash fetched from the bank: the cash line has the plain key."""
    return _pair(key, day, amount, "101", "102", summary="提取现金")
