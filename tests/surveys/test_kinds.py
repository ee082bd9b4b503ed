"""Every kind of question by phone and by workbook: one row a sheet, one loop, and a plain recount."""

import io
import json
import random
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from core.audit import SYSTEM
from core.errors import ServiceError
from core.files.store import read_bytes
from core.jobs.runner import run_due
from surveys import services
from surveys.models import AnswerSheet, Channel, OpenAnswer, Tally
from surveys.services.sealing import Opener
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import count, issue, reload, workbook

pytestmark = pytest.mark.django_db

HEADS = ["份号", "人员类别", "第1题", "第2题", "第3题", "第4题1", "第4题2", "第5题", "第6题"]


def send(survey, answers, words=None, **over):
    card = issue(survey, 1)[0]
    answer = {"group": "villager", "answers": answers, "comment": "", "words": words or {}} | over
    return services.submit_phone_answer(
        actor=SYSTEM, token=card.token, submission=card.token[:26].encode().hex()[:32], answer=answer
    )


def test_a_phone_answer_of_every_kind_becomes_one_row_and_its_words_lie_apart(cast):
    survey = open_survey_of_kinds(cast)
    send(survey, "1B10135", {"5": "路灯坏了", "6": " "})
    send(survey, "5000000")
    services.mix_all(actor=SYSTEM, survey=survey)
    assert sorted(AnswerSheet.objects.values_list("answers", flat=True)) == ["1B10135", "5000000"]
    assert list(OpenAnswer.objects.values_list("question", "text")) == [(5, "路灯坏了")]


@pytest.mark.parametrize(
    "answers",
    ["1B1013", "1B101355", "6B10135", "1D10135", "1b10135", "1B20135", "1B10136", "1B1013A", "", "0000000"],
)
def test_what_is_no_sheet_of_this_questionnaire_is_refused(cast, answers):
    with pytest.raises(ServiceError):
        send(open_survey_of_kinds(cast), answers)


def test_an_answer_to_every_open_question_at_full_length_fits_and_is_as_long_as_an_empty_one(cast):
    survey = open_survey_of_kinds(cast)
    send(survey, "1000000")
    send(survey, "1000000", {"5": "𠮷" * 500, "6": "长" * 500})
    lengths = {len(bytes(sealed)) for sealed in survey.waiting.values_list("sealed", flat=True)}
    assert len(lengths) == 1
    with pytest.raises(ServiceError, match="最多写500字"):
        send(survey, "1000000", {"6": "长" * 501})
    for broken in ([], "x", {"5": 7}):
        with pytest.raises(ServiceError):
            send(survey, "1000000", broken or [1])


def test_a_question_that_must_be_answered_is_asked_for_on_the_phone_only(cast):
    survey = open_survey_of_kinds(cast, q2=True, q5=True)
    with pytest.raises(ServiceError, match="第2题需要回答"):
        send(survey, "1000000", {"5": "写了"})
    with pytest.raises(ServiceError, match="第5题需要回答"):
        send(survey, "1A00000")
    send(survey, "1A00000", {"5": "写了"})
    assert read(survey, [[1, None, 1, None, None, None, None, None, None]]).sheets[0]["answers"] == "1000000"


def test_words_for_a_question_nobody_asked_are_not_kept(cast):
    survey = open_survey_of_kinds(cast)
    send(survey, "1000000", {"1": "夹带", "99": "夹带"}, comment="夹带")
    opener = Opener(survey.pk, survey.mixer_key)
    assert "夹带" not in json.dumps(opener.open(survey.waiting.get().sealed), ensure_ascii=False)


# --- workbooks --------------------------------------------------------------------------------------------


def read(survey, rows, heads=HEADS):
    return services.import_answers(
        survey=survey,
        channel=Channel.ENTRY,
        filename="录入.xlsx",
        content=workbook(rows, heads=heads),
        commit=False,
    )


@pytest.mark.parametrize(
    ("column", "cell", "answers"),
    [
        (3, "b", "1B00000"), (3, "Ｂ．", "1B00000"), (3, "微信群", "1B00000"), (3, "B 微信群", "1B00000"),
        (4, "AC", "1010100"), (4, "c、a", "1010100"), (4, "收支；土地", "1010100"), (4, "Ｃ", "1000100"),
        (4, "A,B,C", "1011100"), (5, "较好", "1000020"), (6, "５", "1000005"), (6, 4.0, "1000004"),
    ],
)  # fmt: skip
def test_a_harmless_variant_of_every_kind_counts(cast, column, cell, answers):
    row = [1, "群众", 1, None, None, None, None, None, None]
    row[column] = cell
    reading = read(open_survey_of_kinds(cast), [row])
    assert reading.defects == [] and reading.sheets[0]["answers"] == answers


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        (3, "AB", "两个答案"), (3, "A或B", "两个答案"), (3, "D", "超出范围"), (3, 1, "超出范围"),
        (3, "报纸", "不是答案"),
        (4, "AD", "超出范围"), (4, "修路", "不是答案"), (4, "AA", "两遍"), (4, "#N/A", "公式错误"),
        (4, True, "不是答案"),
        (5, "2026-01-02", "日期"), (5, 6, "超出范围"), (6, "1、2", "两个答案"),
    ],
)  # fmt: skip
def test_a_cell_of_another_kind_is_named_and_never_guessed(cast, column, cell, word):
    row = [1, None, 1, None, None, None, None, None, None]
    row[column] = cell
    reading = read(open_survey_of_kinds(cast), [row])
    assert reading.sheets == []
    assert [(fault.column, word in fault.message) for fault in reading.defects] == [(HEADS[column], True)]


def test_columns_are_found_by_the_words_of_questions_and_rows_in_any_order(cast):
    heads = ["道路", "卫生", "最想讲清楚哪些事", "有什么建议", "您从哪里知道村里的大事", "最突出的问题是什么",
             "两委班子团结配合的情况", "身份", "编号"]  # fmt: skip
    row = [5, 3, "B", "修路", "C", None, 2, "两代表一委员", "A-7"]
    sheet = read(open_survey_of_kinds(cast), [row], heads=heads).sheets[0]
    assert (sheet["number"], sheet["group"], sheet["answers"]) == ("A-7", "delegate", "2C01035")
    assert sheet["words"] == {"6": "修路"}


def test_a_missing_row_of_a_matrix_refuses_the_workbook_by_name_and_missing_words_do_not(cast):
    survey = open_survey_of_kinds(cast)
    with pytest.raises(ServiceError, match="第4题2"):
        read(survey, [[1, None, 1, "A", "A", 1]], heads=HEADS[:6])
    assert len(read(survey, [[1, None, 1, "A", "A", 1, 1]], heads=HEADS[:7]).sheets) == 1


def spoilt(rng, number):
    """A row, and whether it should count: one in five holds one bad cell."""
    row = [
        number, rng.choice(["普通群众", "党员代表", "村组干部", None]), rng.choice([1, "2", "３", "一般", None]),
        rng.choice(["A", "b", "不知道", None]), rng.choice(["A", "AC", "工程", None]), rng.choice([1, "好", 5, None]),
        rng.choice([2, "差", None]), rng.choice(["路灯坏了", None]), None,
    ]  # fmt: skip
    row[2] = row[2] or 1
    if rng.random() < 0.2:
        row[rng.choice([2, 3, 5])] = rng.choice(["看不清", "#REF!", "1和2", 99])
        return row, False
    return row, True


def recount(path):
    """Tallies of the workbook without any code of the product, by place."""
    wanted = {
        "第1题": "12345", "第2题": "ABC", "第4题1": "12345", "第4题2": "12345",
    }  # fmt: skip
    words = {"好": "1", "较好": "2", "一般": "3", "差": "4", "不知道": "C", "公开栏": "A", "３": "3"}
    tally = {name: Counter() for name in wanted} | {f"第3题{letter}": Counter() for letter in "ABC"}
    sheet = load_workbook(path).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    for row in rows:
        cells = dict(zip(HEADS, row, strict=True))
        plain = {name: "0" if cells[name] is None else words.get(str(cells[name]), str(cells[name]).upper())
                 for name in wanted}  # fmt: skip
        if any(mark != "0" and mark not in wanted[name] for name, mark in plain.items()):
            continue
        for name, mark in plain.items():
            tally[name][mark] += 1
        chosen = {"工程": "B"}.get(cells["第3题"], cells["第3题"] or "")
        for letter in "ABC":
            tally[f"第3题{letter}"]["1" if letter in chosen else "0"] += 1
    return {name: dict(found) for name, found in tally.items()}


def test_tallies_of_a_workbook_with_injected_defects_are_those_of_a_plain_recount_and_of_plain_sql(
    cast, tmp_path
):
    survey = open_survey_of_kinds(cast)
    rng = random.Random(20260305)
    rows, good = zip(*(spoilt(rng, number) for number in range(1, 201)), strict=True)
    path = tmp_path / "录入.xlsx"
    path.write_bytes(workbook([*rows, rows[0]], heads=HEADS))
    out = io.StringIO()
    call_command("import_answers", str(path), "--survey", str(survey.pk), "--commit", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["accepted"], told["refused"]) == (sum(good), 200 - sum(good))
    assert len(told["repeated"]) == good[0]
    expected = recount_without_the_repeated(path)
    labels = {"1": "第1题", "2": "第2题", "3.1": "第3题A", "3.2": "第3题B", "3.3": "第3题C", "4.1": "第4题1",
              "4.2": "第4题2"}  # fmt: skip
    assert {labels[place]: found for place, found in told["tallies"].items()} == expected
    assert told["words"]["5"] == sum(ok and row[7] is not None for row, ok in zip(rows, good, strict=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT substr(answers, 2, 1), count(*) FROM surveys_answersheet GROUP BY 1")
        assert dict(cursor.fetchall()) == expected["第2题"]


def recount_without_the_repeated(path):
    book = load_workbook(path)
    book.active.delete_rows(book.active.max_row)
    book.save(path.with_name("once.xlsx"))
    return recount(path.with_name("once.xlsx"))


def test_locking_keeps_a_tally_for_every_place(cast):
    survey = open_survey_of_kinds(cast)
    # Places: 1 | 2 | 3A 3B 3C | 4.1 4.2
    for answers in ("1B10135", "2B11011", "1A00015"):
        send(survey, answers)
    count(survey, channel=Channel.ENTRY)
    closed = services.close_survey(actor=SYSTEM, survey=reload(survey))
    services.lock_results(actor=SYSTEM, survey=closed)
    rows = Tally.objects.filter(group="").values_list("item__number", "part", "level", "count")
    found = {(number, part, level): n for number, part, level, n in rows}
    assert found[1, 0, "1"] == 2 and found[2, 0, "B"] == 2
    assert (found[3, 1, "1"], found[3, 2, "1"], found[3, 3, "1"]) == (2, 1, 1)
    assert found[4, 2, "5"] == 2 and found[4, 1, "1"] == 2


def test_the_results_page_of_such_a_questionnaire_shows_its_levels(cast, client):
    survey = open_survey_of_kinds(cast)
    for _ in range(12):
        send(survey, "2B10115", {"5": "路灯坏了"})
    closed = services.close_survey(actor=SYSTEM, survey=reload(survey))
    services.lock_results(actor=SYSTEM, survey=closed)
    client.force_login(cast.member)
    answer = client.get(reverse("surveys:results", kwargs={"pk": survey.pk}))
    assert [line.number for line in answer.context["results"].items] == [1]
    text = answer.content.decode()
    assert answer.context["results"].intact and "群众写了12条" in text and "路灯坏了" not in text
    assert "路灯坏了" in client.get(reverse("surveys:opinions")).content.decode()


# --- on paper ---------------------------------------------------------------------------------------------


def test_the_printed_form_holds_every_question_with_the_codes_of_the_grid(cast, client):
    survey = open_survey_of_kinds(cast)
    client.force_login(cast.member)
    client.post(reverse("surveys:questionnaire_word", kwargs={"pk": survey.questionnaire_id}))
    row = run_due()
    assert row.state == "done", row.error
    document = Document(io.BytesIO(read_bytes(row.result_file)))
    cells = (cell.text for t in document.tables for r in t.rows for cell in r.cells)
    text = "\n".join(dict.fromkeys(cells)).replace("\u00a0", " ")
    assert "□ A 公开栏　□ B 微信群　□ C 不知道" in text and "（可多选）" in text
    assert all(
        word in text for word in ("1好", "5不了解", "卫生", "道路", "最突出的问题是什么", "□ 普通群众")
    )
    # A ballot with a number on it could be told from the others.
    assert "份号" not in text
