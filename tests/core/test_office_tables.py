"""Reading tables as offices send them; every expectation is written by hand."""

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from core.files import sandbox
from core.office import parse
from core.office.columns import CellError, Column, TableReading, find_columns, normalised, read_table
from core.office.tables import ImportRefused, Table, read_tables
from tests.core import samples
from tests.core.samples import xlsx_parts, zipped

COLUMNS = (
    Column("code", "村（社区）代码", ("行政区划代码", "统计用区划代码"), True, parse.code(12), unique=True),
    Column("name", "村（社区）名称", ("村名", "单位名称"), True, parse.name(30)),
    Column("town", "所属镇（街道）", ("所在镇",), parse=parse.text(30)),
    Column("people", "户籍人口", parse=parse.whole(0, 100_000)),
    Column("money", "集体收入（元）", parse=parse.decimal(2)),
    Column("founded", "成立日期", parse=parse.day()),
)

CSV = (
    "东风镇各村（社区）一览表,,,,\n"
    "填报单位：东风镇,,,,\n"
    "序号,行政区划代码（必填）,村 名*,户籍人口（人）,集体收入(元)\n"
    "1,３３０１０２００１００１,红 旗 村,\"1,234\",5.5\n"
    "\n"
    "2,330102001002,东风社区,　,/\n"
    "合  计,,,1234,5.5\n"
    "序号,行政区划代码（必填）,村 名*,户籍人口（人）,集体收入(元)\n"
    "3,330102001003,向阳村,10,1\n"
    "注：本表由各镇填报，加盖公章后报送。,,,,\n"
    "填表人：某某,,审核人：某某,,\n"
)  # fmt: skip


def workbook(fill, **options):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, options)
    fill(book, book.add_worksheet("一览表"))
    book.close()
    return stream.getvalue()


def rows_of(reading):
    return [(row.number, row.values["code"], row.values["name"]) for row in reading.rows]


def refusal(content, columns=COLUMNS):
    with pytest.raises(ImportRefused) as caught:
        read_table(content, "文件", columns)
    return caught.value.message


def one_cell(value, column):
    """Read one cell under ``column`` and give its value, or the error's message."""
    table = Table("表", [["键", column.title], ["x", value]])
    reading = find_columns(table, (Column("key", "键"), column))
    return reading.errors[0].message if reading.errors else reading.rows[0].values[column.key]


# --- text files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_encoding_offices_save_it_in(encoding):
    reading = read_table(CSV.encode(encoding), "一览表.csv", COLUMNS)
    assert rows_of(reading) == [
        (4, "330102001001", "红旗村"), (6, "330102001002", "东风社区"), (9, "330102001003", "向阳村"),
    ]  # fmt: skip
    assert reading.errors == []
    assert reading.rows[0].values["people"] == 1234 and reading.rows[1].values["people"] is None
    assert reading.rows[1].values["money"] is None
    assert [remark.row for remark in reading.skipped] == [7, 8, 10, 11]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_the_sign_between_cells_is_found(delimiter):
    text = delimiter.join(["村名", "行政区划代码"]) + "\n" + delimiter.join(["红旗村", "330102001001"]) + "\n"
    assert rows_of(read_table(text.encode(), "a.csv", COLUMNS)) == [(2, "330102001001", "红旗村")]


def test_quoted_cells_may_hold_separators_line_ends_and_quotes():
    text = '村名,行政区划代码,所在镇\r\n"红""旗""村",330102001001,"东风镇,\r\n一片"\r\n'
    [row] = read_table(text.encode(), "a.csv", COLUMNS).rows
    assert row.values["name"] == '红"旗"村' and row.values["town"] == "东风镇,\n一片"


def test_codes_kept_as_text_by_office_tricks_are_codes():
    text = '村名,行政区划代码\n甲村,="330102001001"\n乙村,\'330102001002\n丙村,330102001003\t\n'
    reading = read_table(text.encode(), "a.csv", COLUMNS)
    assert [row.values["code"][-3:] for row in reading.rows] == ["001", "002", "003"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (bytes(range(256)) * 8, "另存为该格式"),
        (b"<html><table></table></html>", "网页"),
        ("村名,代码\n".encode() + b"\xff\xfe\x00" * 7, "另存为该格式"),
        (samples.pdf(), "另存为该格式"),
        (b"a" * (20 * 1024 * 1024 + 1), "拆分"),
    ],
    ids=["empty", "binary", "web page", "half binary", "pdf", "too long"],
)
def test_what_is_no_table_is_refused(content, sentence):
    assert sentence in refusal(content)


# --- workbooks ----------------------------------------------------------------------------------------------


def test_a_workbook_as_it_really_comes():
    def fill(book, page):
        page.merge_range("A1:E1", "东风镇各村（社区）一览表")
        page.write_row("A3", ["序号", "所在镇", "村\n名（必填）", "统计用区划代码", "成立日期"])
        page.merge_range("B4:B5", "东风镇")
        page.write_row("C4", ["红旗村", 330102001001])
        page.write_datetime("E4", dt.datetime(1958, 10, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row("C5", [" 东风村 ", "330102001002", "1958.10.1"])
        page.write_row("C6", ["向阳村", 330102001003])
        page.merge_range("A8:E8", "说明：代码以民政部门公布的为准。")
        book.add_worksheet("隐藏").hide()

    reading = read_table(workbook(fill), "a.xlsx", COLUMNS)
    assert rows_of(reading) == [
        (4, "330102001001", "红旗村"), (5, "330102001002", "东风村"), (6, "330102001003", "向阳村"),
    ]  # fmt: skip
    assert [row.values["town"] for row in reading.rows] == ["东风镇", "东风镇", None]
    assert [row.values["founded"] for row in reading.rows] == [dt.date(1958, 10, 1)] * 2 + [None]
    assert reading.rows[0].sheet == "一览表"
    assert [(remark.row, remark.message) for remark in reading.skipped] == [
        (8, "说明：代码以民政部门公布的为准。")
    ]


def test_a_head_of_two_merged_rows_is_found():
    def fill(book, page):
        page.merge_range("A1:A2", "村名")
        page.merge_range("B1:C1", "基本情况")
        page.write_row("B2", ["行政区划代码", "户籍人口"])
        page.write_row("A3", ["红旗村", "330102001001", 12])

    [row] = read_table(workbook(fill), "a.xlsx", COLUMNS).rows
    assert row.values["people"] == 12


def test_every_sheet_with_the_columns_is_read_and_others_are_left():
    def fill(book, page):
        page.write_row("A1", ["填表说明", "先看这里"])
        for number, town in enumerate(("东风镇", "向阳镇")):
            other = book.add_worksheet(town)
            other.write_row("A1", ["村名", "行政区划代码"])
            other.write_row("A2", ["红旗村", f"33010200100{number}"])

    reading = read_table(workbook(fill), "a.xlsx", COLUMNS)
    assert [(row.sheet, row.number) for row in reading.rows] == [("东风镇", 2), ("向阳镇", 2)]


def test_a_million_empty_formatted_rows_cost_nothing():
    rows = "".join(
        f'<row r="{number}" ht="14.25" customHeight="1"><c r="A{number}"/></row>'
        for number in range(3, 300_000)
    )
    head = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>村名</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>行政区划代码</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>红旗村</t></is></c><c r="B2"><v>330102001001</v></c></row>'
    )
    content = zipped(xlsx_parts(head + rows))
    assert rows_of(read_table(content, "a.xlsx", COLUMNS)) == [(2, "330102001001", "红旗村")]
    assert len(read_tables(content)[0].rows) == 2


def test_a_cell_at_the_far_corner_costs_a_child_and_not_the_server():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "内容过大" in refusal(zipped(xlsx_parts(far)))


def test_a_bomb_and_a_broken_zip_are_refused_before_anything_parses_them():
    assert "展开后" in refusal(zipped(xlsx_parts(" " * 50_000_000)))
    assert "结构异常" in refusal(samples.overlapping_zip(entries=3, size=1000))
    good = zipped(xlsx_parts("<row/>"))
    assert "不完整" in refusal(good[: len(good) // 2])


def test_a_workbook_that_unpacks_to_more_than_its_directory_says_is_refused():
    parts = xlsx_parts("<row/>" * 100_000)
    assert "结构异常" in refusal(samples.lying_zip(parts, "xl/worksheets/sheet1.xml", 500))


def test_markup_that_does_not_close_is_refused():
    assert "损坏" in refusal(zipped(xlsx_parts("<row><c>")))


def test_a_million_shared_strings_are_refused():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "<si><t/></si>" * 1_000_000
        + "</sst>"
    )
    relation = xlsx_parts()["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>',
    )
    content = zipped(xlsx_parts() | {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relation})
    assert refusal(content)


def test_passwords_and_old_formats_are_told_apart():
    assert "取消密码" in refusal(samples.ole("EncryptionInfo", "EncryptedPackage"))
    assert "docx" in refusal(samples.ole("Root Entry", "WordDocument"))
    assert "损坏" in refusal(samples.ole("Root Entry", "Workbook"))


def test_an_excel_97_workbook_is_read():
    content = Path(__file__).with_name("data").joinpath("villages.xls").read_bytes()
    reading = read_table(content, "a.xls", COLUMNS)
    assert rows_of(reading) == [(3, "330102001001", "红旗村"), (4, "330102001002", "东风社区")]
    assert reading.rows[0].values["town"] == reading.rows[1].values["town"] == "东风镇"


def test_a_parser_that_hangs_or_eats_memory_is_ended(tmp_path):
    greedy = tmp_path / "greedy.py"
    greedy.write_text("x = bytearray(700 * 1024 * 1024)")
    with pytest.raises(sandbox.WorkerFailed):
        sandbox.run(greedy)
    silent = tmp_path / "silent.py"
    silent.write_text("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])")
    assert sandbox.run(silent) == b"30\n"


def test_a_child_gets_nothing_of_the_servers_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    worker = tmp_path / "env.py"
    worker.write_text("import os; print(dict(os.environ))")
    assert b"canary" not in sandbox.run(worker)


# --- heads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "村（社区）代码", "村(社区)代码", " 村（社区） 代码\n", "村（社区）代码（必填）", "*村（社区）代码",
        "村（社区）代码（12位数字）", "村社区代码：",
    ],
)  # fmt: skip
def test_one_title_however_it_is_written(title):
    assert normalised(title) == normalised("村（社区）代码")


def test_the_unit_in_a_title_is_part_of_it():
    assert normalised("收入（元）") != normalised("收入（万元）")


def test_a_missing_column_is_named_together_with_the_row_taken_for_the_head():
    message = refusal("一览表,\n村名,户籍人口\n红旗村,3\n".encode())
    assert message == "第 2 行是表头，但缺少“村（社区）代码”这一列。请补上该列或改正列名后重新上传。"


def test_a_file_without_a_head_says_which_titles_are_wanted():
    assert refusal("红旗村,330102001001\n".encode()) == (
        "没有找到表头。请在数据上方写明列名，至少要有：村（社区）代码、村（社区）名称。"
    )


def test_a_head_without_rows_is_refused():
    assert "没有数据" in refusal("村名,行政区划代码\n".encode())


def test_two_columns_of_one_title_are_refused_unless_one_is_empty():
    assert "两列" in refusal("村名,村名,行政区划代码\n甲村,乙村,330102001001\n".encode())
    reading = read_table("村名,村名,行政区划代码\n甲村,,330102001001\n".encode(), "a.csv", COLUMNS)
    assert reading.rows[0].values["name"] == "甲村"


def test_columns_beside_the_point_and_absent_ones_are_warned_of():
    reading = read_table(
        "序号,村名,行政区划代码,支书电话\n1,甲村,330102001001,1\n".encode(), "a.csv", COLUMNS
    )
    warned = {(remark.column, remark.message) for remark in reading.warnings}
    assert ("支书电话", "这一列不在导入范围内，未读取。") in warned
    assert ("户籍人口", "文件里没有这一列，导入后为空。") in warned
    assert not any(column == "序号" for column, _ in warned)


# --- rows ---------------------------------------------------------------------------------------------------


def test_a_bad_row_says_where_and_what_and_the_good_ones_are_kept():
    text = "村名,行政区划代码,户籍人口\n甲村,330102001001,1\n,330102001002,-5\n丙村,33010,x\n丁村,330102001001,1\n"
    reading = read_table(text.encode(), "a.csv", COLUMNS)
    assert rows_of(reading) == [(2, "330102001001", "甲村")]
    assert reading.errors == [
        CellError(3, "村（社区）名称", "必填，现为空。", "a.csv"),
        CellError(3, "户籍人口", "应在 0 至 100000 之间，现为“-5”。", "a.csv"),
        CellError(4, "村（社区）代码", "应为 12 位数字，现为 5 位“33010”。", "a.csv"),
        CellError(4, "户籍人口", "应为数字，现为“x”。", "a.csv"),
        CellError(5, "村（社区）代码", "“330102001001”与第 2 行重复，请核对。", "a.csv"),
    ]


def test_a_village_whose_name_begins_like_a_note_is_a_village():
    text = "村名,行政区划代码\n合兴村,330102001001\n注头村,330102001002\n备战村,330102001003\n总管桥村,330102001004\n"
    assert len(read_table(text.encode(), "a.csv", COLUMNS).rows) == 4


def test_a_short_row_is_read_as_blank_cells():
    reading = read_table("行政区划代码,村名,户籍人口\n330102001001,甲村\n".encode(), "a.csv", COLUMNS)
    assert reading.rows[0].values["people"] is None


def test_a_staged_reading_comes_back_from_json_as_it_was():
    text = "村名,行政区划代码,集体收入（元）,成立日期\n甲村,330102001001,12.30,1958年10月1日\n乙村,1,2,3\n注：无\n"
    reading = read_table(text.encode(), "a.csv", COLUMNS)
    assert reading.rows[0].values["money"] == Decimal("12.30")
    assert TableReading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_an_importers_own_error_takes_the_row_out():
    reading = read_table(
        "村名,行政区划代码\n甲村,330102001001\n乙村,330102001002\n".encode(), "a.csv", COLUMNS
    )
    reading.add_error(2, "村（社区）代码", "该代码不属于本区。")
    reading.add_warning(3, "村（社区）名称", "与现有名称不同，将更新。")
    assert rows_of(reading) == [(3, "330102001002", "乙村")]
    assert reading.errors[0].message == "该代码不属于本区。" and len(reading.warnings) > 0


def test_an_importer_may_find_fault_with_every_row_of_a_long_file():
    rows = "".join(f"第{number}村,{330102001000 + number}\n" for number in range(20_000))
    reading = read_table(f"村名,行政区划代码\n{rows}".encode(), "a.csv", COLUMNS)
    for row in list(reading.rows):
        reading.add_error(row.number, "村（社区）代码", "该代码不属于本区。")
    assert reading.rows == [] and len(reading.errors) == 20_000


# --- cells --------------------------------------------------------------------------------------------------

GOOD_CELLS = [
    (330102001001.0, parse.code(12), "330102001001"),
    ("330102001001.0", parse.code(12), "330102001001"),
    ("３３０１０２００１００１", parse.code(12), "330102001001"),
    ("3301 0200 1001", parse.code(12), "330102001001"),
    (330102001000.0, parse.code(12), "330102001000"),
    (12.0, parse.whole(), 12),
    ("１，２３４", parse.whole(), 1234),
    ("1,234", parse.whole(), 1234),
    ("—", parse.whole(), None),
    ("无", parse.decimal(), None),
    (0.0, parse.whole(), 0),
    (0.1 + 0.2, parse.decimal(2), Decimal("0.30")),
    ("￥12.5元", parse.decimal(2), Decimal("12.50")),
    (1e-7, parse.decimal(7), Decimal("0.0000001")),
    ("2026-3-5", parse.day(), dt.date(2026, 3, 5)),
    ("2026/03/05", parse.day(), dt.date(2026, 3, 5)),
    ("2026.3.5", parse.day(), dt.date(2026, 3, 5)),
    ("２０２６年３月５日", parse.day(), dt.date(2026, 3, 5)),
    (20260305.0, parse.day(), dt.date(2026, 3, 5)),
    ("2026-03-05 08:30:00", parse.day(), dt.date(2026, 3, 5)),
    ("2026.3", parse.month(), dt.date(2026, 3, 1)),
    ("2026年12月", parse.month(), dt.date(2026, 12, 1)),
    ("2026-03-15", parse.month(), dt.date(2026, 3, 1)),
    (202603.0, parse.month(), dt.date(2026, 3, 1)),
    ("张  三", parse.name(), "张三"),
    ("司马 相如", parse.name(), "司马相如"),
    ("Li Bai", parse.name(), "Li Bai"),
    ("e\u0301", parse.text(), "é"),
    (5.0, parse.text(), "5"),
    (True, parse.text(), "是"),
    (" 社 区 ", parse.choice({"村": "village", "社区": "community"}), "community"),
    ("village", parse.choice({"村": "village"}), "village"),
    ("√", parse.yes_no(), True),
    (False, parse.yes_no(), False),
    (13900000000.0, parse.phone(), "13900000000"),
    ("0571-8888 1234", parse.phone(), "0571-88881234"),
]


@pytest.mark.parametrize(("cell", "parser", "value"), GOOD_CELLS, ids=range(len(GOOD_CELLS)))
def test_a_cell_is_read_as_it_was_meant(cell, parser, value):
    result = one_cell(cell, Column("x", "值", parse=parser))
    assert result == value and type(result) is type(value)


BAD_CELLS = [
    ("3.30102E+11", parse.code(12), "科学计数法"),
    (1.1e17, parse.digits(15, 18), "设为“文本”"),
    (330102001001.5, parse.code(12), "设为“文本”"),
    ("33010200100X", parse.code(12), "12 位数字"),
    ("三百", parse.whole(), "应为数字"),
    ("1.5", parse.whole(), "整数"),
    (1.5, parse.whole(), "整数"),
    (True, parse.whole(), "是/否"),
    ("1.234", parse.decimal(2), "2 位小数"),
    ("1e400", parse.decimal(2), "过大"),
    ("NaN", parse.decimal(2), "过大"),
    ("1" * 40, parse.decimal(2), "过大"),
    ("-1", parse.decimal(2, minimum=0), "不能小于 0"),
    ("11", parse.whole(maximum=10), "不能大于 10"),
    ("2026-02-30", parse.day(), "没有这一天"),
    ("0000-01-01", parse.day(), "没有这一天"),
    ("9999-12-31", parse.day(), "年份应在"),
    (45000.0, parse.day(), "应为日期"),
    ("去年", parse.day(), "应为日期"),
    ("2026-13", parse.month(), "应为年月"),
    ("长" * 11, parse.text(10), "超过 10 字"),
    ("长" * 11, parse.name(10), "超过 10 字"),
    ("村社", parse.choice({"村": 1, "社区": 2}), "只能填 村、社区"),
    ("12345", parse.phone(), "电话号码不对"),
]


@pytest.mark.parametrize(("cell", "parser", "sentence"), BAD_CELLS, ids=range(len(BAD_CELLS)))
def test_a_cell_that_cannot_be_read_says_what_to_write(cell, parser, sentence):
    message = one_cell(cell, Column("x", "值", parse=parser))
    assert isinstance(message, str) and sentence in message and message.endswith("。")


def test_control_characters_do_not_get_through():
    assert one_cell("a\x00b\x0bc", Column("x", "值")) == "abc"


def test_what_openpyxl_writes_is_read_too():
    book = openpyxl.Workbook()
    book.active.append(["村名", "行政区划代码"])
    book.active.append(["红旗村", 330102001001])
    stream = io.BytesIO()
    book.save(stream)
    assert rows_of(read_table(stream.getvalue(), "a.xlsx", COLUMNS)) == [(2, "330102001001", "红旗村")]
