"""Reading a portrait sheet: what is understood, what is not and why, and that nothing of it is lost."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from core.office.tables import ImportRefused
from prep.documents.portrait import PortraitForm, portrait_xlsx
from prep.models import PortraitKind
from prep.selectors.portraits import check_cells, gaps, read_cell, read_portrait
from prep.selectors.portraits.fields import ask_of
from tests.prep.portraits import HEAD_MEMBERS, HEAD_PROJECTS, HEAD_YEARS, content, nasty, sheet

CODE = "990101101201"
TRAITS = {"农业型": "farming", "合并村": "merged"}


def read(book, code=CODE):
    return read_portrait(content(book), "云溪村.xlsx", code, "云溪村", TRAITS)


@pytest.fixture(scope="module")
def reading():
    return read(nasty(CODE))


@pytest.fixture(scope="module")
def cells(reading):
    return check_cells(reading.cells, {2024: {"income": Decimal(900000)}})


UNDERSTOOD = {
    "population": 2143,
    "households": 612,
    "member_count": 78,
    "branch_count": 3,
    "traits": ["farming", "merged"],
    "note": "收入主要靠鱼塘发包。\n群众意见集中在道路。",
    "year/0/year": 2021,
    "year/0/income": Decimal("856000.00"),
    "year/0/expense": Decimal("790000.50"),
    "year/0/debt": Decimal("0.00"),
    "year/1/year": 2022,
    "year/1/income": Decimal("865000.00"),
    "year/1/expense": Decimal("801000.00"),
    "year/1/debt": None,
    "year/1/petitions": 2,
    "year/4/debt": Decimal("120000.00"),
    "member/0/name": "江予安",
    "member/0/body": "party",
    "member/0/gender": "male",
    "member/0/born": dt.date(1975, 3, 1),
    "member/0/from_on": dt.date(2021, 3, 1),
    "member/0/to_on": None,
    "member/0/both_posts": True,
    "member/1/body": "committee",
    "member/1/born": dt.date(1978, 5, 1),
    "member/1/from_on": dt.date(2021, 3, 1),
    "member/1/kin_note": "与江予安系表亲",
    "project/0/amount": Decimal("465000.00"),
    "project/0/state": "built",
    "project/1/year": 2025,
    "project/1/amount": Decimal("120000.00"),
}


@pytest.mark.parametrize("key", UNDERSTOOD)
def test_what_people_write_is_understood(cells, key):
    assert (cells[key].value, cells[key].fault) == (UNDERSTOOD[key], "")


# Cell by cell: the address in the file, the text that must survive, and a word of the sentence that says why.
FAULTS = {
    "residents": ("C5", "一千六百", "应为数字"),
    "representative_count": ("C6", "约45", "应为数字"),
    "minimum_households": ("F7", "是", "是/否"),
    "year/2/year": ("A13", "二〇二三", "四位年份"),
    "year/3/income": ("B14", "91.2", "万元"),
    "year/3/debt": ("E14", "=1+1", "公式"),
    "year/3/cases": ("G14", "没有", "应为数字"),
    "year/4/income": ("B15", "#REF!", "错误值"),
    "year/4/expense": ("D15", "812000.004", "2 位小数"),
    "year/4/petitions": ("F15", "-1", "应在 0 至"),
    "member/2/name": ("B21", "江予安", "已经填过"),
    "member/3/born": ("F22", "1966", "补上月份"),
    "member/3/from_on": ("G22", "2021.1", "分不清"),
    "member/3/to_on": ("H22", "2020/13", "年月"),
}


@pytest.mark.parametrize("key", FAULTS)
def test_what_cannot_be_read_keeps_its_text_its_address_and_a_reason(cells, key):
    place, text, reason = FAULTS[key]
    assert (cells[key].place, cells[key].text) == (place, text)
    assert reason in cells[key].fault


def test_there_are_no_other_faults(cells):
    assert {key for key, cell in cells.items() if cell.fault} == set(FAULTS)


def test_what_was_turned_from_ten_thousands_says_so(cells):
    assert "865,000.00" in cells["year/1/income"].note
    assert "465,000.00" in cells["project/0/amount"].note
    assert not cells["project/1/amount"].note, "元 was written: the head's 万元 does not count"


def test_text_outside_of_every_field_is_kept_with_its_address(reading):
    strays = {stray["text"]: stray["place"] for stray in reading.strays}
    assert strays["书记电话已换"] == "H29"
    assert {"含租金", "备注"} <= set(strays)


def test_every_filled_cell_is_a_field_a_label_or_a_stray(reading):
    """Nothing is lost: walk the file with another reader and look each text up."""
    page = load_workbook(io.BytesIO(content(nasty(CODE)))).active
    found = {cell.place for cell in reading.cells.values()} | {stray["place"] for stray in reading.strays}
    printed = ("三、", "表号", "村情画像")
    lost = [
        f"{cell.coordinate} {cell.value}"
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and cell.coordinate not in found and not str(cell.value).startswith(printed)
    ]
    labels = {
        *filter(None, (*HEAD_YEARS, *HEAD_MEMBERS, *HEAD_PROJECTS)), "户籍人口：", "户数", "常住人口", "党员数",
        "村（居）民代表数", "党支部数", "村情类型", "低保户", "画像结论",
    }  # fmt: skip
    assert [line for line in lost if line.split(" ", 1)[1] not in labels] == []


def test_a_missing_year_is_said(reading):
    assert gaps(reading.cells) == ["历年数据缺2023年，请向填表单位补要，不按零计。"]


def test_columns_that_are_not_there_are_named(reading):
    assert any("特困供养人数" in line for line in reading.remarks)


@pytest.mark.parametrize(
    ("book", "sentence"),
    [
        (lambda: sheet("990101101999", lines=nasty_lines()), "另一个村"),
        (lambda: sheet(CODE, form="QD-1", lines=nasty_lines()), "表号是“QD-1”"),
        (lambda: sheet(CODE, edition=9, lines=nasty_lines()), "第9版"),
        (lambda: sheet(CODE, lines=[["日期", "摘要", "借方"], ["1月", "买纸", 12]]), "不是村情画像表"),
        (lambda: Workbook(), "不是村情画像表"),
    ],
)
def test_a_wrong_form_another_village_and_a_later_edition_are_refused(book, sentence):
    with pytest.raises(ImportRefused, match=sentence):
        read(book())


def nasty_lines():
    return [[cell.value for cell in row] for row in nasty(CODE).active.iter_rows(min_row=3)]


def test_an_older_edition_is_read_and_said_to_be_old():
    old = read(sheet(CODE, edition=1, lines=nasty_lines()))
    assert old.cells["households"].value == 612
    assert old.remarks[0].startswith("这是第1版旧表")
    assert "特困供养人数" in old.remarks[0]


def test_one_label_with_two_values_is_a_question():
    found = read(sheet(CODE, lines=[*nasty_lines(), [], ["户数", 640]]))
    assert "两个数" in found.cells["households"].fault


def test_the_sums_of_a_year_may_come_as_numbers_with_their_unit_after_them():
    for text in ("86.5万", "865000元", "865,000", "８６５０００", "¥865000.00", "86.5 万元"):
        assert read_cell(ask_of("year/0/income"), text).value == Decimal("865000.00"), text


def test_our_own_form_comes_back_as_it_was_filled():
    """The form itself, opened by another program, filled by address, and read by its labels."""
    form = PortraitForm(
        PortraitKind.TOWN, "东风镇云溪村", CODE, "第五轮对村巡察", "青岚区委巡察办", dt.date(2026, 3, 1),
        values={"households": 612}, rows={"year": [{"year": 2024, "income": Decimal("860000.00")}]}, traits=["农业型"],
    )  # fmt: skip
    made = portrait_xlsx(form)
    assert made == portrait_xlsx(form)
    book = load_workbook(io.BytesIO(made))
    page = book.active
    assert page.protection.sheet and page["A5"].protection.locked and not page["C5"].protection.locked
    assert page.page_setup.paperSize == 9 and page.sheet_properties.pageSetUpPr.fitToPage
    assert {rule.type for rule in page.data_validations.dataValidation} >= {"whole", "list"}
    page["C6"], page["C3"] = 1650, "镇农经站"
    found = read(book)
    assert (found.kind, found.edition) == (PortraitKind.TOWN, 2)
    filled = {key: cell.value for key, cell in found.cells.items() if cell.text}
    assert filled == {
        "households": 612, "residents": 1650, "filled_by": "镇农经站", "year/0/year": 2024,
        "year/0/income": Decimal("860000.00"),
    }  # fmt: skip
    assert found.strays == [] and found.remarks == []
