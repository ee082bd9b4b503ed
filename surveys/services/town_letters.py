"""Letters to the party secretaries of towns: drafted from locked results, worded by people, signed by the head."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.digests import digest
from core.errors import ServiceError
from core.jobs import enqueue
from core.models.jobs import Job
from core.text import clean
from surveys.models import TownLetter
from surveys.rules import town_letters as rules
from surveys.selectors.town_letters import first_wording, town_figures
from surveys.services.letter_words import letter_words
from surveys.services.numbers import next_of_year
from surveys.workflow.town_letters import TOWN_LETTER
from villages.models import Round, Town

# What follows the district's sign in the number.
SIGN = "巡测"


@transaction.atomic
def draft_town_letter(*, actor: Any, round: Round, town: Town) -> TownLetter:
    """Draft the letter about a town; its figures are taken now and never again."""
    demand(rules.can_draft(actor, round))
    alive = TownLetter.objects.filter(round=round, town=town).exclude(status=TownLetter.Status.VOID)
    if alive.exists():
        raise ServiceError("这个镇（街道）的反馈函已经起草；要重新起草的，先把原来的作废。")
    figures = town_figures(actor, round, town, clock.today())
    if not figures["villages"]:
        raise ServiceError("这个镇（街道）还没有可以反馈的结果：结果没有锁定，或者答卷太少。")
    row = TownLetter(
        round=round, town=town, figures=figures, figures_hash=digest(figures),
        drafted_by_name=actor.display_name, **first_wording(round, town, figures),
    )  # fmt: skip
    return records.create(row, actor=actor, verb="surveys.town_letter_draft")


@transaction.atomic
def edit_town_letter(*, actor: Any, letter: TownLetter, revision: int, values: dict[str, Any]) -> TownLetter:
    """Change the words of a draft; ``values``: any of ``LETTER_FIELDS``. The figures stay."""
    demand(rules.can_edit(actor, letter))
    changes = letter_words(values)
    return records.update(
        letter, actor=actor, verb="surveys.town_letter_edit", revision=revision, changes=changes
    )


@transaction.atomic
def step_town_letter(
    *, actor: Any, letter: TownLetter, step: str, revision: int | None = None, reason: str = ""
) -> TownLetter:
    """Submit, sign, return or void; signing takes the next number of the year."""
    changes = {}
    if step == "approve":
        demand(TOWN_LETTER.check(actor, letter, step))
        today = clock.today()
        changes = next_of_year(letter, SIGN, today) | {
            "dated_on": today,
            "approved_by_name": actor.display_name,
        }
    return TOWN_LETTER.apply(
        letter, step, actor=actor, revision=revision, reason=clean(reason), changes=changes
    )


@transaction.atomic
def request_town_letter(*, actor: Any, letter: TownLetter) -> Job:
    """Have the letter made as Word."""
    demand(rules.can_read_letters(actor))
    return enqueue(
        "surveys.town_letter",
        args={"letter": str(letter.pk)},
        actor=actor,
        title=letter.title,
        dedupe=f"surveys.town_letter:{letter.pk}:{letter.revision}",
        subject=letter,
    )
