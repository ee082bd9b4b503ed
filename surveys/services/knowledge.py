"""A test from plan to locked marks: papers drawn by seed, answers, marks by the system and by people."""

import secrets
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from surveys.models import Kind, KnowledgeTest, PaperItem, Question, TestPaper
from surveys.rules import knowledge as rules
from surveys.selectors.drawing import draw
from surveys.services.sealing import keyed
from surveys.services.slips import CODE_LENGTH, random_text, typed
from surveys.workflow.knowledge import PAPER, TEST
from villages.models import User, VillageInspection, spine

MOST_PEOPLE = 40
ANSWER_LIMIT = 1000


@transaction.atomic
def create_test(
    *, actor: Any, inspection: VillageInspection, title: str, mode: str, plan: list[dict[str, Any]]
) -> KnowledgeTest:
    """Plan a test: ``plan`` as :class:`KnowledgeTest` keeps it. Refused when the bank cannot fill it."""
    demand(rules.can_create(actor, inspection))
    _try(plan, _active())
    test = KnowledgeTest(**spine(inspection), title=title, mode=mode, plan=plan)
    return records.create(test, actor=actor, verb="surveys.test_create")


@transaction.atomic
def edit_test(
    *, actor: Any, test: KnowledgeTest, title: str, mode: str, plan: list[dict[str, Any]], revision: int
) -> KnowledgeTest:
    """Change a test that has not begun."""
    demand(rules.can_edit_plan(actor, test))
    _try(plan, _active())
    changes = {"title": title, "mode": mode, "plan": plan}
    return records.update(test, actor=actor, verb="surveys.test_plan", revision=revision, changes=changes)


@transaction.atomic
def open_test(*, actor: Any, test: KnowledgeTest, revision: int | None = None) -> KnowledgeTest:
    """Begin: the plan and the questions papers are drawn from are fixed."""
    demand(TEST.check(actor, test, "open"))
    pool = _active()
    _try(test.plan, pool)
    changes = {"pool": [str(question.pk) for question in pool], "opened_on": clock.today()}
    return TEST.apply(test, "open", actor=actor, revision=revision, changes=changes)


def _active() -> list[Question]:
    return list(Question.objects.filter(active=True).order_by("code"))


def _try(plan: list[dict[str, Any]], pool: list[Question]) -> None:
    if not plan:
        raise ServiceError("请至少填写一行组卷计划。", "plan")
    try:
        draw("0", plan, pool)
    except LookupError as row:
        raise ServiceError(f"题库里不够抽取“{row}”，请减少题数或放宽条件。", "plan") from None


@transaction.atomic
def issue_papers(*, actor: Any, test: KnowledgeTest, people: list[dict[str, str]]) -> list[TestPaper]:
    """Draw a paper for each of ``people`` (``name``, ``post``) who has none yet; return the new ones."""
    demand(rules.can_run(actor, test))
    known = set(test.papers.values_list("name", "post"))
    asked = dict.fromkeys((one["name"], one.get("post", "")) for one in people)
    wanted = [person for person in asked if person not in known]
    if not wanted:
        raise ServiceError("名单上的人都已经有试卷。", "people")
    if len(known) + len(wanted) > MOST_PEOPLE:
        raise ServiceError(f"一次测试最多{MOST_PEOPLE}人。", "people")
    pool = list(Question.objects.filter(pk__in=test.pool).order_by("code"))
    return [_issue(actor, test, name, post, pool) for name, post in wanted]


def _issue(actor: Any, test: KnowledgeTest, name: str, post: str, pool: list[Question]) -> TestPaper:
    paper = TestPaper(test=test, name=name, post=post, seed=secrets.token_hex(8))
    records.create(paper, actor=actor, verb="surveys.test_issue")
    PaperItem.objects.bulk_create(
        PaperItem(
            paper=paper, number=number, question=drawn.question, topic=drawn.question.topic,
            kind=drawn.question.kind, text=drawn.question.text, options=drawn.options, key=drawn.key,
            points=drawn.points,
        )
        for number, drawn in enumerate(draw(paper.seed, test.plan, pool), 1)
    )  # fmt: skip
    return paper


@transaction.atomic
def give_codes(*, actor: Any, test: KnowledgeTest) -> list[tuple[TestPaper, str]]:
    """Make a new one-time code for every paper that waits for answers; earlier ones no longer work.

    The codes exist at this moment only and are shown once.
    """
    demand(rules.can_run(actor, test))
    if test.mode != KnowledgeTest.Mode.WRITTEN:
        raise ServiceError("谈话问答不发一次性码。")
    papers = list(test.papers.filter(status=TestPaper.Status.ISSUED).order_by("id"))
    if not papers:
        raise ServiceError("没有等待作答的试卷。")
    made = []
    for paper in papers:
        code = random_text(CODE_LENGTH, 60)
        changes = {"code_hmac": keyed("test", code)}
        records.update(paper, actor=actor, verb="surveys.test_code", revision=None, changes=changes)
        made.append((paper, "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))))
    return made


def paper_by_code(code: str) -> TestPaper | None:
    """The paper a one-time code opens, while its test is open and it waits for answers."""
    value = typed(code)
    if len(value) != CODE_LENGTH:
        return None
    rows = TestPaper.objects.select_related("test__village", "test__inspection", "test__team")
    return rows.filter(
        code_hmac=keyed("test", value),
        status=TestPaper.Status.ISSUED,
        test__status=KnowledgeTest.Status.OPEN,
    ).first()


@transaction.atomic
def submit_paper(
    *, actor: Any, paper: TestPaper, answers: dict[int, str], revision: int | None = None
) -> TestPaper:
    """Hand a paper in: ``answers`` by number, letters of a choice in any order. Choices are marked at once.

    The one-time code is used up. A paper with a short answer waits for somebody to mark it.
    """
    demand(PAPER.check(actor, paper, "submit"))
    items = list(paper.items.all())
    for item in items:
        item.answer = _answer(item, answers.get(item.number, ""))
        item.marks = _automatic(item)
    changes = {"code_hmac": "", "submitted_on": clock.today()}
    done = PAPER.apply(paper, "submit", actor=actor, revision=revision, changes=changes)
    PaperItem.objects.bulk_update(items, ["answer", "marks"])
    if all(item.marks is not None for item in items):
        return mark_paper(actor=actor, paper=done, marks={})
    return done


def _answer(item: PaperItem, written: str) -> str:
    """The answer as it is stored; raises ``ServiceError`` for what is no answer to this question."""
    text = clean(str(written)).strip()
    if item.kind == Kind.SHORT:
        if len(text) > ANSWER_LIMIT:
            raise ServiceError(f"第{item.number}题的答案最多{ANSWER_LIMIT}字，请缩短。")
        return text
    letters = "".join(sorted(set(text.upper().replace(" ", ""))))
    if not set(letters) <= {letter for letter, _ in item.lettered}:
        raise ServiceError(f"第{item.number}题的答案“{text[:10]}”不是选项。")
    if item.kind != Kind.MULTIPLE and len(letters) > 1:
        raise ServiceError(f"第{item.number}题只能选一项。")
    return letters


def _automatic(item: PaperItem) -> Decimal | None:
    """All points for exactly the right options, none otherwise; a short answer is marked by a person."""
    if item.kind == Kind.SHORT:
        return Decimal(0) if not item.answer else None
    return Decimal(item.points) if item.answer == item.key else Decimal(0)


@transaction.atomic
def mark_paper(
    *, actor: Any, paper: TestPaper, marks: dict[int, Decimal], revision: int | None = None
) -> TestPaper:
    """Give marks by number: for a written paper the short answers, for an oral one every question.

    An oral paper is marked by two people, each without the other's marks; the mean of both counts, and the second
    finishes the paper. A written one is finished by whoever marks it.
    """
    demand(PAPER.check(actor, paper, "mark"))
    items = list(paper.items.all())
    oral = paper.test.mode == KnowledgeTest.Mode.ORAL
    if not oral:
        marks = {item.number: Decimal(0) for item in items if by_hand(item) and not item.answer} | marks
    for item in items if oral else filter(by_hand, items):
        _check_marks(item, marks.get(item.number))
    if oral and paper.first_id is None:
        return _first_marks(actor, paper, items, marks, revision)
    for item in items:
        if oral:
            item.second_marks = marks[item.number]
            item.marks = (item.first_marks + item.second_marks) / 2  # type: ignore[operator]
        elif by_hand(item):
            item.first_marks = item.marks = marks[item.number]
    PaperItem.objects.bulk_update(items, ["first_marks", "second_marks", "marks"])
    person = actor if isinstance(actor, User) else None
    changes: dict[str, Any] = {"second" if oral else "first": person, "marked_on": clock.today()}
    changes["score"] = PaperItem.objects.filter(paper=paper).aggregate(total=Sum("marks"))["total"]
    return PAPER.apply(paper, "mark", actor=actor, revision=revision, changes=changes)


def _first_marks(
    actor: Any, paper: TestPaper, items: list[PaperItem], marks: dict[int, Decimal], revision: int | None
) -> TestPaper:
    for item in items:
        item.first_marks = marks[item.number]
    PaperItem.objects.bulk_update(items, ["first_marks"])
    changes = {"first": actor}
    return records.update(paper, actor=actor, verb="surveys.test_marks", revision=revision, changes=changes)


def by_hand(item: PaperItem) -> bool:
    """Is this question marked by a person on a written paper?"""
    return item.kind == Kind.SHORT


def _check_marks(item: PaperItem, given: Decimal | None) -> None:
    if given is None:
        raise ServiceError(f"第{item.number}题还没有评分。")
    if not 0 <= given <= item.points or given * 2 != int(given * 2):
        raise ServiceError(f"第{item.number}题应为0至{item.points}分，可以有半分。")


@transaction.atomic
def settle_paper(
    *, actor: Any, paper: TestPaper, step: str, reason: str, revision: int | None = None
) -> TestPaper:
    """``absent``: the person did not come; ``recall``: did after all; ``remark``: mark again. Each with a reason."""
    changes: dict[str, Any] = {"code_hmac": ""}
    if step == "remark":
        changes |= {"score": None, "first": None, "second": None, "marked_on": None}
        PaperItem.objects.filter(paper=paper).update(first_marks=None, second_marks=None)
    return PAPER.apply(paper, step, actor=actor, revision=revision, reason=reason, changes=changes)


@transaction.atomic
def lock_test(*, actor: Any, test: KnowledgeTest, revision: int | None = None) -> KnowledgeTest:
    """Lock the marks; papers cannot be changed any more."""
    return TEST.apply(test, "lock", actor=actor, revision=revision, changes={"locked_on": clock.today()})
