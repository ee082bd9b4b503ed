"""The pages of a village's books: a file's way in, what is there, the rows behind a point."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.files.store import read_bytes
from core.jobs.runner import run_due
from core.models import Job
from ledgers import services
from ledgers.models import LedgerSheet, LedgerSource
from ledgers.rules.rows import Benefit, Contract, Entry
from ledgers.selectors.rows import MOST_KEYS, pack, rows_address, unpack
from tests.ledgers.sheets import STRANGE, workbook
from tests.ledgers.stored import make_sheet, take
from tests.ledgers.test_taking_in import ACCOUNTS, WRONG

pytestmark = pytest.mark.django_db
ENTRY = Entry(
    "", 2023, voucher="记-1", summary="买锹", standard="541", party="某五金店", credit=Decimal("35.00")
)


def page(client, name, pk, **query):
    return client.get(reverse(f"ledgers:{name}", kwargs={"pk": pk}), query)


def text(response):
    return response.content.decode()


@pytest.fixture
def leader(cast, client):
    client.force_login(cast.leader)
    return client


def test_a_file_is_uploaded_looked_at_and_confirmed(cast, leader):
    village = cast.village_place
    address = reverse("ledgers:upload", kwargs={"pk": village.pk})
    answer = leader.post(address, {"file": SimpleUploadedFile("账.xlsx", workbook(ACCOUNTS)), "year": ""})
    source = LedgerSource.objects.get()
    assert answer.url == reverse("ledgers:source", kwargs={"pk": source.pk})
    assert "确认没有疑问的 1 张" in text(leader.get(answer.url))
    sheet = source.sheets.get()
    shown = text(page(leader, "sheet", sheet.pk))
    for words in ("云溪村2023年明细账", "付水费", "摘要", "确认入账册"):
        assert words in shown
    leader.post(
        reverse("ledgers:sheet_confirm", kwargs={"pk": sheet.pk}),
        {"revision": sheet.revision, "replaces": "beside"},
    )
    sheet.refresh_from_db()
    assert sheet.status == "confirmed"
    assert "收支明细" in text(page(leader, "books", village.pk))
    file = page(leader, "source_file", source.pk)
    assert b"".join(file.streaming_content) == read_bytes(source.file)


def test_a_doubtful_sheet_is_refused_with_the_sentence_and_keeps_what_was_typed(cast, leader):
    sheet = take(cast.leader, cast.village_place, WRONG).sheets.get()
    address = reverse("ledgers:sheet_confirm", kwargs={"pk": sheet.pk})
    shown = text(leader.get(address))
    assert "130.00" in shown and "按原样采用的理由" in shown
    answer = leader.post(address, {"revision": sheet.revision, "reason": " "})
    assert answer.status_code == 422 and "写明理由" in text(answer)
    answer = leader.post(address, {"revision": sheet.revision + 7, "reason": "已与会计核对"})
    assert answer.status_code == 409 and "已与会计核对" in text(answer)
    leader.post(address, {"revision": sheet.revision, "reason": "已与会计核对"})
    sheet.refresh_from_db()
    assert (sheet.status, sheet.accepted) == ("confirmed", "已与会计核对")


def test_columns_are_chosen_by_hand(cast, leader):
    sheet = take(cast.leader, cast.village_place, STRANGE).sheets.get()
    shown = text(page(leader, "sheet_columns", sheet.pk, kind="entries"))
    for words in ("哪天", "买锹", "某五金店", "认作收支明细"):
        assert words in shown
    address = reverse("ledgers:sheet_columns", kwargs={"pk": sheet.pk})
    chosen = {"kind": "entries", "revision": sheet.revision, "column-1": "day", "column-2": "summary"}
    answer = leader.post(address, chosen)
    assert answer.status_code == 422 and "至少还要有" in text(answer)
    assert '<option value="summary" selected>' in text(answer)
    leader.post(address, chosen | {"column-3": "outlay", "column-4": "party"})
    sheet.refresh_from_db()
    assert (sheet.kind, sheet.rows_count) == ("entries", 1)


def test_a_sheet_leaves_the_books_with_a_reason(cast, leader):
    sheet, _ = make_sheet(cast.village_place, cast.leader, "entries", [ENTRY])
    address = reverse("ledgers:sheet_withdraw", kwargs={"pk": sheet.pk})
    assert leader.post(address, {"revision": sheet.revision, "reason": ""}).status_code == 422
    leader.post(address, {"revision": sheet.revision, "reason": "是邻村的账"})
    shown = text(page(leader, "sheet", sheet.pk))
    assert "已撤出" in shown and "是邻村的账" in shown


def test_a_village_and_its_sheets_are_listed_with_their_years(cast, leader):
    village, years = cast.village_place, {"2023": 1, "2021": 1, "2022": 1}
    sheet, _ = make_sheet(village, cast.leader, "entries", [ENTRY], years=years, rows_count=3)
    index = text(leader.get(reverse("ledgers:index")))
    assert village.name in index and "2021—2023年" in index
    for address in (page(leader, "books", village.pk), page(leader, "sheet", sheet.pk)):
        assert "2021—2023年" in text(address)


def test_missing_years_are_marked(cast, leader):
    for year in (2021, 2023):
        make_sheet(
            cast.village_place, cast.leader, "entries", [replace(ENTRY, year=year)],
            years={str(year): 1}, rows_count=1,
        )  # fmt: skip
    shown = text(page(leader, "books", cast.village_place.pk))
    assert shown.count(">缺<") == 1
    assert "?kind=entries&amp;year=2021" in shown


def test_a_large_file_is_read_by_a_job(cast, leader, monkeypatch):
    monkeypatch.setattr("ledgers.services.taking.READ_AT_ONCE", 0)
    source = take(cast.leader, cast.village_place, ACCOUNTS)
    assert not LedgerSheet.objects.exists()
    assert "正在读取或没有读完" in text(page(leader, "books", cast.village_place.pk))
    assert run_due(Job.objects.get().pk).state == "done"
    source.refresh_from_db()
    assert source.read_at and source.sheets.get().rows_count == 2
    monkeypatch.setattr("ledgers.services.mapping.READ_AT_ONCE", 0)
    sheet = source.sheets.get()
    fields = ["day", "voucher", "summary", "account", "debit", ""]
    services.map_columns(actor=cast.leader, sheet=sheet, kind="entries", fields=fields)
    assert run_due(Job.objects.filter(kind="ledgers.map").get().pk).state == "done"
    sheet.refresh_from_db()
    assert sheet.by_hand and sheet.mapping["fields"][-1] == "" and sheet.rows.count() == 1


def test_a_large_file_nobody_can_read_says_so_on_its_page(cast, leader, monkeypatch):
    monkeypatch.setattr("ledgers.services.taking.READ_AT_ONCE", 0)
    source = take(cast.leader, cast.village_place, [["姓名", "身份证号", "年龄"]])
    assert run_due(Job.objects.get().pk).state == "failed"
    assert "下面没有数据" in text(page(leader, "source", source.pk))


def test_rows_are_paged_searched_and_narrowed(cast, leader):
    village = cast.village_place
    rows = [replace(ENTRY, summary=f"第{number}笔", year=2022 + number % 2) for number in range(120)]
    sheet, stored = make_sheet(village, cast.leader, "entries", rows)
    first = page(leader, "rows", village.pk)
    assert len(first.context["page"].rows) == 50 and first.context["page"].next
    second = page(leader, "rows", village.pk, cursor=first.context["page"].next)
    assert second.context["page"].rows[0].pk == stored[50].pk
    assert page(leader, "rows", village.pk, year="2022").context["count"] == (60, False)
    assert page(leader, "rows", village.pk, q="第117笔").context["count"] == (1, False)
    assert page(leader, "rows", village.pk, party="某五金店").context["count"] == (120, False)
    assert page(leader, "rows", village.pk, standard="101").context["count"] == (0, False)
    assert page(leader, "rows", village.pk, kind="kin").context["count"] == (0, False)


def test_the_rows_behind_a_point_are_opened_by_their_keys(cast, leader):
    village = cast.village_place
    _, entries = make_sheet(village, cast.leader, "entries", [ENTRY] * 3)
    _, benefits = make_sheet(village, cast.leader, "benefits", [Benefit("", "低保", name="甲某", year=2023)])
    _, foreign = make_sheet(cast.other_village_place, cast.outsider, "entries", [ENTRY])
    keys = [entries[1].pk, benefits[0].pk, foreign[0].pk]
    answer = leader.get(rows_address(village.pk, keys))
    assert [row.pk for row in answer.context["page"].rows] == keys[:2]
    assert [group.label for group in answer.context["listed"].groups] == ["收支明细", "惠民补贴"]


def test_keys_are_packed_and_nonsense_is_none():
    keys = [row.pk for row in (LedgerSheet(), LedgerSheet())]
    assert unpack(pack(keys)) == keys
    assert len(unpack(pack(keys * MOST_KEYS))) == MOST_KEYS
    assert [unpack(text) for text in ("", "x", "!!!", "一", "AAAA")] == [[]] * 5


def test_rows_of_a_preview_and_of_a_withdrawn_sheet_are_seen_by_their_sheet_only(cast, leader):
    village = cast.village_place
    sheet, _ = make_sheet(village, cast.leader, "entries", [ENTRY], "preview")
    assert page(leader, "rows", village.pk).context["count"] == (0, False)
    assert page(leader, "rows", village.pk, biao=sheet.pk).context["count"] == (1, False)


def test_a_row_says_everything_with_its_names_and_where_it_stands(cast, leader):
    contract = Contract(
        "",
        "HT-01",
        party="甲某",
        party_mark="ab" * 16,
        rent=Decimal(5000),
        dues={2023: Decimal(5000)},
        written=False,
    )
    sheet, [row] = make_sheet(cast.village_place, cast.leader, "contracts", [contract], name="合同")
    shown = text(page(leader, "row", row.pk))
    for words in (
        "合同编号",
        "HT-01",
        "承租方",
        "5,000.00",
        "2023年 5,000.00",
        "已登记，只用于比对",
        "工作表“合同”第3行",
    ):
        assert words in shown
    assert "ab" * 16 not in shown
    assert reverse("ledgers:source_file", kwargs={"pk": sheet.source_id}) in shown


@pytest.mark.parametrize("name", ["index", "books", "rows", "source", "sheet"])
def test_many_cost_no_more_queries_than_few(name, cast, leader):
    village = cast.village_place

    def add(count):
        sheets = [make_sheet(village, cast.leader, "entries", [ENTRY] * count)[0] for _ in range(count)]
        return sheets[-1]

    def queries(sheet):
        key = {"source": sheet.source_id, "sheet": sheet.pk}.get(name, village.pk)
        address = reverse(f"ledgers:{name}", kwargs={} if name == "index" else {"pk": key})
        with CaptureQueriesContext(connection) as caught:
            assert leader.get(address).status_code == 200
        return len(caught)

    sheet = add(1)
    queries(sheet)
    few = queries(sheet)
    assert queries(add(8)) == few


def test_accounts_of_all_years_stand_beside_their_standard_account(cast, leader):
    rows = [
        replace(ENTRY, account="541", account_name="管理费用"),
        replace(ENTRY, account="541", account_name="管理费用"),
        replace(ENTRY, year=2024, account="513", account_name="管理费用"),
        replace(ENTRY, year=2024, account="9", account_name="杂项", standard=""),
    ]
    make_sheet(cast.village_place, cast.leader, "entries", rows)
    make_sheet(cast.village_place, cast.leader, "entries", rows, "preview")
    chart = page(leader, "accounts", cast.village_place.pk).context["chart"]
    assert (chart.years, chart.unmapped) == ([2023, 2024], 1)
    assert [(line.code, line.name, line.standard, line.rows) for line in chart.lines] == [
        ("9", "杂项", "", [0, 1]),
        ("513", "管理费用", "541", [0, 1]),
        ("541", "管理费用", "541", [2, 0]),
    ]
    assert chart.lines[1].standard_name == "管理费用"
