"""What a signature covers: the whole paper in one canonical form, and the hash of it."""

from decimal import Decimal
from typing import Any

from core.audit import plain
from core.digests import digest
from findings.models import FieldPaper, Finding, SurveyTable, Talk

_CENT = Decimal("0.01")
# Everything a reader of the paper form sees. Status, signatures and figures that follow from others are not content.
_FIELDS = (
    "no", "prepared_on", "title", "villager_groups", "commonality", "severity", "period_from", "period_to", "years",
    "amount", "quantity", "unit", "summary", "facts", "basis", "origins", "root_cause", "responsibility",
    "disciplines", "response_of_target", "no_response_reason", "disposal", "open_question",
)  # fmt: skip
_FIELD_FIELDS = ("no", "kind", "subject", "happened_at", "ended_at", "place", "content", "details")
_TABLE_FIELDS = (
    "no", "kind", "scope", "happened_at", "ended_at", "place", "present", "remarks", "rows",
)  # fmt: skip
_TALK_FIELDS = (
    "no", "target_name", "target_post", "target_category", "purpose", "happened_at", "ended_at", "place", "read_back",
)  # fmt: skip


def content_hash(finding: Finding) -> str:
    """SHA-256 of the problem workpaper as it stands, as 64 hexadecimal digits.

    Covers every field, the steps of discovery, and the evidence with the hashes of its files and of the talks
    it cites. Persons enter by row and revision, never by name: a hash over a short name can be guessed.
    """
    return digest(_finding(finding))


def minutes_hash(paper: Any) -> str:
    """SHA-256 of a talk, field paper or survey sheet as it stands."""
    if isinstance(paper, SurveyTable):
        return table_hash(paper)
    return talk_hash(paper) if isinstance(paper, Talk) else field_hash(paper)


def table_hash(table: SurveyTable) -> str:
    """SHA-256 of a survey sheet as it stands: what was typed, not what is worked out from it."""
    body = {name: plain(getattr(table, name)) for name in _TABLE_FIELDS}
    people = [str(table.checker_id), str(table.recorder_id)]
    return digest(body | {"v": 1, "village": str(table.village_id), "people": people})


def field_hash(paper: FieldPaper) -> str:
    """SHA-256 of a field paper as it stands, with its parts and the hashes of its files in order."""
    body = {name: plain(getattr(paper, name)) for name in _FIELD_FIELDS}
    body |= {
        "v": 1,
        "village": str(paper.village_id),
        "people": [str(paper.companion_id), str(paper.recorder_id)],
    }
    files = paper.files.select_related("file").order_by("seq")
    body["files"] = [[row.seq, row.caption, row.file.sha256] for row in files]
    return digest(body)


def talk_hash(talk: Talk) -> str:
    """SHA-256 of the talk record as it stands, with all its points."""
    body = {name: plain(_steady(getattr(talk, name))) for name in _TALK_FIELDS}
    body |= {"v": 1, "village": str(talk.village_id), "people": [str(talk.talker_id), str(talk.recorder_id)]}
    body["points"] = [[p.seq, p.question, p.answer, p.key_point] for p in talk.points.order_by("seq")]
    return digest(body)


def _finding(finding: Finding) -> dict[str, Any]:
    body = {name: plain(_steady(getattr(finding, name))) for name in _FIELDS}
    evidence = finding.evidence.select_related("file", "talk", "paper", "table").order_by("seq")
    return body | {
        "v": 1,
        "village": str(finding.village_id),
        "handler": str(finding.handler_id),
        "category": [str(finding.category_id), str(finding.subcategory_id or "")],
        "steps": [[s.seq, plain(s.on), s.method, s.people, s.text] for s in finding.steps.order_by("seq")],
        "evidence": [_evidence(item) for item in evidence],
        "persons": [[str(pk), revision] for pk, revision in _persons(finding)],
    }


def _persons(finding: Finding) -> Any:
    return finding.persons.order_by("id").values_list("id", "revision")


def _evidence(item: Any) -> list[Any]:
    return [
        item.seq,
        item.name,
        item.kind,
        item.origin,
        item.page_range,
        item.file.sha256 if item.file else "",
        minutes_hash(item.minutes) if item.minutes else "",
    ]


def _steady(value: Any) -> Any:
    """Numbers as the database gives them back: ``12`` and ``12.00`` are one amount."""
    return value.quantize(_CENT) if isinstance(value, Decimal) else value
