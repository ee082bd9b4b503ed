"""Teams of a round: who serves, by which authorisation, and which villages they take. Ties are checked first."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import (
    Membership,
    Role,
    Round,
    Stage,
    Team,
    TeamRole,
    Town,
    User,
    Village,
    VillageInspection,
)
from villages.selectors.assignments import with_papers
from villages.selectors.recusals import recusal_conflicts

# One person each; of the others a team may have several.
SINGLE_POSTS = (TeamRole.LEADER,)


@transaction.atomic
def create_team(
    *, actor: Any, round_: Round, number: int, name: str = "", towns: list[Town] | None = None
) -> Team:
    """Make a team for this round only; ``towns`` are those it answers for."""
    demand(rules.can_change_round(actor, round_))
    if Team.objects.filter(round=round_, number=number).exists():
        raise ServiceError(f"本轮已有第{number}组。", "number")
    team = Team(round=round_, number=number, name=name or f"第{_chinese(number)}巡察组")
    records.create(team, actor=actor, verb="teams.create")
    if towns:
        _set_towns(actor, team, towns)
    return team


def _set_towns(actor: Any, team: Team, towns: list[Town]) -> None:
    before = [town.name for town in team.towns.all()]
    team.towns.set(towns)
    after = [town.name for town in towns]
    audit.record(
        actor=actor, verb="teams.set_towns", target=team, before={"towns": before}, after={"towns": after}
    )


@transaction.atomic
def update_team(*, actor: Any, team: Team, revision: int, name: str, towns: list[Town] | None = None) -> Team:
    """Rename a team or change the towns it answers for."""
    demand(rules.can_change_round(actor, team.round))
    records.update(team, actor=actor, verb="teams.update", revision=revision, changes={"name": name})
    if towns is not None and set(towns) != set(team.towns.all()):
        _set_towns(actor, team, towns)
    return team


@transaction.atomic
def add_member(
    *,
    actor: Any,
    team: Team,
    user: User,
    role: str,
    authorised_on: dt.date | None = None,
    authorisation_no: str = "",
) -> Membership:
    """Give ``user`` a post in ``team`` for this round; ties with any of the team's villages are checked first."""
    demand(rules.can_change_round(actor, team.round))
    _check_person(team, user, role)
    _check_ties(team.round, [user], list(_villages(team)))
    made = Membership(
        round=team.round, team=team, user=user, role=role,
        authorised_on=authorised_on, authorisation_no=authorisation_no,
    )  # fmt: skip
    return records.create(made, actor=actor, verb="teams.add_member")


def _check_person(team: Team, user: User, role: str) -> None:
    if not user.is_active or user.role != Role.INSPECTOR:
        raise ServiceError(f"{user.display_name}不是在用的巡察干部账号，不能编入巡察组。", "user")
    present = Membership.objects.filter(round=team.round, user=user).select_related("team").first()
    if present is not None:
        raise ServiceError(
            f"{user.display_name}本轮已在{present.team.name}任{present.get_role_display()}。", "user"
        )
    _check_post(team, role)


def _check_post(team: Team, role: str) -> None:
    if role in SINGLE_POSTS and Membership.objects.filter(team=team, role=role).exists():
        raise ServiceError(f"{team.name}已有{TeamRole(role).label}。", "role")


@transaction.atomic
def update_member(*, actor: Any, member: Membership, revision: int, changes: dict[str, Any]) -> Membership:
    """Change the post or the authorisation of a member."""
    demand(rules.can_change_round(actor, member.round))
    if changes.get("role", member.role) != member.role:
        _check_post(member.team, changes["role"])
    return records.update(member, actor=actor, verb="teams.update_member", revision=revision, changes=changes)


@transaction.atomic
def remove_member(*, actor: Any, member: Membership, reason: str) -> Team:
    """Take somebody out of a team, with a reason; papers keep the name, the person loses sight of them."""
    demand(rules.can_change_round(actor, member.round))
    if not reason.strip():
        raise ServiceError("请填写调出的理由。", "reason")
    before = {
        "user": member.user,
        "role": member.get_role_display(),
        "authorisation_no": member.authorisation_no,
    }
    audit.record(actor=actor, verb="teams.remove_member", target=member.team, before=before, reason=reason)
    team = member.team
    member.delete()
    return team


# --- assignments ------------------------------------------------------------------------------------------


@transaction.atomic
def assign_village(
    *,
    actor: Any,
    team: Team,
    village: Village,
    entry_on: dt.date | None = None,
    exit_on: dt.date | None = None,
) -> VillageInspection:
    """Give ``village`` to ``team`` for this round; every member's ties are checked before anything is saved."""
    demand(rules.can_change_round(actor, team.round))
    taken = VillageInspection.objects.filter(round=team.round, village=village).select_related("team").first()
    if taken is not None:
        raise ServiceError(f"{village.name}本轮已分给{taken.team.name}。", "village")
    _check_stay(team.round, entry_on, exit_on)
    _check_ties(team.round, list(User.objects.filter(memberships__team=team)), [village])
    made = VillageInspection(
        round=team.round,
        team=team,
        village=village,
        town_id=village.town_id,
        entry_on=entry_on,
        exit_on=exit_on,
    )
    return records.create(made, actor=actor, verb="teams.assign_village")


@transaction.atomic
def update_assignment(
    *, actor: Any, inspection: VillageInspection, revision: int, changes: dict[str, Any]
) -> VillageInspection:
    """Change the days in the village."""
    demand(rules.can_change_round(actor, inspection.round))
    days = {name: changes.get(name, getattr(inspection, name)) for name in ("entry_on", "exit_on")}
    _check_stay(inspection.round, days["entry_on"], days["exit_on"])
    return records.update(
        inspection, actor=actor, verb="teams.update_assignment", revision=revision, changes=days
    )


@transaction.atomic
def move_assignment(
    *, actor: Any, inspection: VillageInspection, team: Team, revision: int | None, changes: dict[str, Any]
) -> VillageInspection:
    """Give a village that has not been begun to another team of its round, with other days if ``changes`` say so.

    Refused once there are papers: they belong to the team that wrote them. The new team's ties are checked first.
    """
    demand(rules.can_change_round(actor, inspection.round))
    if team.round_id != inspection.round_id:
        raise ServiceError("只能改派给本轮的巡察组。", "team")
    if inspection.status != Stage.PREP or with_papers([inspection]):
        raise ServiceError(f"{inspection.village.name}已经有工作记录，不能改派给别的组。")
    days = {name: changes.get(name, getattr(inspection, name)) for name in ("entry_on", "exit_on")}
    _check_stay(inspection.round, days["entry_on"], days["exit_on"])
    _check_ties(inspection.round, list(User.objects.filter(memberships__team=team)), [inspection.village])
    return records.update(
        inspection,
        actor=actor,
        verb="teams.move_assignment",
        revision=revision,
        changes={"team": team} | days,
    )


@transaction.atomic
def withdraw_assignment(*, actor: Any, inspection: VillageInspection, reason: str) -> Team:
    """Take a village back from its team; possible only while preparation has left no papers."""
    demand(rules.can_change_round(actor, inspection.round))
    if not reason.strip():
        raise ServiceError("请填写撤回的理由。", "reason")
    if inspection.status != Stage.PREP or with_papers([inspection]):
        raise ServiceError(f"{inspection.village.name}已经有工作记录，不能撤回分工。")
    before = {"village": inspection.village, "entry_on": inspection.entry_on, "exit_on": inspection.exit_on}
    audit.record(
        actor=actor, verb="teams.withdraw_assignment", target=inspection.team, before=before, reason=reason
    )
    team = inspection.team
    inspection.delete()
    return team


def _check_stay(round_: Round, entry_on: dt.date | None, exit_on: dt.date | None) -> None:
    if entry_on and exit_on and exit_on < entry_on:
        raise ServiceError("离村日期不能早于进驻日期。", "exit_on")
    for day, field in ((entry_on, "entry_on"), (exit_on, "exit_on")):
        if day and not round_.starts_on <= day <= round_.ends_on:
            raise ServiceError("驻村日期应在本轮起止日期之内。", field)


def _check_ties(round_: Round, users: list[User], villages: list[Village]) -> None:
    found = [c for c in recusal_conflicts(round_, users, villages) if not c.excepted]
    if found:
        reasons = "；".join(conflict.sentence for conflict in found)
        raise ServiceError(f"应当回避：{reasons}。请换人，或由巡察办主任批准例外后再办。")


def _villages(team: Team) -> Any:
    return Village.objects.filter(inspections__team=team)


_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> str:
    """``12`` as ``十二``, for the name of a team."""
    if number < 10 or number > 99:
        return _DIGITS[number] if number < 10 else str(number)
    tens, units = divmod(number, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[units] if units else "")
