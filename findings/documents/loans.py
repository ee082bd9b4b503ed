"""The list of documents asked for (调阅资料清单) as a Word form with the columns of the blank DY-1, filled in."""

import datetime as dt
from dataclasses import dataclass

from core.office.docx import PaperForm
from findings.documents.paper import Head

TITLE = "调阅资料清单"
NOTE = "注：一式两份，巡察组和提供单位各执一份；原件用后归还，双方当面点清签名。"
_HEADINGS = (
    "序号", "资料名称", "份数", "资料类型", "来源", "提供时限", "提供人", "调阅人", "借出日期",
    "状态", "归还人", "接收人", "归还日期", "备注",
)  # fmt: skip
_WIDTHS_MM = (9, 46, 9, 18, 17, 18, 15, 15, 18, 14, 15, 15, 18, 23)


@dataclass(frozen=True)
class LoanLine:
    """One document: the words of its row, in the order of the columns after the running number."""

    cells: tuple[str, ...]
    no: str


@dataclass(frozen=True)
class LoansData:
    """One list: whose documents, from which days, and who signed for them when."""

    office: str
    round: str
    team: str
    village: str
    days: str
    created: dt.date
    number: str
    lines: tuple[LoanLine, ...]
    signers: tuple[tuple[str, dt.date], ...]


def loans_docx(data: LoansData) -> bytes:
    """Render the list on turned paper; the same data give the same bytes."""
    form = PaperForm(
        title=TITLE, created=data.created, author=data.office, landscape=True, **loans_head(data)
    )
    loans_body(form, data)
    return form.to_bytes()


def loans_head(data: LoansData) -> Head:
    """What stands above the ruled part."""
    heading = f"{data.round}　{data.team}　被巡察党组织：{data.village}党组织"
    return {"heading": heading, "number": f"编号：{data.number}"}


def loans_body(form: PaperForm, data: LoansData) -> None:
    """The whole list with its signatures; the leader's stands once for each day it was given."""
    rows = [[n, *line.cells] for n, line in enumerate(data.lines, 1)]
    form.grid(_HEADINGS, rows, _WIDTHS_MM, align="clcccccccccccl")
    leaders = data.signers or (("", None),)
    form.signatures([*(("组长签字", name, day) for name, day in leaders), ("提供单位负责人", "", None)])
    form.note(f"调阅日期：{data.days}　共{len(data.lines)}件\n{NOTE}")
