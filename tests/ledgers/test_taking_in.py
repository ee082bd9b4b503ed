"""A file becomes previews, a confirmed preview becomes the village's books, and nothing counts before."""

import datetime as dt
import hashlib
import io
from decimal import Decimal

import openpyxl
import pytest

from core.errors import NotAllowed, ServiceError
from core.files.store import read_bytes
from core.models import AuditEntry
from ledgers import services
from ledgers.models import LedgerRow, LedgerSheet
from ledgers.selectors.books import books_of, stamp_of
from tests.ledgers import stored
from tests.ledgers.sheets import BENEFITS, STRANGE, text, workbook

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 4, 1)
HEAD = ["日期", "凭证号", "摘要", "科目编码", "借方", "贷方"]
ACCOUNTS = [
    ["云溪村2023年明细账"],
    HEAD,
    ["2023.3.1", "记-1", "付水费", "541", 120, ""],
    ["2023.3.1", "记-1", "付水费", "101", "", 120],
    ["合计", "", "", "", 120, 120],
]
WRONG = [*ACCOUNTS[:-1], ["合计", "", "", "", 130, 120]]


def take(cast, rows, name="账.xlsx", actor=None, **options):
    return stored.take(actor or cast.leader, cast.village_place, rows, name, **options)


def only(source):
    return source.sheets.get()


def test_a_preview_keeps_its_rows_and_counts_nothing(cast):
    sheet = only(take(cast, ACCOUNTS))
    assert (sheet.kind, sheet.status, sheet.title) == ("entries", "preview", "云溪村2023年明细账")
    assert (sheet.rows_count, sheet.years, sheet.differences, sheet.doubtful) == (2, {"2023": 2}, [], False)
    row = sheet.rows.earliest("line")
    assert (row.line, row.year, row.month, row.words) == (3, 2023, 3, "记-1 付水费 541")
    assert books_of(cast.village_place, today=TODAY).entries == ()
    assert stamp_of(cast.village_place) == 0


def test_a_confirmed_sheet_is_the_books_and_raises_the_stamp(cast):
    sheet = services.confirm_sheet(actor=cast.leader, sheet=only(take(cast, ACCOUNTS)))
    assert sheet.status == "confirmed"
    entries = books_of(cast.village_place, today=TODAY).entries
    assert [(e.day, e.summary, e.standard, e.debit, e.credit) for e in entries] == [
        (dt.date(2023, 3, 1), "付水费", "541", Decimal(120), Decimal(0)),
        (dt.date(2023, 3, 1), "付水费", "101", Decimal(0), Decimal(120)),
    ]
    assert stamp_of(cast.village_place) == 1
    assert AuditEntry.objects.filter(verb="ledgers.sheet.confirm", target_id=str(sheet.pk)).count() == 1


def test_the_file_is_kept_as_it_came(cast):
    content = workbook(ACCOUNTS)
    source = take(cast, content)
    assert source.file.sha256 == hashlib.sha256(content).hexdigest()
    assert read_bytes(source.file) == content


def test_the_same_file_is_not_taken_in_twice(cast):
    content = workbook(ACCOUNTS)
    first = take(cast, content)
    with pytest.raises(ServiceError, match="已由组长上传过"):
        take(cast, content, "另名.xlsx")
    assert LedgerSheet.objects.count() == 1
    services.discard_sheet(actor=cast.leader, sheet=only(first))
    assert only(take(cast, content)).status == "preview"


def test_a_wrong_total_is_confirmed_only_with_a_reason(cast):
    sheet = only(take(cast, WRONG))
    assert sheet.doubtful and "130.00" in sheet.differences[0]["told"] and sheet.differences[0]["row"] == 5
    for reason in ("", "  "):
        with pytest.raises(ServiceError, match="1处数对不上.*写明理由"):
            services.confirm_sheet(actor=cast.leader, sheet=sheet, reason=reason)
    sheet.refresh_from_db()
    assert sheet.status == "preview"
    services.confirm_sheet(actor=cast.leader, sheet=sheet, reason="原账合计写错，以各行为准")
    sheet.refresh_from_db()
    assert (sheet.status, sheet.accepted) == ("confirmed", "原账合计写错，以各行为准")


def test_a_missing_year_is_confirmed_only_with_a_reason(cast):
    rows = [["2021—2024年明细账"], HEAD]
    rows += [[f"{year}.3.1", "记-1", "付水费", "541", 120, ""] for year in (2021, 2023)]
    sheet = only(take(cast, rows))
    assert sheet.gaps == ["没有2022年的内容。", "没有2024年的内容。"]
    with pytest.raises(ServiceError, match="没有2022年的内容，没有2024年的内容。要照原样采用"):
        services.confirm_sheet(actor=cast.leader, sheet=sheet)


def test_a_figure_that_was_not_read_is_a_doubt_and_a_masked_number_is_none(cast):
    rows = [
        HEAD,
        ["2023.3.1", "记-1", "付水费", "541", "一百多", ""],
        ["2023.3.2", "记-2", "电费", "541", 5, ""],
    ]
    sheet = only(take(cast, rows))
    assert (sheet.unread_count, sheet.unread_figures, sheet.doubtful) == (1, 1, True)
    masked = [["姓名", "身份证号", "职务", "任职时间"], ["甲某", "110101********4194", "村主任", "2021.1.5"]]
    sheet = only(take(cast, masked, "干部.xlsx"))
    assert (sheet.unread_count, sheet.unread_figures, sheet.doubtful) == (1, 0, False)


def test_the_corrected_sheet_replaces_the_earlier_one(cast):
    old = services.confirm_sheet(actor=cast.leader, sheet=only(take(cast, WRONG)), reason="先用着")
    new = only(take(cast, ACCOUNTS, "改.xlsx"))
    with pytest.raises(ServiceError, match="已有同一张表"):
        services.confirm_sheet(actor=cast.leader, sheet=new)
    services.confirm_sheet(actor=cast.leader, sheet=new, replaces=old)
    old.refresh_from_db()
    assert (old.status, old.replaced_by) == ("withdrawn", new)
    assert "改.xlsx" in old.withdrawn_reason
    assert len(books_of(cast.village_place, today=TODAY).entries) == 2
    assert LedgerRow.objects.filter(sheet=old).count() == 2


def test_two_like_sheets_stay_beside_each_other_when_somebody_says_so(cast):
    services.confirm_sheet(actor=cast.leader, sheet=only(take(cast, WRONG)), reason="先用着")
    services.confirm_sheet(actor=cast.leader, sheet=only(take(cast, ACCOUNTS, "改.xlsx")), beside=True)
    assert len(books_of(cast.village_place, today=TODAY).entries) == 4


def test_a_withdrawn_sheet_counts_no_longer_and_can_be_read(cast):
    sheet = services.confirm_sheet(actor=cast.leader, sheet=only(take(cast, ACCOUNTS)))
    with pytest.raises(ServiceError, match="理由"):
        services.withdraw_sheet(actor=cast.leader, sheet=sheet, reason=" ")
    services.withdraw_sheet(actor=cast.leader, sheet=sheet, reason="是邻村的账")
    assert books_of(cast.village_place, today=TODAY).entries == ()
    assert sheet.rows.count() == 2
    assert stamp_of(cast.village_place) == 2
    with pytest.raises(NotAllowed, match="已撤出"):
        services.confirm_sheet(actor=cast.leader, sheet=sheet)


def test_a_given_up_preview_leaves_no_rows(cast):
    sheet = only(take(cast, ACCOUNTS))
    services.discard_sheet(actor=cast.leader, sheet=sheet)
    assert not LedgerRow.objects.exists()
    assert stamp_of(cast.village_place) == 0


def test_no_number_is_stored(cast):
    sheet = only(take(cast, BENEFITS, "补贴.xlsx"))
    kept = f"{list(sheet.rows.values_list('data', 'words'))}{sheet.unread}{sheet.notes}"
    assert "110101199003074194" not in kept and "6217000000000000001" not in kept
    marks = [row.data.get("mark", "") for row in sheet.rows.all()]
    assert marks[0] and marks[0] != marks[1] and len(marks[0]) == 32


def test_columns_nobody_knows_are_set_right_by_hand_and_learnt(cast):
    sheet = only(take(cast, STRANGE))
    assert (sheet.kind, sheet.rows_count) == ("", 0)
    assert sheet.mapping["heads"] == ["哪天", "啥事", "花了多少", "给谁"]
    with pytest.raises(ServiceError, match="指定各列"):
        services.confirm_sheet(actor=cast.leader, sheet=sheet)
    fields = ["day", "summary", "outlay", "party"]
    sheet = services.map_columns(actor=cast.leader, sheet=sheet, kind="entries", fields=fields)
    assert (sheet.kind, sheet.rows_count, sheet.by_hand) == ("entries", 1, True)
    services.confirm_sheet(actor=cast.leader, sheet=sheet)
    [entry] = books_of(cast.village_place, today=TODAY).entries
    assert (entry.summary, entry.party, entry.debit) == ("买锹", "某五金店", Decimal(35))
    again = only(take(cast, [STRANGE[0], ["2024-07-01", "买绳", 12, "某杂货店"]], "下半年.xlsx"))
    assert (again.kind, again.rows_count) == ("entries", 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["day", "summary", "outlay", "outlay"], "“支出”选了两列"),
        (["day", "summary", "", ""], "至少还要有"),
        (["day", "summary", "nonsense", ""], "列的选择不完整"),
        (["day"], "列的选择不完整"),
    ],
)
def test_a_choice_that_cannot_be_read_changes_nothing(cast, fields, words):
    sheet = only(take(cast, STRANGE))
    with pytest.raises(ServiceError, match=words):
        services.map_columns(actor=cast.leader, sheet=sheet, kind="entries", fields=fields)
    sheet.refresh_from_db()
    assert (sheet.kind, sheet.rows_count) == ("", 0)


def test_what_leaves_no_question_is_confirmed_together(cast):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("好", ACCOUNTS), ("错", WRONG), ("生", STRANGE)):
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    source = take(cast, stream.getvalue())
    services.confirm_undoubted(actor=cast.leader, source=source)
    assert dict(source.sheets.values_list("name", "status")) == {
        "好": "confirmed",
        "错": "preview",
        "生": "preview",
    }
    with pytest.raises(ServiceError, match="逐张确认"):
        services.confirm_undoubted(actor=cast.leader, source=source)


def test_a_text_file_in_the_old_encoding_is_read(cast):
    sheet = only(take(cast, text(ACCOUNTS), "明细账.csv"))
    assert (sheet.rows_count, sheet.title) == (2, "云溪村2023年明细账")


@pytest.mark.parametrize("role", ["outsider", "village", "town", "discipline"])
def test_others_take_nothing_in(cast, role):
    with pytest.raises(NotAllowed):
        take(cast, ACCOUNTS, actor=getattr(cast, role))
