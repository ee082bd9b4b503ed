"""An answer from a phone: the slip is used up, the answer sealed, the receipt kept, in one transaction."""

import enum
import re
import time
from functools import lru_cache
from typing import Any

from django.db import IntegrityError

from core.errors import ServiceError
from core.text import clean
from surveys.models import Receipt, Slip, Specification, Survey, respondent_groups
from surveys.models.anonymous import OPEN_ANSWER_LIMIT
from surveys.services.ballots import checked_marks
from surveys.services.sealing import keyed, seal
from surveys.services.slips import digests
from surveys.services.taking import Asking, find, likely, rated_with, take

_SUBMISSION = re.compile(r"[0-9a-f]{32}")
# Categories are asked for again after so many seconds: not with every answer.
_GROUPS_SECONDS = 30


class Outcome(enum.Enum):
    """What became of a submission; why a slip does not count is never told apart."""

    RECEIVED = "received"
    ALREADY = "already"
    REFUSED = "refused"


def submit_phone_answer(*, actor: Any, token: str, submission: str, answer: dict[str, Any]) -> Outcome:
    """Take one answer for one slip.

    ``submission``: 32 hexadecimal digits the phone made once and sends with every retry. ``answer``: ``group``,
    ``answers`` (one code a place), ``comment`` (the closing question), ``words`` (by number of the question) and, while
    a rating is open, ``marks`` (one digit a subject). Raises ``ServiceError`` for an answer that cannot be read; the
    slip is then still good. Leaves no trace of when or from where, and asks for nothing to be done: the mixer comes by
    the clock.
    """
    if not _SUBMISSION.fullmatch(submission):
        raise ServiceError("提交内容不完整，请重新打开页面。")
    receipt = keyed("receipt", submission)
    if _taken_as_likely(token, receipt, answer):
        return Outcome.RECEIVED
    asking = find(token)
    if asking is not None and _taken(asking, token, receipt, _sealed(answer, asking)):
        return Outcome.RECEIVED
    return Outcome.ALREADY if Receipt.objects.filter(submission_hmac=receipt).exists() else Outcome.REFUSED


def _taken_as_likely(token: str, receipt: str, answer: dict[str, Any]) -> bool:
    """Take the answer as one of the survey answered last, which saves looking for the slip; false if it is none."""
    asking = likely()
    if asking is None:
        return False
    try:
        sealed = _sealed(answer, asking)
    except ServiceError:
        return False
    return _taken(asking, token, receipt, sealed)


def _taken(asking: Asking, token: str, receipt: str, sealed: bytes) -> bool:
    try:
        return take(asking, token, receipt, sealed)
    except IntegrityError:
        raise ServiceError("提交内容有误，请重新打开页面。") from None


def _sealed(answer: dict[str, Any], asking: Asking) -> bytes:
    """The answer checked, reduced to what is stored, and sealed."""
    marks = answer.get("marks")
    sheet = checked(answer, asking.specification)
    if marks:
        sheet |= checked_marks(marks, rated_with(asking))
    return seal(asking.mixer_key, sheet, len(asking.specification.words))


@lru_cache(maxsize=2)
def _groups(moment: int) -> frozenset[str]:
    return frozenset(row.code for row in respondent_groups())


def live_slip(token: str) -> Slip | None:
    """The unused slip of a survey that is open, by token or short code."""
    rows = Slip.objects.select_related("survey__questionnaire", "survey__village")
    return rows.filter(survey__status=Survey.Status.OPEN, **digests(token)).first()


def checked(answer: dict[str, Any], compiled: Specification) -> dict[str, Any]:
    """The answer reduced to what is stored; raises ``ServiceError`` when it is not one."""
    group, answers = answer.get("group", ""), answer.get("answers", "")
    if not isinstance(group, str) or (group and group not in _known_groups(group)):
        raise ServiceError("请重新选择您的身份。")
    if not isinstance(answers, str) or not compiled.holds(answers):
        raise ServiceError("答案不完整，请返回检查后再提交。")
    words = _words(answer, compiled)
    if not answers.strip("0"):
        raise ServiceError("请至少回答一题。")
    lacking = compiled.lacking(answers, words)
    if lacking:
        raise ServiceError(f"第{lacking}题需要回答，请返回补上后再提交。")
    found = {"group": group, "answers": answers, "comment": words.pop(0, "")}
    return found | ({"words": words} if words else {})


def _known_groups(group: str) -> frozenset[str]:
    known = _groups(int(time.monotonic() // _GROUPS_SECONDS))
    if group not in known:
        _groups.cache_clear()
        known = _groups(0)
    return known


def _words(answer: dict[str, Any], compiled: Specification) -> dict[int, str]:
    """What was written, by number of the question; raises ``ServiceError`` for anything else."""
    given = answer.get("words") or {}
    if not isinstance(given, dict):
        raise ServiceError("填写的文字无法读取，请重新填写。")
    found: dict[int, str] = {}
    for number, name in compiled.words.items():
        text = given.get(str(number), "") if number else answer.get("comment", "")
        if not isinstance(text, str) or len(clean(text).strip()) > OPEN_ANSWER_LIMIT:
            raise ServiceError(f"“{name[:20]}”最多写{OPEN_ANSWER_LIMIT}字，请缩短。")
        if clean(text).strip():
            found[number] = clean(text).strip()
    return found
