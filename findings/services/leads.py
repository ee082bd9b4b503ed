"""Leads: opened once for each source, given out, linked to what checks them, concluded. None disappears."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from findings import rules
from findings.models import FieldPaper, Finding, Lead, LeadCheck, LeadSource, Talk
from findings.services.common.placing import replace_lead
from findings.workflow import LEAD_FLOW
from prep import rules as prep_rules
from prep.models import Origin, WatchItem
from prep.services import WatchSeed, seed_watch_items
from villages.models import Category, User, VillageInspection, spine
from villages.selectors.schemes import CategoryMap, five_code
from villages.services import next_form_number

LEAD_FIELDS = ("title", "text", "category")


@transaction.atomic
def open_lead(
    *,
    actor: Any,
    inspection: VillageInspection,
    source: str,
    source_key: str,
    title: str,
    text: str = "",
    origin: str = "",
    category: Category | str | None = None,
    due_on: dt.date | None = None,
) -> Lead:
    """Register a suspicion about a village and return it; the same source gives the lead it gave before.

    ``source``: a :class:`LeadSource`. ``source_key``: stable key of what it comes from within that kind, as a rule
    its primary key; empty only for what a member of the team puts in by hand. ``origin``: where it was seen, in
    words a reader of the inbox may know: no reporter. ``category``: a row, or a code of the five aspects.
    A lead that exists already is left as it is, whatever became of it.
    """
    demand(rules.can_open_lead(actor, inspection))
    key = _source(source, source_key)
    # One after the other for a village: who comes second finds what the first one wrote.
    VillageInspection.objects.select_for_update().get(pk=inspection.pk)
    known = Lead.objects.filter(source=source, source_key=key).first() if key else None
    if known is not None:
        if known.inspection_id != inspection.pk:
            raise ServiceError("这条来源已登记为另一个村（社区）的疑点。")
        return known
    row = Lead(
        **spine(inspection), source=source, source_key=key, title=_title(title), text=clean(text).strip(),
        origin=clean(origin).strip()[:300], category=_category(inspection, category), due_on=due_on,
        opened_by_name=actor.display_name,
        no=next_form_number(actor=actor, inspection=inspection, kind="YD"),
    )  # fmt: skip
    return records.create(row, actor=actor, verb="findings.lead.open")


def _source(source: str, key: str) -> str:
    if source not in LeadSource.values:
        raise ServiceError("请说明疑点的来源。", "source")
    if not key and source != LeadSource.TEAM:
        raise ServiceError("疑点的来源没有标识，无法登记。")
    if len(key) > 120:
        raise ServiceError("疑点来源的标识太长。")
    return clean(key)


def _title(text: str) -> str:
    title = " ".join(clean(text).split())
    if not title:
        raise ServiceError("请写明是什么疑点。", "title")
    return title if len(title) <= 120 else f"{title[:119]}…"


def _category(inspection: VillageInspection, category: Category | str | None) -> Category | None:
    if isinstance(category, str):
        return CategoryMap(inspection.round).find(category) if category else None
    return category


@transaction.atomic
def edit_lead(*, actor: Any, lead: Lead, revision: int, values: dict[str, Any]) -> Lead:
    """Reword an open lead; ``values``: any of ``LEAD_FIELDS``."""
    demand(rules.can_write_lead(actor, lead))
    changes = {name: values[name] for name in LEAD_FIELDS if name in values}
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    if "text" in changes:
        changes["text"] = clean(changes["text"]).strip()
    return records.update(lead, actor=actor, verb="findings.lead.edit", revision=revision, changes=changes)


@transaction.atomic
def assign_lead(
    *, actor: Any, lead: Lead, handler: User, due_on: dt.date | None = None, revision: int | None = None
) -> Lead:
    """Give an open lead to a member of the team, with the day until when; oneself may take what nobody holds."""
    mine = actor.pk == handler.pk and lead.handler_id in (None, actor.pk)
    demand(rules.can_write_lead(actor, lead) if mine else rules.can_assign_lead(actor, lead))
    if not (verdict := prep_rules.can_take(handler, lead.inspection)):
        raise ServiceError(verdict.why, "handler")
    if due_on is not None and due_on < clock.today():
        raise ServiceError("核查期限已经过去，请另选日期。", "due_on")
    changes = {"handler": handler, "due_on": due_on}
    return records.update(lead, actor=actor, verb="findings.lead.assign", revision=revision, changes=changes)


@transaction.atomic
def step_lead(
    *, actor: Any, lead: Lead, step: str, reason: str, receiver: str = "", revision: int | None = None
) -> Lead:
    """Conclude a lead or take its conclusion back; ``step`` is a name of ``LEAD_FLOW``, always with a reason.

    ``receiver``: who it is handed over to; asked for ``hand_over`` and kept for nothing else.
    """
    if step not in LEAD_FLOW.transitions:
        raise ServiceError("请选择核查结果。")
    text = clean(reason).strip()
    to = " ".join(clean(receiver).split())[:120] if step == "hand_over" else ""
    if step == "hand_over" and not to:
        raise ServiceError("请写明移交给哪个单位。", "receiver")
    if step == "reopen":
        changes: dict[str, Any] = {"reason": "", "receiver": "", "concluded_by": None, "concluded_on": None}
    else:
        changes = {"reason": text, "receiver": to, "concluded_by": actor, "concluded_on": clock.today()}
        replace_lead(actor=actor, lead=lead)
    return LEAD_FLOW.apply(lead, step, actor=actor, revision=revision, reason=text, changes=changes)


@transaction.atomic
def link_lead(
    *, actor: Any, lead: Lead, finding: Finding | None = None, talk: Talk | None = None,
    paper: FieldPaper | None = None, watch_item: WatchItem | None = None,
) -> LeadCheck:  # fmt: skip
    """Say what checks an open lead: one paper, record or watch item of the same village; twice is once."""
    demand(rules.can_write_lead(actor, lead))
    given = {"finding": finding, "talk": talk, "paper": paper, "watch_item": watch_item}
    given = {name: row for name, row in given.items() if row is not None}
    if len(given) != 1:
        raise ServiceError("请选择一份底稿、一份记录或一条待查问题。", "thing")
    row: Any = next(iter(given.values()))
    if row.inspection_id != lead.inspection_id:
        raise ServiceError("只能关联同一个村（社区）的材料。", "thing")
    if getattr(row, "deleted_at", None):
        raise ServiceError("这份材料已删除，不能用来核查疑点。", "thing")
    if finding is not None:
        replace_lead(actor=actor, lead=lead, finding=finding)
    known = LeadCheck.objects.filter(lead=lead, **given).first()
    return known or records.create(LeadCheck(lead=lead, **given), actor=actor, verb="findings.lead.link")


@transaction.atomic
def watch_lead(*, actor: Any, lead: Lead) -> WatchItem:
    """Put an open lead on the village's watch list as a point to verify, and link it; once, however often asked."""
    demand(rules.can_write_lead(actor, lead))
    seed = WatchSeed(
        title=lead.title, source=f"lead:{lead.pk}", category=five_code(lead.category), note=lead.text
    )
    made = seed_watch_items(actor=actor, inspection=lead.inspection, origin=Origin.CLUE, rows=[seed])
    key = WatchItem.key_of(Origin.CLUE, seed.source)
    item = made[0] if made else WatchItem.objects.get(inspection=lead.inspection_id, source_key=key)
    link_lead(actor=actor, lead=lead, watch_item=item)
    return item
