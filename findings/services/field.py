"""Writing field papers: visits, spot checks, group meetings, and what was photographed or collected there."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.files import EVIDENCE, store_uploads
from core.models import StoredFile
from core.ordering import change_places, close_up
from core.text import clean, clean_deep
from findings import rules
from findings.models import SPECS, FieldFile, FieldPaper, Lead
from findings.selectors.field import with_field_relations
from findings.services.leads import link_lead
from findings.services.minutes import check_people, revise_minutes
from villages.models import VillageInspection, spine

FIELD_FIELDS = ("subject", "happened_at", "ended_at", "place", "companion", "recorder", "content")


@transaction.atomic
def create_field_paper(
    *,
    actor: Any,
    inspection: VillageInspection,
    kind: str,
    values: dict[str, Any],
    details: dict[str, Any],
    lead: Lead | None = None,
) -> FieldPaper:
    """Open a paper of ``kind``; ``details``: the parts of :data:`SPECS` for it, what is missing stays empty.

    ``lead``: the suspicion it checks.
    """
    demand(rules.can_create(actor, inspection))
    if lead is not None and lead.inspection_id != inspection.pk:
        raise ServiceError("据以核查的疑点属于另一个村（社区），请选回原来的村，或另写一份。", "village")
    if kind not in SPECS:
        raise ServiceError("请选择记录的种类。", "kind")
    chosen = _checked(inspection, {"recorder": actor} | values, None)
    row = FieldPaper(**spine(inspection), kind=kind, details=_details(kind, details), **chosen)
    records.create(row, actor=actor, verb="findings.field.create")
    if lead is not None:
        link_lead(actor=actor, lead=lead, paper=row)
    return row


@transaction.atomic
def edit_field_paper(
    *, actor: Any, paper: FieldPaper, revision: int, values: dict[str, Any], details: dict[str, Any]
) -> FieldPaper:
    """Change the paper; after a signature a real change clears the signatures and returns it to draft."""
    demand(rules.can_edit_minutes(actor, paper))
    wanted = _checked(paper.inspection, values, paper)
    wanted["details"] = _details(paper.kind, paper.details | details)
    changes = {name: value for name, value in wanted.items() if getattr(paper, name) != value}
    if not changes and revision == paper.revision:
        return paper
    revise_minutes(actor, paper, revision, changes, wanted)
    return paper


def _checked(
    inspection: VillageInspection, values: dict[str, Any], current: FieldPaper | None
) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        n: clean(v) if isinstance(v := values[n], str) else v for n in FIELD_FIELDS if n in values
    }
    if not str(chosen.get("subject", getattr(current, "subject", ""))).strip():
        raise ServiceError("请填写走访、核查或座谈的对象。", "subject")
    check_people(inspection, FieldPaper.OTHER, chosen, current)
    return chosen


def _details(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parts of the kind, cleaned; a choice outside of the list is refused, empty rows are left out."""
    spec = SPECS[kind]
    details = spec.details(clean_deep(given))
    for part in spec.parts:
        value = details[part.name]
        if part.kind == "choice" and value and value not in part.choices:
            raise ServiceError(f"请选择{part.label}。", part.name)
        if part.kind == "number" and value is not None and not 0 <= value <= 99_999:
            raise ServiceError(f"{part.label}应在0到99999之间。", part.name)
        if part.kind == "rows":
            rows = [{c.name: str(row.get(c.name, "")).strip() for c in part.columns} for row in value]
            details[part.name] = [row for row in rows if any(row.values())]
    return details


# --- files ------------------------------------------------------------------------------------------------


@transaction.atomic
def add_field_files(
    *, actor: Any, paper: FieldPaper, revision: int, uploads: list[UploadedFile], origin: str = ""
) -> FieldPaper:
    """Store many files at once, all or none, behind the last one."""
    demand(rules.can_edit_minutes(actor, paper))
    if not uploads:
        raise ServiceError("请选择文件。", "files")
    stored = store_uploads(
        actor=actor, uploads=uploads, policy=EVIDENCE, origin=origin or StoredFile.Origin.PHOTO
    )
    return _add(actor, paper, revision, stored)


@transaction.atomic
def attach_field_file(*, actor: Any, paper: FieldPaper, file: StoredFile) -> FieldPaper:
    """Put one file that was sent in pieces behind the last one, on the paper as it stands by then."""
    current: FieldPaper = with_field_relations(FieldPaper.objects.select_for_update(of=("self",))).get(
        pk=paper.pk
    )
    demand(rules.can_edit_minutes(actor, current))
    return _add(actor, current, current.revision, [file])


def _add(actor: Any, paper: FieldPaper, revision: int, stored: list[StoredFile]) -> FieldPaper:
    last = paper.files.order_by("-seq").values_list("seq", flat=True).first() or 0
    rules.demand_room(last + len(stored))
    FieldFile.objects.bulk_create(
        FieldFile(paper=paper, seq=last + n, file=file) for n, file in enumerate(stored, 1)
    )
    return _renew(actor, paper, revision, "add_files", "、".join(file.name for file in stored))


@transaction.atomic
def caption_field_files(
    *, actor: Any, paper: FieldPaper, revision: int, captions: dict[Any, str]
) -> FieldPaper:
    """Say what the pictures show, by the key of each; the files themselves are never replaced."""
    demand(rules.can_edit_minutes(actor, paper))
    changed = []
    for row in paper.files.filter(pk__in=captions).order_by("seq"):
        text = clean(captions[row.pk]).strip()[:120]
        if text != row.caption:
            FieldFile.objects.filter(pk=row.pk).update(caption=text, revision=F("revision") + 1)
            changed.append(str(row.seq))
    if not changed:
        return paper
    return _renew(actor, paper, revision, "edit_file", f"第{'、'.join(changed)}件")


@transaction.atomic
def move_field_file(*, actor: Any, row: FieldFile, revision: int, up: bool) -> FieldPaper:
    """Change places with the file before (``up``) or after; at the end of the list nothing happens."""
    paper = row.paper
    demand(rules.can_edit_minutes(actor, paper))
    moved = change_places(row, paper.files.all(), up=up)
    if moved is None:
        return paper
    return _renew(actor, paper, revision, "move_file", "第{}件改为第{}件".format(*moved))


@transaction.atomic
def remove_field_file(*, actor: Any, row: FieldFile, revision: int) -> FieldPaper:
    """Take a file off the paper; the stored file stays, and the trail keeps the start of its hash."""
    paper, seq = row.paper, row.seq
    demand(rules.can_edit_minutes(actor, paper))
    mark = f"第{seq}件（{row.file.sha256[:12]}）"
    row.delete()
    close_up(paper.files.all(), seq)
    return _renew(actor, paper, revision, "remove_file", mark)


def _renew(actor: Any, paper: FieldPaper, revision: int, step: str, why: str) -> FieldPaper:
    """A change of files is a change of the paper: its revision rises and signatures fall."""
    revise_minutes(actor, paper, revision, {}, {})
    audit.record(actor=actor, verb=f"findings.field.{step}", target=paper, reason=why)
    return paper
