"""Workbooks of ballots: columns wherever they stand, harmless variants count, everything else is named by its cell."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from surveys import services
from surveys.models import Ballot, BallotCount, BallotImport, Rating
from tests.surveys.ballots import COUNT_HEADS, HEADS, NAMES, book, load, locked, open_rating, reload

pytestmark = pytest.mark.django_db
GOOD = ["好", "好", "好", "好"]


def ballot(number, *marks, group="党员代表"):
    return [number, group, *(marks or GOOD)]


def faults(reading):
    return [(f.row, f.column, f.message) for f in reading.defects]


# --- one ballot a row -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["好", " 好 ", "好。", "好.", 1, 1.0, "1", "１", "1.", "1.0", "好　"])
def test_harmless_variants_of_a_level_count(cast, cell):
    reading = load(open_rating(cast), [ballot(1, cell, "较好", "一般", "差")])
    assert [b["marks"] for b in reading.ballots] == ["1234"] and reading.defects == []


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("好、差", "两个等次"), ("1,2", "两个等次"), ("12", "两个等次"), (12, "两个等次"), ("好较好", "两个等次"),
        (6, "超出范围"), (-1, "超出范围"), (1.5, "超出范围"), ("优秀", "不是等次"), ("√", "不是等次"),
        ("?", "不是等次"),
        (dt.date(2026, 1, 2), "日期"), (True, "不是等次"), ("=1/0", "公式错误"),
    ],
)  # fmt: skip
def test_a_doubtful_cell_is_named_and_its_ballot_is_not_guessed(cast, cell, word):
    content = book([ballot(1, "好", cell, "好", "好"), ballot(2)])
    if cell == "=1/0":
        content = with_error(content, "D3")
    reading = services.import_ratings(
        actor=SYSTEM,
        rating=open_rating(cast),
        channel="entry",
        filename="票.xlsx",
        content=content,
        commit=False,
    )
    ((row, column, message),) = faults(reading)
    assert (row, column) == (3, "江予安") and word in message
    assert [b["number"] for b in reading.ballots] == ["2"] and reading.refused == 1


def with_error(content, place):
    """The workbook with a stored formula error in one cell, as a spreadsheet program leaves it."""
    made = load_workbook(io.BytesIO(content))
    made.active[place].value, made.active[place].data_type = "#DIV/0!", "e"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_blank_is_an_abstention_a_void_mark_is_said_and_an_empty_ballot_is_void(cast):
    rows = [ballot(1, None, "无效", "弃权", "好"), ballot(2, *[None] * 4)]
    reading = load(open_rating(cast), rows)
    assert [b["marks"] for b in reading.ballots] == ["5051"]
    assert "废票" in faults(reading)[0][2]


def test_columns_are_found_by_their_heads_whatever_their_order(cast):
    heads = ["钟怀瑾（委员）", "备注", "班子", "人员类别", "严修竹", "票号", "江予安 "]
    reading = load(open_rating(cast), [["差", "", "好", "村民", "一般", "007", "较好"]], heads=heads)
    assert [(b["number"], b["group"], b["marks"]) for b in reading.ballots] == [("7", "villager", "1234")]
    assert reading.defects == []


def test_a_workbook_that_lacks_somebody_is_refused_as_a_whole(cast):
    with pytest.raises(ServiceError, match="钟怀瑾"):
        load(open_rating(cast), [[1, "党员代表", "好", "好", "好"]], heads=HEADS[:5])


def test_the_same_number_twice_is_reported_and_never_summed(cast):
    rating = open_rating(cast)
    rows = [ballot(1), ballot(1), ballot(2), ballot("02", "差", "差", "差", "差"), ballot(3)]
    reading = load(rating, rows)
    assert sorted(b["number"] for b in reading.ballots) == ["1", "3"] and Ballot.objects.count() == 2
    assert [f.row for f in reading.repeated] == [4, 5, 6]
    again = load(rating, [ballot(1), ballot(3, "差", "好", "好", "好"), ballot(4)])
    assert [b["number"] for b in again.ballots] == ["4"] and Ballot.objects.count() == 3
    assert "内容不同" in again.repeated[1].message and "内容不同" not in again.repeated[0].message


# --- counted ----------------------------------------------------------------------------------------------


def test_a_counted_workbook_becomes_count_sheets_that_people_still_sign(cast):
    rows = [[name, "党员代表", 12, "5票", 2.0, 1, None, "０"] for name in NAMES]
    rating = open_rating(cast)
    reading = load(rating, rows, heads=COUNT_HEADS)
    assert reading.way == "counted" and reading.accepted == 4 and reading.defects == []
    sheet = BallotCount.objects.get()
    assert sheet.valid == 20 and sheet.marks["1"] == [12, 5, 2, 1, 0, 0] and sheet.status == "first"
    assert load(rating, rows, heads=COUNT_HEADS).accepted == 0 and BallotCount.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (["无此人", "", 1, 1, 1, 1, 0, 0], "测评对象", "不在测评名单"),
        (["江予安", "", "十二", 1, 1, 1, 0, 0], "好", "数字"),
        (["江予安", "", 1.5, 1, 1, 1, 0, 0], "好", "整数"),
        (["江予安", "", -1, 1, 1, 1, 0, 0], "好", "应在 0 至"),
        (["江予安", "", "1、2", 1, 1, 1, 0, 0], "好", "数字"),
        (["江予安", "外星人", 1, 1, 1, 1, 0, 0], "人员类别", "不在人员类别"),
        (["江予安", "", None, None, None, None, None, None], "", "没有填票数"),
    ],
)
def test_a_doubtful_count_is_named(cast, row, column, word):
    reading = load(
        open_rating(cast), [row, ["钟怀瑾", "", 1, 1, 1, 1, 0, 0]], heads=COUNT_HEADS, commit=False
    )
    ((number, where, message),) = faults(reading)
    assert (number, where) == (3, column) and word in message
    assert [line["subject"] for line in reading.counts] == [4]


def test_a_stated_sum_that_does_not_agree_and_a_subject_given_twice_are_reported(cast):
    rows = [
        ["江予安", "", 3, 1, 0, 0, 0, 0, 5], ["严修竹", "", 3, 1, 0, 0, 0, 0, 4],
        ["钟怀瑾", "", 3, 1, 0, 0, 0, 0, None], ["钟怀瑾", "", 4, 0, 0, 0, 0, 0, None],
    ]  # fmt: skip
    reading = load(open_rating(cast), rows, heads=[*COUNT_HEADS, "有效票"], commit=False)
    assert faults(reading)[0][:2] == (3, "有效票") and [line["subject"] for line in reading.counts] == [3]
    assert [f.row for f in reading.repeated] == [5, 6]


# --- preview, command -------------------------------------------------------------------------------------


def test_a_preview_is_committed_once_and_keeps_no_ballots(cast):
    rating = open_rating(cast)
    given = {
        "rating": rating,
        "channel": "entry",
        "filename": "票.xlsx",
        "content": book([ballot(1), ballot(2)]),
    }
    staged = services.preview_ballots(actor=cast.member, **given)
    twin = services.preview_ballots(actor=cast.member, **given)
    assert not Ballot.objects.exists()
    services.commit_ballots(actor=cast.member, staged=staged)
    services.commit_ballots(actor=cast.member, staged=twin)
    assert Ballot.objects.count() == 2
    assert [(b.accepted, b.repeated, b.payload) for b in BallotImport.objects.order_by("id")] == [
        (2, 0, {}), (0, 2, {}),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        services.commit_ballots(actor=cast.member, staged=staged)


def test_nothing_is_stored_once_the_rating_is_over_but_a_file_can_still_be_read(cast):
    rating = reload(locked(cast, [ballot(n) for n in range(1, 8)]))
    assert load(rating, [ballot(1), ballot(50)], commit=False).accepted == 1
    with pytest.raises(NotAllowed):
        load(rating, [ballot(50)])


def run(path, *arguments):
    out = io.StringIO()
    call_command("import_ratings", str(path), *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_counts_and_scores_per_subject(cast, tmp_path):
    open_rating(cast)
    rows = [ballot(1, "好", "较好", "差", "弃权"), ballot(2, "较好", "较好", "好", "无效", group="普通群众")]
    (tmp_path / "票.xlsx").write_bytes(book([*rows, ballot(3, "好", "x", "好", "好")]))
    code = cast.village_place.code
    report = json.loads(run(tmp_path / "票.xlsx", "--village", code, "--json"))
    assert (report["way"], report["committed"], report["accepted"], report["refused"]) == (
        "single",
        False,
        2,
        1,
    )
    assert report["defects"][0]["row"] == 5 and report["defects"][0]["column"] == "江予安"
    shown = [(s["name"], s["score"], s["good_rate"], s["rank"], s["valid"]) for s in report["subjects"][1:]]
    assert shown == [
        ("江予安", 80.0, 100.0, 1, 2),
        ("严修竹", 70.0, 50.0, 2, 2),
        ("钟怀瑾", None, None, None, 0),
    ]
    assert report["subjects"][0]["score"] == 90.0 and report["subjects"][0]["kind"] == "committee"
    assert report["subjects"][3]["abstain"] == 1 and report["subjects"][3]["void"] == 1
    assert report["subjects"][2]["groups"]["普通群众"]["score"] == 100.0
    assert not Ballot.objects.exists()
    run(tmp_path / "票.xlsx", "--village", code, "--commit", "--json")
    assert Ballot.objects.count() == 2
    assert "已在系统中" in run(tmp_path / "票.xlsx", "--village", code, "--round", str(cast.round.number))


def test_the_command_says_what_is_missing(cast, tmp_path):
    with pytest.raises(CommandError, match="没有安排"):
        run(tmp_path / "x.xlsx", "--village", "000000000000")
    rating = open_rating(cast)
    with pytest.raises(CommandError, match="打不开"):
        run(tmp_path / "x.xlsx", "--village", rating.village.code)
    assert Rating.objects.count() == 1
