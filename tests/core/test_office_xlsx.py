"""The Excel writer: text stays text, numbers stay numbers, the file is valid, and equal input gives equal bytes."""

import datetime as dt
import io
import re
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from core.office.tables import read_tables
from core.office.xlsx import Col, Sheet, write_bytes, write_path, write_workbook
from tests.core import naughty
from tests.core.ooxml import assert_valid, sdk_validator

DAY = dt.date(2026, 3, 5)


def book(*sheets):
    return write_bytes(sheets, created=DAY, author="区委巡察办")


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def full_sheet(**over):
    values = {
        "name": "问题清单",
        "title": "红旗村问题清单",
        "heading": "单位：区委巡察办　2026年3月",
        "footnote": "注：金额以元为单位。",
        "columns": [
            Col("序号", 6, "int"),
            Col("问题表现", 40),
            Col("金额（元）", 14, "money"),
            Col("占比", 8, "percent"),
            Col("日期", 12, "date"),
            Col("登记时间", 18, "datetime"),
            Col("状态", 10, "center"),
            Col("数量", 8, "number"),
        ],
        "rows": [
            [
                1,
                "现金支付",
                Decimal("1234.50"),
                0.556,
                DAY,
                dt.datetime(2026, 3, 5, 1, 30, tzinfo=dt.UTC),
                "已审签",
                1.25,
            ],
            [2, None, None, None, None, None, "", None],
        ],
    }
    return Sheet(**values | over)


def test_a_sheet_has_title_heading_head_rows_and_footnote_in_their_places():
    page = opened(book(full_sheet())).active
    assert page["A1"].value == "红旗村问题清单"
    assert page["A2"].value.startswith("单位：区委巡察办")
    assert [cell.value for cell in page[3]][:3] == ["序号", "问题表现", "金额（元）"]
    assert page["B4"].value == "现金支付"
    assert page["A6"].value.startswith("注：")
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:H1", "A2:H2", "A6:H6"}


def test_values_keep_their_types():
    row = opened(book(full_sheet())).active[4]
    assert [cell.value for cell in row] == [
        1, "现金支付", 1234.5, 0.556, dt.datetime(2026, 3, 5), dt.datetime(2026, 3, 5, 9, 30), "已审签", 1.25,
    ]  # fmt: skip
    assert [row[index].number_format for index in (2, 3, 4)] == ["#,##0.00", "0.0%", "yyyy-mm-dd"]


def test_a_value_unlike_its_column_is_written_as_what_it_is():
    columns = [Col("金额", 10, "money")] * 6
    rows = [["待核", True, 10**16, float("nan"), dt.date(1890, 1, 1), Decimal("NaN")]]
    [row] = opened(book(Sheet("a", columns, rows))).active.iter_rows(min_row=2)
    assert [cell.value for cell in row] == ["待核", "是", "10000000000000000", "nan", "1890-01-01", "NaN"]
    assert {cell.data_type for cell in row} == {"s"}


def test_it_prints_on_a4_across_with_its_head_on_every_page():
    page = opened(book(full_sheet())).active
    assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
    assert page.print_title_rows == "$1:$3" and page.freeze_panes == "A4"
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0
    assert page.auto_filter.ref == "A3:H5"
    assert opened(book(full_sheet(landscape=False))).active.page_setup.orientation != "landscape"


def test_a_row_is_as_high_as_its_longest_text():
    columns = [Col("序号", 6, "int"), Col("说明", 21)]
    rows = [[1, "短"], [2, "长" * 25], [3, "一\n二"], [4, "a" * 60], [5, "长" * 5000]]
    page = opened(book(Sheet("a", columns, rows))).active
    assert [page.row_dimensions[row].height for row in range(2, 7)] == [None, 45, 30, 45, 400]


def test_fonts_are_the_offices_own():
    page = opened(book(full_sheet())).active
    assert [page[cell].font.name for cell in ("A1", "A3", "B4")] == ["方正小标宋简体", "黑体", "宋体"]


def test_every_text_comes_back_unchanged_and_is_no_formula():
    content = book(Sheet("a", [Col("x"), Col("y")], [[text, 0] for text in naughty.KEPT]))
    cells = [row[0] for row in opened(content).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [row[0] for row in read_tables(content)[0].rows[1:]] == naughty.KEPT


def test_no_formula_element_whatever_is_typed_anywhere():
    rows = [[text] * 8 for text in naughty.KEPT]
    content = book(full_sheet(rows=rows, title="=1+1", heading="@x", footnote="+1"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        markup = archive.read("xl/worksheets/sheet1.xml")
    assert not re.search(rb"<f[ >/]", markup)


def test_what_xml_forbids_is_taken_out_and_reported_with_its_row():
    stream = io.BytesIO()
    rows = [[text] for text in naughty.FORBIDDEN]
    notes = write_workbook(stream, [Sheet("表", [Col("x")], rows)], created=DAY)
    assert [row[0] if row else "" for row in read_tables(stream.getvalue())[0].rows[1:]][:9] == [
        *naughty.FORBIDDEN.values()
    ][:9]
    assert len(notes) == len(naughty.FORBIDDEN)
    assert notes[0] == "“表”第 2 行去掉了 1 个无法显示的控制字符。"


def test_a_text_longer_than_a_cell_is_cut_with_a_visible_mark_and_reported():
    stream = io.BytesIO()
    notes = write_workbook(stream, [Sheet("表", [Col("x")], [["𠮷" * 20_000]])], created=DAY)
    value = opened(stream.getvalue()).active["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith("（内容过长，此处截断）") and "已截断" in notes[0]


def test_text_cells_keep_the_quote_prefix_so_that_editing_makes_no_formula():
    assert opened(book(Sheet("a", [Col("x")], [["=1"]]))).active["A2"].quotePrefix


def test_equal_input_gives_equal_bytes_and_the_only_time_is_the_given_one():
    first, second = book(full_sheet()), book(full_sheet())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-03-05T00:00:00Z"}
    assert "<dc:creator>区委巡察办</dc:creator>" in core


def test_sheet_names_excel_refuses_are_made_acceptable_and_distinct():
    names = ["a/b:c*[d]?", "问题清单" * 10, "问题清单" * 10, "", "'引'", "A", "a"]
    content = book(*(Sheet(name, [Col("x")]) for name in names))
    made = opened(content).sheetnames
    assert len({name.lower() for name in made}) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)


def test_a_row_of_the_wrong_width_is_a_programming_error():
    with pytest.raises(ValueError):
        book(Sheet("a", [Col("x"), Col("y")], [["only one"]]))


def test_an_unknown_kind_is_a_programming_error():
    with pytest.raises(ValueError, match="kind"):
        Col("x", 10, "currency")


def test_a_long_list_is_written_in_flat_memory(tmp_path):
    def rows(count):
        return ((number, "说明" * 20, 1.5, "x") for number in range(count))

    def peak(count):
        columns = [Col("a", 6, "int"), Col("b"), Col("c", 9, "money"), Col("d")]
        tracemalloc.start()
        write_path(tmp_path / "long.xlsx", [Sheet("a", columns, rows(count))], created=DAY)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(20_000) < peak(1_000) + 1_000_000


def test_the_validators_have_nothing_to_say(tmp_path):
    empty = Sheet("空表", [Col("一"), Col("二")], title="空表", footnote="注：无。")
    naughty_sheet = Sheet("怪字", [Col("x")], [[text] for text in naughty.KEPT + list(naughty.FORBIDDEN)])
    assert_valid(book(full_sheet(), empty, naughty_sheet, Sheet("一列", [Col("x")], title="题")), tmp_path)


@pytest.mark.skipif(not sdk_validator(), reason="lane ooxml: Microsoft's validator is not installed")
def test_the_sdk_validator_is_awake(tmp_path):
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(full_sheet()))) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<c r="A3"', b'<c q="A3"'))
    with pytest.raises(AssertionError):
        assert_valid(broken.getvalue(), tmp_path)
