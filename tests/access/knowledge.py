"""Decisions about knowledge tests: the office keeps the bank, the team tests and marks, the inspected see nothing."""

import io

from openpyxl import Workbook

from core.audit import SYSTEM
from surveys import services
from surveys.models import KnowledgeTest, Question, QuestionImport
from tests.access.entry import Entry
from tests.access.prep import LEAD, READ, STALE, WRITE, an_inspection
from tests.access.roles import INSPECTING, OFFICE
from tests.surveys.exams import issue, make_test, open_test, the_bank


def _place(cast, whose):
    return cast.inspection if whose == "own" else cast.other_inspection


def _test(cast, whose, make):
    return KnowledgeTest.objects.filter(inspection=_place(cast, whose)).first() or make(
        cast, _place(cast, whose)
    )


def planned(cast, whose):
    return {"pk": _test(cast, whose, make_test).pk}


def running(cast, whose):
    test = _test(cast, whose, open_test)
    if not test.papers.exists():
        issue(test)
    return {"pk": test.pk}


def the_opening(cast, whose):
    return planned(cast, whose) | {"action": "open"}


def a_paper(cast, whose):
    test = KnowledgeTest.objects.get(**running(cast, whose))
    return {"pk": test.papers.get().pk}


def a_handed_in_paper(cast, whose):
    test = KnowledgeTest.objects.get(**running(cast, whose))
    paper = test.papers.get()
    if paper.status == "issued":
        services.submit_paper(actor=SYSTEM, paper=paper, answers={8: "主动报告、回避"})
    return {"pk": paper.pk}


def a_paper_step(cast, whose):
    return a_paper(cast, whose) | {"action": "absent"}


def a_question(cast, whose):
    the_bank()
    return {"pk": Question.objects.first().pk}


def _workbook():
    book = Workbook()
    book.active.append(["题号", "主题", "题型", "题目", "答案"])
    book.active.append(["ZZ-1", "党建工作", "判断题", "党员应当按时交纳党费。", "对"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def a_preview(cast, whose):
    owner = cast.office_clerk if whose == "own" else cast.office_head
    known = QuestionImport.objects.filter(owner=owner, state="staged").first()
    return {
        "pk": (known or services.preview_questions(actor=owner, filename="题.xlsx", content=_workbook())).pk
    }


def a_preview_step(cast, whose):
    return a_preview(cast, whose) | {"action": "commit"}


def of_the_bank(objects):
    def made(cast, whose):
        the_bank()
        return objects(cast, whose)

    return made


BANK = {
    "may": OFFICE,
    "sees": INSPECTING - OFFICE,
    "may_foreign": OFFICE,
    "sees_foreign": INSPECTING - OFFICE,
}
CLERK = {"may": {"office_clerk"}, "may_foreign": {"office_head"}}

ENTRIES = [
    Entry("surveys:questions", INSPECTING),
    Entry("surveys:question_add", OFFICE),
    Entry("surveys:question_edit", objects=a_question, **BANK),
    Entry("surveys:question_export", INSPECTING, method="post"),
    Entry("surveys:question_import", OFFICE),
    Entry("surveys:question_preview", objects=a_preview, **CLERK),
    Entry("surveys:questionimport_action", objects=a_preview_step, method="post", post=STALE, **CLERK),
    Entry("surveys:tests", INSPECTING),
    Entry("surveys:test_create", objects=of_the_bank(an_inspection), **LEAD),
    Entry("surveys:test", objects=running, **READ),
    Entry("surveys:test_edit", objects=planned, **LEAD),
    Entry("surveys:test_issue", objects=running, **WRITE),
    Entry("surveys:test_codes", objects=running, method="post", **WRITE),
    Entry("surveys:test_file", objects=running, method="post", post={"kind": "papers"}, **READ),
    Entry("surveys:knowledgetest_action", objects=the_opening, method="post", post=STALE, **LEAD),
    Entry("surveys:test_paper", objects=a_paper, **READ),
    Entry("surveys:test_answers", objects=a_paper, **WRITE),
    Entry("surveys:test_marks", objects=a_handed_in_paper, **WRITE),
    Entry("surveys:testpaper_action", objects=a_paper_step, method="post", post=STALE, **WRITE),
]
