"""The register as it really comes: what is read right, what is refused with row, column and a way on."""

import io
import zipfile

import openpyxl
import pytest

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from tests.factories import COUNTY, make_district, make_town, make_village
from tests.villages.books import HEAD, HILL, RIVER, csv_bytes, good_rows, row, saved, xlsx
from villages import services
from villages.models import District, Town, Village
from villages.selectors.village_plan import plan_village_import

pytestmark = pytest.mark.django_db


def plan(content, name="名册.xlsx", county=COUNTY):
    return plan_village_import(SYSTEM, content, name, county)


def commit(content, name="名册.xlsx", **over):
    return services.import_villages(actor=SYSTEM, content=content, filename=name, county=COUNTY, **over)


def names():
    return sorted(Village.objects.values_list("name", flat=True))


def the_error(content, column):
    """The only error of a file with two good rows around a bad one."""
    found = plan(content)
    assert [error["column"] for error in found.errors] == [column]
    return found.errors[0]


def between(*bad):
    return xlsx(row(f"{RIVER}201", "云溪村"), *bad, row(f"{RIVER}202", "石塘村"))


# --- read right -------------------------------------------------------------------------------------------


def test_a_plain_register_makes_towns_and_villages():
    commit(xlsx(*good_rows()))
    assert names() == sorted(["云溪村", "石塘村", "东岭社区", "竹坞村"])
    towns = dict(Town.objects.values_list("code", "name"))
    assert towns == {f"{RIVER}000": "河口镇", f"{HILL}000": "青坪镇"}
    village = Village.objects.get(name="东岭社区")
    assert (village.kind, village.households, village.town.name) == ("community", 400, "河口镇")


def test_planning_alone_writes_nothing():
    report = plan(xlsx(*good_rows())).report()
    assert (report["rows"], report["created"], report["errors"]) == (4, 4, [])
    assert not Village.objects.exists() and not Town.objects.exists() and not District.objects.exists()


def test_titles_merged_towns_blank_rows_notes_and_full_width_digits_are_read():
    content = xlsx(
        row(f"{RIVER}201", "云 溪 村"),
        row(f"{RIVER}202", "石塘村", town=None, 户数="４３８"),
        [None] * len(HEAD),
        row(f"{HILL}２０１", "竹坞村", town="青坪镇", 人口="1,298人"),
        before=[["青岚区村（社区）一览表"], ["填报单位：区民政局"]],
        after=[["注：数据截至去年底。"], ["填表人：许清越"]],
        merge=["A1:J1", "C4:C5"],
    )
    plan_ = commit(content)
    assert (plan_.errors, plan_.rows) == ([], 3)
    assert names() == sorted(["云溪村", "石塘村", "竹坞村"])
    assert Village.objects.get(name="石塘村").households == 438
    assert Village.objects.get(name="石塘村").town.name == "河口镇"
    assert Village.objects.get(name="竹坞村").population == 1298


def test_codes_kept_as_numbers_are_read_while_all_digits_are_there():
    commit(xlsx(row(int(f"{RIVER}201"), "云溪村"), row(float(f"{RIVER}202"), "石塘村")))
    assert sorted(Village.objects.values_list("code", flat=True)) == [f"{RIVER}201", f"{RIVER}202"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_files_in_every_usual_encoding_are_read(encoding, delimiter):
    commit(csv_bytes(encoding, *good_rows(), delimiter=delimiter), "名册.csv")
    assert names() == sorted(["云溪村", "石塘村", "东岭社区", "竹坞村"])


def test_other_names_of_the_columns_are_understood_and_their_order_does_not_matter():
    head = ["序号", "行政村名称", "统计用区划代码", "乡镇", "总户数（户）"]
    commit(xlsx([1, "云溪村", f"{RIVER}201", "河口镇", 612], head=head))
    village = Village.objects.get()
    assert (village.name, village.households, village.kind) == ("云溪村", 612, "village")


def test_every_sheet_with_the_head_is_read():
    book = openpyxl.Workbook()
    for place, (name, line) in enumerate(
        {"河口": row(f"{RIVER}201", "云溪村"), "青坪": row(f"{HILL}201", "竹坞村", town="青坪镇")}.items()
    ):
        sheet = book.active if not place else book.create_sheet()
        sheet.title = name
        sheet.append(HEAD)
        sheet.append(line)
    book.create_sheet("填表说明").append(["请各镇于月底前报送。"])
    commit(saved(book))
    assert names() == sorted(["云溪村", "竹坞村"])


def test_a_sheet_with_a_million_formatted_empty_rows_is_read():
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (HEAD, *good_rows()):
        sheet.append(line)
    sheet.cell(row=1_048_576, column=1).font = openpyxl.styles.Font(bold=True)
    assert plan(saved(book)).rows == 4


def test_the_kind_is_told_by_the_code_when_the_column_is_missing():
    head = ["区划代码", "村（社区）名称", "所属镇（街道）"]
    commit(xlsx([f"{RIVER}001", "东岭", "河口镇"], [f"{RIVER}201", "云溪", "河口镇"], head=head))
    assert dict(Village.objects.values_list("name", "kind")) == {"东岭": "community", "云溪": "village"}


# --- refused by row ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (f"{RIVER}20", "12"),
        ("9901X1101203", "12"),
        (f"990102101{203}", "990101"),
        (f"{RIVER}000", "镇（街道）"),
        ("9.90101E+11", "科学计数"),
        (f"{RIVER}201", "重复"),
        (None, "必填"),
    ],
)
def test_a_wrong_code_is_named_with_its_row(code, words):
    error = the_error(between(row(code, "柳巷村")), "区划代码")
    assert error["row"] == 3 and words in error["message"]


@pytest.mark.parametrize(
    ("over", "column"),
    [
        ({"户数": -1}, "户数"),
        ({"人口": "很多"}, "人口"),
        ({"党员数": 12.5}, "党员数"),
        ({"类型": "城市"}, "类型"),
        ({"备注": "长" * 501}, "备注"),
        ({"村（社区）名称": None}, "村（社区）名称"),
    ],
)
def test_a_wrong_cell_is_named_and_keeps_only_its_own_row_out(over, column):
    content = between(row(f"{RIVER}203", "柳巷村", **over))
    assert the_error(content, column)["row"] == 3
    commit(content)
    assert names() == sorted(["云溪村", "石塘村"])


def test_a_code_and_a_town_that_do_not_belong_together_are_found_in_the_file():
    rows = [
        row(f"{RIVER}201", "云溪村"),
        row(f"{RIVER}202", "石塘村"),
        row(f"{HILL}201", "竹坞村", town="青坪镇"),
    ]
    error = the_error(xlsx(*rows, row(f"{RIVER}203", "柳巷村", town="青坪镇")), "区划代码")
    assert error["row"] == 5 and "河口镇" in error["message"]
    error = the_error(xlsx(*rows, row(f"{COUNTY}109204", "上田村")), "区划代码")
    assert error["row"] == 5 and RIVER in error["message"]


def test_a_town_known_to_the_system_is_not_made_again_under_another_code():
    make_town(make_district(), code=f"{RIVER}000", name="河口镇")
    error = the_error(xlsx(row(f"{HILL}201", "竹坞村", town="河口镇")), "区划代码")
    assert "系统中" in error["message"]
    assert not plan(xlsx(row(f"{HILL}201", "竹坞村", town="河口镇"))).towns


def test_a_village_of_an_unnamed_unknown_town_is_refused_and_of_a_known_one_taken():
    make_town(make_district(), code=f"{RIVER}000", name="河口镇")
    found = plan(xlsx(row(f"{RIVER}201", "云溪村", town=None), row(f"{HILL}201", "竹坞村", town=None)))
    assert [(error["row"], error["column"]) for error in found.errors] == [(3, "所属镇（街道）")]
    assert [line.town_name for line in found.lines] == ["河口镇"]


def test_the_same_code_on_two_sheets_is_refused():
    book = openpyxl.Workbook()
    for name in ("一", "二"):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append(row(f"{RIVER}201", "云溪村"))
    del book["Sheet"]
    found = plan(saved(book))
    assert len(found.lines) == 1 and "工作表“一”" in found.errors[0]["message"]


def test_a_strict_import_writes_nothing_when_one_row_is_wrong():
    with pytest.raises(ServiceError):
        commit(between(row("坏代码", "柳巷村")), strict=True)
    assert not Village.objects.exists() and not Town.objects.exists()


# --- doubts that stop nobody ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (row(f"{RIVER}203", "云溪村"), "村（社区）名称"),
        (row(f"{RIVER}203", "柳巷社区", kind="社区"), "类型"),
        (row(f"{RIVER}403", "柳巷村"), "区划代码"),
        (row(f"{RIVER}203", "柳巷村", 户数=2000), "户数"),
        (row(f"{RIVER}203", "柳巷村", 党员数=1501), "党员数"),
    ],
)
def test_what_looks_odd_is_said_and_imported(line, column):
    make_district()
    found = plan(xlsx(row(f"{RIVER}201", "云溪村"), line))
    assert [warning["column"] for warning in found.warnings] == [column]
    assert len(found.lines) == 2 and not found.errors


# --- again ------------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing():
    content = xlsx(*good_rows())
    commit(content)
    before = list(Village.objects.order_by("code").values())
    report = commit(content).report()
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 4)
    assert list(Village.objects.order_by("code").values()) == before


def test_a_later_file_updates_what_it_says_and_leaves_what_it_does_not_mention():
    commit(xlsx(*good_rows()))
    second = xlsx(
        row(f"{RIVER}201", "云溪新村", 户数=620, 书记=None, 联系电话=None), row(f"{RIVER}209", "南渡村")
    )
    report = commit(second).report()
    assert (report["created"], report["updated"], report["unchanged"]) == (1, 1, 0)
    village = Village.objects.get(code=f"{RIVER}201")
    assert (village.name, village.households, village.secretary, village.revision) == (
        "云溪新村",
        620,
        "江予安",
        2,
    )
    assert Village.objects.count() == 5


def test_a_dissolved_village_is_not_brought_back_by_a_file():
    town = make_town(make_district(), code=f"{RIVER}000", name="河口镇")
    gone = make_village(town, code=f"{RIVER}201", name="云溪村")
    services.retire_village(actor=SYSTEM, village=gone, reason="并入石塘村")
    assert "已撤并" in the_error(xlsx(row(f"{RIVER}201", "云溪村")), "区划代码")["message"]


# --- files that are no register ---------------------------------------------------------------------------


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02 not a table",
        xlsx(*good_rows())[:2000],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        bomb(),
        xlsx(["甲", "乙"], head=["姓名", "电话"]),
        xlsx(),
    ],
    ids=["empty", "binary", "truncated", "broken old workbook", "bomb", "another table", "head only"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_writes_nothing(content):
    with pytest.raises(ServiceError) as caught:
        commit(content)
    assert len(caught.value.message) > 8
    assert not Village.objects.exists() and not District.objects.exists()


def test_a_county_that_is_no_code_is_refused():
    with pytest.raises(ServiceError, match="6位"):
        plan(xlsx(*good_rows()), county="9901")


@pytest.mark.parametrize("who", ["leader", "town", "sysadmin", "stranger"])
def test_only_the_office_reads_a_register_in(cast, who):
    with pytest.raises(NotAllowed):
        plan_village_import(getattr(cast, who), xlsx(*good_rows()), "名册.xlsx", COUNTY)
