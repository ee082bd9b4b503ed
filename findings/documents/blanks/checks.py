"""Blank document request list, spot check record, fact confirmation and evidence cover."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import ticks
from findings.models import Material, MaterialForm, Owner
from findings.models.field_kinds import CHECK_METHODS
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)


@blank_form("DY-1", "调阅资料清单", stage=Stage.FINDING, medium=Medium.EXCEL, version=VERSION)
def document_request(context: BlankContext) -> bytes:
    """Documents asked for, lent and returned."""
    columns = (
        FormCol("序号", 6, "int"),
        FormCol("资料名称（年度）", 32),
        FormCol("份数", 6, "int"),
        FormCol("资料类型", 11, "choice", tuple(Material.labels)),
        FormCol("来源", 11, "choice", tuple(Owner.labels)),
        FormCol("提供时限", 11, "date"),
        FormCol("提供人", 9, "center", group="借出"),
        FormCol("调阅人", 9, "center", group="借出"),
        FormCol("借出日期", 11, "date", group="借出"),
        FormCol("状态", 9, "choice", ("未还", "已还", "部分已还"), group="归还"),
        FormCol("归还人", 9, "center", group="归还"),
        FormCol("接收人", 9, "center", group="归还"),
        FormCol("归还日期", 11, "date", group="归还"),
        FormCol("备注", 14),
    )
    sheet = FormSheet(
        "调阅资料",
        "调阅资料清单",
        columns,
        rows=13,
        footnote="注：一式两份，巡察组和提供单位各执一份；原件用后归还，双方当面点清签名。",
        signers=("组长签字", "提供单位负责人", "日期"),
    )
    return workbook(context, [sheet])


@blank_form("CC-1", "抽查核实记录", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION)
def spot_check(context: BlankContext) -> bytes:
    """What was checked, how large the sample was and why, what should be and what is."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织"), ("抽查时间", "　　　年　　月　　日")])
    form.pairs([("抽查对象", ""), ("地　　点", "")])
    form.pairs([("抽查方法", ticks(CHECK_METHODS))], columns=1)
    form.pairs([("总体数量", ""), ("抽取数量", "")])
    form.pairs([("抽取依据", "")], columns=1, row_mm=12)
    form.grid(
        ["序号", "抽查项目", "应　有\n（账面）", "实　有\n（核实）", "差　异", "说　明"],
        [[n, *[""] * 5] for n in range(1, 8)],
        [12, 46, 24, 24, 22, 28],
        label="核实结果",
        align="clrrr",
    )
    form.block("差异原因\n及说明", "", min_height_mm=22)
    form.block("核实结论", "", min_height_mm=16)
    form.pairs([("现场照片", "　　　张"), ("对应底稿编号", "")])
    form.signatures([("被核实人", "", None), ("核实人", "", None), ("核实人", "", None)])
    return finish(form, context, "注：核实人不少于两人；差异＝实有－应有。")


@blank_form("QR-1", "事实确认单", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION)
def fact_confirmation(context: BlankContext) -> bytes:
    """A neutral statement of fact for the responsible person, without a trace of who reported it."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织"), ("对应底稿编号", "")])
    form.pairs([("确认事项", "")], columns=1)
    form.block("事实陈述", "（时间、地点、人员、金额、经过，不作评价、不定性）", min_height_mm=70)
    form.grid(
        ["序号", "依据的材料名称", "文号、凭证号或页码", "份数"],
        [[n, "", "", ""] for n in range(1, 5)],
        [12, 72, 52, 20],
        label="所附材料",
        align="c",
    )
    form.pairs([("确认意见", ticks(["属实", "基本属实，补充说明如下", "不属实，理由如下"]))], columns=1)
    form.block("说　　明", "", min_height_mm=24)
    form.signatures([("确认人（职务）", "", None), ("党组织（盖章）", "", None), ("送达人", "", None)])
    return finish(
        form, context, "注：本单只陈述事实，不得出现反映人信息；拒绝确认的，由送达人注明时间和情况。"
    )


@blank_form("FJ-1", "证据材料袋封面及目录", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION, pages=2)
def evidence_cover(context: BlankContext) -> bytes:
    """Cover of the envelope, and the list of what lies in it."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织")], columns=1, row_mm=14)
    form.pairs([("问题名称", "")], columns=1, row_mm=22)
    form.pairs([("底稿编号", ""), ("问题类别", "")], row_mm=14)
    form.pairs([("材料件数", "共　　　　件"), ("总页数", "共　　　　页")], row_mm=14)
    form.pairs([("起止日期", "　　　　年　　月　　日　至　　　　年　　月　　日")], columns=1, row_mm=14)
    form.pairs([("密级和范围", f"{context.secrecy}；限本组和巡察办")], columns=1, row_mm=14)
    form.pairs([("装袋人", ""), ("装袋日期", ""), ("复核人", ""), ("复核日期", "")], row_mm=14)
    form.grid(
        ["日　期", "交出人", "接收人", "件　数", "用途或去向"],
        [[""] * 5 for _ in range(6)],
        [30, 28, 28, 20, 50],
        label="交接记录",
        row_mm=11,
    )
    form.next_page()
    form.grid(
        ["序号", "材料名称", "来　源", "形　式", "页码", "页数", "备注"],
        [[n, *[""] * 6] for n in range(1, 20)],
        [11, 58, 24, 20, 15, 12, 16],
        label="材料目录",
        align="c",
        row_mm=10.5,
    )
    return finish(
        form, context, f"注：形式填{'、'.join(MaterialForm.labels)}；复印件须由提供人签名并注明原件存放处。"
    )
