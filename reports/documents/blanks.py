"""The blank papers of the report stage: problem list and suggestion letter sheet."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import HALF_LINE, ticks
from reports.documents.lists import ISSUE_COLUMNS
from villages.models import Stage
from villages.models.reference_data import CATEGORIES

VERSION = dt.date(2026, 1, 1)

# By hand less fits a line anyhow: what counts is that the print stays large.
_NARROWER = 0.85
_CHOICES = {"问题类别": tuple(name for _, name, *_ in CATEGORIES), "重点/一般": ("重点", "一般")}


@blank_form("QD-1", "问题清单", stage=Stage.REPORT, medium=Medium.EXCEL, version=VERSION)
def issue_list(context: BlankContext) -> bytes:
    """The problem list of one village with the columns of the printed one."""
    sheet = FormSheet(
        "问题清单",
        "问题清单",
        tuple(_column(column.title, column.width * _NARROWER, column.kind) for column in ISSUE_COLUMNS),
        rows=13,
        footnote="注：一村一份；每条问题须有底稿支撑，涉及领导干部的问题线索不列入本清单。金额单位：元。",
        signers=("填表人", "副组长", "组长", "日期"),
    )
    return workbook(context, [sheet])


def _column(title: str, width: float, kind: str) -> FormCol:
    choices = _CHOICES.get(title, ())
    return FormCol(title, width, "choice" if choices else kind, choices)


@blank_form("JY-1", "巡察建议书办理单", stage=Stage.REPORT, medium=Medium.WORD, version=VERSION)
def suggestion(context: BlankContext) -> bytes:
    """Suggestion letter sheet: what is proposed to which department, approval, answer."""
    form = begin(context)
    form.pairs([("建议名称", "")], columns=1)
    form.pairs([("受文部门", ""), ("发文字号", ""), ("移交日期", ""), ("答复期限", "")])
    form.block("共性问题摘要", "（涉及村数、件数、金额）", min_height_mm=40)
    form.grid(
        ["序号", "建议内容", "依据的底稿或清单"],
        [[n, "", ""] for n in range(1, 5)],
        [12, 98, 46],
        label="建议事项",
        align="c",
        row_mm=11,
    )
    form.signatures([("拟稿人", "", None), ("组长", "", None), ("巡察办负责人", "", None)], height_mm=18)
    form.block("部门答复\n及措施", "", min_height_mm=28)
    form.pairs([("建章立制", "　　　项"), ("办结情况", ticks(["办结", "正在办理"], HALF_LINE))])
    form.signatures([("部门负责人", "", None), ("巡察办核收人", "", None)], height_mm=16)
    return finish(form, context, "注：建议书正文按公文格式另行印制，本单随文归档；建议中不得出现反映人信息。")
