"""Blank talk record, visit record and visit register."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import HALF_LINE, ticks
from findings.models import TargetCategory
from findings.models.field_kinds import SATISFACTION, VISIT_KINDS, VISITEES
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)


@blank_form("TH-1", "个别谈话记录", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION, pages=2)
def talk(context: BlankContext) -> bytes:
    """Talk record: who, when, by what outline; what was said; key facts on the second page; two inspectors sign."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织"), ("谈话地点", "")])
    form.pairs(
        [
            ("谈话时间", "　　　　年　　月　　日　　时　　分　至　　时　　分"),
            ("对象类别", ticks(TargetCategory.labels)),
        ],
        columns=1,
    )
    form.pairs([("谈话对象", ""), ("职　　务", ""), ("单　　位", ""), ("任职时间", "")])
    form.pairs(
        [("谈话人", ""), ("记录人", ""), ("提纲版本", ""), ("谈话目的", ticks(["了解", "验证"], HALF_LINE))]
    )
    form.band("谈话内容（不必逐字；关键的人、事、内容和时间、地点、金额须完整）")
    form.room(min_height_mm=130)
    form.next_page()
    form.band("谈话内容（续）")
    form.room(min_height_mm=112)
    form.grid(
        ["序号", "要点（一事一行）", "涉及何人", "可信程度", "需否核实"],
        [[n, "", "", "", ""] for n in range(1, 6)],
        [12, 74, 26, 22, 22],
        label="关键要点",
        align="clccc",
        row_mm=10,
    )
    form.pairs(
        [("核对情况", ticks(["交本人阅看，核对无误", "向本人宣读，核对无误"])), ("对应待查问题", "")],
        columns=1,
    )
    form.signatures([("谈话对象（自愿）", "", None), ("谈话人", "", None), ("记录人", "", None)])
    return finish(
        form, context, "注：谈话人员不少于两人，谈话人与记录人不得为同一人；谈话对象不愿签名的注明情况。"
    )


@blank_form("ZF-1", "调查走访记录表", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION)
def visit(context: BlankContext) -> bytes:
    """Visit record: which household or site, who was met, what was said and seen, what follows."""
    form = begin(context)
    form.pairs([("走访村组", context.place.village), ("走访时间", "　　年　　月　　日")])
    form.pairs([("走访类型", ticks(VISIT_KINDS))], columns=1)
    form.pairs([("地　　址", ""), ("门牌（户）号", ""), ("被访人", ""), ("联系方式", "")])
    form.pairs([("身份类别", ticks(VISITEES))], columns=1)
    form.pairs([("走访人员", ""), ("陪同人员", "")])
    form.block("家庭（单位）\n基本情况", "", min_height_mm=16)
    form.block("反映和看到\n的情况", "", min_height_mm=46)
    form.grid(
        ["序号", "反映的问题", "涉及何人何事", "处理（核实、转办、解释）"],
        [[n, "", "", ""] for n in range(1, 4)],
        [12, 56, 38, 50],
        align="c",
        row_mm=10,
    )
    form.pairs([("是否讲明政策", ticks(["是", "否"], HALF_LINE)), ("现场照片", "　　　张")])
    form.pairs([("对村班子评价", ticks(SATISFACTION))], columns=1)
    form.signatures([("走访人", "", None), ("走访人", "", None), ("记录人", "", None)], height_mm=18)
    return finish(form, context, "注：走访不少于两人；不由村干部带路、陪同为宜，不向村里透露被访人所说内容。")


@blank_form("ZF-2", "走访情况登记表", stage=Stage.FINDING, medium=Medium.EXCEL, version=VERSION)
def visit_register(context: BlankContext) -> bytes:
    """Register of visits, one line a household or site, for the quota."""
    columns = (
        FormCol("序号", 6, "int"),
        FormCol("走访日期", 12, "date"),
        FormCol("村组、门牌", 16),
        FormCol("被访人", 10, "center"),
        FormCol("走访类型", 11, "choice", VISIT_KINDS),
        FormCol("身份类别", 13, "choice", VISITEES),
        FormCol("走访人员", 16),
        FormCol("反映的主要问题", 38),
        FormCol("处理意见", 20),
        FormCol("记录表编号", 16, "center"),
    )
    sheet = FormSheet(
        "走访登记",
        "走访情况登记表",
        columns,
        rows=14,
        footnote="注：入户走访的户数和比例按本轮参数掌握；被访人信息只供本组内部核对，不得外传。",
        signers=("登记人", "复核人", "截止日期"),
    )
    return workbook(context, [sheet])
