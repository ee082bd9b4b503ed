"""What people decide about a story before a lead exists: explained, or wrong data, each with the reason."""

from typing import Any

from django.db import transaction

from core import clock
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from ledgers.models import LedgerStory, StoryStatus
from ledgers.workflow import STORY_FLOW

# What falls away when a decision does.
UNDECIDED: dict[str, Any] = {"reason": "", "settled_by": None, "settled_on": None, "settled": []}


@transaction.atomic
def dismiss_story(
    *, actor: Any, story: LedgerStory, step: str, reason: str, revision: int | None = None
) -> LedgerStory:
    """Say why a story needs no lead; ``step``: ``explain`` or ``correct``. It stays so while no new hit joins it."""
    if step not in ("explain", "correct"):
        raise ServiceError("请选择处理方式。")
    text = clean(reason).strip()
    changes = _decision(actor, story) | {"reason": text}
    return STORY_FLOW.apply(story, step, actor=actor, revision=revision, reason=text, changes=changes)


@transaction.atomic
def reopen_story(*, actor: Any, story: LedgerStory, reason: str, revision: int | None = None) -> LedgerStory:
    """Take a dismissal back; the story says from then on what it had been."""
    text = clean(reason).strip()
    changes = UNDECIDED | {"word": f"恢复待处理：{text}。{story.decision}"}
    return STORY_FLOW.apply(story, "reopen", actor=actor, revision=revision, reason=text, changes=changes)


@transaction.atomic
def mark_led(*, actor: Any, story: LedgerStory) -> LedgerStory:
    """Note that a lead was made of the story; once, however often asked."""
    if story.status == StoryStatus.LED:
        return story
    demand(STORY_FLOW.check(actor, story, "lead"))
    return STORY_FLOW.apply(story, "lead", actor=actor, changes=_decision(actor, story))


def _decision(actor: Any, story: LedgerStory) -> dict[str, Any]:
    known = list(story.hits.filter(gone=False).values_list("same", flat=True).order_by("same"))
    return {"settled_by": actor, "settled_on": clock.today(), "settled": known, "word": ""}
