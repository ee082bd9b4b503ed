"""Writing problem workpapers: create, edit, put aside, restore, remark, and the restricted list of persons."""

from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean, clean_deep
from findings import rules
from findings.models import Comment, DiscoveryStep, Finding, FindingPerson, Lead
from findings.services.common.placing import place_paper
from findings.services.leads import link_lead
from findings.services.revision import revise
from findings.services.thread_figures import follow_paper
from prep.models import WatchItem
from villages.models import User, VillageInspection, spine
from villages.services import next_form_number


@transaction.atomic
def create_finding(
    *,
    actor: Any,
    inspection: VillageInspection,
    values: dict[str, Any],
    steps: list[dict[str, Any]] | None = None,
    watch_item: WatchItem | None = None,
    lead: Lead | None = None,
) -> Finding:
    """Open a draft paper of one village, with ``actor`` as its handler.

    ``values``: any of ``rules.EDITABLE``. ``steps``: rows ``{"on", "method", "people", "text"}`` of how it was found.
    ``watch_item``: the item of the village's list the paper comes from. ``lead``: the suspicion it checks.
    """
    demand(rules.can_create(actor, inspection))
    for origin, name in ((watch_item, "待查问题"), (lead, "疑点")):
        if origin is not None and origin.inspection_id != inspection.pk:
            text = f"据以建稿的{name}属于另一个村（社区），请选回原来的村，或另建底稿。"
            raise ServiceError(text, "village")
    paper = open_paper(
        actor=actor,
        handler=actor,
        inspection=inspection,
        values=values,
        steps=steps,
        watch_item=watch_item,
    )
    if lead is not None:
        link_lead(actor=actor, lead=lead, finding=paper)
    place_paper(actor=actor, finding=paper)
    return paper


@transaction.atomic
def open_paper(
    *,
    actor: Any,
    handler: User,
    inspection: VillageInspection,
    values: dict[str, Any],
    steps: list[dict[str, Any]] | None = None,
    verb: str = "findings.create",
    reason: str = "",
    import_key: str = "",
    watch_item: WatchItem | None = None,
) -> Finding:
    """Insert the paper itself; whoever calls has checked that ``actor`` may."""
    chosen = {"prepared_on": clock.today()} | rules.checked_values(inspection, values)
    finding = Finding(
        **spine(inspection), **chosen, handler=handler, import_key=import_key, watch_item=watch_item
    )
    finding.draft_no = next_form_number(actor=actor, inspection=inspection, kind="YB")
    records.create(finding, actor=actor, verb=verb, reason=reason)
    if steps:
        write_steps(actor=actor, finding=finding, rows=clean_deep(steps))
    return finding


@transaction.atomic
def edit_finding(
    *,
    actor: Any,
    finding: Finding,
    revision: int,
    values: dict[str, Any],
    steps: list[dict[str, Any]] | None = None,
) -> Finding:
    """Change the paper; ``steps`` of ``None`` leaves them. Under signatures a real change clears them all.

    Raises ``StaleRecord`` with both versions when ``revision`` is no longer the stored one.
    """
    demand(rules.can_edit(actor, finding))
    wanted = rules.checked_values(finding.inspection, values, finding)
    new_steps = None if steps is None else clean_deep(steps)
    changes = {name: value for name, value in wanted.items() if getattr(finding, name) != value}
    same_steps = new_steps is None or new_steps == finding.step_rows()
    if not changes and same_steps and revision == finding.revision:
        return finding
    attempted = wanted | ({} if new_steps is None else {"discovery": Finding.steps_text(new_steps)})
    revise(
        actor=actor,
        finding=finding,
        revision=revision,
        verb="findings.edit",
        changes=changes,
        attempted=attempted,
    )
    if not same_steps:
        write_steps(actor=actor, finding=finding, rows=new_steps or [])
    place_paper(actor=actor, finding=finding)
    return finding


@transaction.atomic
def write_steps(*, actor: Any, finding: Finding, rows: list[dict[str, Any]]) -> None:
    """Put ``rows`` in the place of the paper's steps; the caller has raised its revision."""
    before = {"发现过程": finding.discovery}
    finding.steps.all().delete()
    DiscoveryStep.objects.bulk_create(
        DiscoveryStep(finding=finding, seq=number, **row) for number, row in enumerate(rows, 1)
    )
    after = {"发现过程": finding.discovery}
    audit.record(actor=actor, verb="findings.edit_steps", target=finding, before=before, after=after)


@transaction.atomic
def delete_finding(*, actor: Any, finding: Finding, revision: int, reason: str) -> Finding:
    """Put a draft that was never signed aside; it can be restored."""
    demand(rules.can_delete(actor, finding))
    if not reason.strip():
        raise ServiceError("请填写删除的理由。", "reason")
    records.soft_delete(
        finding, actor=actor, verb="findings.delete", reason=clean(reason)[:500], revision=revision
    )
    follow_paper(actor=actor, finding=finding)
    place_paper(actor=actor, finding=finding)
    return finding


@transaction.atomic
def restore_finding(*, actor: Any, finding: Finding, revision: int) -> Finding:
    """Bring a deleted draft back as it was."""
    demand(rules.can_restore(actor, finding))
    records.restore(finding, actor=actor, verb="findings.restore", revision=revision)
    follow_paper(actor=actor, finding=finding)
    place_paper(actor=actor, finding=finding)
    return finding


@transaction.atomic
def add_comment(*, actor: Any, finding: Finding, text: str) -> Comment:
    """Leave a remark beside the paper; what is signed does not change."""
    demand(rules.can_comment(actor, finding))
    if not text.strip():
        raise ServiceError("请填写批注内容。", "text")
    remark = Comment(**spine(finding.inspection), finding=finding, author=actor, text=clean(text))
    return records.create(remark, actor=actor, verb="findings.comment")


@transaction.atomic
def add_person(
    *, actor: Any, finding: Finding, revision: int, name: str, post: str = "", part: str = ""
) -> FindingPerson:
    """Name a person concerned, in the restricted part of the paper."""
    demand(rules.can_edit(actor, finding))
    if not name.strip():
        raise ServiceError("请填写姓名。", "name")
    _persons_changed(actor, finding, revision)
    person = FindingPerson(
        **spine(finding.inspection), finding=finding, name=clean(name), post=clean(post), part=clean(part)
    )
    return records.create(person, actor=actor, verb="findings.add_person")


@transaction.atomic
def remove_person(*, actor: Any, person: FindingPerson, revision: int) -> Finding:
    """Take a person off the paper; the trail keeps that it happened, not the name."""
    finding = person.finding
    demand(rules.can_edit(actor, finding))
    _persons_changed(actor, finding, revision)
    audit.record(actor=actor, verb="findings.remove_person", target=person)
    person.delete()
    return finding


def _persons_changed(actor: Any, finding: Finding, revision: int) -> None:
    revise(
        actor=actor, finding=finding, revision=revision, verb="findings.edit_persons", reason="涉及人员有变动"
    )
