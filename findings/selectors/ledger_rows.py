"""The rows of a village's books behind hits, for a page, for a paper, for a workbook."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from core import clock
from core.display import years_in_words
from findings.documents.ledger import EvidenceData, HitLine, RowLine, RowTable
from ledgers.models import LedgerHit, LedgerRow, LedgerStory
from ledgers.rules.catalogue import all_rules
from ledgers.rules.labels import facts
from ledgers.rules.rule import Rule
from ledgers.rules.stored import from_data
from ledgers.selectors.rows import Cell, Group, group_of

# So many rows of a story go into one workbook; a hit shows so many on the page.
MOST_ROWS, SHOWN_ROWS = 2000, 12


def rows_named(keys: Iterable[str]) -> dict[str, LedgerRow]:
    """Rows by key with sheet and file; one query. Whoever calls has shown the story they belong to."""
    rows = LedgerRow.objects.filter(pk__in=list(dict.fromkeys(keys))).select_related("sheet__source__file")
    return {str(row.pk): row for row in rows}


def tables(rows: Iterable[LedgerRow]) -> list[Group]:
    """Rows put together by kind, each kind in the order given."""
    by_kind: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [group_of(kind, found) for kind, found in by_kind.items()]


def place_of(row: LedgerRow) -> str:
    """Where a row stands: file, sheet, line."""
    return f"《{row.sheet.source.file.name}》{row.sheet}第{row.line}行"


def line_of(row: LedgerRow) -> str:
    """A row in one line: what is filled in it."""
    typed = from_data(row.kind, str(row.pk), row.data)
    return "，".join(f"{label}{text}" for label, text in facts(row.kind, typed))


def standing_hits(story: LedgerStory) -> list[LedgerHit]:
    """The hits of a story that still arise, the gravest first."""
    return list(story.hits.filter(gone=False).order_by("-severity", "rule", "id"))


def story_rows(hits: Iterable[LedgerHit], most: int = MOST_ROWS) -> list[LedgerRow]:
    """The rows hits rest on in the order they are told, each once, the first ``most``; two queries at most."""
    keys = list(dict.fromkeys(key for hit in hits for key in hit.rows))[:most]
    found = rows_named(keys)
    return [found[key] for key in keys if key in found]


def evidence_data(story: LedgerStory, office: str) -> EvidenceData:
    """What the workbook of a story shows."""
    hits, rules = standing_hits(story), all_rules()
    rows = story_rows(hits)
    resting: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        for key in hit.rows:
            resting[key].append(hit.rule)
    files = {row.sheet.source.file for row in rows}
    return EvidenceData(
        office=office,
        village=story.village.name,
        title=story.title,
        created=clock.today(),
        hits=tuple(_hit_line(hit, rules[hit.rule]) for hit in hits),
        tables=tuple(_row_table(table, resting) for table in tables(rows)),
        sources=tuple(sorted((file.name, file.sha256) for file in files)),
        left_out=len(resting) - len(rows),
    )


def _hit_line(hit: LedgerHit, rule: Rule) -> HitLine:
    return HitLine(
        rule=f"{hit.rule} {rule.name}",
        severity=hit.get_severity_display(),
        years=years_in_words(hit.year_list),
        amount=hit.amount,
        reason=hit.reason,
    )


def _row_table(table: Group, resting: dict[str, list[str]]) -> RowTable:
    return RowTable(
        title=table.label,
        columns=tuple(head.label for head in table.heads),
        rows=tuple(_row_line(row, cells, resting) for row, cells in table.rows),
    )


def _row_line(row: LedgerRow, cells: list[Cell], resting: dict[str, list[str]]) -> RowLine:
    return RowLine(
        rules="、".join(dict.fromkeys(resting[str(row.pk)])),
        file=row.sheet.source.file.name,
        sheet=str(row.sheet),
        line=row.line,
        cells=tuple(cell.text for cell in cells),
    )


def check_start(story: LedgerStory) -> dict[str, Any]:
    """What a spot check begins with: which rows are to be held against what is really there."""
    hits = standing_hits(story)
    rows = story_rows(hits, SHOWN_ROWS)
    return {
        "subject": story.title[:120],
        "method": "账实核对",
        "population": f"账册{story.rows_count}行",
        "sample": f"{len(rows)}行",
        "basis": story.text[:2000],
        "items": [
            {"item": place_of(row)[:500], "expected": line_of(row)[:500], "actual": "", "note": ""}
            for row in rows
        ],
    }
