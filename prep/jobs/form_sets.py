"""Making a set of papers in the background."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.errors import ServiceError
from core.jobs import JobContext, job
from prep.rules import form_sets as rules
from prep.selectors.form_package import Scope, write_package
from prep.services.form_sets import MAKE, keep_form_set
from villages.models import Round, Team, User, VillageInspection


def _found(user: User, round: str, team: str, inspection: str) -> Scope | None:
    """What was asked for, by the rights of this moment; ``None`` when there are none left."""
    row = (
        VillageInspection.objects.visible_to(user)
        .filter(pk=inspection or None)
        .select_related(*_RELATED)
        .first()
    )
    if row is not None:
        return Scope(row.round, row.team, row) if rules.can_make_set(user, row) else None
    if inspection:
        return None
    of_round = Round.objects.visible_to(user).filter(pk=round).select_related("district").first()
    of_team = Team.objects.visible_to(user).filter(pk=team or None).select_related("round").first()
    if of_team is not None and of_round is not None:
        return Scope(of_round, of_team) if rules.can_make_team_set(user, of_team) else None
    allowed = of_round is not None and not team and rules.can_make_round_set(user, of_round)
    return Scope(of_round) if of_round is not None and allowed else None


_RELATED = ("round__district", "team__round", "village", "town")


def _may_have(user: User, **args: str) -> bool:
    return _found(user, **args) is not None


@job(MAKE, title="生成成套表单", time_limit=3600, allowed=_may_have)
def form_set(ctx: JobContext, **args: Any) -> None:
    """Write, keep, enter. Begun anew after a crash: nothing of it counts before it is entered."""
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    scope = _found(user, **args) if user is not None else None
    if user is None or scope is None:
        raise ServiceError("这些村（社区）已不在您可以办理的范围内，未生成。")
    with tempfile.TemporaryDirectory(prefix="forms-") as folder:
        path = Path(folder) / "set.zip"
        # The day it was asked for: done again, the same set has the same bytes.
        day = timezone.localdate(ctx.row.created_at)
        with path.open("wb") as stream:
            packed = write_package(stream, scope, user, day, ctx.progress)
        stored = ctx.store(f"{scope.name}.zip", path)
    with ctx.finishing(villages=packed.villages, papers=packed.papers):
        keep_form_set(actor=user, scope=scope, file=stored, packed=packed)
