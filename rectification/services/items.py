"""Making the ledger: the words of a feedback letter become items with an owner and a day."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from rectification import rules
from rectification.models import RectifyItem
from reports.models import Feedback, FeedbackItem
from reports.selectors.facts import inspections_of
from reports.services import finish_reporting
from villages.models import Office, Stage
from villages.selectors.parameters import parameter


@transaction.atomic
def create_items_from_feedback(*, actor: Any, feedback: Feedback) -> list[RectifyItem]:
    """Open one item per feedback problem that has none yet; calling it again adds nothing.

    The words are copied. Deadlines: feedback day plus the round's months, clipped to the end of the month; what
    must be put right at once gets the round's days for that. The villages concerned enter the rectification stage.
    """
    demand(rules.can_make_items(actor))
    owner = Office.objects.filter(kind=Office.Kind.TOWN, town=feedback.town_id).first()
    if owner is None:
        raise ServiceError(f"{feedback.town.name}还没有登记镇（街道）党委单位，不能建立整改台账。")
    months = int(parameter(feedback.round, rules.MONTHS_PARAMETER))
    days = int(parameter(feedback.round, rules.IMMEDIATE_DAYS_PARAMETER))
    known = set(
        RectifyItem.objects.filter(feedback_item__feedback=feedback).values_list("feedback_item", flat=True)
    )
    rows = [
        _item(feedback, row, owner, months, days)
        for row in feedback.items.select_related("category").order_by("seq")
        if row.pk not in known
    ]
    records.bulk_create(
        rows,
        actor=actor,
        verb="rectification.open",
        target=feedback,
        summary=f"{feedback.doc_no}：建立整改台账",
    )
    for inspection in inspections_of(feedback.report).filter(status=Stage.REPORT):
        finish_reporting(actor=actor, inspection=inspection)
    return rows


def _item(feedback: Feedback, row: FeedbackItem, owner: Office, months: int, days: int) -> RectifyItem:
    day = feedback.issued_on
    due = day + dt.timedelta(days=days) if row.immediate else clock.add_months(day, months)
    common = row.scope == FeedbackItem.Scope.COMMON
    return RectifyItem(
        feedback_item=row,
        round_id=feedback.round_id,
        team_id=feedback.team_id,
        town_id=feedback.town_id,
        village_id=row.village_id,
        owner=owner,
        seq=row.seq,
        doc_no=feedback.doc_no,
        feedback_on=day,
        category=row.category.name,
        title=row.title,
        detail=row.detail,
        requirement=row.requirement,
        level=RectifyItem.Level.RULES if common else RectifyItem.Level.VILLAGE,
        term=RectifyItem.Term.IMMEDIATE if row.immediate else RectifyItem.Term.FIXED,
        due_on=due,
    )
