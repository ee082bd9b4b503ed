"""The days of a petition, from the round's parameters and the working-day calendar."""

import datetime as dt

from core import clock
from findings.models import Petition
from villages.models import Round, VillageInspection
from villages.selectors.calendar import add_working_days, load_calendar
from villages.selectors.parameters import parameter


def closing_day(inspection: VillageInspection) -> dt.date | None:
    """The last day on which petitions are received in a village; ``None`` while its days are not fixed."""
    return last_day(inspection, days_before_leaving(inspection.round))


def days_before_leaving(round_: Round) -> int:
    """How many days before the team leaves petitions are no longer received."""
    return int(parameter(round_, "petition_close_offset_days"))


def last_day(inspection: VillageInspection, days: int) -> dt.date | None:
    """The same as :func:`closing_day`, for a list whose rows share one round."""
    return None if inspection.exit_on is None else inspection.exit_on - dt.timedelta(days=days)


def decide_by(inspection: VillageInspection, received_on: dt.date, *, urgent: bool) -> dt.date:
    """Until when the leader should have decided."""
    key = "petition_urgent_days" if urgent else "petition_decide_days"
    return _after(inspection, received_on, key)


def handle_by(petition: Petition, disposal: str) -> dt.date:
    """Until when what is decided today should be done: handed over sooner, handled later."""
    key = "petition_transfer_days" if disposal in Petition.TRANSFERS else "petition_handle_days"
    return _after(petition.inspection, clock.today(), key)


def _after(inspection: VillageInspection, day: dt.date, key: str) -> dt.date:
    return add_working_days(load_calendar(), day, int(parameter(inspection.round, key)))
