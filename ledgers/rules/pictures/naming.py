"""Under which account a line is put in a picture, and how the chart of its year calls that account."""

from typing import NamedTuple

from ledgers.rules.reading.charts import account_of, name_in_year
from ledgers.rules.rows import Balance, Entry
from ledgers.rules.vouchers import BANK, CASH, account

NOT_SAID = "未写科目"


class Account(NamedTuple):
    """``key`` is the code of 2004 where there is one, else the name, under which years are put side by side."""

    key: str
    name: str


def identity(line: Entry | Balance) -> Account:
    """The account of the first level.

    What has no counterpart in the chart of 2004 stands under its own name; what a journal of one side booked on the
    money alone is of no account.
    """
    standard = account(line)
    if standard in (CASH, BANK) and isinstance(line, Entry):
        return Account("", "未分科目（只有现金、银行日记账）")
    if standard:
        return Account(standard, name_in_year(standard, line.year) or line.account_name or standard)
    found = account_of(line.year, line.account, line.account_name)
    name = found.name if found else line.account_name or line.account or NOT_SAID
    return Account(name, name)
