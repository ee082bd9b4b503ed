"""An answer from a phone: the slip is used up, the answer sealed, the receipt kept, in one transaction."""

import enum
import re
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core.errors import ServiceError
from core.jobs import enqueue
from core.text import clean
from surveys.models import Group, Item, Level, Receipt, Slip, Survey, Waiting
from surveys.models.anonymous import OPEN_ANSWER_LIMIT
from surveys.services.mixing import BATCH
from surveys.services.sealing import keyed, seal
from surveys.services.slips import digests

_SUBMISSION = re.compile(r"[0-9a-f]{32}")
_DIGITS = frozenset("0" + "".join(Level.values))
_GROUPS = frozenset(Group.values)


class Outcome(enum.Enum):
    """What became of a submission; why a slip does not count is never told apart."""

    RECEIVED = "received"
    ALREADY = "already"
    REFUSED = "refused"


@transaction.atomic
def submit_phone_answer(*, actor: Any, token: str, submission: str, answer: dict[str, Any]) -> Outcome:
    """Take one answer for one slip.

    ``submission``: 32 hexadecimal digits the phone made once and sends with every retry. ``answer``: ``group``,
    ``answers`` (one digit an item) and ``comment``. Raises ``ServiceError`` for an answer that cannot be read; the
    slip is then still good. Leaves no trace of when or from where.
    """
    if not _SUBMISSION.fullmatch(submission):
        raise ServiceError("提交内容不完整，请重新打开页面。")
    slip = live_slip(token)
    receipt = keyed("receipt", submission)
    if slip is None or not _use(slip, receipt):
        return (
            Outcome.ALREADY if Receipt.objects.filter(submission_hmac=receipt).exists() else Outcome.REFUSED
        )
    survey = slip.survey
    sheet = checked(answer, _items_of(survey.questionnaire_id))
    Waiting.objects.bulk_create([Waiting(survey=survey, sealed=seal(survey.mixer_key, sheet))])
    # Every so many answers, not with each: a job that rings all the time would tell who came when.
    if Waiting.objects.filter(survey=survey).count() % BATCH == 0:
        enqueue("surveys.mix", args={"survey": str(survey.pk)}, actor=actor, dedupe=f"mix:{survey.pk}")
    return Outcome.RECEIVED


@lru_cache(maxsize=64)
def _items_of(questionnaire_id: UUID) -> int:
    """How many items a questionnaire has; once a survey is open it is frozen, so the answer keeps."""
    return Item.objects.filter(questionnaire=questionnaire_id).count()


def live_slip(token: str) -> Slip | None:
    """The unused slip of a survey that is open, by token or short code."""
    rows = Slip.objects.select_related("survey__questionnaire", "survey__village")
    return rows.filter(survey__status=Survey.Status.OPEN, **digests(token)).first()


def _use(slip: Slip, receipt: str) -> bool:
    """Delete the slip and keep the receipt; false when another request used the slip meanwhile."""
    used, _ = Slip.objects.filter(pk=slip.pk).delete()
    if not used:
        return False
    try:
        with transaction.atomic():
            Receipt.objects.bulk_create([Receipt(survey_id=slip.survey_id, submission_hmac=receipt)])
    except IntegrityError:
        raise ServiceError("提交内容有误，请重新打开页面。") from None
    return True


def checked(answer: dict[str, Any], items: int) -> dict[str, Any]:
    """The answer reduced to what is stored; raises ``ServiceError`` when it is not one."""
    group, digits, comment = answer.get("group", ""), answer.get("answers", ""), answer.get("comment", "")
    if not isinstance(group, str) or (group and group not in _GROUPS):
        raise ServiceError("请重新选择您的身份。")
    if not isinstance(digits, str) or len(digits) != items or not _DIGITS.issuperset(digits):
        raise ServiceError("答案不完整，请返回检查后再提交。")
    if not digits.strip("0"):
        raise ServiceError("请至少回答一题。")
    if not isinstance(comment, str) or len(clean(comment).strip()) > OPEN_ANSWER_LIMIT:
        raise ServiceError(f"意见建议最多{OPEN_ANSWER_LIMIT}字，请缩短。")
    return {"group": group, "answers": digits, "comment": clean(comment).strip()}
