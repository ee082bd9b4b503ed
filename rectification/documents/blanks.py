"""Blank forms of this stage: the instant-fix order, and the three lists of rectification (三个清单)."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from rectification.documents.order import DESIGNATION, NOTE, TITLE, OrderPaper, lay_out
from rectification.models import RectifyItem
from villages.models import Stage
from villages.models.reference_data import CATEGORIES

VERSION = dt.date(2026, 1, 1)

_NUMBER = FormCol("序号", 6, "int")
_TERM = FormCol("时限类别", 10, "choice", tuple(RectifyItem.Term.labels))
_LEVEL = FormCol("整改层级", 10, "choice", tuple(RectifyItem.Level.labels))
_STATUS = FormCol("状态", 10, "choice", tuple(RectifyItem.Status.labels))
_PROBLEMS = (
    _NUMBER,
    FormCol("反馈问题编号", 12, "center"),
    FormCol("问题类别", 11, "choice", tuple(name for _, name, *_ in CATEGORIES)),
    FormCol("反馈的问题", 34),
    FormCol("具体表现", 34),
    FormCol("产生问题的根源", 24),
    _LEVEL,
    _TERM,
    FormCol("整改期限", 11, "date"),
    _STATUS,
    FormCol("备注", 10),
)
_TASKS = (
    _NUMBER,
    FormCol("对应问题", 8, "center"),
    FormCol("整改任务", 26),
    FormCol("整改措施", 30),
    FormCol("整改目标和成果形式", 20),
    FormCol("完成期限", 11, "date"),
    FormCol("进展情况", 24),
    FormCol("金额（元）", 12, "money", group="成效", total=True),
    FormCol("建章立制", 7, "int", group="成效", total=True),
    FormCol("处理人数", 7, "int", group="成效", total=True),
    FormCol("是否公开", 8, "choice", ("是", "否")),
    FormCol("证明材料", 14),
)
_OWNERS = (
    _NUMBER,
    FormCol("对应问题", 8, "center"),
    FormCol("责任单位", 18),
    FormCol("责任领导", 10, "center"),
    FormCol("责任人", 10, "center"),
    FormCol("配合单位", 16),
    FormCol("镇党委", 11, "center", group="审核"),
    FormCol("组织部", 11, "center", group="审核"),
    FormCol("纪委监委", 11, "center", group="审核"),
    FormCol("巡察办", 11, "center", group="审核"),
    FormCol("核验人", 10, "center", group="销号"),
    FormCol("核验日期", 11, "date", group="销号"),
    FormCol("销号日期", 11, "date", group="销号"),
    FormCol("依据", 20, group="销号"),
)
_LISTS = (
    ("问题清单", _PROBLEMS, "一条反馈问题一行；共性问题由镇（街道）建章立制，注明涉及的村（社区）。"),
    ("任务清单", _TASKS, "一个问题可以拆成几项任务；金额为追缴、清退和挽回的合计。"),
    ("责任清单", _OWNERS, "每个问题明确一个责任领导、一个牵头单位；核验人不得是报告完成的人。"),
)


@blank_form(DESIGNATION, TITLE, stage=Stage.FINDING, medium=Medium.WORD, version=VERSION)
def fix_order(context: BlankContext) -> bytes:
    """Instant-fix order with receipt, result and verification; its layout is that of the filled one."""
    form = begin(context)
    lay_out(form, OrderPaper(to=f"{context.target}党组织", cc=f"{context.place.town}党委"))
    return finish(form, context, NOTE)


@blank_form("ZG-1", "巡察整改三个清单", stage=Stage.RECTIFY, medium=Medium.EXCEL, version=VERSION, pages=3)
def three_lists(context: BlankContext) -> bytes:
    """Problems, tasks and responsibilities, one sheet each."""
    return workbook(
        context,
        [
            FormSheet(
                name,
                f"巡察整改{name}",
                columns,
                rows=13,
                footnote=f"注：{note}",
                signers=("填报单位（盖章）", "主要负责人", "填报人", "日期"),
            )
            for name, columns, note in _LISTS
        ],
    )
