"""Petitions as printed papers: the sheet of one, the register of many. What is sealed is not read here."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import clock
from findings.documents import OpinionLine, PetitionData, RegisterData, RegisterRow
from findings.models import Channel, Petition, PetitionStatus
from findings.selectors.petitions import PetitionFilters
from villages.models import Round, Village


def with_printed_relations(petitions: Any) -> Any:
    """Join what the papers print, opinions and linked ones included."""
    return petitions.select_related(
        "round__district", "team", "village", "town", "category", "registered_by", "handler", "duplicate_of"
    ).prefetch_related("opinions__person", "related", "duplicates")


def petition_data(petition: Petition) -> PetitionData:
    """One petition in words."""
    return PetitionData(
        number=petition.no,
        office=_office(petition.round),
        round=petition.round.name,
        team=petition.team.name,
        village=f"{petition.town.name}{petition.village.name}",
        received_on=petition.received_on,
        registrar=petition.registered_by.display_name if petition.registered_by else "二维码意见箱",
        channel=petition.get_channel_display(),
        named=("实名" if petition.is_named else "匿名")
        + (f"，{petition.people}人联名" if petition.joint else ""),
        kind=petition.get_kind_display(),
        category=petition.category.name if petition.category else "",
        summary=petition.summary,
        scope="属于" if petition.in_scope else f"不属于：{petition.scope_reason}",
        linked=_linked(petition),
        opinions=tuple(
            OpinionLine(row.get_step_display(), row.text, row.person.display_name, row.on)
            for row in petition.opinions.all()
        ),
        disposal=petition.get_disposal_display(),
        receiver=petition.receiver,
        handler=petition.handler.display_name if petition.handler else "",
        due_on=petition.due_on,
        result=petition.result,
        reply=petition.reply,
        replied_on=petition.replied_on,
        status=petition.get_status_display(),
    )


def _linked(petition: Petition) -> str:
    parts = [f"已并入{petition.duplicate_of.no}"] if petition.duplicate_of else []
    parts += [f"{row.no}并入本件" for row in petition.duplicates.all()]
    parts += [f"关联{row.no}" for row in petition.related.all()]
    return "；".join(parts) or "无"


def register_data(
    petitions: Iterable[Petition], *, title: str, round_: Round, narrowed: str, as_of: dt.date
) -> RegisterData:
    """The register of ``petitions``, in their order."""
    rows = tuple(_row(row) for row in petitions)
    return RegisterData(title, narrowed, _office(round_), as_of, rows)


def _row(row: Petition) -> RegisterRow:
    return RegisterRow(
        number=row.no,
        received_on=row.received_on,
        village=row.village.name,
        channel=row.get_channel_display(),
        named="是" if row.is_named else "否",
        people=row.people,
        summary=row.summary,
        kind=row.get_kind_display(),
        in_scope="是" if row.in_scope else "否",
        merged_into=row.duplicate_of.no if row.duplicate_of else "",
        disposal=row.get_disposal_display(),
        receiver=row.receiver,
        handler=row.handler.display_name if row.handler else "",
        due_on=row.due_on,
        status=row.get_status_display(),
        result=row.result,
        replied_on=row.replied_on,
        closed_on=row.closed_on,
    )


def _office(round_: Round) -> str:
    return f"{round_.district.name}委巡察办"


def register_of(
    viewer: Any, round_: Round, filters: PetitionFilters, villages: Iterable[str]
) -> RegisterData:
    """The register as narrowed on the page, of those ``villages`` (keys of their inspections) that are still seen."""
    rows = Petition.objects.visible_to(viewer).filter(round=round_, inspection__in=list(villages))
    rows = rows.filter(filters.condition()).select_related("village", "handler", "duplicate_of")
    return register_data(
        rows.order_by("received_on", "id"), title=f"{round_.name}信访登记台账", round_=round_,
        narrowed=_narrowed(filters), as_of=clock.today(),
    )  # fmt: skip


def _narrowed(filters: PetitionFilters) -> str:
    village = Village.objects.filter(code=filters.village).values_list("name", flat=True).first()
    parts = [
        ("状态", PetitionStatus(filters.status).label if filters.status else ""),
        ("村（社区）", village or ""),
        ("渠道", Channel(filters.channel).label if filters.channel else ""),
        ("只列", "逾期的" if filters.late else ""),
        ("查找", filters.q),
    ]
    return "，".join(f"{name}：{text}" for name, text in parts if text)
