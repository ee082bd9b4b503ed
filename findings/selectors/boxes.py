"""Boxes of a round, and what stands in one thread."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet

from core import clock
from findings import rules
from findings.documents import PosterData
from findings.models import BoxMessage, BoxThread, Petition, PetitionBox
from findings.rules.membership import CLOSED_STAGES
from findings.selectors.petition_days import closing_day, days_before_leaving, last_day
from villages.models import Round, VillageInspection


def is_receiving(box: PetitionBox) -> bool:
    """Does the box take letters today?"""
    return _takes(box, closing_day(box.inspection))


def _takes(box: PetitionBox, last: dt.date | None) -> bool:
    return box.closed_on is None and may_receive(box.inspection, last)


def may_receive(inspection: VillageInspection, last: dt.date | None) -> bool:
    """Are petitions of the village still received today, ``last`` being the last day?"""
    return inspection.status not in CLOSED_STAGES and (last is None or clock.today() <= last)


def box_rows(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """Every village of the round the viewer may see, with its box and its letters; a few queries for all."""
    villages = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    boxes = PetitionBox.objects.visible_to(viewer).filter(round=round_).annotate(letters=Count("threads"))
    known = {box.inspection_id: box for box in boxes.select_related("inspection")}
    days = days_before_leaving(round_)
    rows = []
    for inspection in villages.select_related("village", "team").order_by("village__code"):
        box, last = known.get(inspection.pk), last_day(inspection, days)
        row = {
            "inspection": inspection,
            "box": box,
            "last": last,
            "receiving": box is not None and _takes(box, last),
        }
        # Enough for showing a button; the step itself checks more.
        may_open = rules.leads(viewer, inspection.team) and may_receive(inspection, last)
        rows.append(
            row | {"can_close": row["receiving"] and may_open, "can_open": not row["receiving"] and may_open}
        )
    return rows


def box_named(token: str) -> PetitionBox | None:
    """The box behind a public address."""
    rows = PetitionBox.objects.select_related("inspection__round", "inspection__team", "village", "round")
    return rows.filter(token=token.upper()).first()


def poster_data(box: PetitionBox, link: str) -> PosterData:
    """What the poster of a box says; ``link`` leads to its page."""
    return PosterData(
        district=box.round.district.name,
        place=f"{box.town.name}{box.village.name}",
        link=link,
        last=closing_day(box.inspection),
        opened_on=box.opened_on,
    )


def thread_messages(thread: BoxThread) -> list[BoxMessage]:
    """What went to and fro, for whoever has the receipt."""
    return list(thread.messages.order_by("id"))


def messages_of(viewer: Any, petition: Petition) -> QuerySet[BoxMessage]:
    """The same for those who see the petition."""
    return BoxMessage.objects.visible_to(viewer).filter(thread__petition=petition)
