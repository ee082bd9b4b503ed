"""Survey tables as Word or Excel."""

from typing import Any

from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from findings.documents import table_docx, tables_xlsx
from findings.jobs.shared import asker, one
from findings.models import SurveyTable
from findings.selectors.table_papers import tables_data
from findings.selectors.tables import village_tables, with_table_relations
from findings.services.tables import NO_TABLES
from villages.models import User, VillageInspection


def _may_have_table(user: User, table: str, form: str) -> bool:
    return SurveyTable.objects.visible_to(user).filter(pk=table).exists()


@job("findings.table", title="生成三资调查表", allowed=_may_have_table)
def table(ctx: JobContext, **args: Any) -> StoredFile:
    """One survey sheet as Word or Excel."""
    viewer = asker(ctx)
    row = one(with_table_relations(SurveyTable.objects.visible_to(viewer)), args["table"], "这张表")
    ctx.progress(0, 1, row.noun)
    name = f"表{row.spec.letter} {row.noun} {row.no or '未编号'} {row.village.name}"
    data = tables_data([row])
    if args["form"] == "word":
        return ctx.store(f"{name}.docx", table_docx(data[0]))
    return ctx.store(f"{name}.xlsx", tables_xlsx(data))


def _may_have_tables(user: User, inspection: str) -> bool:
    return VillageInspection.objects.visible_to(user).filter(pk=inspection).exists()


@job("findings.tables", title="生成全村三资调查表", allowed=_may_have_tables)
def tables(ctx: JobContext, **args: Any) -> StoredFile:
    """All survey sheets of a village in one workbook."""
    viewer = asker(ctx)
    rows = village_tables(viewer, args["inspection"])
    if not rows:
        raise ServiceError(NO_TABLES)
    ctx.progress(0, 1, rows[0].village.name)
    return ctx.store(f"三资调查表 {rows[0].village.name}.xlsx", tables_xlsx(tables_data(rows)))
