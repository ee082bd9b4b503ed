"""Who may do what with the bank of questions and with a test. Each answer carries the sentence shown."""

from typing import Any

from core.staging import owns
from core.verdict import ALLOW, Verdict, deny
from surveys.models import KnowledgeTest, QuestionImport, TestPaper
from surveys.rules import can_lead, can_work
from villages.access import is_inspecting, is_office
from villages.models import Stage, VillageInspection
from villages.rules import is_system

_STAGES = frozenset({Stage.PREP, Stage.SURVEY, Stage.FINDING})
P = TestPaper.Status


def can_read_bank(user: Any) -> Verdict:
    """See questions and keys: the inspecting side, never those who are tested."""
    return ALLOW if is_inspecting(user) else deny("题库只对巡察组和巡察办开放。")


def can_keep_bank(user: Any) -> Verdict:
    """Write and import questions: the office."""
    return ALLOW if is_system(user) or is_office(user) else deny("题库由巡察办维护。")


def can_confirm_questions(user: Any, staged: QuestionImport) -> Verdict:
    """Confirm a preview: who uploaded it, still of the office."""
    return owns(user, staged) and can_keep_bank(user)


def can_create(user: Any, inspection: VillageInspection) -> Verdict:
    """Plan a test in a village up to the time of fieldwork: those who lead its team."""
    allowed = can_lead(user, inspection)
    if allowed and inspection.status not in _STAGES:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段，不再安排知识测试。")
    return allowed


def can_edit_plan(user: Any, test: KnowledgeTest) -> Verdict:
    """Change what papers are composed of: those who lead the team, until the test is opened."""
    allowed = can_lead(user, test)
    if allowed and test.status != KnowledgeTest.Status.DRAFT:
        return deny("测试开始后组卷计划定稿，不能再改。")
    return allowed


def can_open(user: Any, test: KnowledgeTest) -> Verdict:
    """Open a test once the team is in the village."""
    allowed = can_lead(user, test)
    if allowed and test.inspection.status not in (Stage.SURVEY, Stage.FINDING):
        return deny("该村（社区）还没有转入调查测评阶段，或已经离开现场阶段。")
    return allowed


def can_run(user: Any, test: KnowledgeTest) -> Verdict:
    """Draw papers, type in answers, mark: the team, while the test is open."""
    allowed = can_work(user, test)
    if allowed and test.status != KnowledgeTest.Status.OPEN:
        return deny(f"知识测试{test.get_status_display()}，不能再办理。")
    return allowed


def can_answer(user: Any, paper: TestPaper) -> Verdict:
    """Hand a paper in: its holder by the one-time code (the system), or the team from the paper sheet."""
    if is_system(user):
        return ALLOW if paper.test.status == KnowledgeTest.Status.OPEN else deny("测试已经结束。")
    allowed = can_run(user, paper.test)
    if allowed and paper.test.mode == KnowledgeTest.Mode.ORAL:
        return deny("谈话问答不用交卷，请直接评分。", visible=False)
    return allowed


def can_mark(user: Any, paper: TestPaper) -> Verdict:
    """Give marks: the team. An oral answer is marked by two people, each by oneself."""
    allowed = can_run(user, paper.test)
    if not allowed:
        return allowed
    oral = paper.test.mode == KnowledgeTest.Mode.ORAL
    if paper.status == P.ISSUED and not oral:
        return deny("还没有交卷，不能评分。")
    if paper.status in (P.MARKED, P.ABSENT):
        return deny(f"这份试卷{paper.get_status_display()}。")
    if oral and paper.first_id == user.pk:
        return deny("您已经评过分，第二次评分请另一名组员办理。")
    return allowed


def can_settle(user: Any, paper: TestPaper) -> Verdict:
    """Finish the marking, say that somebody was absent, take a paper up again: the team."""
    return can_run(user, paper.test)


def can_lock(user: Any, test: KnowledgeTest) -> Verdict:
    """Lock the marks once every paper is marked or its holder was absent."""
    allowed = can_lead(user, test)
    if not allowed:
        return allowed
    papers = TestPaper.objects.filter(test=test)
    waiting = papers.filter(status__in=[P.ISSUED, P.SUBMITTED]).count()
    if waiting:
        return deny(f"还有{waiting}份试卷没有评完。")
    return ALLOW if papers.filter(status=P.MARKED).exists() else deny("还没有一份评过分的试卷。")
