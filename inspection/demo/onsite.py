"""Visits, spot checks and group meetings in the demo villages, most of them signed, with photographs."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import clock
from findings import services
from findings.models import FieldKind, FieldPaper, Finding
from inspection.demo.fieldwork import members
from inspection.demo.pictures import photograph
from villages.models import VillageInspection


class Trip(NamedTuple):
    """One paper: what it is about, where, what was seen, the parts of its kind, how many photographs."""

    kind: str
    subject: str
    place: str
    content: str
    details: dict[str, Any]
    pictures: int = 0


def _visit(group: str, visitee: str, content: str, issue: str, handling: str, mood: str) -> Trip:
    details = {
        "visit_kind": "入户", "visitee": visitee, "households": 1, "household_no": group, "escort": "无",
        "background": "常住人口3人，以种粮和就近务工为主。",
        "issues": [{"issue": issue, "about": "本组公共事务", "handling": handling}],
        "explained": True, "satisfaction": mood,
    }  # fmt: skip
    return Trip(FieldKind.VISIT, f"{group[:2]}农户", group, content, details, 1)


TRIPS = (
    _visit(
        "三组12号", "低保户", "户主说补助按月到卡，金额与公示一致；去年换公示栏以后没有再见过组里的收支。",
        "村民小组收支没有公开", "核实公示记录", "基本满意",
    ),
    _visit(
        "五组4号", "老党员", "参加过去年的党员大会；说会上只念了材料，没有让大家发表意见。",
        "党员大会走过场", "查阅会议记录核实", "基本满意",
    ),
    _visit(
        "一组21号", "困难群众", "屋前排水沟堵了两年，反映过三次，答复是等项目。",
        "排水沟长期没有疏通", "转村当场研究", "不满意",
    ),
    Trip(
        FieldKind.VISIT, "村级道路硬化工程现场", "二组至五组村道",
        "已完工路段量得路面宽3.3米，两处有横向裂缝；现场没有公示牌。",
        {
            "visit_kind": "项目现场", "visitee": "其他群众", "escort": "项目施工员",
            "issues": [{"issue": "完工路段没有设公示牌", "about": "道路硬化工程", "handling": "核对合同和验收资料"}],
            "explained": True, "satisfaction": "不了解",
        }, 3,
    ),
    Trip(
        FieldKind.CHECK, "机动地承包费收缴", "村部会计室",
        "十二户中三户承包费没有入账，其中两户持有收据，收据存根未找到。",
        {
            "method": "账实核对", "population": "86户", "sample": "12户",
            "basis": "按村民小组分层，每组随机抽两户，承包面积最大的两户必抽。",
            "items": [
                {"item": "十二户应缴承包费（元）", "expected": "26,400", "actual": "19,800", "note": "三户未入账"},
                {"item": "开具收据（份）", "expected": "12", "actual": "11", "note": "一户没有收据"},
                {"item": "承包合同（份）", "expected": "12", "actual": "9", "note": "三户为口头约定"},
            ],
            "explanation": "村会计称三户款项由原组长代收，交接时没有清单。", "checked": "村会计",
        }, 2,
    ),
    Trip(
        FieldKind.CHECK, "村集体仓库面积和用途", "村部后院",
        "实测面积小于台账登记，东侧两间由私人堆放农资，没有租赁合同。",
        {
            "method": "现场丈量", "population": "4间", "sample": "4间", "basis": "全部丈量。",
            "items": [{"item": "仓库面积（平方米）", "expected": "320", "actual": "286.5", "note": "皮尺丈量"}],
            "explanation": "台账按建成时图纸登记。", "checked": "仓库管理员",
        }, 2,
    ),
    Trip(
        FieldKind.MEETING, "小型工程建设和村务公开", "党群服务中心会议室",
        "七名代表都知道修路和路灯两个项目，只有两人见过预算；普遍希望把组里的收支也贴出来。",
        {
            "attendance": 7,
            "people": [
                {"name": "村民代表甲", "post": "村民代表", "group": "二组"},
                {"name": "村民代表乙", "post": "村民代表", "group": "三组"},
                {"name": "老党员丙", "post": "党员", "group": "五组"},
            ],
            "remarks": [
                {"who": "村民代表", "said": "路灯装好以后有四盏没有亮过，报修没有人来。", "follow": "需核实"},
                {"who": "党员", "said": "工程开标那天没有通知监委会。", "follow": "需核实"},
                {"who": "村民代表", "said": "今年的环境整治比往年好。", "follow": "不需"},
            ],
        },
    ),
)  # fmt: skip


def go_out(inspection: VillageInspection) -> list[FieldPaper]:
    """The village's papers; the last but one waits for its second signature, where the team is still there."""
    first, second = members(inspection)
    there = inspection.exit_on >= clock.today()
    made = []
    for order, trip in enumerate(TRIPS):
        recorder, companion = (first, second) if order % 2 else (second, first)
        paper = _write(inspection, trip, order, recorder, companion)
        services.submit_minutes(actor=recorder, paper=paper)
        if not (there and order == len(TRIPS) - 2):
            paper.refresh_from_db()
            services.sign_minutes(actor=companion, paper=paper)
        made.append(paper)
    return made


def _write(
    inspection: VillageInspection, trip: Trip, order: int, recorder: Any, companion: Any
) -> FieldPaper:
    day = min(inspection.entry_on + dt.timedelta(days=2 + order), clock.today())
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(8 + order % 3, 30)))
    values = {
        "subject": trip.subject, "happened_at": start, "ended_at": start + dt.timedelta(minutes=35 + 10 * order),
        "place": f"{inspection.village.name}{trip.place}", "companion": companion, "content": trip.content,
    }  # fmt: skip
    paper = services.create_field_paper(
        actor=recorder, inspection=inspection, kind=trip.kind, values=values, details=trip.details
    )
    if trip.pictures:
        shots = [photograph(order * 5 + number) for number in range(trip.pictures)]
        uploads = [
            SimpleUploadedFile(f"{name}.jpg", content, content_type="image/jpeg") for name, content in shots
        ]
        services.add_field_files(actor=recorder, paper=paper, revision=paper.revision, uploads=uploads)
        paper.refresh_from_db()
    return paper


def cite(inspection: VillageInspection, papers: list[FieldPaper]) -> None:
    """Signed papers support some of the village's drafts."""
    signed = [paper for paper in papers if FieldPaper.objects.get(pk=paper.pk).status == "signed"]
    drafts = Finding.objects.filter(inspection=inspection, status="draft").order_by("id")[: 2 * len(signed)]
    for order, finding in enumerate(drafts):
        paper = FieldPaper.objects.get(pk=signed[order % len(signed)].pk)
        items = [{"paper": paper, "name": f"{paper.get_kind_display()}：{paper.subject}"}]
        services.add_evidence(actor=finding.handler, finding=finding, items=items)
