"""Keeping the catalogue: gathered from the stages, numbered once, gathered again without renumbering."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from archives import rules
from archives.models import ArchiveEntry
from archives.selectors.gathering import gathered
from core import audit, clock
from core.access import demand
from core.filing import FiledPaper
from villages.models import Round, VillageInspection

_FIELDS = (
    "stage", "title", "responsible", "doc_no", "dated_on", "pages", "retention", "file", "team_id", "town_id",
    "village_id",
)  # fmt: skip


@transaction.atomic
def gather_entries(
    *, actor: Any, round: Round, inspection: VillageInspection | None = None
) -> dict[str, int]:
    """Bring the catalogue of a round, or of one village in it, up to the papers of now.

    New papers get the next numbers, changed ones keep theirs, papers that no longer exist leave the catalogue.
    """
    demand(rules.can_pack(actor, round, inspection))
    Round.objects.select_for_update().get(pk=round.pk)
    papers = {paper.source: paper for paper in gathered(actor, round, inspection)}
    rows = ArchiveEntry.objects.filter(round=round)
    if inspection is not None:
        rows = rows.filter(village=inspection.village_id, team=inspection.team_id)
    known = {row.source: row for row in rows}
    counts = {
        "新增": _insert(round, [paper for source, paper in papers.items() if source not in known]),
        "变动": _follow([(known[source], paper) for source, paper in papers.items() if source in known]),
        "移出": _remove([row for source, row in known.items() if source not in papers]),
    }
    if any(counts.values()):
        audit.record(actor=actor, verb="archives.gather", target=inspection or round, after=counts)
    return counts


def _values(paper: FiledPaper) -> dict[str, Any]:
    values = {name: getattr(paper, name, None) for name in _FIELDS}
    pages = paper.file.pages if paper.file else None
    return values | {"pages": pages, "title": paper.title[:200], "responsible": paper.responsible[:80]}


def _insert(round_: Round, papers: list[FiledPaper]) -> int:
    last = ArchiveEntry.objects.filter(round=round_).aggregate(last=Max("seq"))["last"] or 0
    rows = [
        ArchiveEntry(round=round_, source=paper.source, seq=last + number, **_values(paper))
        for number, paper in enumerate(papers, 1)
    ]
    ArchiveEntry.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _follow(pairs: list[tuple[ArchiveEntry, FiledPaper]]) -> int:
    moved = []
    for row, paper in pairs:
        values = _values(paper)
        if any(getattr(row, name) != value for name, value in values.items() if name != "file"):
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1
            row.updated_at = clock.now()
            moved.append(row)
    ArchiveEntry.objects.bulk_update(moved, [*_plain_fields(), "revision", "updated_at"], batch_size=200)
    return len(moved)


def _plain_fields() -> list[str]:
    return [name.removesuffix("_id") for name in _FIELDS]


def _remove(rows: list[ArchiveEntry]) -> int:
    ArchiveEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
