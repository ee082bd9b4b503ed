"""What this stage puts on a person's desk, and what the search box finds in it."""

from typing import Any

from django.urls import reverse

from core.desk import DeskItem
from surveys.models import RatingHandover, Survey, TownLetter
from surveys.selectors.handover import waiting_for
from surveys.selectors.opinions import unread_count
from surveys.selectors.overview import awaiting_step, leads, without_survey
from surveys.selectors.ratings import rating_items
from surveys.selectors.town_letters import letters
from villages.access import is_inspecting, is_office
from villages.models import Role, Round, Stage

S = Survey.Status
_WORDS = {
    S.DRAFT: ("问卷待开始", "neutral", "问卷调查还没有开始", "开始"),
    S.OPEN: ("问卷收卷中", "info", "核对份数后结束", "核对"),
    S.CLOSED: ("结果待锁定", "warn", "锁定后公布结果", "锁定"),
}


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Surveys to begin, to close, to lock, opinions to read, villages without a survey: for those who lead the team.

    For the head letters to sign, for the organisation department ratings to sign for.
    """
    if viewer.role == Role.ORGANISATION:
        return [_to_receive(row) for row in waiting_for(viewer)]
    if viewer.role == Role.OFFICE_HEAD:
        return [_to_sign(row) for row in letters(viewer, round).filter(status=TownLetter.Status.REVIEW)]
    if round is None or not is_inspecting(viewer) or is_office(viewer) or not leads(viewer, round):
        return []
    surveys = list(
        awaiting_step(viewer, round).filter(inspection__status=Stage.SURVEY).order_by("village__code")
    )
    items = [_item(survey) for survey in surveys]
    without = [row for row in without_survey(viewer, round) if row.status == Stage.SURVEY]
    return (
        items
        + rating_items(viewer, round)
        + _to_read(viewer, round)
        + [
            DeskItem(
                kind="待安排问卷",
                title=f"{row.village.name} · 已转入调查测评，还没有安排问卷",
                url=reverse("surveys:create", kwargs={"pk": row.pk}),
                tone="warn",
                action="安排",
            )
            for row in without
        ]
    )


def _item(survey: Survey) -> DeskItem:
    kind, tone, detail, action = _WORDS[S(survey.status)]
    return DeskItem(
        kind=kind,
        title=f"{survey.village.name} · 问卷调查",
        detail=detail,
        url=reverse("surveys:survey", kwargs={"pk": survey.pk}),
        tone=tone,
        action=action,
        primary=survey.status == S.CLOSED,
    )


def _to_read(viewer: Any, round_: Round) -> list[DeskItem]:
    number = unread_count(viewer, round_)
    if not number:
        return []
    url = f"{reverse('surveys:opinions')}?state=unread"
    detail = "逐条阅看，值得核查的转为疑点"
    return [
        DeskItem(kind="意见待阅", title=f"{number}条问卷意见没有阅看", detail=detail, url=url, action="阅看")
    ]


def _to_receive(row: RatingHandover) -> DeskItem:
    return DeskItem(
        kind="待签收", title=f"{row.village.name}民主测评结果", detail=f"{row.doc_no}，核对内容后签收",
        url=reverse("surveys:ratinghandover", kwargs={"pk": row.pk}), tone="warn", action="核对", primary=True,
    )  # fmt: skip


def _to_sign(row: TownLetter) -> DeskItem:
    return DeskItem(
        kind="待签发", title=row.title, detail=f"{row.drafted_by_name}起草，核对后签发",
        url=reverse("surveys:townletter", kwargs={"pk": row.pk}), tone="warn", action="核对", primary=True,
    )  # fmt: skip


def search(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Surveys whose village holds ``q``: ``{"kind", "title", "detail", "url"}``. Answers are not searched."""
    if not q.strip():
        return []
    rows = Survey.objects.visible_to(viewer).filter(village__name__contains=q.strip())
    return [
        {
            "kind": "问卷调查",
            "title": f"{row.village.name}{row.questionnaire.title}",
            "detail": f"{row.round.name} · {row.get_status_display()}",
            "url": reverse("surveys:survey", kwargs={"pk": row.pk}),
        }
        for row in rows.select_related("village", "questionnaire", "round").order_by("-id")[:limit]
    ]
