"""Asking for the papers of a rating or a test; they are made in the background."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from surveys.models import KnowledgeTest, Rating, Survey
from surveys.rules import can_browse
from surveys.rules import knowledge as test_rules
from surveys.selectors.comparison import locked_surveys
from villages.models import Round

RATING_PAPERS = {
    "ballot": "测评票",
    "blank_count": "空白计票单",
    "counts": "计票单",
    "results_word": "测评结果 Word",
    "results_excel": "测评结果 Excel",
}
TEST_FILES = {
    "papers": "试卷和答题卡",
    "keys": "答案",
    "marks_word": "成绩表 Word",
    "marks_excel": "成绩表 Excel",
}


@transaction.atomic
def request_rating_paper(*, actor: Any, rating: Rating, kind: str) -> Job:
    """Have one of ``RATING_PAPERS`` made."""
    demand(can_browse(actor))
    if kind not in RATING_PAPERS:
        raise ServiceError("没有这种文件。")
    if kind.startswith("results") and rating.status != Rating.Status.LOCKED:
        raise ServiceError("结果锁定以后才能生成结果表。")
    return enqueue(
        "surveys.rating_paper",
        args={"rating": str(rating.pk), "kind": kind},
        actor=actor,
        title=f"{rating.village.name}{RATING_PAPERS[kind]}",
        dedupe=f"surveys.rating_paper:{rating.pk}:{kind}:{rating.revision}",
        subject=rating,
    )


@transaction.atomic
def request_summary(*, actor: Any, round: Round, survey: Survey | None = None) -> Job:
    """Have the summary workbook of a round, or of one village's survey, made."""
    demand(can_browse(actor))
    rows = locked_surveys(actor, round)
    if not (rows.filter(pk=survey.pk) if survey else rows).exists():
        raise ServiceError("还没有锁定的结果，锁定以后才能生成汇总表。")
    where = survey.village.name if survey else round.name
    return enqueue(
        "surveys.summary",
        args={"round": str(round.pk), "survey": str(survey.pk) if survey else ""},
        actor=actor,
        title=f"{where}调查测评汇总表",
        dedupe=f"surveys.summary:{actor.pk}:{round.pk}:{survey.pk if survey else ''}",
        subject=survey or round,
    )


@transaction.atomic
def request_test_file(*, actor: Any, test: KnowledgeTest, kind: str) -> Job:
    """Have one of ``TEST_FILES`` made."""
    demand(test_rules.can_read_bank(actor))
    if kind not in TEST_FILES:
        raise ServiceError("没有这种文件。")
    if not test.papers.exists():
        raise ServiceError("还没有试卷，请先组卷。")
    return enqueue(
        "surveys.test_file",
        args={"test": str(test.pk), "kind": kind},
        actor=actor,
        title=f"{test.village.name}{test.title}{TEST_FILES[kind]}",
        dedupe=f"surveys.test_file:{test.pk}:{kind}:{test.revision}:{test.papers.count()}",
        subject=test,
    )
