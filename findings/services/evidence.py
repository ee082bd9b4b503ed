"""Supporting material: add many at once, cite talks, caption, order, remove. Each change is a change of the paper."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.files import EVIDENCE, store_uploads
from core.models import StoredFile
from core.ordering import change_places, close_up
from core.text import clean
from findings import rules
from findings.models import EvidenceItem, Finding, MaterialForm, SourceKind, Talk, TalkStatus
from findings.selectors.evidence import evidence_figures
from findings.selectors.paper import with_relations
from findings.services.revision import revise
from villages.models import spine

_CAPTION = ("name", "kind", "origin", "page_range")


@transaction.atomic
def add_evidence(
    *, actor: Any, finding: Finding, items: list[dict[str, Any]], revision: int | None = None
) -> Finding:
    """Append materials to the numbered list.

    ``items``: rows ``{"name", "kind", "origin", "page_range", "file", "talk", "paper", "table"}``; ``name`` may be
    left out when a file or a cited paper gives it. A survey sheet is cited once it is signed. Returns the paper with
    its raised revision.
    """
    demand(rules.can_edit(actor, finding))
    if not items:
        raise ServiceError("请选择要添加的支撑材料。")
    tables = [table for item in items if (table := item.get("table"))]
    if any(table.status != TalkStatus.SIGNED or table.deleted_at for table in tables):
        raise ServiceError("只能引用二人已签名的调查表。", "table")
    return list_materials(actor=actor, finding=finding, items=items, revision=revision)


@transaction.atomic
def list_materials(
    *, actor: Any, finding: Finding, items: list[dict[str, Any]], revision: int | None = None
) -> Finding:
    """Put the rows of ``items`` behind the last material; whoever calls has checked that ``actor`` may."""
    last = finding.evidence.order_by("-seq").values_list("seq", flat=True).first() or 0
    rules.demand_room(last + len(items))
    rows = [_item(finding, last + number, item) for number, item in enumerate(items, 1)]
    EvidenceItem.objects.bulk_create(rows)
    names = "、".join(row.name for row in rows)
    return _renew(actor, finding, revision, "findings.add_evidence", names)


def _item(finding: Finding, seq: int, item: dict[str, Any]) -> EvidenceItem:
    talk, paper, table, file = (item.get(way) for way in ("talk", "paper", "table", "file"))
    cited = talk or paper or table
    if cited is not None and cited.inspection_id != finding.inspection_id:
        raise ServiceError(f"只能引用本村（社区）的{cited.noun}。", "talk" if talk else "paper")
    file_pages = clean(item.get("page_range") or "")[:40]
    rules.demand_pages(file, file_pages)
    name = clean(item.get("name") or (file.name if file else "") or (str(cited) if cited else "")).strip()
    if not name:
        raise ServiceError("请填写材料名称。", "name")
    return EvidenceItem(
        **spine(finding.inspection),
        finding=finding,
        seq=seq,
        name=name[:200],
        kind=_source_of(cited) or item.get("kind") or SourceKind.DOCUMENT,
        origin=item.get("origin") or (MaterialForm.ORIGINAL if cited else MaterialForm.COPY),
        page_range=file_pages,
        file=file,
        talk=talk,
        paper=paper,
        table=table,
    )


def _source_of(cited: Any) -> str:
    """What kind of source a cited paper is; empty when none is cited."""
    if cited is None:
        return ""
    return SourceKind.TALK if isinstance(cited, Talk) else cited.spec.source


@transaction.atomic
def upload_evidence(
    *,
    actor: Any,
    finding: Finding,
    revision: int,
    uploads: list[UploadedFile],
    kind: str,
    origin: str,
    page_range: str = "",
) -> Finding:
    """Store many files at once (all or none) and list each of them as a material named after its file."""
    demand(rules.can_edit(actor, finding))
    stored = store_uploads(actor=actor, uploads=uploads, policy=EVIDENCE, origin=origin)
    items = [
        {"file": file, "name": file.name, "kind": kind, "origin": origin, "page_range": page_range}
        for file in stored
    ]
    return add_evidence(actor=actor, finding=finding, items=items, revision=revision)


@transaction.atomic
def attach_evidence(
    *, actor: Any, finding: Finding, file: StoredFile, kind: str, origin: str, page_range: str = ""
) -> Finding:
    """List one file that was sent in pieces behind the last material.

    Many arrive one after the other while the page stays open: each is added to the paper as it stands by then.
    """
    papers = with_relations(Finding.objects.select_for_update(of=("self",)))
    current: Finding = papers.get(pk=finding.pk)
    demand(rules.can_edit(actor, current))
    item = {"file": file, "name": file.name, "kind": kind, "origin": origin, "page_range": page_range}
    return list_materials(actor=actor, finding=current, items=[item])


@transaction.atomic
def edit_evidence(*, actor: Any, item: EvidenceItem, revision: int, values: dict[str, Any]) -> Finding:
    """Change caption, kind, form or pages of one material; the file itself is never replaced."""
    finding = item.finding
    demand(rules.can_edit(actor, finding))
    changes = {
        name: clean(values[name])
        for name in _CAPTION
        if name in values and values[name] != getattr(item, name)
    }
    if not changes.get("name", item.name).strip():
        raise ServiceError("请填写材料名称。", "name")
    if "page_range" in changes:
        rules.demand_pages(item.file, changes["page_range"])
    cited = item.minutes
    if cited is not None and changes.get("kind", item.kind) != item.kind:
        raise ServiceError(f"{cited.noun}的来源种类只能是“{item.get_kind_display()}”。", "kind")
    if not changes:
        return finding
    records.update(item, actor=actor, verb="findings.edit_evidence", revision=None, changes=changes)
    return _renew(actor, finding, revision, "findings.edit_evidence", f"第{item.seq}件：{item.name}")


@transaction.atomic
def move_evidence(*, actor: Any, item: EvidenceItem, revision: int, up: bool) -> Finding:
    """Change places with the material before (``up``) or after; at the end of the list nothing happens."""
    finding = item.finding
    demand(rules.can_edit(actor, finding))
    moved = change_places(item, finding.evidence.all(), up=up)
    if moved is None:
        return finding
    return _renew(actor, finding, revision, "findings.move_evidence", "第{}件改为第{}件".format(*moved))


@transaction.atomic
def remove_evidence(*, actor: Any, item: EvidenceItem, revision: int) -> Finding:
    """Take a material off the list; the stored file stays, and the trail keeps its name and the start of its hash."""
    finding = item.finding
    demand(rules.can_edit(actor, finding))
    seq, mark = item.seq, f"（{item.file.sha256[:12]}）" if item.file else ""
    item.delete()
    close_up(finding.evidence.all(), seq)
    return _renew(actor, finding, revision, "findings.remove_evidence", f"第{seq}件：{item.name}{mark}")


def _renew(actor: Any, finding: Finding, revision: int | None, verb: str, why: str) -> Finding:
    figures = evidence_figures(finding)
    changes = {name: value for name, value in figures.items() if getattr(finding, name) != value}
    return revise(
        actor=actor, finding=finding, revision=revision, verb=verb, changes=changes, attempted={}, reason=why
    )
