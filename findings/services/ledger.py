"""From a story of the books to a lead, a spot check, a problem workpaper; its rows go with it as evidence."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from core.files.store import store_bytes
from core.models import StoredFile
from findings import rules
from findings.documents.ledger import evidence_xlsx
from findings.models import FieldPaper, Finding, Lead, LeadSource, LeadStatus, MaterialForm, SourceKind
from findings.rules.ledger import aspect_of, can_lead_story
from findings.selectors.leads import with_lead_relations, words_of_lead
from findings.selectors.ledger import lead_key, story_of_lead
from findings.selectors.ledger_rows import evidence_data, standing_hits
from findings.services.evidence import list_materials
from findings.services.field import attach_field_file, create_field_paper
from findings.services.leads import open_lead
from findings.services.papers import create_finding
from ledgers.models import LedgerStory
from ledgers.services import mark_led
from villages.models import VillageInspection
from villages.selectors import top_categories


@transaction.atomic
def lead_from_story(*, actor: Any, story: LedgerStory) -> Lead:
    """Make a story a lead, once: who asks again gets the lead there is. A person's step always, never the machine's."""
    demand(can_lead_story(actor, story))
    hits = standing_hits(story)
    lead = open_lead(
        actor=actor,
        inspection=story.inspection,
        source=LeadSource.LEDGER,
        source_key=lead_key(story),
        title=story.title,
        text=story.text,
        origin=f"账册比对，依据账册{story.rows_count}行（规则{'、'.join(story.rule_list)}）",
        category=aspect_of(hits[0].rule),
    )
    mark_led(actor=actor, story=story)
    return lead


@transaction.atomic
def paper_from_story(*, actor: Any, story: LedgerStory) -> Finding:
    """A draft workpaper that checks the lead of a story, with its rows as evidence; an open one there is, is given."""
    lead = _open_lead(actor, story)
    if known := _paper_of(actor, lead):
        return known
    words = words_of_lead(lead)
    steps = words.pop("discovery")
    years = {"years": story.year_list} if story.year_list else {}
    values = (
        words
        | years
        | {"amount": story.amount, "category": words["category"] or top_categories(story.round)[0]}
    )
    paper = create_finding(actor=actor, inspection=story.inspection, values=values, steps=steps, lead=lead)
    file = _evidence(actor, story)
    item = {"file": file, "name": f"账册依据：{story.title}", "kind": SourceKind.LEDGER,
            "origin": MaterialForm.ELECTRONIC, "page_range": f"{story.rows_count}行"}  # fmt: skip
    return list_materials(actor=actor, finding=paper, items=[item])


def _paper_of(actor: Any, lead: Lead) -> Finding | None:
    checks = lead.checks.standing().filter(finding__isnull=False).select_related("finding")
    papers = [check.finding for check in checks if check.finding]
    return next((paper for paper in papers if rules.can_edit(actor, paper)), None)


@transaction.atomic
def lead_for_check(*, actor: Any, story: LedgerStory) -> Lead:
    """The open lead of a story, made if need be, for a spot check to be written on."""
    return _open_lead(actor, story)


def _open_lead(actor: Any, story: LedgerStory) -> Lead:
    made = lead_from_story(actor=actor, story=story)
    lead: Lead = with_lead_relations(Lead.objects.all()).get(pk=made.pk)
    if lead.status != LeadStatus.OPEN:
        raise ServiceError(f"这条疑点已有结论（{lead.get_status_display()}），先在疑点页恢复待核再办。")
    return lead


@transaction.atomic
def write_check(
    *,
    actor: Any,
    inspection: VillageInspection,
    kind: str,
    values: dict[str, Any],
    details: dict[str, Any],
    lead: Lead,
) -> FieldPaper:
    """A field paper that checks a lead; where the lead comes from the books, their rows go with it as a file."""
    paper = create_field_paper(
        actor=actor, inspection=inspection, kind=kind, values=values, details=details, lead=lead
    )
    story = story_of_lead(actor, lead)
    if story is None:
        return paper
    return attach_field_file(actor=actor, paper=paper, file=_evidence(actor, story))


def _evidence(actor: Any, story: LedgerStory) -> StoredFile:
    data = evidence_data(story, story.round.district.name)
    return store_bytes(actor=actor, name=f"账册依据 {story.title[:60]}.xlsx", content=evidence_xlsx(data))
