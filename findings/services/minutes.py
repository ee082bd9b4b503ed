"""Signing papers by two people, and what a change after a signature does: for talks, field papers, survey sheets."""

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import audit, clock, records
from core.access import demand
from core.days import is_plausible
from core.display import cn_date
from core.errors import ServiceError, StaleRecord
from core.text import clean
from core.workflow import Workflow
from findings import rules
from findings.models import FieldPaper, Minutes, SignRole, SurveyTable, TalkStatus
from findings.selectors.content import minutes_hash
from findings.services.counting import count_visit, uncount_visit
from findings.workflow import FIELD_FLOW, TABLE_FLOW, TALK_FLOW
from villages.access import team_role
from villages.models import User, VillageInspection
from villages.services import next_form_number

Paper = TypeVar("Paper", bound=Minutes)
_EARLIEST, _AHEAD = dt.date(1949, 10, 1), dt.timedelta(days=7)
_TWO_PEOPLE = {
    "talker": "谈话须二人进行：谈话人",
    "companion": "须二人进行：同行人",
    "checker": "清查须二人进行：核对人",
}


def flow_of(paper: Minutes) -> Workflow:
    """The transition table of the paper."""
    if isinstance(paper, SurveyTable):
        return TABLE_FLOW
    return FIELD_FLOW if isinstance(paper, FieldPaper) else TALK_FLOW


def check_people(
    inspection: VillageInspection, other_field: str, chosen: dict[str, Any], current: Any
) -> None:
    """Two different members of the team, a plausible day, and an end after the start.

    Raises ``ServiceError`` at the field.
    """
    people: dict[str, User | None] = {
        name: chosen.get(name, getattr(current, name, None)) for name in (other_field, "recorder")
    }
    if None in people.values() or len({person.pk for person in people.values() if person}) < 2:
        raise ServiceError(f"{_TWO_PEOPLE[other_field]}和记录人不能是同一人。", "recorder")
    for field, person in people.items():
        if person and not team_role(person, inspection.team):
            raise ServiceError(f"{person.display_name}不是本巡察组成员，或者还没有签署保密承诺。", field)
    start, end = (chosen.get(name, getattr(current, name, None)) for name in ("happened_at", "ended_at"))
    for field, moment in (("happened_at", start), ("ended_at", end)):
        if moment and moment != getattr(current, field, None):
            _check_day(inspection, field, moment)
    if start and end and end < start:
        raise ServiceError("结束时间早于开始时间。", "ended_at")


def _check_day(inspection: VillageInspection, field: str, moment: dt.datetime) -> None:
    """What a round hears or counts happens in it or before, and within living memory; a draft may run ahead."""
    latest = max(inspection.round.ends_on, clock.today() + _AHEAD)
    if not is_plausible(moment) or not _EARLIEST <= timezone.localdate(moment) <= latest:
        raise ServiceError(f"时间应在{cn_date(_EARLIEST)}至{cn_date(latest)}之间，请核对年份。", field)


def revise_minutes(
    actor: Any, paper: Minutes, revision: int, changes: dict[str, Any], attempted: dict[str, Any]
) -> None:
    """Write ``changes``; under a signature that takes the paper back to draft and clears its signatures.

    Raises ``StaleRecord`` with ``attempted`` when somebody else was quicker.
    """
    try:
        if paper.status != TalkStatus.DRAFT:
            more = changes | uncount_visit(actor, paper)
            flow_of(paper).apply(
                paper, "reopen", actor=actor, revision=revision, changes=more, reason="签名后修改"
            )
            _drop_signatures(actor, paper, f"{actor.display_name}修改了记录内容")
        else:
            before = records.field_values(paper, list(changes))
            records.write_revision(
                paper, revision, changes, attempted=changes, actor=actor, verb=f"{paper.VERB}.edit", before=before,
            )  # fmt: skip
    except StaleRecord as error:
        raise StaleRecord(error.current, attempted) from None


@transaction.atomic
def submit_minutes(*, actor: Any, paper: Paper, revision: int | None = None) -> Paper:
    """First signature, by the recorder; the paper gets its number here."""
    changes = {}
    if not paper.no and flow_of(paper).check(actor, paper, "submit"):
        changes["no"] = next_form_number(actor=actor, inspection=paper.inspection, kind=paper.code)
    flow_of(paper).apply(paper, "submit", actor=actor, revision=revision, changes=changes)
    return _sign(actor, paper, SignRole.RECORDER)


@transaction.atomic
def sign_minutes(*, actor: Any, paper: Paper, revision: int | None = None) -> Paper:
    """Second signature, by the one who was there too, under the same content."""
    demand(flow_of(paper).check(actor, paper, "sign"))
    flow_of(paper).apply(paper, "sign", actor=actor, revision=revision, changes=count_visit(actor, paper))
    return _sign(actor, paper, paper.OTHER_ROLE)


@transaction.atomic
def return_minutes(*, actor: Any, paper: Paper, reason: str, revision: int | None = None) -> Paper:
    """Hand the paper back to its recorder with a reason."""
    flow_of(paper).apply(paper, "return", actor=actor, revision=revision, reason=clean(reason))
    _drop_signatures(actor, paper, f"{actor.display_name}退回：{clean(reason)}")
    return paper


def _sign(actor: Any, paper: Paper, role: SignRole) -> Paper:
    # Signatures are rows of the paper's own table.
    marks: Any = paper.signatures  # type: ignore[attr-defined]
    digest = minutes_hash(type(paper)._default_manager.get(pk=paper.pk))
    if marks.filter(cleared_at__isnull=True).exclude(content_hash=digest).exists():
        raise ServiceError("记录内容与前一签名人所签的不一致，请退回记录人重新提交。")
    mark = marks.model(
        **{marks.field.name: paper}, role=role, user=actor, at=clock.now(), content_hash=digest
    )
    records.create(mark, actor=actor, verb=f"{paper.VERB}.signature")
    return paper


def _drop_signatures(actor: Any, paper: Any, why: str) -> None:
    rows = paper.signatures.filter(cleared_at__isnull=True)
    fallen = [f"{row.get_role_display()}{row.user.display_name}" for row in rows.select_related("user")]
    rows.update(cleared_at=clock.now(), clear_reason=why[:300], revision=F("revision") + 1)
    verb = f"{paper.VERB}.clear_signatures"
    audit.record(actor=actor, verb=verb, target=paper, before={"签名": fallen}, reason=why)


@transaction.atomic
def delete_minutes(*, actor: Any, paper: Paper, revision: int, reason: str) -> Paper:
    """Put an unsigned paper aside; it can be restored."""
    demand(rules.can_delete_minutes(actor, paper))
    if not reason.strip():
        raise ServiceError("请填写删除的理由。", "reason")
    return records.soft_delete(
        paper, actor=actor, verb=f"{paper.VERB}.delete", reason=clean(reason)[:500], revision=revision
    )


@transaction.atomic
def restore_minutes(*, actor: Any, paper: Paper, revision: int) -> Paper:
    """Bring a deleted paper back as it was."""
    demand(rules.can_restore_minutes(actor, paper))
    return records.restore(paper, actor=actor, verb=f"{paper.VERB}.restore", revision=revision)
