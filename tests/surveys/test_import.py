"""Typed-in paper sheets: harmless variants count, everything else is named cell by cell, nothing is counted twice."""

import io
import json
from collections import Counter

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from core.errors import NotAllowed
from core.office.tables import ImportRefused
from surveys import services
from surveys.models import AnswerImport, AnswerSheet, Channel, OpenAnswer, SheetNumber
from tests.architecture.source import ROOT
from tests.surveys.polls import HEADS, ITEMS, at_stage, load, open_survey, sheet_row, workbook

pytestmark = pytest.mark.django_db

EXAMPLES = ROOT / "examples"
WORDS = {"好": "1", "较好": "2", "一般": "3", "差": "4", "不了解": "5"}


@pytest.fixture
def survey(cast):
    return open_survey(cast)


def read(survey, rows, **over):
    return services.import_answers(
        survey=survey,
        channel=Channel.ENTRY,
        filename="录入.xlsx",
        content=workbook(rows, **over),
        commit=False,
    )


def messages(reading):
    return {(fault.row, fault.column): fault.message for fault in reading.defects}


# --- single cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "digit"),
    [
        (3, "3"), (3.0, "3"), ("3", "3"), ("３", "3"), (" 3 ", "3"), ("3.", "3"), ("3．", "3"), ("3。", "3"),
        ("③", "3"), ("一般", "3"), (" 一 般 ", "3"), ("一般。", "3"), ("不了解", "5"), (None, "0"), ("  ", "0"),
    ],
)  # fmt: skip
def test_a_harmless_variant_counts(survey, cell, digit):
    reading = read(survey, [sheet_row(1, cells={7: cell})])
    assert reading.defects == []
    assert reading.sheets[0]["answers"] == "1" * 6 + digit + "1" * 15


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1、2", "两个答案"), ("1,2", "两个答案"), ("12", "两个答案"), ("1 2", "两个答案"), ("1或2", "两个答案"),
        (12, "两个答案"), (6, "超出范围"), (0, "超出范围"), (-1, "超出范围"), (2.5, "超出范围"), (100, "超出范围"),
        ("还可以", "不是答案"), ("√", "不是答案"), ("好/较好", "不是答案"), ("一", "不是答案"), ("2026-01-02", "日期"),
        (True, "不是答案"), ("#REF!", "公式错误"), ("#DIV/0!", "公式错误"),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_one_answer_keeps_its_sheet_out_and_is_named(survey, cell, word):
    reading = read(survey, [sheet_row(1, cells={7: cell}), sheet_row(2)])
    assert word in messages(reading)[3, "第7题"]
    assert [sheet["number"] for sheet in reading.sheets] == ["2"]
    assert reading.refused == 1


def test_a_date_made_by_the_spreadsheet_is_named(survey):
    book = load_workbook(io.BytesIO(workbook([sheet_row(1)])))
    cell = book.active.cell(3, 5)
    cell.value, cell.number_format = 46024, "yyyy-mm-dd"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = services.import_answers(
        survey=survey, channel=Channel.ENTRY, filename="a.xlsx", content=buffer.getvalue(), commit=False
    )
    assert "日期" in messages(reading)[3, "第3题"]


def test_every_bad_cell_of_a_sheet_is_named_and_the_sheet_is_refused_once(survey):
    reading = read(survey, [sheet_row(1, "路人", cells={2: 9, 5: "中"})])
    assert set(messages(reading)) == {(3, "人员类别"), (3, "第2题"), (3, "第5题")}
    assert reading.refused == 1 and reading.sheets == []


def test_a_sheet_without_any_answer_is_void(survey):
    reading = read(survey, [sheet_row(1, cells=dict.fromkeys(range(1, ITEMS + 1)))])
    assert "没有作答" in messages(reading)[3, ""]


# --- columns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        lambda n: n,
        lambda n: str(n),
        lambda n: f"题{n}",
        lambda n: f"第 {n} 题",
        lambda n: f"{n}.",
        lambda n: f"Q{n}",
    ],
    ids=["number", "text", "题n", "spaced", "dotted", "Qn"],
)
def test_columns_are_found_by_their_heads_whatever_these_look_like(survey, head):
    heads = ["编号", "身份", *[head(n) for n in range(1, ITEMS + 1)], "意见和建议"]
    reading = read(survey, [sheet_row(1, cells={10: 4, 1: 2})], heads=heads)
    assert reading.sheets[0]["answers"] == "2" + "1" * 8 + "4" + "1" * 12


def test_columns_named_by_the_items_words_in_any_order_are_found(survey):
    items = list(survey.questionnaire.items.values_list("number", "text"))[::-1]
    heads = ["份号", "人员类别", *[text for _, text in items], "意见建议"]
    row = [1, "党员代表", *[5 if number == 22 else 1 for number, _ in items], None]
    assert read(survey, [row], heads=heads).sheets[0]["answers"] == "1" * 21 + "5"


def test_a_missing_item_refuses_the_workbook_by_name(survey):
    with pytest.raises(ImportRefused, match="第9题"):
        read(survey, [[1, "党员代表"] + [1] * 22], heads=[h for h in HEADS if h != "第9题"])


def test_of_several_sheets_the_one_of_this_village_is_read(survey):
    book = Workbook()
    for name, level in (("石塘村", 4), ("云溪村", 2)):
        sheet = book.create_sheet(name)
        sheet.append(HEADS)
        sheet.append(sheet_row(1, cells=dict.fromkeys(range(1, ITEMS + 1), level)))
    buffer = io.BytesIO()
    book.save(buffer)
    reading = services.import_answers(
        survey=survey, channel=Channel.ENTRY, filename="a.xlsx", content=buffer.getvalue(), commit=False
    )
    assert [sheet["answers"] for sheet in reading.sheets] == ["2" * 22]


# --- the same sheet twice ---------------------------------------------------------------------------------


def test_the_same_sheet_twice_counts_once_and_is_reported(survey):
    reading = read(survey, [sheet_row(1), sheet_row("０1")])
    assert len(reading.sheets) == 1
    assert "同一份" in reading.repeated[0].message


def test_one_number_with_other_answers_counts_not_at_all_and_is_reported(survey):
    reading = read(survey, [sheet_row(1), sheet_row(1, cells={3: 4}), sheet_row(2)])
    assert [sheet["number"] for sheet in reading.sheets] == ["2"]
    assert [fault.row for fault in reading.repeated] == [3, 4]


def test_importing_a_workbook_again_counts_nothing_twice(survey):
    rows = [sheet_row(n) for n in range(1, 6)]
    load(survey, rows)
    again = load(survey, [*rows[1:], sheet_row(1, cells={1: 4})])
    assert again.sheets == []
    assert Counter("答案不同" in fault.message for fault in again.repeated) == {False: 4, True: 1}
    assert AnswerSheet.objects.count() == SheetNumber.objects.count() == 5


def test_the_same_number_on_another_occasion_is_another_sheet(survey):
    load(survey, [sheet_row(1)])
    assert len(load(survey, [sheet_row(1)], channel=Channel.VISIT).sheets) == 1


# --- preview and confirm ----------------------------------------------------------------------------------


def stage(cast, survey, rows):
    return services.preview_answer_import(
        actor=cast.member, survey=survey, channel=Channel.ENTRY, filename="录入.xlsx", content=workbook(rows)
    )


def test_a_preview_counts_nothing_and_a_yes_stores_what_was_shown(cast, survey):
    staged = stage(cast, survey, [sheet_row(1, comment="修路"), sheet_row(2, cells={4: "中"}), sheet_row(3)])
    assert (staged.accepted, staged.refused, staged.repeated, staged.defects) == (2, 1, 0, 1)
    assert not AnswerSheet.objects.exists()
    services.commit_answer_import(actor=cast.member, staged=staged)
    assert AnswerSheet.objects.count() == 2
    assert OpenAnswer.objects.get().text == "修路"
    assert AnswerImport.objects.get().payload == {}


def test_two_previews_of_one_workbook_store_its_sheets_once(cast, survey):
    first, second = stage(cast, survey, [sheet_row(1)]), stage(cast, survey, [sheet_row(1)])
    services.commit_answer_import(actor=cast.member, staged=first)
    done = services.commit_answer_import(actor=cast.member, staged=second)
    assert (done.accepted, done.repeated) == (0, 1)
    assert AnswerSheet.objects.count() == 1


def test_a_preview_is_confirmed_once_and_by_its_owner_only(cast, survey):
    staged = stage(cast, survey, [sheet_row(1)])
    with pytest.raises(NotAllowed):
        services.commit_answer_import(actor=cast.leader, staged=staged)
    services.commit_answer_import(actor=cast.member, staged=staged)
    with pytest.raises(NotAllowed):
        services.commit_answer_import(actor=cast.member, staged=staged)


def test_a_preview_given_up_keeps_no_answers(cast, survey):
    staged = services.discard_answer_import(actor=cast.member, staged=stage(cast, survey, [sheet_row(1)]))
    assert staged.payload == {} and not AnswerSheet.objects.exists()


# --- the command line and the office's own workbook -------------------------------------------------------


def command(survey, path, *options):
    out = io.StringIO()
    call_command("import_answers", str(path), "--survey", str(survey.pk), *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_reports_and_changes_nothing_without_commit(survey, tmp_path):
    path = tmp_path / "录入.xlsx"
    path.write_bytes(workbook([sheet_row(1), sheet_row(2, cells={1: "中"}), sheet_row(1)]))
    told = command(survey, path)
    assert (told["accepted"], told["refused"], len(told["repeated"])) == (1, 1, 1)
    assert told["defects"][0] | {"message": ""} == {
        "sheet": "Sheet1", "row": 4, "column": "第1题", "message": "",
    }  # fmt: skip
    assert told["tallies"]["1"] == {"1": 1}
    assert not AnswerSheet.objects.exists()
    command(survey, path, "--commit")
    assert AnswerSheet.objects.count() == 1


@pytest.mark.parametrize("name", ["第四轮问卷录入.xlsx", "第五轮问卷录入.xlsx"])
def test_the_offices_workbook_gives_the_tallies_of_a_plain_recount(cast, name):
    book = load_workbook(EXAMPLES / name, read_only=True)
    for sheet in book:
        expected = recount(sheet)
        cast.village_place.name = sheet.title
        cast.village_place.save()
        survey = open_survey_of(cast)
        told = command(survey, EXAMPLES / name, "--commit")
        assert told["defects"] == [] and told["repeated"] == []
        assert {int(item): digits for item, digits in told["tallies"].items()} == expected
        survey.sheets.all().delete()
        survey.sheet_numbers.all().delete()


def open_survey_of(cast):
    found = cast.inspection.surveys.first()
    return found or open_survey(cast, at_stage(cast.inspection))


def recount(sheet):
    """Tallies of one sheet without any code of the product: title row, head row, then rows that begin with a number."""
    counts = {item: Counter() for item in range(1, ITEMS + 1)}
    for row in sheet.iter_rows(min_row=3, values_only=True):
        if not isinstance(row[0], int):
            continue
        for item, cell in enumerate(row[2 : 2 + ITEMS], 1):
            text = "" if cell is None else str(cell).strip()
            digit = WORDS.get(text) or (str(int(text)) if text else "0")
            counts[item][digit] += 1
    return {item: dict(found) for item, found in counts.items()}
