"""A village's books put in and checked, for tests of what becomes of hits."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from ledgers.models import LedgerStamp
from ledgers.rules.rows import Books, Cadre, Contract, Entry
from ledgers.rules.stored import CLASSES
from ledgers.services import check_village
from tests.ledgers.stored import make_sheet

TODAY = dt.date(2026, 4, 1)
SHARE = Entry("", 2024, dt.date(2024, 5, 6), "记字第001号", 1, "付挖机费", "541", "管理费用", "541", Decimal(900),
              party="城南机械", ticket="增值税普通发票", ticket_no="00123456", attachments=2)  # fmt: skip
BANK = replace(SHARE, account="102", account_name="银行存款", standard="102", debit=Decimal(0), credit=Decimal(900),
               ticket_no="")  # fmt: skip
# A tenant who owes rent and has it in hand for longer than the law knows.
LEASE = Contract("", "1号", "东鱼塘承包合同", "鱼塘", party="李丙丁", signed_on=dt.date(2010, 1, 1),
                 starts_on=dt.date(2010, 1, 1), ends_on=dt.date(2040, 1, 1), rent=Decimal(1000), due=Decimal(3000),
                 paid=Decimal(500), written=True)  # fmt: skip
HEAD = Cadre("", "李丙丁", post="村主任", since=dt.date(2009, 1, 1))


def voucher(number, **over):
    """A payment by bank on a voucher of its own, its two lines."""
    day = dt.date(2024, 5, number)
    more = {"voucher": f"记字第{number:03d}号", "number": number, "day": day} | over
    return [
        replace(SHARE, **more),
        replace(BANK, **{name: more[name] for name in ("voucher", "number", "day")}),
    ]


def twice():
    """One invoice on two vouchers."""
    return [*voucher(1), *voucher(2)]


def put_in(cast, village=None, **tables):
    """Sheets of typed rows by their place in ``Books``; the village's books count as changed. Returns the sheets."""
    village = village or cast.village_place
    kinds = {place: kind for kind, (_, place) in CLASSES.items()}
    sheets = [
        make_sheet(village, cast.leader, kinds[place], rows, name=place)[0] for place, rows in tables.items()
    ]
    change(village)
    return sheets


def put_in_books(cast, books: Books, village=None):
    """Whole books of a made-up village."""
    tables = {place: getattr(books, place) for _, place in CLASSES.values()}
    return put_in(cast, village, **{place: rows for place, rows in tables.items() if rows})


def change(village):
    """Say that the books have changed."""
    stamp, _ = LedgerStamp.objects.get_or_create(village=village)
    LedgerStamp.objects.filter(pk=stamp.pk).update(changes=stamp.changes + 1)


def check(cast, inspection=None, actor=None, today=TODAY):
    """Run the checks as a member of the team."""
    return check_village(actor=actor or cast.member, inspection=inspection or cast.inspection, today=today)


def withdraw(sheet):
    """Take a sheet back."""
    type(sheet).objects.filter(pk=sheet.pk).update(status="withdrawn")
    change(sheet.village)
