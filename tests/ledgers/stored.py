"""Typed rows put straight into a village's books, for tests of what reads them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import StoredFile
from ledgers import services
from ledgers.models import LedgerRow, LedgerSheet, LedgerSource
from ledgers.rules.stored import to_data, words_of
from tests.ledgers.sheets import workbook

_NUMBERS = iter(range(1, 10**9))


def take(actor, village, rows, name="账.xlsx", **options):
    """A file handed in through the service; ``rows`` are a sheet's, or the bytes of a file."""
    content = rows if isinstance(rows, bytes) else workbook(rows)
    upload = SimpleUploadedFile(name, content)
    return services.take_in(actor=actor, village=village, upload=upload, **options)


def make_source(village, owner, name="账.xlsx"):
    """A file of the village whose bytes are not needed."""
    file = StoredFile.objects.create(
        name=name,
        path=f"none/{next(_NUMBERS)}",
        size=1,
        sha256="0" * 64,
        kind="xlsx",
        content_type="application/vnd.ms-excel",
        origin="electronic",
        uploaded_by_name=owner.display_name,
    )
    return LedgerSource.objects.create(village=village, owner=owner, file=file)


def make_sheet(village, owner, kind, rows, status="confirmed", **over):
    """A sheet with typed rows, confirmed if nothing else is said; it comes with its stored rows in order."""
    over.setdefault("mapping", {"kind": kind, "heads": ["摘要"], "fields": [""]})
    sheet = LedgerSheet.objects.create(
        source=make_source(village, owner), village=village, position=1, kind=kind, status=status, **over
    )
    stored = [
        LedgerRow(
            sheet=sheet,
            village=village,
            kind=kind,
            year=getattr(row, "year", None),
            month=getattr(row, "month", None),
            line=line,
            data=to_data(row),
            words=words_of(row),
        )
        for line, row in enumerate(rows, 3)
    ]
    LedgerRow.objects.bulk_create(stored)
    return sheet, stored
