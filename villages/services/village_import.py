"""Import of the register: stage what was previewed, write exactly that, or throw it away."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.files import SPREADSHEET, store_upload
from villages import rules
from villages.models import District, ImportStage, Town, Village
from villages.selectors.village_plan import CREATE, UPDATE, ImportPlan, PlanLine, plan_village_import
from villages.services.reference import set_district
from villages.workflow import IMPORT

_MOVED = "预览之后名册被别人改过，为防写错，本次没有导入。请重新上传预览。"


@transaction.atomic
def stage_village_import(*, actor: Any, upload: UploadedFile, county: str) -> ImportStage:
    """Read an uploaded register, keep its plan and the untouched file for the confirmation."""
    demand(rules.can_edit_places(actor))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    plan = plan_village_import(actor, content, upload.name or "", county)
    staged = ImportStage(
        kind=ImportStage.Kind.VILLAGES,
        owner=actor,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filename=(upload.name or "")[-200:],
        county=county,
        payload=plan.to_json(),
    )
    staged.save(force_insert=True)
    audit.record(actor=actor, verb="imports.stage", target=staged, after=_figures(plan))
    return staged


@transaction.atomic
def commit_village_import(
    *, actor: Any, staged: ImportStage, skip_errors: bool = False, revision: int | None = None
) -> ImportStage:
    """Write the staged plan. With faulty rows in it, only when ``skip_errors`` says that the good ones suffice."""
    demand(rules.can_edit_places(actor))
    plan = ImportPlan.from_json(staged.payload)
    if plan.errors and not skip_errors:
        raise ServiceError(
            f"有 {plan.rows - len(plan.lines)} 行有错误。改好后重新上传，或选择“只导入正确的行”。"
        )
    # The status first: a second confirmation stops here and writes nothing.
    IMPORT.apply(staged, "commit", actor=actor, revision=revision, changes={"result": _figures(plan)})
    _apply(actor, plan)
    return staged


@transaction.atomic
def discard_import(*, actor: Any, staged: ImportStage, revision: int | None = None) -> ImportStage:
    """Throw a preview away."""
    return IMPORT.apply(staged, "discard", actor=actor, revision=revision)


@transaction.atomic
def import_villages(
    *, actor: Any, content: bytes, filename: str, county: str, strict: bool = False
) -> ImportPlan:
    """Read and write a register in one go, for commands and first set-up; good rows only, all of them or none.

    With ``strict`` a single faulty row refuses the whole file.
    """
    plan = plan_village_import(actor, content, filename, county)
    if strict and plan.errors:
        raise ServiceError("文件有错误的行，按要求全部未导入。")
    _apply(actor, plan)
    return plan


def _figures(plan: ImportPlan) -> dict[str, Any]:
    report = plan.report()
    return report | {
        "errors": len(report["errors"]),
        "warnings": len(report["warnings"]),
        "towns": len(plan.towns),
    }


def _apply(actor: Any, plan: ImportPlan) -> None:
    towns = _towns(actor, plan)
    fresh = [line for line in plan.lines if line.action == CREATE]
    if Village.objects.filter(code__in=[line.code for line in fresh]).exists():
        raise ServiceError(_MOVED)
    rows = [Village(code=line.code, town=towns[line.town], **line.values) for line in fresh]
    records.bulk_create(rows, actor=actor, verb="places.import", summary=f"导入村（社区）名册 {len(rows)} 个")
    changed = [line for line in plan.lines if line.action == UPDATE]
    known = {str(pk): row for pk, row in Village.objects.in_bulk([line.village for line in changed]).items()}
    for line in changed:
        _update(actor, known.get(line.village), line)


def _update(actor: Any, village: Village | None, line: PlanLine) -> None:
    try:
        if village is None:
            raise StaleRecord(None)
        records.update(
            village, actor=actor, verb="places.import", revision=line.revision, changes=line.values
        )
    except StaleRecord:
        raise ServiceError(_MOVED) from None


def _towns(actor: Any, plan: ImportPlan) -> dict[str, Town]:
    """Towns by code, new ones made from the file."""
    district = District.objects.filter(code=plan.county).first()
    if district is None:
        district = set_district(actor=actor, code=plan.county, name=f"区划{plan.county}", short="巡")
    known = {row.code: row for row in Town.objects.filter(code__startswith=plan.county)}
    for code, name in plan.towns.items():
        if code not in known:
            made = Town(district=district, code=code, name=name)
            known[code] = records.create(made, actor=actor, verb="places.add_town")
    return known
