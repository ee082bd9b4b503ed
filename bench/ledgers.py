"""All checks over the books of a round's villages: after one new voucher only its village is looked at again."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db.models import F

from bench import form_sets
from core import clock
from core.audit import SYSTEM
from core.models import StoredFile
from ledgers.models import LedgerRow, LedgerSheet, LedgerSource, LedgerStamp
from ledgers.rules.rows import Entry
from ledgers.rules.stored import to_data
from ledgers.selectors.runs import due_villages
from ledgers.services import check_village
from villages.models import Round, VillageInspection

TITLE = "Checks of books, one new voucher among 12 villages"
# Rows a year of a village, five years of them.
SIZE = 2000
REACH = 1.3
PEER = "all villages again"

_VILLAGES, _YEARS = 12, range(2021, 2026)
_ACCOUNTS = ("541", "551", "202", "113")


def entries(rows: int, seed: int) -> Iterator[Entry]:
    """``rows`` lines a year: payments by bank of sums and to receivers that come again as they do in a village."""
    blank = Entry(
        "", 2021, sheet="账", handler="甲", witness="乙", approver="丙", panel_sealed=True, attachments=2
    )
    for year in _YEARS:
        for number in range(1, rows // 2 + 1):
            day = dt.date(year, 1, 1) + dt.timedelta(days=number * 364 // (rows // 2))
            amount = Decimal((number * 7919 + seed * 104729) % 4000 + 60) + Decimal("0.37")
            line = replace(
                blank,
                year=year,
                day=day,
                approved_on=day,
                voucher=f"记字第{number:04d}号",
                number=number,
                summary=f"付第{number % 97}项费用",
                standard=_ACCOUNTS[number % 4],
                party=f"商户{(number * 31 + seed) % 240}",
                ticket="增值税普通发票",
                ticket_no=f"{year}{seed:03d}{number:06d}",
            )
            yield replace(line, debit=amount)
            yield replace(line, standard="102", credit=amount, ticket_no="")


def prepare(size: int, folder: Path) -> None:
    """A round of villages with books, all checked once."""
    form_sets.prepare(_VILLAGES, folder)
    for seed, inspection in enumerate(VillageInspection.objects.select_related("village", "round")):
        village = inspection.village
        file = StoredFile.objects.create(
            name="账.xlsx",
            path=f"none/{seed}",
            size=1,
            sha256="0" * 64,
            kind="xlsx",
            content_type="",
            origin="electronic",
        )
        source = LedgerSource.objects.create(village=village, file=file)
        sheet = LedgerSheet.objects.create(
            source=source, village=village, position=1, kind="entries", status="confirmed"
        )
        numbered = enumerate(entries(size, seed), 3)
        for _, part in groupby(numbered, key=lambda each: each[0] // 2000):
            LedgerRow.objects.bulk_create(
                LedgerRow(
                    sheet=sheet, village=village, kind="entries", year=row.year, line=line, data=to_data(row)
                )
                for line, row in part
            )
        LedgerStamp.objects.create(village=village, changes=1)
        check_village(actor=SYSTEM, inspection=inspection)


def limit(size: int, folder: Path) -> None:
    """The one village alone."""
    check_village(
        actor=SYSTEM, inspection=VillageInspection.objects.select_related("village", "round").first()
    )


def ours(size: int, folder: Path) -> None:
    """One village's books change; the round is checked."""
    LedgerStamp.objects.filter(pk=LedgerStamp.objects.earliest("id").pk).update(changes=F("changes") + 1)
    due = [each for each in due_villages(None, Round.objects.get(), clock.today()) if not each.fresh]
    for each in due:
        check_village(actor=SYSTEM, inspection=each.inspection)


def peer(size: int, folder: Path) -> None:
    """Every village of the round."""
    for each in due_villages(None, Round.objects.get(), clock.today()):
        check_village(actor=SYSTEM, inspection=each.inspection)
