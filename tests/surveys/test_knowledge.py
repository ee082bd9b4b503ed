"""Knowledge tests: the bank, papers drawn by seed, one-time codes, marks by the system and by two people."""

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from surveys import services
from surveys.documents.knowledge import bank_xlsx
from surveys.jobs.papers import _question
from surveys.models import KnowledgeTest, Question, TestPaper
from surveys.selectors.drawing import draw
from surveys.selectors.knowledge import state_of
from tests.surveys.exams import CHOICES, PLAN, issue, make_test, open_test, reload, right, the_bank

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[2] / "surveys" / "data" / "questions_v1.csv"


# --- the bank ---------------------------------------------------------------------------------------------


def test_the_initial_bank_is_large_enough_balanced_and_sound():
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 120 and len({row["题目"] for row in rows}) == len(rows)
    assert min(Counter(row["主题"] for row in rows).values()) >= 20
    assert {row["题型"] for row in rows} == {"单选题", "多选题", "判断题", "简答题"}
    for row in rows:
        options = [row[f"选项{letter}"] for letter in "ABCD" if row[f"选项{letter}"]]
        assert len(set(options)) == len(options) == (4 if row["题型"] in ("单选题", "多选题") else 0)
        if options:
            assert set(row["答案"]) <= set("ABCD") and (len(row["答案"]) == 1) == (row["题型"] == "单选题")


def test_the_bank_is_loaded_once():
    assert services.load_bank(actor=SYSTEM) == Question.objects.count() >= 120
    assert services.load_bank(actor=SYSTEM) == 0


def book(rows, heads):
    made = Workbook()
    for line in (heads, *rows):
        made.active.append(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


HEADS = ["答案", "题目", "题型", "选项A", "选项B", "选项C", "主题", "编号"]


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (["C", "问", "单选题", "甲", "乙", None, "党建工作", "X-1"], "答案", "字母"),
        (["AB", "问", "单选", "甲", "乙", None, "党建工作", "X-1"], "答案", "只能有一个"),
        (["A", "问", "多选题", "甲", "乙", None, "党建工作", "X-1"], "答案", "至少要有两个"),
        (["A", "问", "单选题", "甲", None, "丙", "党建工作", "X-1"], "选项A", "连续"),
        (["A", "问", "单选题", "甲", "甲", None, "党建工作", "X-1"], "选项A", "一样"),
        (["也许", "问", "判断题", None, None, None, "党建工作", "X-1"], "答案", "对或错"),
        (["A", "问", "填空题", "甲", "乙", None, "党建工作", "X-1"], "题型", "只能填"),
        (["A", "问", "单选题", "甲", "乙", None, "天文", "X-1"], "主题", "只能填"),
        (["A", None, "单选题", "甲", "乙", None, "党建工作", "X-1"], "题目", "必填"),
    ],
)
def test_a_faulty_question_is_named_by_its_cell(cast, row, column, word):
    good = ["对", "党费按时交。", "判断", None, None, None, "党建工作", "x-2"]
    staged = services.preview_questions(
        actor=cast.office_clerk, filename="题.xlsx", content=book([row, good], HEADS)
    )
    ((number, where, message, _),) = staged.payload["errors"]
    assert (number, where) == (2, column) and word in message
    services.commit_questions(actor=cast.office_clerk, staged=staged)
    assert list(Question.objects.values_list("code", "kind", "key")) == [("X-2", "judge", "A")]


def test_the_exported_bank_is_read_back_unchanged(cast):
    the_bank()
    before = list(
        Question.objects.values("code", "topic", "kind", "difficulty", "text", "options", "key", "active")
    )
    content = bank_xlsx([_question(row) for row in Question.objects.all()], cast.round.starts_on)
    assert load_workbook(io.BytesIO(content)).active.max_row == len(before) + 1
    Question.objects.all().delete()
    staged = services.preview_questions(actor=cast.office_clerk, filename="题库.xlsx", content=content)
    assert staged.payload["errors"] == []
    services.commit_questions(actor=cast.office_clerk, staged=staged)
    fields = ("code", "topic", "kind", "difficulty", "text", "options", "key", "active")
    assert list(Question.objects.values(*fields)) == before


def test_only_the_office_keeps_the_bank_and_no_inspected_account_sees_it(cast):
    the_bank()
    with pytest.raises(NotAllowed):
        services.preview_questions(actor=cast.leader, filename="题.xlsx", content=book([], HEADS))
    for role in ("village", "town", "organisation", "discipline", "sysadmin", "stranger"):
        assert not Question.objects.visible_to(getattr(cast, role)).exists(), role


# --- drawing ----------------------------------------------------------------------------------------------


def test_a_paper_follows_the_plan_and_its_seed_gives_it_again(cast):
    test = open_test(cast)
    (paper,) = issue(test, "江予安")
    items = list(paper.items.all())
    assert Counter(item.kind for item in items) == {"single": 3, "multiple": 2, "judge": 2, "short": 1}
    assert {i.topic for i in items if i.kind == "single"} == {"party"}
    assert all(i.question.difficulty == 1 for i in items if i.kind == "judge")
    assert (
        len({i.question_id for i in items}) == len(items)
        and sum(i.points for i in items) == test.full_marks == 65
    )
    # The bank goes on living: new questions, changed ones, others taken out of use.
    Question.objects.filter(kind="judge").update(active=False)
    services.add_question(
        actor=SYSTEM, code="NEU-1", topic="party", kind="single", difficulty=1, text="新题", options=["甲", "乙"],
        key="A", active=True,
    )  # fmt: skip
    pool = list(Question.objects.filter(pk__in=reload(test).pool).order_by("code"))
    again = draw(paper.seed, test.plan, pool)
    assert [(d.question.pk, d.options, d.key) for d in again] == [
        (i.question_id, i.options, i.key) for i in items
    ]


def test_the_key_follows_the_options_when_they_change_places(cast):
    (paper,) = issue(open_test(cast))
    for item in paper.items.exclude(kind__in=["judge", "short"]):
        original = {item.question.options["ABCD".index(letter)] for letter in item.question.key}
        assert {dict(item.lettered)[letter] for letter in item.key} == original


def test_people_get_different_papers_and_nobody_two(cast):
    test = open_test(cast)
    papers = issue(test, "江予安", "严修竹", "钟怀瑾")
    assert len({tuple(p.items.values_list("question", flat=True)) for p in papers}) == 3
    assert [p.name for p in issue(test, "江予安", "新人")] == ["新人"]
    with pytest.raises(ServiceError, match="已经有试卷"):
        issue(test, "江予安")


def test_a_plan_the_bank_cannot_fill_is_refused_by_name(cast):
    with pytest.raises(ServiceError, match="党建工作简答题（易）9道"):
        make_test(cast, plan=[{"topic": "party", "kind": "short", "difficulty": 1, "count": 9, "points": 5}])


# --- written ----------------------------------------------------------------------------------------------


def test_choices_are_marked_at_once_and_short_answers_by_a_person(cast):
    (paper,) = issue(open_test(cast))
    answers = right(paper)
    first, multiple = paper.items.get(number=1), paper.items.filter(kind="multiple").first()
    answers[first.number] = next(letter for letter, _ in first.lettered if letter not in first.key)
    answers[multiple.number] = multiple.key[:1]
    short = paper.items.get(kind="short")
    services.submit_paper(actor=cast.member, paper=paper, answers=answers | {short.number: "主动报告"})
    paper = TestPaper.objects.get()
    assert paper.status == "submitted" and paper.score is None
    with pytest.raises(ServiceError, match="0至20分"):
        services.mark_paper(actor=cast.member, paper=paper, marks={short.number: Decimal("20.5")})
    services.mark_paper(actor=cast.member, paper=paper, marks={short.number: Decimal("12.5")})
    # 65 in all: 5 lost on the first, 10 on a multiple that was not complete, 7.5 on the short one
    assert TestPaper.objects.get().score == Decimal("42.50")
    (line,) = state_of(cast.member, paper.test).lines
    assert [number for number, _, _ in line.wrong] == [first.number, multiple.number, short.number]


def test_a_paper_of_choices_only_is_finished_by_the_system(cast):
    (paper,) = issue(open_test(cast, plan=CHOICES))
    services.submit_paper(actor=SYSTEM, paper=paper, answers=right(paper))
    done = TestPaper.objects.get()
    assert (done.status, done.score, done.first) == ("marked", Decimal("45.00"), None)


@pytest.mark.parametrize("answer", ["Z", "AB", "1"])
def test_what_is_no_answer_is_refused_and_nothing_is_handed_in(cast, answer):
    (paper,) = issue(open_test(cast))
    with pytest.raises(ServiceError, match="第1题"):
        services.submit_paper(actor=cast.member, paper=paper, answers={1: answer})
    assert TestPaper.objects.get().status == "issued"


def test_a_one_time_code_opens_the_paper_without_its_keys_and_is_used_up(client, cast):
    test = open_test(cast)
    issue(test, "江予安", "严修竹")
    (paper, code), _ = services.give_codes(actor=cast.member, test=reload(test))
    assert code not in str(list(AuditEntry.objects.values())) and code.replace("-", "") not in paper.code_hmac
    page = client.post(reverse("surveys:exam_paper"), {"code": code.lower()})
    text = page.content.decode()
    assert page.status_code == 200 and paper.name in text and page.headers["Cache-Control"] == "no-store"
    assert paper.items.get(kind="short").key not in text and not page.cookies
    sent = {"code": code} | {f"a-{n}": list(v) if len(v) > 1 else v for n, v in right(paper).items()}
    assert "已交卷" in client.post(reverse("surveys:exam_submit"), sent).content.decode()
    # All choices right, the short answer blank: nothing is left to mark by hand.
    assert TestPaper.objects.get(pk=paper.pk).score == Decimal("45.00")
    for name in ("exam_paper", "exam_submit"):
        assert client.post(reverse(f"surveys:{name}"), sent).status_code == 409
    assert client.post(reverse("surveys:exam_paper"), {"code": "0000-0000-0000"}).status_code == 409


def test_new_codes_make_the_old_ones_worthless(client, cast):
    test = open_test(cast)
    issue(test)
    ((_, old),) = services.give_codes(actor=cast.member, test=reload(test))
    ((_, new),) = services.give_codes(actor=cast.member, test=reload(test))
    assert client.post(reverse("surveys:exam_paper"), {"code": old}).status_code == 409
    assert client.post(reverse("surveys:exam_paper"), {"code": new}).status_code == 200


# --- oral -------------------------------------------------------------------------------------------------

TALK = [{"topic": "", "kind": "short", "difficulty": 0, "count": 2, "points": 10}]


def test_two_people_mark_a_talk_and_the_mean_counts(client, cast):
    (paper,) = issue(open_test(cast, mode="oral", plan=TALK))
    services.mark_paper(actor=cast.member, paper=paper, marks={1: Decimal("7.5"), 2: Decimal(4)})
    paper = TestPaper.objects.select_related("test__inspection", "test__team").get()
    assert paper.status == "issued" and paper.score is None
    with pytest.raises(NotAllowed, match="另一名"):
        services.mark_paper(actor=cast.member, paper=paper, marks={1: Decimal(1), 2: Decimal(1)})
    client.force_login(cast.deputy)
    assert "7.5" not in client.get(reverse("surveys:test_marks", kwargs={"pk": paper.pk})).content.decode()
    services.mark_paper(actor=cast.deputy, paper=paper, marks={1: Decimal(8), 2: Decimal("4.5")})
    done = TestPaper.objects.get()
    # (7.5 + 8) ÷ 2 + (4 + 4.5) ÷ 2
    assert (done.score, done.first, done.second) == (Decimal("12.00"), cast.member, cast.deputy)


def test_marks_are_locked_only_when_everybody_is_settled(cast):
    test = open_test(cast, plan=CHOICES)
    paper, absent = issue(test, "江予安", "严修竹")
    services.submit_paper(actor=SYSTEM, paper=paper, answers=right(paper))
    with pytest.raises(NotAllowed, match="还有1份"):
        services.lock_test(actor=cast.leader, test=reload(test))
    services.settle_paper(actor=cast.member, paper=absent, step="absent", reason="外出")
    with pytest.raises(NotAllowed):
        services.lock_test(actor=cast.member, test=reload(test))
    assert services.lock_test(actor=cast.leader, test=reload(test)).status == "locked"
    locked = TestPaper.objects.select_related("test__inspection", "test__team").get(pk=paper.pk)
    with pytest.raises(NotAllowed):
        services.settle_paper(actor=cast.member, paper=locked, step="remark", reason="再看看")


def test_pages_of_tests_cost_the_same_with_one_paper_and_with_three(
    client, cast, django_assert_max_num_queries
):
    def cost(name, **kwargs):
        client.get(reverse(name, kwargs=kwargs))
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse(name, kwargs=kwargs)).status_code == 200
        return len(captured)

    client.force_login(cast.leader)
    test = open_test(cast, plan=CHOICES)
    (paper,) = issue(test, "江予安")
    services.submit_paper(actor=SYSTEM, paper=paper, answers=right(paper))
    pages = [("surveys:tests", {}), ("surveys:test", {"pk": test.pk}), ("surveys:questions", {})]
    before = [cost(name, **kwargs) for name, kwargs in pages]
    for one in issue(test, "严修竹", "钟怀瑾"):
        services.submit_paper(actor=SYSTEM, paper=one, answers=right(one))
    assert [cost(name, **kwargs) for name, kwargs in pages] == before
    assert KnowledgeTest.objects.count() == 1 and len(PLAN) == 4
