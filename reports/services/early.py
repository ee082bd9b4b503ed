"""Early letters to towns: drafted from an accepted common problem, worded by people, sent, signed for."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.digests import digest
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from core.text import clean
from findings.models import CommonGroup
from reports import rules
from reports.models import EarlyLetter
from reports.selectors.early import early_figures, first_words, trace_of
from reports.workflow import EARLY_LETTER
from surveys.services.letter_words import letter_words
from surveys.services.numbers import next_of_year
from villages.models import Town

# What follows the district's sign in the number.
SIGN = "巡提"


@transaction.atomic
def draft_early_letter(*, actor: Any, group: CommonGroup, town: Town) -> EarlyLetter:
    """Draft the letter to a town about a common problem; the one that stands already is returned."""
    demand(rules.can_draft_early(actor, group))
    CommonGroup.objects.select_for_update().get(pk=group.pk)
    standing = EarlyLetter.objects.filter(group=group, town=town).exclude(status=EarlyLetter.Status.VOID)
    if (known := standing.first()) is not None:
        return known
    figures = early_figures(group, town)
    if not figures["villages"]:
        raise ServiceError("这个镇（街道）还没有已审签、经认定的底稿，暂不能提示。")
    row = EarlyLetter(
        round=group.round, town=town, group=group, figures=figures, figures_hash=digest(figures),
        drafted_by_name=actor.display_name, **first_words(group, town, figures),
    )  # fmt: skip
    return records.create(row, actor=actor, verb="reports.early.draft")


@transaction.atomic
def edit_early_letter(
    *, actor: Any, letter: EarlyLetter, revision: int, values: dict[str, Any]
) -> EarlyLetter:
    """Change the words of a draft; ``values``: any of ``LETTER_FIELDS``. The figures stay."""
    demand(rules.can_edit_early(actor, letter))
    changes = letter_words(values)
    return records.update(letter, actor=actor, verb="reports.early.edit", revision=revision, changes=changes)


@transaction.atomic
def step_early_letter(
    *, actor: Any, letter: EarlyLetter, step: str, revision: int | None = None, reason: str = ""
) -> EarlyLetter:
    """Send, give up or sign for it; sending takes the next number of the year and lets no name out."""
    changes: dict[str, Any] = {}
    today = clock.today()
    demand(EARLY_LETTER.check(actor, letter, step))
    if step == "send":
        if word := trace_of(letter, f"{letter.title}{letter.addressee}{letter.body}"):
            raise ServiceError(f"文字中有不能外发的内容“{word}”，请改写后再签发。")
        changes = next_of_year(letter, SIGN, today) | {
            "dated_on": today, "sent_by_name": actor.display_name,
        }  # fmt: skip
    elif step == "receive":
        changes = {"received_on": today, "received_by_name": actor.display_name}
    return EARLY_LETTER.apply(
        letter, step, actor=actor, revision=revision, reason=clean(reason), changes=changes
    )


@transaction.atomic
def request_early_letter(*, actor: Any, letter: EarlyLetter) -> Job:
    """Have the letter made as Word."""
    demand(rules.can_read_early(actor))
    return enqueue(
        "reports.early_letter",
        args={"letter": str(letter.pk)},
        actor=actor,
        title=letter.title[:120],
        dedupe=f"reports.early_letter:{letter.pk}:{letter.revision}",
        subject=letter,
    )
