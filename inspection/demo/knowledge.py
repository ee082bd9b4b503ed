"""Knowledge tests in a few demo villages: on paper, by phone, as questions in a talk; one of them still running."""

import random
from decimal import Decimal

from core.audit import SYSTEM
from inspection.demo import cast
from surveys import services
from surveys.models import Kind, KnowledgeTest, PaperItem, Question, TestPaper, Topic
from surveys.services.rating import in_office
from villages.access import is_recused
from villages.models import VillageInspection

PLAN = [{"topic": t, "kind": "single", "difficulty": 0, "count": 4, "points": 3} for t in Topic.values] + [
    {"topic": "", "kind": "multiple", "difficulty": 0, "count": 4, "points": 4},
    {"topic": "", "kind": "judge", "difficulty": 1, "count": 4, "points": 1},
    {"topic": "", "kind": "short", "difficulty": 0, "count": 2, "points": 10},
]
ORAL = [
    {"topic": "deliberation", "kind": "short", "difficulty": 0, "count": 1, "points": 20},
    {"topic": "assets", "kind": "short", "difficulty": 0, "count": 2, "points": 20},
    {"topic": "discipline", "kind": "judge", "difficulty": 0, "count": 4, "points": 10},
]
# Where a test is held, how, and whether it is finished.
TESTS = {"竹坞村": ("written", True), "白沙洲村": ("oral", True), "石塘村": ("written", True), "云溪村": ("oral", True),
         "新港社区": ("written", True), "沙湾社区": ("written", False)}  # fmt: skip
ANSWER = "先由党组织提议，再开会商议、审议、表决，结果公开；有亲属的要回避，票据和合同要留存。"


def bank() -> Question:
    """The questions that come with the product; returns the first of them."""
    services.load_bank(actor=SYSTEM)
    return Question.objects.earliest("code")


def examine(inspection: VillageInspection) -> KnowledgeTest | None:
    """The test of a village that has one: papers drawn, answered, marked, locked."""
    if inspection.village.name not in TESTS:
        return None
    mode, end = TESTS[inspection.village.name]
    plan = cast.plan_of(inspection.team)
    leader = cast.person(plan.leader)
    title, rows = ("村干部应知应会测试", PLAN) if mode == "written" else ("村干部应知应会谈话问答", ORAL)
    test = services.create_test(actor=leader, inspection=inspection, title=title, mode=mode, plan=rows)
    test = services.open_test(actor=leader, test=test)
    people = [{"name": row.name, "post": row.post} for row in in_office(inspection)]
    papers = services.issue_papers(actor=leader, test=test, people=people)
    rng = random.Random(inspection.village.code + "test")  # noqa: S311  (made-up answers, repeatable)
    names = [plan.deputy, *plan.members, plan.archivist]
    markers = [p for p in map(cast.person, names) if not is_recused(p, inspection)][:2]
    for order, paper in enumerate(papers if end else papers[:2]):
        skill = rng.uniform(0.55, 0.95) - 0.05 * (order == len(papers) - 1)
        if mode == "written":
            _write(paper, rng, skill)
            services.mark_paper(
                actor=markers[0], paper=paper, marks=_marks(paper, rng, skill, short_only=True)
            )
        else:
            for marker in markers:
                services.mark_paper(
                    actor=marker, paper=paper, marks=_marks(paper, rng, skill, short_only=False)
                )
    if end:
        test = services.lock_test(actor=leader, test=test)
    return test


def _write(paper: TestPaper, rng: random.Random, skill: float) -> None:
    answers = {item.number: _answer(item, rng, skill) for item in paper.items.all()}
    services.submit_paper(actor=SYSTEM, paper=paper, answers=answers)


def _answer(item: PaperItem, rng: random.Random, skill: float) -> str:
    if item.kind == Kind.SHORT:
        return ANSWER
    letters = [letter for letter, _ in item.lettered]
    return item.key if rng.random() < skill else rng.choice(letters)


def _marks(paper: TestPaper, rng: random.Random, skill: float, *, short_only: bool) -> dict[int, Decimal]:
    """Marks in half points, about as good as the person."""
    items = [item for item in paper.items.all() if not short_only or item.kind == Kind.SHORT]
    return {
        item.number: Decimal(round(min(1, skill + rng.uniform(-0.2, 0.1)) * item.points * 2)) / 2
        for item in items
    }
