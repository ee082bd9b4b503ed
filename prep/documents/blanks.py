"""The blank papers of preparation: watch list, talk outline, meeting record, pledge, recusal declaration."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import ticks
from prep.models import Scope, WatchStatus
from villages.models import Stage
from villages.models.reference_data import CATEGORIES

VERSION = dt.date(2026, 1, 1)

_TARGETS = ("书记", "主任", "会计（报账员）", "村民小组长", "镇包村干部", "信访人", "党员、群众代表", "其他")
_TIES = (
    "夫妻",
    "直系血亲",
    "三代以内旁系血亲",
    "近姻亲",
    "籍贯、户籍在本村",
    "曾在本村（镇）任职",
    "经济往来、合同关系",
    "其他",
)
_PLEDGE = """我自愿参加本轮巡察工作。我承诺：
一、严格遵守政治纪律和保密纪律，不泄露巡察工作安排、谈话内容、信访件、问题线索和研究讨论情况。
二、不打听、不传播与本人工作无关的巡察事项；不在家属、亲友和公共场合谈论巡察内容。
三、涉密和内部材料不私自复印、拍照，不带离工作场所；现场需要拍照的，用工作手机或者经批准的设备，拍后及时上传，手机里不留存；不在私人手机、互联网计算机和社交软件上处理、传送。
四、妥善保管领用的表单、账册和存储介质，登记领用、用后归还；如有遗失，立即报告。
五、保护反映人，不透露其姓名、单位、住址和反映的内容，不做可能使其身份暴露的事。
六、巡察结束后，按规定移交全部材料，继续履行保密义务。
如有违反，愿承担相应的纪律和法律责任。"""


@blank_form("DC-1", "待查问题清单", stage=Stage.PREP, medium=Medium.EXCEL, version=VERSION)
def watch_list(context: BlankContext) -> bytes:
    """The watch list to be written by hand where the list of the village is not yet drawn, or for additions."""
    columns = (
        FormCol("序号", 6, "int"),
        FormCol("问题类别", 11, "choice", tuple(name for _, name, *_ in CATEGORIES)),
        FormCol("待查问题", 30),
        FormCol("共性或个性", 8, "choice", tuple(Scope.labels)),
        FormCol("依据", 18),
        FormCol("查法", 18),
        FormCol("看什么材料", 18),
        FormCol("承办人", 9, "center"),
        FormCol("期限", 11, "date"),
        FormCol(
            "查核结果",
            9,
            "choice",
            tuple(label for label in WatchStatus.labels if label != WatchStatus.OPEN.label),
        ),
        FormCol("查核说明", 24),
        FormCol("底稿编号", 12, "center"),
    )
    sheet = FormSheet(
        "待查问题",
        "待查问题清单",
        columns,
        rows=13,
        footnote="注：每条都要有结果，离村前不得留有未查核的条目；驻村中新发现的疑点随时补入。",
        signers=("编制人", "组长", "日期"),
    )
    return workbook(context, [sheet])


@blank_form("TG-1", "谈话提纲", stage=Stage.PREP, medium=Medium.WORD, version=VERSION)
def outline(context: BlankContext) -> bytes:
    """A talk outline to be filled in by hand: who, what for, questions with what to check before."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织"), ("提纲版本", "")])
    form.pairs([("对象类别", ticks(_TARGETS))], columns=1)
    form.pairs([("谈话对象", ""), ("职务、任期", ""), ("谈话人", ""), ("记录人", "")])
    form.block("谈前须知", "（先看账；写明已掌握的情况）", min_height_mm=20)
    form.grid(
        ["序号", "分类", "问　题", "对应待查问题", "已掌握的依据"],
        [[n, *[""] * 4] for n in range(1, 9)],
        [12, 20, 66, 26, 32],
        label="谈话问题",
        align="cc",
        row_mm=10.5,
    )
    form.block("追问、注意", "", min_height_mm=16)
    form.signatures([("拟写人", "", None), ("组长审定", "", None)], height_mm=16)
    return finish(form, context, "注：提纲不交谈话对象；谈话中不得透露信访件和反映人。")


@blank_form("ZW-1", "组务会记录", stage=Stage.PREP, medium=Medium.WORD, version=VERSION, pages=2)
def meeting(context: BlankContext) -> bytes:
    """Group meeting record: matters, what each said, what was decided."""
    form = begin(context)
    form.pairs([("会议名称", "")], columns=1)
    form.pairs([("时　　间", "　　年　　月　　日"), ("地　　点", ""), ("主持人", ""), ("记录人", "")])
    form.pairs([("组织类型", ticks(["组务会", "临时党支部会", "组办会商"]))], columns=1)
    form.pairs(
        [("事项类别", ticks(["研判重点", "审议底稿", "讨论报告", "线索处置", "整改督促", "其他"]))], columns=1
    )
    form.block("参会人员", "", min_height_mm=14)
    form.block("缺席及原因", "", min_height_mm=12)
    form.block("会议议题", "", min_height_mm=24)
    form.block("讨论情况\n（逐人记录）", "", min_height_mm=100)
    form.next_page()
    form.block("讨论情况\n（续）", "", min_height_mm=100)
    form.grid(
        ["序号", "议定事项", "承办人", "完成时限"],
        [[n, "", "", ""] for n in range(1, 6)],
        [12, 90, 26, 28],
        label="议定事项",
        align="clcc",
        row_mm=11,
    )
    form.block("不同意见", "", min_height_mm=20)
    form.signatures([("主持人", "", None), ("记录人", "", None)])
    return finish(form, context, "注：撤销问题、处置线索等事项须经会议议定并记录理由，个人不得自行取舍。")


@blank_form("BM-1", "保密承诺书", stage=Stage.PREP, medium=Medium.WORD, version=VERSION)
def pledge(context: BlankContext) -> bytes:
    """Confidentiality pledge, one per member."""
    form = begin(context)
    form.pairs([("姓　　名", ""), ("工作单位", ""), ("组内职务", ""), ("联系电话", "")])
    form.room(_PLEDGE, min_height_mm=140)
    form.signatures([("承诺人", "", None), ("组长", "", None)], height_mm=30)
    return finish(form, context, "注：每人一份，由档案管理员收存，轮次结束后随组卷移交。")


@blank_form("HB-1", "回避申报表", stage=Stage.PREP, medium=Medium.WORD, version=VERSION)
def recusal(context: BlankContext) -> bytes:
    """Recusal declaration, also where there is nothing to declare."""
    form = begin(context)
    form.pairs([("姓　　名", ""), ("组内职务", ""), ("工作单位", ""), ("籍　　贯", "")])
    form.block("近三年经历", "（单位、职务、起止）", min_height_mm=22)
    form.pairs([("申报结论", ticks(["无须回避的情形", "有下列情形，申请回避"]))], columns=1)
    form.pairs([("回避种类", ticks(["任职回避", "公务回避"]))], columns=1)
    form.pairs([("关系类型", ticks(_TIES))], columns=1)
    form.grid(
        ["序号", "涉及村（社区）", "涉及人员", "关　系", "起止时间"],
        [[n, *[""] * 4] for n in range(1, 4)],
        [12, 40, 36, 34, 34],
        align="c",
        row_mm=10,
    )
    form.block("说明及佐证", "", min_height_mm=22)
    form.signatures([("申报人", "", None), ("组长", "", None)], height_mm=16)
    form.block("巡察办意见", "（是否回避、由谁替换）", min_height_mm=20)
    form.signatures([("审核人", "", None), ("批准人", "", None)], height_mm=16)
    return finish(form, context, "注：没有须回避情形的也要填写；情况有变化的，及时补报。")
