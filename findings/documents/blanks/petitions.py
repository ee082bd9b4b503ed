"""Blank petition papers: the sheet of one petition and the register. Both name reporters and are kept apart."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import HALF_LINE, ticks
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

_CHANNELS = ("来信", "来电", "来访", "短信", "邮箱", "扫码", "意见箱", "上级转交")
_KINDS = ("检举控告", "业务外诉求", "涉法涉诉", "意见建议")
_DISPOSALS = ("本组了解", "立行立改", "转镇", "转部门", "移交纪委", "留存")
_YES_NO = ("是", "否")


@blank_form(
    "XF-1", "信访件登记表", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION, pages=2, sealed=True
)
def petition(context: BlankContext) -> bytes:
    """One petition: channel, reporter, accused, content, opinions, disposal, protection."""
    form = begin(context)
    form.pairs([("受理时间", "　　年　　月　　日"), ("受理人", "")])
    form.pairs([("渠　　道", ticks(_CHANNELS))], columns=1)
    form.pairs(
        [
            ("是否实名", ticks(["实名", "匿名"], HALF_LINE)),
            ("来电号码", ""),
            ("反映人", ""),
            ("性　　别", ticks("男女", HALF_LINE)),
        ]
    )
    form.pairs([("政治面貌", ""), ("联系电话", "")])
    form.pairs([("单位或住址", "")], columns=1)
    form.grid(
        ["序号", "被反映人", "单　　位", "职　　务", "职　　级"],
        [[n, "", "", "", ""] for n in (1, 2)],
        [12, 32, 52, 36, 24],
        align="c",
    )
    form.block("反映的\n主要问题", "（时间、地点、金额、经过、证据线索）", min_height_mm=98)
    form.pairs(
        [
            ("受理范围", ticks(["属于", "不属于"], HALF_LINE)),
            ("重复、关联件", ticks(["无", "有，编号："], HALF_LINE)),
        ]
    )
    form.pairs([("类　　别", ticks(_KINDS))], columns=1)
    form.next_page()
    form.grid(
        ["环　节", "意　见", "签　名", "日　期"],
        [["拟　　办", "", "", ""], ["副组长", "", "", ""], ["组　　长", "", "", ""]],
        [24, 76, 26, 30],
        align="clcc",
        row_mm=28,
    )
    form.pairs([("办理方式", ticks(_DISPOSALS))], columns=1)
    form.pairs([("承办人", ""), ("办理期限", "")])
    form.block("结果及答复", "", min_height_mm=56)
    form.block("保护措施", "", min_height_mm=24)
    form.signatures([("承办人", "", None), ("组长", "", None)])
    return finish(form, context, "注：巡察组受理不作承诺；反映人信息仅限组长、受理人知悉。")


@blank_form("XF-2", "信访登记台账", stage=Stage.FINDING, medium=Medium.EXCEL, version=VERSION, sealed=True)
def petition_register(context: BlankContext) -> bytes:
    """Register of petitions: one line each, without the reporter's particulars."""
    columns = (
        FormCol("序号", 6, "int"),
        FormCol("受理日期", 11, "date"),
        FormCol("渠道", 9, "choice", _CHANNELS),
        FormCol("实名", 6, "choice", _YES_NO),
        FormCol("反映人", 10, "center"),
        FormCol("被反映人及职务", 16),
        FormCol("反映的主要问题", 34),
        FormCol("类别", 11, "choice", _KINDS),
        FormCol("受理范围内", 8, "choice", _YES_NO),
        FormCol("重复件", 7, "choice", _YES_NO),
        FormCol("办理方式", 11, "choice", _DISPOSALS),
        FormCol("承办人", 9, "center"),
        FormCol("期限", 11, "date"),
        FormCol("办理结果", 18),
        FormCol("登记表编号", 12, "center"),
    )
    sheet = FormSheet(
        "信访登记",
        "信访登记台账",
        columns,
        rows=14,
        footnote="注：匿名件“反映人”栏填“匿名”；离村前按规定日期停止受理，之后收到的件移交区信访部门。",
        signers=("登记人", "组长", "截止日期"),
    )
    return workbook(context, [sheet])
