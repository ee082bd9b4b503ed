"""Locking: the counts are taken once, kept, and sealed with a digest before anybody sees them."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from surveys.models import Item, Survey, Tally
from surveys.rules import specification
from surveys.selectors.tallies import count_answers, digest_of, stored_piles
from surveys.workflow import SURVEY


@transaction.atomic
def lock_results(*, actor: Any, survey: Survey, revision: int | None = None) -> Survey:
    """Count all sheets of a closed survey, keep the counts and their digest, and open the results."""
    demand(SURVEY.check(actor, survey, "lock"))
    items = {item.number: item for item in Item.objects.filter(questionnaire=survey.questionnaire_id)}
    places = specification(survey.questionnaire).places
    counts = count_answers(stored_piles(survey), len(places))
    rows = [
        Tally(
            survey=survey, item=items[places[at - 1].number], part=places[at - 1].part,
            group=group, level=code, count=count,
        )
        for group, columns in counts.items()
        for at, codes in columns.items()
        for code, count in sorted(codes.items())
    ]  # fmt: skip
    summary = f"{survey}统计结果"
    records.bulk_create(rows, actor=actor, verb="surveys.tally", target=survey, summary=summary)
    changes = {"result_hash": digest_of(counts), "locked_on": clock.today()}
    return SURVEY.apply(survey, "lock", actor=actor, revision=revision, changes=changes)
