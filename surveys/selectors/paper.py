"""The questionnaire as the holder of a slip sees it."""

from typing import Any

from surveys.models import Group, Item
from surveys.services.phone import live_slip


def paper_of(token: str) -> dict[str, Any] | None:
    """Village, title and items for an unused slip of a running survey; ``None`` for anything else."""
    slip = live_slip(token)
    if slip is None:
        return None
    questionnaire = slip.survey.questionnaire
    items = Item.objects.filter(questionnaire=questionnaire).values_list("number", "aspect__name", "text")
    return {
        "village": slip.survey.village.name,
        "title": questionnaire.title,
        "intro": questionnaire.intro,
        "open_question": questionnaire.open_question,
        "groups": [list(choice) for choice in Group.choices],
        "items": [list(item) for item in items],
    }
