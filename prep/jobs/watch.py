"""Papers of the watch list and its library."""

from typing import Any

from core.blanks import filled_paper
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from prep.documents.library import library_xlsx
from prep.documents.watch import watch_list_docx
from prep.models import CheckPointLibrary
from prep.selectors.library_sheet import library_sheet
from prep.selectors.watch_sheet import watch_sheet
from villages.access import is_office
from villages.models import User, VillageInspection


def _may_have_list(user: User, inspection: str) -> bool:
    return VillageInspection.objects.visible_to(user).filter(pk=inspection).exists()


@job("prep.watch_sheet", title="生成待查问题清单 Word", allowed=_may_have_list)
def watch_list(ctx: JobContext, **args: Any) -> StoredFile:
    """One village's list as Word; what the asker may see decides again when the job runs."""
    asker = User.objects.get(pk=ctx.actor_id)
    rows = VillageInspection.objects.visible_to(asker).select_related("round__district", "team", "village")
    inspection = rows.filter(pk=args["inspection"]).first()
    if inspection is None:
        raise ServiceError("这个村（社区）已不在您可以看的范围内，没有生成。")
    ctx.progress(0, 1, inspection.village.name)
    return ctx.store(
        f"待查问题清单 {inspection.village.name}.docx", watch_list_docx(watch_sheet(asker, inspection))
    )


@filled_paper("prep.watch_list", title="待查问题清单", stage="prep")
def watch_list_of_set(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    """The list as it stands, for a village's set of papers; none before it is drawn."""
    sheet = watch_sheet(viewer, inspection)
    return (f"待查问题清单 {sheet.village}.docx", watch_list_docx(sheet)) if sheet.count else None


def _may_have_library(user: User, library: str) -> bool:
    return is_office(user) and CheckPointLibrary.objects.filter(pk=library).exists()


@job("prep.library_sheet", title="导出监督要点库 Excel", allowed=_may_have_library)
def library(ctx: JobContext, **args: Any) -> StoredFile:
    """One version of the library as a workbook."""
    asker = User.objects.get(pk=ctx.actor_id)
    row = CheckPointLibrary.objects.visible_to(asker).filter(pk=args["library"]).first()
    if row is None or not is_office(asker):
        raise ServiceError("监督要点库由巡察办导出，没有生成。")
    ctx.progress(0, 1, str(row))
    return ctx.store(f"监督要点库 第{row.version}版.xlsx", library_xlsx(library_sheet(asker, row)))
