"""Writing survey tables: rows as they are typed, what a hint leads to, and the papers made of them."""

from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from findings import rules
from findings.models import TABLES, Finding, Lead, LeadSource, SurveyTable
from findings.rules.table_cells import MOST_ROWS, TOO_LONG, Rows, fault_sentence, read_sheet
from findings.selectors.table_hints import hint_of
from findings.selectors.tables import village_tables
from findings.services.evidence import add_evidence
from findings.services.leads import open_lead
from findings.services.minutes import check_people, revise_minutes
from villages.models import VillageInspection, spine

TABLE_FIELDS = ("scope", "happened_at", "ended_at", "place", "checker", "recorder", "present", "remarks")
NO_TABLES = "这个村（社区）还没有三资调查表，没有可以生成的内容。"
# So many faults are said at once; the grid shows each at its cell.
_SAID = 6


@transaction.atomic
def create_table(
    *,
    actor: Any,
    inspection: VillageInspection,
    kind: str,
    values: dict[str, Any],
    rows: list[dict[str, Any]],
) -> SurveyTable:
    """Open a sheet of ``kind``; ``rows``: cells as typed, by column of :data:`TABLES`. A faulty cell refuses it."""
    demand(rules.can_create(actor, inspection))
    if kind not in TABLES:
        raise ServiceError("请选择调查表的种类。", "kind")
    return open_table(actor, inspection, kind, values, _read(kind, rows, []))


def open_table(
    actor: Any, inspection: VillageInspection, kind: str, values: dict[str, Any], rows: Rows
) -> SurveyTable:
    """Insert a sheet with rows read before; whoever calls has checked that ``actor`` may."""
    if len(rows) > MOST_ROWS:
        raise ServiceError(TOO_LONG, "rows")
    chosen = _checked(inspection, {"recorder": actor} | values, None)
    row = SurveyTable(**spine(inspection), kind=kind, rows=rows, **chosen)
    return records.create(row, actor=actor, verb="findings.table.create")


@transaction.atomic
def edit_table(
    *,
    actor: Any,
    table: SurveyTable,
    revision: int,
    values: dict[str, Any],
    rows: list[dict[str, Any]] | None = None,
) -> SurveyTable:
    """Change the sheet; after a signature a real change clears the signatures and returns it to draft.

    ``rows`` as typed; ``None`` leaves them as they are.
    """
    demand(rules.can_edit_minutes(actor, table))
    wanted = _checked(table.inspection, values, table)
    if rows is not None:
        wanted["rows"] = _read(table.kind, rows, table.rows)
    changes = {name: value for name, value in wanted.items() if getattr(table, name) != value}
    if not changes and revision == table.revision:
        return table
    revise_minutes(actor, table, revision, changes, wanted)
    return table


def _read(kind: str, typed: list[dict[str, Any]], before: Rows) -> Rows:
    spec = TABLES[kind]
    kept, faults = read_sheet(spec, typed, before)
    if faults:
        said = [fault_sentence(spec, fault) for fault in faults[:_SAID]]
        more = f"另有{len(faults) - _SAID}处。" if len(faults) > _SAID else ""
        raise ServiceError("".join(said) + more, "rows")
    return kept


def _checked(
    inspection: VillageInspection, values: dict[str, Any], current: SurveyTable | None
) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        n: clean(v).strip() if isinstance(v := values[n], str) else v for n in TABLE_FIELDS if n in values
    }
    check_people(inspection, SurveyTable.OTHER, chosen, current)
    return chosen


# --- what a hint leads to ---------------------------------------------------------------------------------


@transaction.atomic
def lead_from_hint(*, actor: Any, table: SurveyTable, key: str) -> Lead:
    """Open a lead from one hint of a sheet (``key``: ``row:rule``); the same hint gives the lead it gave before.

    Whether ``actor`` may is asked where every lead is opened.
    """
    hint = _hint(table, key)
    return open_lead(
        actor=actor,
        inspection=table.inspection,
        source=LeadSource.LEDGER,
        source_key=f"table:{table.pk}:{hint.key}",
        title=hint.title,
        text=f"{hint.title}。{hint.advice}",
        origin=f"{table.heading}第{hint.number}行" + (f"，{table.no}" if table.no else ""),
        category=table.spec.category,
    )


def _hint(table: SurveyTable, key: str) -> Any:
    found = hint_of(table, key)
    if found is None:
        raise ServiceError("这一行已经改过，原来的提示不再成立。请看最新的提示。")
    return found


@transaction.atomic
def cite_row(
    *, actor: Any, table: SurveyTable, finding: Finding, row_id: str, revision: int | None
) -> Finding:
    """List one row of a signed sheet as supporting material of a workpaper of the same village."""
    number = next((n for n, row in enumerate(table.rows, 1) if row["id"] == row_id), None)
    if number is None:
        raise ServiceError("这一行已不在表里，请刷新后再试。")
    item = {"table": table, "name": f"{table.heading}第{number}行", "page_range": f"第{number}行"}
    return add_evidence(actor=actor, finding=finding, items=[item], revision=revision)


# --- papers -----------------------------------------------------------------------------------------------


@transaction.atomic
def request_table(*, actor: Any, table: SurveyTable, form: str) -> Job:
    """Ask for one sheet as the official form; ``form``: ``word`` or ``excel``."""
    name = {"word": "Word", "excel": "Excel"}.get(form)
    if name is None:
        raise ServiceError("请选择生成 Word 还是 Excel。")
    return enqueue(
        "findings.table",
        args={"table": str(table.pk), "form": form},
        actor=actor,
        title=f"{table.noun} {table.no or '未编号'} {name}",
        dedupe=f"findings.table:{form}:{actor.pk}:{table.pk}",
        subject=table,
    )


@transaction.atomic
def request_village_tables(*, actor: Any, inspection: VillageInspection) -> Job:
    """Ask for all sheets of a village in one workbook: those who see them one by one, once there are any."""
    demand(rules.can_print(actor))
    if not village_tables(actor, inspection):
        raise ServiceError(NO_TABLES)
    return enqueue(
        "findings.tables",
        args={"inspection": str(inspection.pk)},
        actor=actor,
        title=f"{inspection.village.name}三资调查表 Excel",
        dedupe=f"findings.tables:{actor.pk}:{inspection.pk}",
        subject=inspection,
    )
