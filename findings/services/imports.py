"""Taking in a list of problems: stage what was previewed, write exactly that, or throw it away."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.files import SPREADSHEET, store_upload
from findings import rules
from findings.models import Finding, FindingImport
from findings.selectors.finding_plan import CREATE, FindingPlan, PlanLine, plan_finding_import, plan_or_refuse
from findings.services.evidence import list_materials
from findings.services.papers import open_paper
from findings.workflow import IMPORT_FLOW
from villages.models import Category, Round, User, VillageInspection


@transaction.atomic
def stage_finding_import(*, actor: Any, round: Round, upload: UploadedFile) -> FindingImport:
    """Read an uploaded list, keep its plan and the untouched file for the confirmation."""
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    plan = plan_finding_import(actor=actor, round=round, content=content, filename=upload.name or "")
    staged = FindingImport(
        round=round,
        owner=actor,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filename=(upload.name or "")[-200:],
        payload=plan.to_json(),
    )
    return records.create(staged, actor=actor, verb="findings.import.stage")


@transaction.atomic
def commit_staged_import(
    *, actor: Any, staged: FindingImport, skip_errors: bool = False, revision: int | None = None
) -> FindingImport:
    """Write a staged plan. With faulty rows in it, only when ``skip_errors`` says that the good ones suffice."""
    plan = FindingPlan.from_json(staged.payload)
    if plan.errors and not skip_errors:
        raise ServiceError(f"有{plan.faulty}行错误。改好后重新上传，或选择“只导入正确的行”。")
    # The state first: a second confirmation stops here and writes nothing.
    figures = {"created": plan.count(CREATE), "faulty": plan.faulty}
    IMPORT_FLOW.apply(staged, "commit", actor=actor, revision=revision, changes={"result": figures})
    commit_finding_import(actor=actor, plan=plan)
    return staged


@transaction.atomic
def discard_finding_import(
    *, actor: Any, staged: FindingImport, revision: int | None = None
) -> FindingImport:
    """Throw a preview away."""
    return IMPORT_FLOW.apply(staged, "discard", actor=actor, revision=revision)


@transaction.atomic
def commit_finding_import(*, actor: Any, plan: FindingPlan, strict: bool = False) -> list[Finding]:
    """Write the good rows of ``plan`` as drafts of their handlers, all of them or none; return the new papers.

    A row that has been taken in before makes nothing. With ``strict`` one faulty row refuses the whole file.
    """
    if strict:
        plan_or_refuse(plan)
    fresh = [line for line in plan.lines if line.action == CREATE]
    rows = VillageInspection.objects.select_related("round__district", "team", "village", "town")
    villages = {str(row.pk): row for row in rows.filter(pk__in={line.inspection for line in fresh})}
    handlers = {str(row.pk): row for row in User.objects.filter(pk__in={line.handler for line in fresh})}
    scheme = Category.objects.filter(scheme__in={row.round.scheme_id for row in villages.values()})
    categories = {str(row.pk): row for row in scheme.select_related("parent")}
    made = [
        _open(actor, line, villages[line.inspection], handlers[line.handler], categories, plan.filename)
        for line in fresh
    ]
    figures = {"created": len(made), "faulty": plan.faulty}
    audit.record(actor=actor, verb="findings.import.done", after=figures, label=f"问题清单 {plan.filename}")
    return made


def _open(
    actor: Any,
    line: PlanLine,
    inspection: VillageInspection,
    handler: User,
    categories: dict[str, Category],
    filename: str,
) -> Finding:
    demand(rules.can_import_into(actor, inspection))
    if Finding.objects.filter(inspection=inspection, import_key=line.key).exists():
        raise ServiceError(f"预览之后，第{line.row}行的问题已被别人导入，本次没有导入。请重新上传预览。")
    values = line.values | {
        "category": categories[line.category],
        "subcategory": categories.get(line.subcategory),
    }
    finding = open_paper(
        actor=actor,
        handler=handler,
        inspection=inspection,
        values=values,
        verb="findings.import",
        reason=f"由《{filename}》第{line.row}行导入",
        import_key=line.key,
    )
    if line.materials:
        list_materials(actor=actor, finding=finding, items=line.materials)
    return finding
