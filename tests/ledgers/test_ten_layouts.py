"""Ten sheets in ten layouts come into the books untouched; what is no sheet is refused with a sentence."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from core.errors import ServiceError
from core.files.store import read_bytes
from core.models import StoredFile
from ledgers import services
from ledgers.models import LedgerSource
from ledgers.rules.stored import CLASSES
from ledgers.selectors.books import books_of
from tests.core import samples
from tests.core.samples import xlsx_parts, zipped
from tests.ledgers import stored
from tests.ledgers.layouts import LAYOUTS

pytestmark = pytest.mark.django_db


def take(cast, content, name, **options):
    return stored.take(cast.leader, cast.village_place, content, name, **options)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_comes_into_the_books_as_it_is(name, cast):
    layout = LAYOUTS[name]
    source = take(cast, layout.content, layout.name, year=layout.year)
    assert read_bytes(source.file) == layout.content
    [sheet] = source.sheets.all()
    assert (sheet.kind, sheet.rows_count, sheet.years) == (layout.kind, layout.rows, layout.years)
    assert (sheet.differences, sheet.gaps, sheet.unread_figures) == ([], [], 0)
    services.confirm_sheet(actor=cast.leader, sheet=sheet)
    found = getattr(books_of(cast.village_place, today=dt.date(2026, 4, 1)), CLASSES[layout.kind][1])
    assert len(found) == layout.rows
    assert sum(getattr(row, layout.field) or 0 for row in found) == Decimal(layout.total)


def scan():
    """A workbook whose only content is a picture."""
    book = openpyxl.Workbook()
    book.active.add_image(Image(io.BytesIO(samples.image(kind="PNG"))), "A1")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


REFUSED = {
    "bomb": (zipped(xlsx_parts(" " * 50_000_000)), "账.xlsx", "展开后"),
    "scan in a workbook": (scan(), "账.xlsx", "可能是扫描的图片"),
    "picture named as Excel": (samples.image(), "账.xlsx", "与扩展名 .xlsx 不符"),
    "password": (samples.ole("EncryptionInfo", "EncryptedPackage"), "账.xlsx", "取消密码"),
    "something else named as old Excel": (samples.ole("Root Entry", "WordDocument"), "账.xls", "旧版 .doc"),
    "nothing": (b"", "账.xlsx", "空的"),
    "broken": (b"PK\x03\x04" + b"\0" * 200, "账.xlsx", "损坏"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sheet_is_refused_with_a_sentence_and_leaves_nothing(name, cast):
    content, filename, words = REFUSED[name]
    with pytest.raises(ServiceError) as refusal:
        take(cast, content, filename)
    assert words in refusal.value.message
    assert not LedgerSource.objects.exists() and not StoredFile.objects.exists()
