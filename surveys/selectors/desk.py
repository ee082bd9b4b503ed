"""What this stage puts on a person's desk, and what the search box finds in it."""

from typing import Any

from django.urls import reverse

from core.desk import DeskItem
from surveys.models import Survey
from surveys.selectors.overview import awaiting_step, leads, without_survey
from surveys.selectors.ratings import rating_items
from villages.access import is_inspecting, is_office
from villages.models import Round, Stage

S = Survey.Status
_WORDS = {
    S.DRAFT: ("问卷待开始", "neutral", "问卷调查还没有开始", "开始"),
    S.OPEN: ("问卷收卷中", "info", "核对份数后结束", "核对"),
    S.CLOSED: ("结果待锁定", "warn", "锁定后公布结果", "锁定"),
}


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Surveys to begin, to close, to lock; villages at this stage that have none. For those who lead the team."""
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
