"""Taking a workbook into a draft: stage what was previewed, write exactly that, or throw it away."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.files import SPREADSHEET, store_upload
from prep.models import CheckPoint, CheckPointLibrary, LibraryImport
from prep.rules import library as rules
from prep.selectors.library_plan import CHANGE, CREATE, LibraryPlan, PointLine, plan_library_import
from prep.services.points import add_point, checked_point
from prep.workflow.library import LIBRARY_IMPORT


@transaction.atomic
def stage_library_import(*, actor: Any, library: CheckPointLibrary, upload: UploadedFile) -> LibraryImport:
    """Read an uploaded workbook, keep its plan and the untouched file for the confirmation."""
    demand(rules.can_edit_library(actor, library))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    plan = plan_library_import(library, content, upload.name or "")
    staged = LibraryImport(
        library=library,
        owner=actor,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filename=(upload.name or "")[-200:],
        payload=plan.to_json(),
    )
    return records.create(staged, actor=actor, verb="prep.library_import.stage")


@transaction.atomic
def commit_library_import(
    *, actor: Any, staged: LibraryImport, skip_errors: bool = False, revision: int | None = None
) -> LibraryImport:
    """Write a staged plan into its draft. With faulty rows only when ``skip_errors`` says the good ones suffice.

    Refused when a point the file changes was changed by somebody since the preview.
    """
    demand(rules.can_edit_library(actor, staged.library))
    plan = LibraryPlan.from_json(staged.payload)
    if plan.errors and not skip_errors:
        raise ServiceError(f"有{plan.faulty}行错误。改好后重新上传，或选择“只导入正确的行”。")
    figures = {"created": plan.count(CREATE), "changed": plan.count(CHANGE), "faulty": plan.faulty}
    # The state first: a second confirmation stops here and writes nothing.
    LIBRARY_IMPORT.apply(staged, "commit", actor=actor, revision=revision, changes={"result": figures})
    known = {point.code: point for point in CheckPoint.objects.filter(library=staged.library)}
    for line in plan.lines:
        if line.action == CREATE:
            _create(actor, staged.library, line)
        elif line.action == CHANGE:
            _change(actor, staged.library, known.get(line.code), line)
    return staged


def _create(actor: Any, library: CheckPointLibrary, line: PointLine) -> None:
    point = add_point(actor=actor, library=library, values=line.values | {"code": line.code})
    if not line.values["active"]:
        records.update(point, actor=actor, verb="prep.drop_point", revision=None, changes={"active": False})


def _change(actor: Any, library: CheckPointLibrary, point: CheckPoint | None, line: PointLine) -> None:
    if point is None or point.revision != line.revision:
        raise ServiceError(f"预览之后，要点{line.code}已被改动，本次没有导入。请重新上传预览。")
    changes = checked_point(library, line.values) | {"active": line.values["active"]}
    records.update(point, actor=actor, verb="prep.edit_point", revision=line.revision, changes=changes)


@transaction.atomic
def discard_library_import(
    *, actor: Any, staged: LibraryImport, revision: int | None = None
) -> LibraryImport:
    """Throw a preview away."""
    return LIBRARY_IMPORT.apply(staged, "discard", actor=actor, revision=revision)
