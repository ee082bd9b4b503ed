"""All checks over the villages of a round: one village in memory at a time, each kept when it is finished.

Stopped or killed, the job goes on with the villages not yet done: what is fresh is passed over.
"""

import datetime as dt
from typing import Any

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from ledgers.selectors.checking import look
from ledgers.selectors.medians import District
from ledgers.selectors.runs import due_villages
from ledgers.services.checking import keep
from villages.models import Round, User

_HOURS = 6 * 3600


@job("ledgers.check", title="账册比对", time_limit=_HOURS)
def check_ledgers(ctx: JobContext, round: str, village: str = "", before: str = "") -> dict[str, Any]:
    """Run the checks where the books have changed since the last run.

    ``village``: its code, for one alone. ``before``: ISO moment; villages last checked before it are run in any case.
    """
    row = Round.objects.filter(pk=round).first()
    if row is None:
        raise ServiceError("没有这个轮次，没有比对。")
    # A run ordered by a person covers what that person sees; one the system ordered, all.
    viewer = User.objects.filter(pk=ctx.actor_id).first() if ctx.actor_id else None
    since = dt.datetime.fromisoformat(before) if before else None
    wanted = [
        due.inspection
        for due in due_villages(viewer, row, clock.today())
        if (not village or due.inspection.village.code == village)
        and (not due.fresh or (since and due.checked_at and due.checked_at < since))
    ]
    found, district = 0, District(row.district_id)
    for number, inspection in enumerate(wanted):
        ctx.progress(number, len(wanted), f"正在比对{inspection.village.name}")
        checked = look(inspection, clock.today(), district)
        with ctx.fenced():
            found += keep(actor=ctx.actor, inspection=inspection, checked=checked).new_count
    ctx.progress(len(wanted), len(wanted), f"比对了{len(wanted)}个村，新增{found}条提示")
    return {"villages": len(wanted), "new": found}
