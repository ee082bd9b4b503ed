"""What every paper made in the background asks again when it is made: who wanted it, and what that person may see."""

from typing import Any

from core.errors import ServiceError
from core.jobs import JobContext
from villages.models import User

GONE = "{}已不在您可以看的范围内，没有生成。"


def asker(ctx: JobContext) -> User:
    """Who asked for the file."""
    return User.objects.get(pk=ctx.actor_id)


def one(rows: Any, key: str, noun: str) -> Any:
    """The row among those the asker may see; ``noun`` (``这份底稿``) says in the refusal what is gone."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise ServiceError(GONE.format(noun))
    return row
