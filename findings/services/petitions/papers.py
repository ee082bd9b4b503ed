"""Having papers of petitions made, for whoever sees the petitions; every export leaves its entry in the trail."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from core import audit
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from findings.models import Petition, PetitionBox
from findings.selectors.petitions import PetitionFilters
from villages.models import Round

SHEET, REGISTER, POSTER = "findings.petition_sheet", "findings.petition_register", "findings.box_poster"


@transaction.atomic
def request_petition_sheet(*, actor: Any, petition: Petition) -> Job:
    """Have XF-1 filled in from the redacted summary."""
    audit.record(actor=actor, verb="findings.petition.export", target=petition, after={"文书": "XF-1"})
    return enqueue(
        SHEET, args={"petition": str(petition.pk)}, actor=actor, title=f"信访件登记表 {petition.no}",
        dedupe=f"{SHEET}:{actor.pk}:{petition.pk}", subject=petition,
    )  # fmt: skip


@transaction.atomic
def request_petition_register(*, actor: Any, round: Round, filters: PetitionFilters) -> Job:
    """Have the register made as a workbook, as it is narrowed on the page."""
    rows = Petition.objects.visible_to(actor).filter(round=round).filter(filters.condition())
    villages = sorted({str(key) for key in rows.values_list("inspection", flat=True)})
    if not villages:
        raise ServiceError("按现在的条件没有信访件可以导出，请换一个筛选条件。")
    after = {"文书": "XF-2", "件数": rows.count()}
    audit.record(actor=actor, verb="findings.petition.export", target=round, after=after)
    return enqueue(
        REGISTER, args={"round": str(round.pk), "villages": villages, "filters": asdict(filters)}, actor=actor,
        title=f"{round.name}信访登记台账", subject=round,
    )  # fmt: skip


@transaction.atomic
def request_box_poster(*, actor: Any, box: PetitionBox, link: str, large: bool = False) -> Job:
    """Have the poster of a box made as a Word file; ``link`` is the address villagers open."""
    title = f"{box.village.name}意见箱海报" + ("（大字）" if large else "")
    return enqueue(
        POSTER, args={"box": str(box.pk), "link": link, "large": large}, actor=actor, title=title,
        dedupe=f"{POSTER}:{actor.pk}:{box.pk}:{large}", subject=box,
    )  # fmt: skip
