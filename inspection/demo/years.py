"""Problems through the years in the demo's running round: confirmed, rejected, and still to be judged."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from core import clock
from findings import services
from findings.models import Finding, SourceKind
from findings.selectors.threads import reachable
from inspection.demo import cast
from inspection.demo.watching import writer_of
from villages.models import VillageInspection


class Again(NamedTuple):
    """A paper of the running round on something of other years or an earlier round, and what is judged of the two.

    ``when``: first and last day. ``judged``: ``same`` (one problem), ``other`` (not), or left open.
    """

    village: str
    earlier: str
    title: str
    summary: str
    when: tuple[dt.date, dt.date]
    judged: str = ""
    amount: str = ""


def papers(today: dt.date) -> tuple[Again, ...]:
    """What the teams came upon again. ``lately`` lies after the rectification of the fourth round was struck off."""
    lately = (today - dt.timedelta(days=180), today - dt.timedelta(days=20))
    return (
        Again("枫桥湾村", "坐收坐支集体收入", "场地租金仍坐收坐支",
              "上轮整改后又收取摊位费、场地租金4笔31,600元，未存入集体账户，直接用于支付零工和水电费。",
              lately, "same", "31600"),
        Again("枫桥湾村", "坐收坐支集体收入", "换届前场地租金坐收坐支",
              "2020年至2021年上一届村两委收取场地租金6笔42,300元，未存入集体账户，直接支付零工。",
              (dt.date(2020, 3, 1), dt.date(2021, 11, 28)), "same", "42300"),
        Again("枫桥湾村", "误工补贴发放无考勤", "误工补贴仍由一人代领",
              "误工补贴发放3批18,400元，无出工记录和考勤，仍由一人代领，上轮整改制度没有执行。",
              lately, "same", "18400"),
        Again("枫桥湾村", "白条入账", "自制单据入账没有经手人签名",
              "以收条、自制单据入账5笔17,900元，用于零星用工，收款人签名不全。",
              lately, "", "17900"),
        Again("枫桥湾村", "租金拖欠未催收", "鱼塘租金拖欠未催收",
              "2处鱼塘承包户欠缴租金9,600元，村里没有书面催收。", lately, "other", "9600"),
        Again("枫桥湾村", "村务监督委员会履职虚化", "村务监督委员会仍由会计代盖印章",
              "村监会审核票据仍由村会计代盖印章，列席两委会议没有意见记录。", lately),
        Again("云溪村", "“新官不理旧事”，历史遗留问题久拖不决", "土地使用协议到期，历史遗留问题无人处理",
              "第七村民小组土地使用协议2019年起已有部分到期，原承租人仍占用，上一届村两委没有研究处理。",
              (dt.date(2019, 6, 1), dt.date(2021, 11, 28)), "same", "21500"),
        Again("云溪村", "集体用房长期无偿占用", "原仓库无偿占用多年未收回",
              "原第八村民小组仓库2020年至2022年由个人无偿占用，未签合同、未收租金，集体用房没有登记。",
              (dt.date(2020, 1, 1), dt.date(2022, 12, 28)), "same", "36000"),
        Again("云溪村", "工程先施工后补手续", "2022年两个项目先施工后补手续",
              "2022年2个项目开工日期早于会议决议和合同签订日期。",
              (dt.date(2022, 4, 1), dt.date(2022, 10, 28)), "", "88600"),
        Again("东岭社区", "工程拆分规避招标", "2021年、2022年道路工程拆分规避招标",
              "两年的道路硬化工程拆分为5个合同，由同一施工队承建，均未进入镇级交易平台。",
              (dt.date(2021, 2, 1), dt.date(2022, 9, 28)), "same", "152000"),
    )  # fmt: skip


NOT_THE_SAME = "上轮拖欠的是门面租金，已收回销号；这次是鱼塘，承租人和合同都不同。"


def look_through(number: int) -> Any:
    """Write the papers and judge them as told."""
    for again in papers(clock.today()):
        inspection = next(row for row in cast.inspections(number) if row.village.name == again.village)
        _judge(again, inspection)
    return cast.the_round(number)


def _judge(again: Again, inspection: VillageInspection) -> None:
    earlier = Finding.objects.alive().filter(village=inspection.village, title=again.earlier).first()
    if earlier is None:
        return
    writer = writer_of(inspection)
    paper = _write(again, inspection, earlier, writer)
    other = reachable(writer, paper).filter(pk=earlier.pk).first()
    if other is None or not again.judged:
        return
    if again.judged == "other":
        services.refuse_proposal(actor=writer, finding=paper, other=other, reason=NOT_THE_SAME)
    else:
        services.put_together(actor=writer, finding=paper, other=other)


def _write(again: Again, inspection: VillageInspection, earlier: Finding, writer: Any) -> Finding:
    start, end = again.when
    codes = {row.code: row for row in inspection.round.scheme.categories.all()}
    values = {
        "title": again.title, "summary": again.summary, "facts": f"经查阅资料、当面核对：{again.summary}",
        "category": codes[earlier.category.code], "severity": earlier.severity,
        "subcategory": codes[earlier.subcategory.code] if earlier.subcategory else None,
        "period_from": start, "period_to": end, "basis": earlier.basis, "disposal": "report",
        "origins": [SourceKind.LEDGER, SourceKind.EARLIER],
        "amount": Decimal(again.amount) if again.amount else None,
    }  # fmt: skip
    return services.create_finding(actor=writer, inspection=inspection, values=values)
