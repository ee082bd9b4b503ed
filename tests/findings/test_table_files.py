"""Survey tables on paper and back: the blank form, the filled Word and Excel, the workbook that is taken in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from docx import Document
from openpyxl import Workbook, load_workbook

from core.blanks import find_blank
from core.blanks.context import NOWHERE
from core.errors import NotAllowed, ServiceError
from core.files.store import open_stored
from core.jobs.runner import run_due
from core.models import Job
from findings import services
from findings.documents import table_docx, tables_xlsx
from findings.models import TABLES, SurveyTable
from findings.selectors import table_file
from findings.selectors.table_file import TablePlan
from findings.selectors.table_papers import tables_data
from findings.selectors.tables import village_tables
from tests.core.ooxml import problems
from tests.findings import tables
from tests.findings.tables import ACCOUNT, IDENTITY

pytestmark = pytest.mark.django_db

NAUGHTY = "<b>'\"&\u202e 𠮷 =SUM(A1)"


def book(*sheets):
    """A workbook of ``(name, rows)``."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def cells(content, sheet):
    return [
        cell
        for row in load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


def every_kind(cast, **over):
    return [tables.signed(cast, kind, **over) for kind in TABLES]


# --- the forms --------------------------------------------------------------------------------------------


def test_the_blank_and_the_filled_form_have_the_same_columns(cast):
    every_kind(cast)
    blank = find_blank("SZ-1").render(NOWHERE, 1)
    filled = tables_xlsx(tables_data(village_tables(cast.member, cast.inspection)))
    names = {name[0]: name for name in load_workbook(io.BytesIO(filled)).sheetnames}
    for spec in TABLES.values():
        titles = [column.title for column in spec.columns]
        for content in (blank, filled):
            assert set(titles) <= set(cells(content, names[spec.letter])), spec.letter
    assert "F 收支" in load_workbook(io.BytesIO(blank)).sheetnames


def test_the_filled_workbook_is_valid_and_says_what_was_counted(cast, tmp_path):
    every_kind(cast, remarks=NAUGHTY)
    content = tables_xlsx(tables_data(village_tables(cast.member, cast.inspection)))
    assert problems(content, tmp_path) == []
    funds = cells(content, "A 资金")
    assert 123456.5 in funds and 3210 in funds and "0018" in funds and "两张白条抵库" in funds
    assert any(NAUGHTY in str(cell) for cell in funds)
    assert f"填表人：{cast.member.display_name}" in funds and f"核实人：{cast.deputy.display_name}" in funds
    shown = load_workbook(io.BytesIO(content), data_only=True)["A 资金"]
    total = next(row for row in shown.iter_rows(values_only=True) if row[0] == "合计")
    assert [cell for cell in total if isinstance(cell, int | float)] == [131666.5, 128456.5, 3210]
    works = load_workbook(io.BytesIO(content))["G 工程"]
    assert works.page_setup.orientation == "landscape" and works.print_title_rows


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_the_word_form_is_valid_turned_and_repeats_its_head(cast, kind, tmp_path):
    made = tables.signed(cast, kind, remarks=NAUGHTY, scope="一组")
    content = table_docx(tables_data([made])[0])
    assert problems(content, tmp_path) == []
    document = Document(io.BytesIO(content))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert NAUGHTY in text and "一组" in text and "合计" in text and cast.deputy.display_name in text
    for column in made.spec.columns:
        assert column.label in text, column.label
    assert "村党组织书记" in text and "镇农经（代理）中心" in text
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "w:tblHeader" in document.element.xml
    assert made.no in document.element.xml and "表SZ-1" in document.element.xml


def test_equal_sheets_give_equal_bytes(cast):
    data = tables_data([tables.signed(cast, "contracts")])
    assert table_docx(data[0]) == table_docx(data[0]) and tables_xlsx(data) == tables_xlsx(data)


@pytest.mark.parametrize("form", ["word", "excel"])
def test_the_background_makes_the_form_for_who_may_see_it(cast, form):
    made = tables.signed(cast)
    services.request_table(actor=cast.member, table=made, form=form)
    run_due(Job.objects.get().pk)
    name = Job.objects.get().result_file.name
    assert name.startswith("表A 货币资金调查表") and name.endswith({"word": ".docx", "excel": ".xlsx"}[form])


def test_a_whole_village_is_one_workbook_and_an_empty_one_says_so(cast):
    with pytest.raises(ServiceError, match="还没有三资调查表"):
        services.request_village_tables(actor=cast.member, inspection=cast.inspection)
    assert not Job.objects.exists()
    every_kind(cast)
    tables.signed(cast, "funds", scope="一组")
    job = services.request_village_tables(actor=cast.member, inspection=cast.inspection)
    run_due(job.pk)
    content = open_stored(Job.objects.get(pk=job.pk).result_file).read()
    assert load_workbook(io.BytesIO(content)).sheetnames == [
        "A 资金",
        "A 资金（2）",
        "B 往来",
        "C 固定资产",
        "D 资源",
        "E 合同",
        "G 工程",
        "H 惠民",
    ]


def test_a_village_workbook_is_asked_for_only_by_who_sees_its_sheets(cast):
    tables.table(cast)
    for role in ("village", "town", "discipline", "department", "sysadmin", "stranger"):
        with pytest.raises(NotAllowed):
            services.request_village_tables(actor=getattr(cast, role), inspection=cast.inspection)
    # A team of another village sees none of them.
    with pytest.raises(ServiceError, match="还没有三资调查表"):
        services.request_village_tables(actor=cast.outsider, inspection=cast.inspection)
    assert not Job.objects.exists()
    for role in ("office_head", "leader", "member"):
        assert services.request_village_tables(actor=getattr(cast, role), inspection=cast.inspection).pk


def test_sheets_deleted_after_they_were_asked_for_end_the_job_with_a_sentence(cast):
    made = tables.table(cast)
    job = services.request_village_tables(actor=cast.member, inspection=cast.inspection)
    services.delete_minutes(actor=cast.member, paper=made, revision=made.revision, reason="重复")
    run_due(job.pk)
    assert "还没有三资调查表" in Job.objects.get(pk=job.pk).error


# --- taking in --------------------------------------------------------------------------------------------


def stage(cast, content, name="三资.xlsx"):
    head = {
        "checker": cast.deputy,
        "happened_at": tables.table(cast).happened_at,
        "place": "村部",
        "present": "报账员",
    }
    SurveyTable.objects.all().delete()
    return services.stage_tables(
        actor=cast.member, inspection=cast.inspection, upload=SimpleUploadedFile(name, content), values=head
    )


def commit(cast, staged, **over):
    return services.commit_tables(actor=cast.member, staged=staged, revision=staged.revision, **over)


def test_a_printed_workbook_comes_back_as_it_was(cast):
    before = {made.kind: made.rows for made in every_kind(cast)}
    content = tables_xlsx(tables_data(village_tables(cast.member, cast.inspection)))
    for made in SurveyTable.objects.all():
        made.signatures.all().delete()
    staged = stage(cast, content)
    assert not SurveyTable.objects.exists() and not TablePlan.from_json(staged.payload).faults
    commit(cast, staged)
    for made in SurveyTable.objects.all():
        without = [{name: plain(cell) for name, cell in row.items() if name != "id"} for row in made.rows]
        assert without == [
            {name: plain(cell) for name, cell in row.items() if name != "id"} for row in before.pop(made.kind)
        ]
        assert (made.status, made.recorder, made.checker, made.place) == (
            "draft",
            cast.member,
            cast.deputy,
            "村部",
        )
    assert before == {}


def plain(cell):
    """Digests do not travel on paper, and a month is written in words."""
    return cell["tail"] if isinstance(cell, dict) else cell


def test_sheets_are_known_by_title_or_letter_and_others_are_named(cast):
    content = book(
        (
            "收款",
            [
                ["“三资”调查表B　往来款项调查表"],
                ["科目", "对方单位或个人", "余额（元）", "发生日期"],
                ["应收款", "甲", "1.2万", "2019年3月"],
                ["合计", "", 12000],
            ],
        ),
        ("F 收支", [["日期", "凭证号"], ["2025-1-1", "1"]]),
        (
            "a资金",
            [
                ["备注", "实存数", "账面数", "资金类别"],
                ["", "5", "6", "其他"],
                ["", 5, 5, ""],
                ["情况说明：以上由报账员提供，未经核对"] * 4,
                [None] * 4,
            ],
        ),
    )
    plan = TablePlan.from_json(stage(cast, content).payload)
    assert [(sheet.kind, len(sheet.rows)) for sheet in plan.good] == [("dealings", 1), ("funds", 2)]
    assert plan.good[0].rows[0]["balance"] == "12000.00" and plan.good[0].rows[0]["since"] == "2019-03"
    assert ["F 收支" in sentence for sentence in plan.passed_over] == [True]


def test_rows_that_cannot_be_read_are_named_and_left_out_only_on_request(cast):
    content = book(
        (
            "A 资金",
            [
                ["资金类别", "账面数", "实存数"],
                ["其他", "约一千", "1"],
                ["其他", "2", "2"],
                ["借据", "3", "3"],
            ],
        )
    )
    staged = stage(cast, content)
    plan = TablePlan.from_json(staged.payload)
    assert [(fault.row, fault.column) for fault in plan.faults] == [(2, "账面数"), (4, "资金类别")]
    with pytest.raises(ServiceError, match="2处没有读对"):
        commit(cast, staged)
    commit(cast, staged, skip_errors=True)
    assert [row["booked"] for row in SurveyTable.objects.get().rows] == ["2.00"]
    with pytest.raises(ServiceError):
        commit(cast, staged, skip_errors=True)
    assert SurveyTable.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (book(("其他", [["a", "b"], [1, 2]])), "没有找到"),
        (b"not a book", "无法识别|没有找到"),
        (find_blank("SZ-1").render(NOWHERE, 1), "没有找到"),
    ],
)
def test_a_file_without_a_filled_table_is_refused_with_a_sentence(cast, content, word):
    with pytest.raises(ServiceError, match=word):
        stage(cast, content)


def test_neither_plan_nor_store_keeps_a_whole_number_of_an_upload(cast, capsys):
    head = ["项目", "受益人", "证件号", "金额", "账号"]
    staged = stage(cast, book(("H 惠民", [head, ["补贴", "丁某", IDENTITY, 860, ACCOUNT]])))
    call_command("dumpdata", "findings", "core")
    dumped = capsys.readouterr().out
    assert IDENTITY not in dumped and ACCOUNT not in dumped and "002X" in dumped
    commit(cast, staged)
    row = SurveyTable.objects.get().rows[0]
    same = tables.table(cast, "benefits", rows=[tables.ROWS["benefits"][0]]).rows[0]
    assert row["identity"] == same["identity"] and row["account"]["key"] == same["account"]["key"] != ""


def test_a_discarded_upload_writes_nothing(cast):
    staged = stage(cast, book(("A 资金", [["资金类别", "账面数", "实存数"], ["其他", "1", "1"]])))
    services.discard_tables(actor=cast.member, staged=staged)
    with pytest.raises(ServiceError):
        commit(cast, staged)
    assert not SurveyTable.objects.exists()


def long_book(count):
    head = ["项目", "受益人", "证件号", "金额"]
    return book(("H 惠民", [head, *(["补贴", f"户{number}", "", number] for number in range(1, count + 1))]))


def test_a_longer_list_than_one_sheet_holds_becomes_several_and_no_row_is_lost(cast):
    staged = stage(cast, long_book(650))
    plan = TablePlan.from_json(staged.payload)
    assert not plan.faults and [len(sheet.rows) for sheet in plan.good] == [300, 300, 50]
    commit(cast, staged)
    made = SurveyTable.objects.order_by("scope")
    assert [row.scope for row in made] == [f"第{part}部分，共3部分" for part in (1, 2, 3)]
    assert [row["person"] for sheet in made for row in sheet.rows] == [f"户{n}" for n in range(1, 651)]


def test_a_file_too_long_to_be_looked_over_is_refused_and_says_how_many_rows_go(cast, monkeypatch):
    monkeypatch.setattr(table_file, "MOST_IMPORTED", 20)
    assert TablePlan.from_json(stage(cast, long_book(20)).payload).good
    with pytest.raises(ServiceError, match="一次最多导入20行.*分成几个文件"):
        stage(cast, long_book(21))


def test_a_plan_made_before_cannot_put_more_into_a_sheet_than_it_holds(cast):
    staged = stage(cast, long_book(2))
    staged.payload["sheets"] = [["benefits", "H 惠民", staged.payload["sheets"][0][2] * 151]]
    staged.save(update_fields=["payload"])
    with pytest.raises(ServiceError, match="最多300行"):
        commit(cast, staged)
    assert not SurveyTable.objects.exists()
