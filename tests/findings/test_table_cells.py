"""Cells of survey tables: everything people type for an amount or a day, and numbers that are never kept whole."""

import datetime as dt

import pytest

from core.office.parse import BadCell
from findings.models import TABLES, TableColumn
from findings.rules.table_cells import first_day, last_day, read_cell, read_rows, read_sheet, typed_rows
from tests.findings.tables import ACCOUNT, IDENTITY

MONEY = TableColumn("m", "金额", 10, "money")
AREA = TableColumn("a", "面积", 10, "number", unit="亩")
DATE = TableColumn("d", "日期", 10, "date")
CHOICE = TableColumn("c", "类别", 10, "choice", ("是", "否"))
NUMBER = TableColumn("n", "账号", 10, "account")
CARD = TableColumn("i", "证件号", 10, "identity")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１，２３４．５０", "1234.50"),
        ("1.2万", "12000.00"),
        ("1.2万元", "12000.00"),
        ("３万", "30000.00"),
        ("0.35亿", "35000000.00"),
        ("¥1,000", "1000.00"),
        ("88元", "88.00"),
        (1234.5, "1234.50"),
        (0.1 + 0.2, "0.30"),
        ("0", "0.00"),
        ("-", ""),
        ("无", ""),
        ("  ", ""),
        ("999999999999.99", "999999999999.99"),
        ("-0", "0.00"),
        ("0.0001万", "1.00"),
    ],
)
def test_amounts_as_people_write_them(typed, kept):
    assert read_cell(MONEY, typed) == kept


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("约一千", "应为数字"),
        ("1.234", "最多 2 位小数"),
        ("-5", "不能小于0"),
        ("1000000000000", "过大"),
        ("万", "应为数字"),
        ("1.23456789万", "小数"),
        ("1e999", "大"),
        ("NaN", "大"),
        (True, "是/否"),
    ],
)
def test_amounts_that_say_nothing_clear_are_refused_with_a_sentence(typed, word):
    with pytest.raises(BadCell, match=word):
        read_cell(MONEY, typed)


def test_only_columns_that_may_go_below_zero_do():
    changes = TABLES["works"].column("changes")
    assert read_cell(changes, "-1.5万") == "-15000.00"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12.5亩", "12.5"),
        ("３２", "32"),
        ("100", "100"),
        ("0.50", "0.5"),
        (28.5, "28.5"),
        ("1,200平方米", "1200"),
        ("86.4㎡", "86.4"),
    ],
)
def test_areas_with_and_without_their_unit(typed, kept):
    assert read_cell(AREA, typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2023.5.6", "2023-05-06"),
        ("2023年5月", "2023-05"),
        ("2023年5月6日", "2023-05-06"),
        ("２０２３－５－６", "2023-05-06"),
        ("2023/12", "2023-12"),
        ("2009年", "2009"),
        ("2009", "2009"),
        (2009.0, "2009"),
        (2023.5, "2023-05"),
        ("20230506", "2023-05-06"),
        ("2023-05-06 00:00:00", "2023-05-06"),
        ("/", ""),
    ],
)
def test_days_are_kept_as_exactly_as_they_are_known(typed, kept):
    assert read_cell(DATE, typed) == kept


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("去年", "应为日期"),
        ("2023-2-30", "没有这一天"),
        ("2023-13", "没有这一天"),
        ("1900", "年份"),
        (2023.1, "1月还是10月"),
    ],
)
def test_days_that_are_none_are_refused(typed, word):
    with pytest.raises(BadCell, match=word):
        read_cell(DATE, typed)


@pytest.mark.parametrize(
    ("kept", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-05-06", (2023, 5, 6), (2023, 5, 6)),
    ],
)
def test_a_month_begins_on_its_first_and_ends_on_its_last_day(kept, first, last):
    assert (first_day(kept), last_day(kept)) == (dt.date(*first), dt.date(*last))


def test_a_choice_is_one_of_the_form():
    assert read_cell(CHOICE, " 是 ") == "是"
    with pytest.raises(BadCell, match="只能填 是、否"):
        read_cell(CHOICE, "大概")


# --- numbers ----------------------------------------------------------------------------------------------


def test_of_a_number_only_the_end_and_a_digest_stay():
    kept, again = read_cell(NUMBER, ACCOUNT), read_cell(NUMBER, "6228 4804-0256 4890 018")
    assert kept == again and kept["tail"] == "0018" and len(kept["key"]) == 64
    assert read_cell(NUMBER, "0018") == {"tail": "0018", "key": ""}
    assert read_cell(CARD, IDENTITY)["key"] == read_cell(CARD, IDENTITY.lower())["key"]
    assert read_cell(CARD, IDENTITY)["tail"] == "002X"


def test_the_digest_needs_the_key_of_the_installation(settings):
    before = read_cell(CARD, IDENTITY)["key"]
    settings.SECRET_KEY = "another one altogether, as long as the first"
    assert read_cell(CARD, IDENTITY)["key"] != before


def test_equal_digits_of_account_and_card_give_different_digests():
    assert read_cell(NUMBER, "440524188001010014")["key"] != read_cell(CARD, "440524188001010014")["key"]


def test_a_masked_number_left_as_it_stood_keeps_its_digest_and_any_other_does_not():
    kept = read_cell(NUMBER, ACCOUNT)
    assert read_cell(NUMBER, "****0018", kept) == kept
    assert read_cell(NUMBER, "****0019", kept) == {"tail": "0019", "key": ""}
    assert read_cell(NUMBER, "****0018") == {"tail": "0018", "key": ""}


@pytest.mark.parametrize(
    ("column", "typed", "word"),
    [
        (NUMBER, "12345", "后四位"),
        (NUMBER, 6.228480402564e18, "文本"),
        (NUMBER, "abcd", "数字"),
        (CARD, "110105194912310021", "校验位"),
        (CARD, "1101", "ok"),
        (CARD, "11010", "18位"),
        (CARD, 1.1010519491231e17, "文本"),
    ],
)
def test_numbers_that_cannot_be_whole_are_refused(column, typed, word):
    if word == "ok":
        assert read_cell(column, typed)["tail"] == typed
        return
    with pytest.raises(BadCell, match=word):
        read_cell(column, typed)


# --- rows -------------------------------------------------------------------------------------------------


def test_blank_rows_go_rows_keep_their_ids_and_every_fault_is_named():
    spec = TABLES["funds"]
    rows, faults = read_rows(
        spec, [{"sort": "其他", "booked": "1"}, {"sort": " "}, {"booked": "x", "counted": "y"}], []
    )
    assert [(f.row, f.column) for f in faults] == [(3, "booked"), (3, "counted")]
    again, _ = read_rows(spec, [{"id": rows[0]["id"], "booked": "2"}, {"id": "forged", "booked": "3"}], rows)
    assert again[0]["id"] == rows[0]["id"] and again[1]["id"] not in ("forged", rows[0]["id"])


def test_one_id_sent_twice_makes_two_rows():
    spec = TABLES["funds"]
    rows, _ = read_rows(spec, [{"booked": "1"}], [])
    twice, _ = read_rows(
        spec, [{"id": rows[0]["id"], "booked": "1"}, {"id": rows[0]["id"], "booked": "2"}], rows
    )
    assert len({row["id"] for row in twice}) == 2


def test_what_was_kept_is_typed_again_without_a_change():
    for kind, spec in TABLES.items():
        cells = {
            c.name: {
                "money": "12",
                "number": "3",
                "date": "2020-01",
                "account": ACCOUNT,
                "identity": IDENTITY,
            }.get(c.kind, c.choices[0] if c.choices else "某某")
            for c in spec.typed
        }
        rows, faults = read_rows(spec, [cells], [])
        assert not faults, kind
        assert read_rows(spec, typed_rows(spec, rows), rows) == (rows, [])


def test_a_sheet_holds_three_hundred_rows_and_says_so():
    spec = TABLES["funds"]
    _, faults = read_sheet(spec, [{"booked": "1"}] * 300, [])
    assert not faults
    _, faults = read_sheet(spec, [{"booked": "1"}] * 301, [])
    assert "最多300行" in faults[0].message
