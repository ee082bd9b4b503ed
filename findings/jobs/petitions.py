"""Petitions on paper: sheet, register and poster, from redacted words only."""

from typing import Any

from core.jobs import JobContext, job
from core.models import StoredFile
from findings.documents import petition_docx, poster_docx, register_xlsx
from findings.jobs.shared import asker, one
from findings.models import Petition, PetitionBox
from findings.selectors.boxes import poster_data
from findings.selectors.petition_papers import petition_data, register_of, with_printed_relations
from findings.selectors.petitions import PetitionFilters
from findings.services.petitions.papers import POSTER, REGISTER, SHEET
from villages.models import Round, User, VillageInspection


def _may_have_petition(user: User, petition: str) -> bool:
    return Petition.objects.visible_to(user).filter(pk=petition).exists()


@job(SHEET, title="生成信访件登记表 Word", allowed=_may_have_petition)
def petition_sheet(ctx: JobContext, **args: Any) -> StoredFile:
    """XF-1 of one petition, from what everybody who sees it sees."""
    viewer = asker(ctx)
    rows = with_printed_relations(Petition.objects.visible_to(viewer))
    row = one(rows, args["petition"], "这件信访")
    ctx.progress(0, 1, row.no)
    return ctx.store(f"信访件登记表 {row.no} {row.village.name}.docx", petition_docx(petition_data(row)))


def _may_have_register(user: User, round: str, villages: list[str], filters: dict[str, Any]) -> bool:
    seen = VillageInspection.objects.visible_to(user).filter(pk__in=villages, round=round)
    return seen.count() == len(villages)


@job(REGISTER, title="生成信访登记台账", allowed=_may_have_register)
def petition_register(ctx: JobContext, **args: Any) -> StoredFile:
    """XF-2 as it was narrowed on the page; what the asker may see decides again when the job runs."""
    viewer = asker(ctx)
    round_ = Round.objects.select_related("district").get(pk=args["round"])
    ctx.progress(0, 1, round_.name)
    data = register_of(viewer, round_, PetitionFilters(**args["filters"]), args["villages"])
    return ctx.store(f"{round_.name}信访登记台账.xlsx", register_xlsx(data))


def _may_have_poster(user: User, box: str, link: str, large: bool) -> bool:
    return PetitionBox.objects.visible_to(user).filter(pk=box).exists()


@job(POSTER, title="生成意见箱海报 Word", allowed=_may_have_poster)
def box_poster(ctx: JobContext, **args: Any) -> StoredFile:
    """The poster of a box; the address in its code came with the request, which knew it."""
    viewer = asker(ctx)
    rows = PetitionBox.objects.visible_to(viewer).select_related("inspection__round", "village", "town")
    box = one(rows.select_related("round__district"), args["box"], "这个意见箱")
    ctx.progress(0, 1, box.village.name)
    name = f"{box.village.name}意见箱海报{'（大字）' if args['large'] else ''}.docx"
    return ctx.store(name, poster_docx(poster_data(box, args["link"]), large=args["large"]))
