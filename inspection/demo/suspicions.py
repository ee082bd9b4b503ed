"""Leads in the demo villages: from talks, ledgers and what the team came upon, some concluded, some still open."""

import datetime as dt
from typing import NamedTuple

from core import clock
from findings import services
from findings.models import Finding, Lead, LeadSource, Talk
from inspection.demo import cast
from inspection.demo.fieldwork import members
from villages.models import VillageInspection


class Suspicion(NamedTuple):
    """What somebody came upon, and what became of it; ``step`` empty while it is still being checked."""

    source: str
    title: str
    text: str
    origin: str
    category: str
    step: str = ""
    reason: str = ""


SUSPICIONS = (
    Suspicion(
        LeadSource.TALK, "村民小组水塘租金由组长直接收取",
        "两名谈话对象说到三组水塘近三年有人承包，租金交给组长，没有见过收据。", "个别谈话中提到", "E3",
        "prove", "调阅承包协议和组长经手的现金，三年租金未入村账，已另写底稿。",
    ),
    Suspicion(
        LeadSource.TALK, "便民服务点上班时间经常没有人",
        "一名谈话对象说上午十点去办事，门关着，打公示电话没有人接。", "个别谈话中提到", "D1",
        "explain", "分三天现场查看均有人值守；反映当日值班人员送老人就医，村里有请假登记。",
    ),
    Suspicion(
        LeadSource.LEDGER, "同一天向同一人支付三笔劳务费，每笔都略低于限额",
        "2024年11月28日支出三笔清沟劳务费，收款人相同，金额分别为4,900元、4,850元、4,920元。", "明细账", "E1",
    ),
    Suspicion(
        LeadSource.LEDGER, "固定资产台账中的打谷机账面金额与发票不符",
        "台账登记58,000元，凭证后附发票为38,000元。", "资产台账与凭证比对", "E2",
        "correct", "台账录入时多记20,000元，发票和付款均为38,000元，村会计已更正并由经办人核对。",
    ),
    Suspicion(
        LeadSource.TEAM, "公示栏张贴的低保名单与镇里名册差两户",
        "公示栏名单17户，镇民政名册19户，差的两户都是村干部亲属所在村民小组。", "走访途中看到", "E5",
    ),
    Suspicion(
        LeadSource.TEAM, "村部会议记录一天内补写了多次会议",
        "2025年上半年的会议记录字迹、墨水一致，连续七次会议写在相邻两页。", "查阅会议记录时发现", "C2",
    ),
    Suspicion(
        LeadSource.TEAM, "道路硬化工程疑有村干部亲属参与施工",
        "施工人员说领工的是村委会成员的亲戚，合同签的是另一家公司。", "现场抽查时听说", "E4",
        "hand_over", "涉及公职人员亲属经营，超出本组核查手段，已书面提请按线索办理。",
    ),
)  # fmt: skip


def suspect(inspection: VillageInspection, talks: list[Talk], *, end: bool) -> list[Lead]:
    """Open the village's leads and carry them on; with ``end`` none is left open, nor any that its books gave."""
    writer, second = members(inspection)
    leader = cast.person(cast.plan_of(inspection.team).leader)
    made = []
    for order, row in enumerate(SUSPICIONS):
        lead = services.open_lead(
            actor=(writer, second)[order % 2], inspection=inspection, source=row.source,
            source_key=_key(row, order, inspection, talks), title=row.title, text=row.text,
            origin=row.origin, category=row.category,
        )  # fmt: skip
        made.append(lead)
        # The last but one waits for the leader to give it to somebody.
        if end or order != len(SUSPICIONS) - 2:
            days = 5 - 3 * (order % 3)
            due = max(clock.today(), inspection.exit_on - dt.timedelta(days=10 - days))
            lead = services.assign_lead(
                actor=leader, lead=lead, handler=(second, writer)[order % 2], due_on=due
            )
        if row.step or end:
            _conclude(lead, row, leader)
    if end:
        for lead in Lead.objects.filter(inspection=inspection, status=Lead.Status.OPEN):
            _conclude(lead, Suspicion(lead.source, lead.title, lead.text, lead.origin, "E1"), leader)
    return made


def _key(row: Suspicion, order: int, inspection: VillageInspection, talks: list[Talk]) -> str:
    if row.source == LeadSource.TEAM:
        return ""
    if row.source == LeadSource.TALK and talks:
        return f"{talks[order % len(talks)].pk}:{order + 1}"
    return f"{inspection.pk}:{order + 1}"


def _conclude(lead: Lead, row: Suspicion, leader: object) -> None:
    """Link what was looked at and say what came of it."""
    paper = Finding.objects.alive().filter(inspection=lead.inspection_id, category__code=row.category[0])
    talk = Talk.objects.alive().filter(inspection=lead.inspection_id).order_by("id").first()
    if row.step == "prove" and (finding := paper.order_by("id").first()):
        services.link_lead(actor=leader, lead=lead, finding=finding)
    elif talk:
        services.link_lead(actor=leader, lead=lead, talk=talk)
    services.step_lead(
        actor=leader,
        lead=lead,
        step=row.step or "explain",
        reason=row.reason or "调阅凭证、当面核对并取得书面说明，情况属正常办理，材料已附。",
        receiver="青岚区纪委监委" if row.step == "hand_over" else "",
    )
