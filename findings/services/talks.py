"""Writing and signing talk records."""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.text import clean, clean_deep
from findings import rules
from findings.models import SignRole, Talk, TalkPoint, TalkSignature, TalkStatus
from findings.selectors.content import talk_hash
from findings.workflow import TALK_FLOW
from prep.models import Outline
from villages.access import team_role
from villages.models import VillageInspection, spine
from villages.services import next_form_number

_EDITABLE = (
    "target_name", "target_post", "target_category", "purpose", "happened_at", "ended_at", "place", "talker",
    "recorder", "read_back",
)  # fmt: skip


@transaction.atomic
def create_talk(
    *,
    actor: Any,
    inspection: VillageInspection,
    values: dict[str, Any],
    points: list[dict[str, Any]] | None = None,
    outline: Outline | None = None,
) -> Talk:
    """Open the record of one talk. ``points``: rows ``{"question", "answer", "key_point"}``.

    ``outline``: the final version the talk follows; it must be of the same village.
    """
    demand(rules.can_create(actor, inspection))
    chosen = _checked(inspection, {"recorder": actor} | values)
    if outline is not None and outline.inspection_id != inspection.pk:
        raise ServiceError("所用提纲不是这个村（社区）的，请从该村的提纲页重新开始。", "village")
    if outline is not None and outline.status not in Outline.FROZEN:
        raise ServiceError("提纲定稿后才能据此谈话。")
    new = Talk(**spine(inspection), **chosen, outline_used=outline)
    talk = records.create(new, actor=actor, verb="findings.talk.create")
    _write_points(talk, points or [])
    return talk


@transaction.atomic
def edit_talk(
    *,
    actor: Any,
    talk: Talk,
    revision: int,
    values: dict[str, Any],
    points: list[dict[str, Any]] | None = None,
) -> Talk:
    """Change the record; after a signature a real change clears the signatures and returns it to draft."""
    demand(rules.can_edit_talk(actor, talk))
    wanted = _checked(talk.inspection, values, talk)
    changes = {name: value for name, value in wanted.items() if getattr(talk, name) != value}
    rows = None if points is None else clean_deep(points)
    same_points = rows is None or rows == talk.point_rows()
    if not changes and same_points and revision == talk.revision:
        return talk
    attempted = wanted | ({} if rows is None else {"outline": Talk.points_text(rows)})
    _revise(actor, talk, revision, changes, attempted)
    if not same_points:
        _write_points(talk, rows or [])
    return talk


def _revise(
    actor: Any, talk: Talk, revision: int, changes: dict[str, Any], attempted: dict[str, Any]
) -> None:
    try:
        if talk.status != TalkStatus.DRAFT:
            TALK_FLOW.apply(
                talk, "reopen", actor=actor, revision=revision, changes=changes, reason="签名后修改"
            )
            _drop_signatures(actor, talk, f"{actor.display_name}修改了记录内容")
        else:
            before = records.field_values(talk, list(changes))
            records.write_revision(
                talk,
                revision,
                changes,
                attempted=changes,
                actor=actor,
                verb="findings.talk.edit",
                before=before,
            )
    except StaleRecord as error:
        raise StaleRecord(error.current, attempted) from None


def _checked(
    inspection: VillageInspection, values: dict[str, Any], current: Talk | None = None
) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        n: clean(v) if isinstance(v := values[n], str) else v for n in _EDITABLE if n in values
    }
    talker = chosen.get("talker", getattr(current, "talker", None))
    recorder = chosen.get("recorder", getattr(current, "recorder", None))
    if talker is None or recorder is None or talker.pk == recorder.pk:
        raise ServiceError("谈话须二人进行：谈话人和记录人不能是同一人。", "recorder")
    for field, person in (("talker", talker), ("recorder", recorder)):
        if not team_role(person, inspection.team):
            raise ServiceError(f"{person.display_name}不是本巡察组成员，或者还没有签署保密承诺。", field)
    start = chosen.get("happened_at", getattr(current, "happened_at", None))
    end = chosen.get("ended_at", getattr(current, "ended_at", None))
    if start and end and end < start:
        raise ServiceError("结束时间早于开始时间。", "ended_at")
    return chosen


def _write_points(talk: Talk, rows: list[dict[str, Any]]) -> None:
    talk.points.all().delete()
    TalkPoint.objects.bulk_create(
        TalkPoint(talk=talk, seq=number, **row) for number, row in enumerate(clean_deep(rows), 1)
    )


@transaction.atomic
def submit_talk(*, actor: Any, talk: Talk, revision: int | None = None) -> Talk:
    """First signature, by the recorder; the record gets its number here."""
    changes = {}
    if not talk.no and TALK_FLOW.check(actor, talk, "submit"):
        changes["no"] = next_form_number(actor=actor, inspection=talk.inspection, kind="TH")
    TALK_FLOW.apply(talk, "submit", actor=actor, revision=revision, changes=changes)
    return _sign(actor, talk, SignRole.RECORDER)


@transaction.atomic
def sign_talk(*, actor: Any, talk: Talk, revision: int | None = None) -> Talk:
    """Second signature, by the talker, under the same content."""
    TALK_FLOW.apply(talk, "sign", actor=actor, revision=revision)
    return _sign(actor, talk, SignRole.TALKER)


@transaction.atomic
def return_talk(*, actor: Any, talk: Talk, reason: str, revision: int | None = None) -> Talk:
    """Hand the record back to its recorder with a reason."""
    TALK_FLOW.apply(talk, "return", actor=actor, revision=revision, reason=clean(reason))
    _drop_signatures(actor, talk, f"{actor.display_name}退回：{clean(reason)}")
    return talk


def _sign(actor: Any, talk: Talk, role: SignRole) -> Talk:
    digest = talk_hash(Talk.objects.get(pk=talk.pk))
    if talk.signatures.filter(cleared_at__isnull=True).exclude(content_hash=digest).exists():
        raise ServiceError("记录内容与前一签名人所签的不一致，请退回记录人重新提交。")
    mark = TalkSignature(talk=talk, role=role, user=actor, at=clock.now(), content_hash=digest)
    records.create(mark, actor=actor, verb="findings.talk.signature")
    return talk


def _drop_signatures(actor: Any, talk: Talk, why: str) -> None:
    rows = TalkSignature.objects.filter(talk=talk, cleared_at__isnull=True)
    fallen = [f"{row.get_role_display()}{row.user.display_name}" for row in rows.select_related("user")]
    rows.update(cleared_at=clock.now(), clear_reason=why[:300], revision=F("revision") + 1)
    audit.record(
        actor=actor, verb="findings.talk.clear_signatures", target=talk, before={"签名": fallen}, reason=why
    )


@transaction.atomic
def delete_talk(*, actor: Any, talk: Talk, revision: int, reason: str) -> Talk:
    """Put an unsigned record aside; it can be restored."""
    demand(rules.can_delete_talk(actor, talk))
    if not reason.strip():
        raise ServiceError("请填写删除的理由。", "reason")
    return records.soft_delete(
        talk, actor=actor, verb="findings.talk.delete", reason=clean(reason)[:500], revision=revision
    )


@transaction.atomic
def restore_talk(*, actor: Any, talk: Talk, revision: int) -> Talk:
    """Bring a deleted record back as it was."""
    demand(rules.can_restore_talk(actor, talk))
    return records.restore(talk, actor=actor, verb="findings.talk.restore", revision=revision)
