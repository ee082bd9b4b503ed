"""The bank of questions, tests in a list, one test with its papers, and what its printed papers are filled with."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from surveys.documents.knowledge import MarkRow, MarkTable, PaperSet, PrintedItem, PrintedPaper
from surveys.models import Difficulty, Kind, KnowledgeTest, PaperItem, Question, TestPaper, Topic
from surveys.selectors.drawing import in_words
from surveys.selectors.overview import leads
from surveys.selectors.rating_papers import frame_of
from villages.models import Round, Stage, VillageInspection

P = TestPaper.Status


@dataclass(frozen=True)
class BankFilters:
    """What of the bank is looked at; empty: all."""

    topic: str = ""
    kind: str = ""
    difficulty: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Any) -> "BankFilters":
        """The filters of an address; unknown values count as none."""
        topic, kind, level = given.get("topic", ""), given.get("kind", ""), given.get("difficulty", "")
        return cls(
            topic=topic if topic in Topic.values else "",
            kind=kind if kind in Kind.values else "",
            difficulty=level if level in map(str, Difficulty.values) else "",
            q=given.get("q", "").strip()[:40],
        )


def questions(viewer: Any, filters: BankFilters) -> QuerySet[Question]:
    """The questions the viewer may see, by number."""
    rows = Question.objects.visible_to(viewer)
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.difficulty:
        rows = rows.filter(difficulty=int(filters.difficulty))
    return rows.filter(text__contains=filters.q) if filters.q else rows


def bank_options(viewer: Any) -> dict[str, list[dict[str, Any]]]:
    """The choices of the filters with how many questions each has; one query."""
    rows = Question.objects.visible_to(viewer).order_by().values_list("topic", "kind", "difficulty")
    counted = list(rows.annotate(Count("pk")))
    total = sum(row[-1] for row in counted)
    choices: dict[str, list[tuple[Any, str]]] = {
        "topic": list(Topic.choices), "kind": list(Kind.choices), "difficulty": list(Difficulty.choices),
    }  # fmt: skip
    found = {}
    for at, (name, pairs) in enumerate(choices.items()):
        numbers: Counter[Any] = Counter()
        for row in counted:
            numbers[row[at]] += row[-1]
        options = [{"value": str(value), "label": label, "count": numbers[value]} for value, label in pairs]
        found[name] = [{"value": "", "label": "全部", "count": total}, *options]
    return found


def knowledge_tests(viewer: Any, round_: Round | None) -> QuerySet[KnowledgeTest]:
    """Tests of a round with how many papers there are, and how many of them are marked."""
    rows = KnowledgeTest.objects.visible_to(viewer).filter(round=round_)
    marked = Count("papers", filter=Q(papers__status=P.MARKED))
    return rows.select_related("village", "team").annotate(paper_count=Count("papers"), marked_count=marked)


@dataclass(frozen=True)
class PaperLine:
    """One paper of a test in a table; ``wrong``: what cost points, as (number, topic, text)."""

    paper: TestPaper
    wrong: list[tuple[int, str, str]]
    rank: int | None


@dataclass(frozen=True)
class TopicLine:
    """How many of a topic's points the tested gained together."""

    label: str
    gained: Decimal
    points: int


@dataclass(frozen=True)
class TestState:
    """One test: its papers best first, and how the topics went."""

    __test__ = False

    lines: list[PaperLine]
    topics: list[TopicLine]
    mean: Decimal | None
    waiting: int

    @property
    def marked(self) -> list[PaperLine]:
        """Papers with a score."""
        return [line for line in self.lines if line.paper.score is not None]


def state_of(viewer: Any, test: KnowledgeTest) -> TestState:
    """The papers of a test the viewer has been shown; two queries."""
    papers = list(test.papers.select_related("first", "second"))
    papers.sort(key=lambda paper: (paper.score is None, -(paper.score or 0)))
    items = list(PaperItem.objects.filter(paper__in=papers, paper__status=P.MARKED).order_by("number"))
    scores = [paper.score for paper in papers if paper.score is not None]
    wrong: dict[Any, list[tuple[int, str, str]]] = {}
    for item in items:
        if item.marks is not None and item.marks < item.points:
            wrong.setdefault(item.paper_id, []).append((item.number, item.get_topic_display(), item.text))
    lines = [
        PaperLine(
            paper, wrong.get(paper.pk, []), None if paper.score is None else scores.index(paper.score) + 1
        )
        for paper in papers
    ]
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.01")) if scores else None
    waiting = sum(paper.status in (P.ISSUED, P.SUBMITTED) for paper in papers)
    return TestState(lines, _topics(items), mean, waiting)


def _topics(items: Iterable[PaperItem]) -> list[TopicLine]:
    gained: dict[str, Decimal] = {}
    points: Counter[str] = Counter()
    for item in items:
        gained[item.topic] = gained.get(item.topic, Decimal(0)) + (item.marks or 0)
        points[item.topic] += item.points
    return [TopicLine(Topic(t).label, gained[t], points[t]) for t in Topic.values if points[t]]


def plan_words(test: KnowledgeTest) -> list[str]:
    """The plan in words, a row each with its points."""
    return [f"{in_words(row)}，每道{row['points']}分" for row in test.plan]


# --- printed ----------------------------------------------------------------------------------------------


def paper_set(test: KnowledgeTest, day: dt.date, *, with_key: bool) -> PaperSet:
    """Every paper of a test that is not put aside, in the order of drawing."""
    papers = test.papers.exclude(status=P.ABSENT).order_by("id").prefetch_related("items")
    printed = tuple(
        PrintedPaper(paper.name, paper.post, paper.seed, tuple(_printed(item) for item in paper.items.all()))
        for paper in papers
    )
    return PaperSet(frame_of(test, day), test.title, test.full_marks, with_key, printed)


def _printed(item: PaperItem) -> PrintedItem:
    return PrintedItem(
        number=item.number, kind=item.get_kind_display(), text=item.text, options=tuple(item.lettered),
        points=item.points, key=item.key, by_hand=item.kind == Kind.SHORT,
    )  # fmt: skip


def mark_table(viewer: Any, test: KnowledgeTest, day: dt.date) -> MarkTable:
    """The results of a test, best first."""
    state = state_of(viewer, test)
    return MarkTable(
        frame=frame_of(test, day), title=test.title, mode=test.get_mode_display(), full_marks=test.full_marks,
        plan=tuple(plan_words(test)), rows=tuple(_mark_row(line) for line in state.lines),
    )  # fmt: skip


def _mark_row(line: PaperLine) -> MarkRow:
    people = [person.display_name for person in (line.paper.first, line.paper.second) if person]
    return MarkRow(
        name=line.paper.name, post=line.paper.post, status=line.paper.get_status_display(), score=line.paper.score,
        wrong=tuple(f"{number}.{topic}：{text}" for number, topic, text in line.wrong),
        markers="、".join(people) or ("系统" if line.paper.score is not None else ""),
        marked_on=line.paper.marked_on,
    )  # fmt: skip


def villages_for_test(viewer: Any, round_: Round | None) -> list[VillageInspection]:
    """Villages in which the viewer, as one who leads the team, may plan a test."""
    if round_ is None or not leads(viewer, round_):
        return []
    stages = [Stage.PREP, Stage.SURVEY, Stage.FINDING]
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_, status__in=stages)
    return list(rows.select_related("village").order_by("village__code"))
