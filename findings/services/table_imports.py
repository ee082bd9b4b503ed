"""Taking in a filled workbook of survey tables: staged, previewed, then one draft sheet for each table."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.files import SPREADSHEET
from findings import rules
from findings.models import TableImport
from findings.selectors.table_file import TablePlan, read_workbook
from findings.services.tables import open_table
from findings.workflow import TABLE_IMPORT_FLOW
from villages.models import User, VillageInspection


@transaction.atomic
def stage_tables(
    *, actor: Any, inspection: VillageInspection, upload: UploadedFile, values: dict[str, Any]
) -> TableImport:
    """Read an uploaded workbook and keep what it would make; ``values``: the head all its sheets share.

    The file is not stored: what is kept holds ends and digests of numbers, never whole ones.
    """
    demand(rules.can_create(actor, inspection))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    plan = read_workbook(content, upload.name or "", head=_stored_head(actor, values))
    staged = TableImport(
        inspection=inspection, owner=actor, filename=(upload.name or "")[-200:], payload=plan.to_json()
    )
    return records.create(staged, actor=actor, verb="findings.table.import.stage")


def _stored_head(actor: Any, values: dict[str, Any]) -> dict[str, Any]:
    recorder = values.get("recorder") or actor
    return values | {"checker": str(values["checker"].pk), "recorder": str(recorder.pk)}


@transaction.atomic
def commit_tables(
    *, actor: Any, staged: TableImport, skip_errors: bool = False, revision: int | None = None
) -> TableImport:
    """Write the sheets that were previewed; with faulty rows only when ``skip_errors`` says the good ones suffice."""
    demand(rules.can_create(actor, staged.inspection))
    plan = TablePlan.from_json(staged.payload)
    if plan.faults and not skip_errors:
        raise ServiceError(f"有{len(plan.faults)}处没有读对。改好后重新上传，或选择“只导入正确的行”。")
    if not plan.good:
        raise ServiceError("没有可以导入的行。")
    # The state first: a second confirmation stops here and writes nothing.
    TABLE_IMPORT_FLOW.apply(staged, "commit", actor=actor, revision=revision)
    people = User.objects.in_bulk([plan.head["checker"], plan.head["recorder"]], field_name="id")
    named = {str(pk): person for pk, person in people.items()}
    head = plan.head | {role: named.get(plan.head[role]) for role in ("checker", "recorder")}
    for sheet in plan.good:
        open_table(actor, staged.inspection, sheet.kind, head | {"scope": sheet.scope}, sheet.rows)
    return staged


@transaction.atomic
def discard_tables(*, actor: Any, staged: TableImport, revision: int | None = None) -> TableImport:
    """Throw a preview away."""
    return TABLE_IMPORT_FLOW.apply(staged, "discard", actor=actor, revision=revision)
