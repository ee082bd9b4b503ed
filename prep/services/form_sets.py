"""Sets of papers: asked for, kept when finished, signed for; who keeps a team's papers; how many copies."""

from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from core.text import clean
from core.verbs import name_verbs
from prep.models import FormSet, PaperKeeper
from prep.rules import form_sets as rules
from prep.selectors.form_package import Packed, Scope, villages_in
from prep.selectors.form_sets import COPIES, copies_in, keepers_of
from villages.models import Membership, Round, RoundParameter, Team, User, VillageInspection
from villages.services import set_parameter

MAKE = "prep.form_set"

name_verbs(
    {
        "prep.make_form_set": "生成成套表单",
        "prep.receive_form_set": "签收成套表单",
        "prep.download_form_set": "下载成套表单",
        "prep.name_keeper": "指定表单保管人",
    }
)


@transaction.atomic
def request_village_set(*, actor: Any, inspection: VillageInspection) -> Job:
    """Have one village's papers made in the background."""
    demand(rules.can_make_set(actor, inspection))
    return _request(actor, Scope(inspection.round, inspection.team, inspection), inspection)


@transaction.atomic
def request_team_set(*, actor: Any, team: Team) -> Job:
    """Have the papers of all villages of a team made in the background."""
    demand(rules.can_make_team_set(actor, team))
    return _request(actor, Scope(team.round, team), team)


@transaction.atomic
def request_round_set(*, actor: Any, round_: Round) -> Job:
    """Have the papers of a whole round made in the background."""
    demand(rules.can_make_round_set(actor, round_))
    return _request(actor, Scope(round_), round_)


def _request(actor: Any, scope: Scope, subject: Any) -> Job:
    if not villages_in(actor, scope):
        raise ServiceError("还没有分派村（社区），没有可以成套生成的表单。")
    keys = {"round": scope.round, "team": scope.team, "inspection": scope.inspection}
    return enqueue(
        MAKE,
        args={name: str(row.pk) if row is not None else "" for name, row in keys.items()},
        actor=actor,
        title=f"生成{scope.name}",
        dedupe=f"{MAKE}:{subject.pk}",
        subject=subject,
    )


@transaction.atomic
def keep_form_set(*, actor: Any, scope: Scope, file: StoredFile, packed: Packed) -> FormSet:
    """Enter a finished package with who keeps its papers today."""
    keepers = keepers_of([scope.team])[scope.team.pk] if scope.team is not None else None
    made = FormSet(
        round=scope.round,
        team=scope.team,
        inspection=scope.inspection,
        made_by=actor,
        keeper=keepers.keeper if keepers else None,
        file=file,
        village_count=packed.villages,
        paper_count=packed.papers,
    )
    return records.create(made, actor=actor, verb="prep.make_form_set")


@transaction.atomic
def note_form_set_download(*, actor: Any, form_set: FormSet) -> StoredFile:
    """Leave in the trail who took a set out."""
    audit.record(
        actor=actor, verb="prep.download_form_set", target=form_set, after={"文件": form_set.file.name}
    )
    return form_set.file


@transaction.atomic
def receive_form_set(*, actor: Any, form_set: FormSet, note: str, revision: int) -> FormSet:
    """The keeper signs for the papers; ``note`` says what was printed or is missing."""
    demand(rules.can_receive(actor, form_set))
    changes = {"received_at": clock.now(), "receipt_note": clean(note).strip()[:200]}
    return records.update(
        form_set, actor=actor, verb="prep.receive_form_set", revision=revision, changes=changes
    )


@transaction.atomic
def name_keepers(*, actor: Any, team: Team, keeper: User, sealed_keeper: User, revision: int) -> PaperKeeper:
    """Name who keeps the team's papers and who those kept apart; ``revision`` is 0 where nobody was named before."""
    demand(rules.can_name_keeper(actor, team))
    members = set(Membership.objects.filter(team=team).values_list("user", flat=True))
    for name, person in (("keeper", keeper), ("sealed_keeper", sealed_keeper)):
        if person.pk not in members:
            raise ServiceError(f"{person.display_name}不是{team.name}成员，不能保管本组表单。", name)
    changes = {"keeper": keeper, "sealed_keeper": sealed_keeper}
    row = PaperKeeper.objects.filter(team=team).first()
    if row is None:
        return records.create(PaperKeeper(team=team, **changes), actor=actor, verb="prep.name_keeper")
    return records.update(row, actor=actor, verb="prep.name_keeper", revision=revision, changes=changes)


@transaction.atomic
def set_copies(*, actor: Any, round_: Round, copies: dict[str, int], revision: int) -> RoundParameter:
    """Change how many copies of each form the round's sets are printed in."""
    value = copies_in(round_) | copies
    return set_parameter(actor=actor, round_=round_, key=COPIES, value=value, revision=revision)
