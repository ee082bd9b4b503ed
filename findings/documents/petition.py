"""The sheet of one petition (XF-1) and the register (XF-2), from the redacted summary: nobody is named as reporter."""

import datetime as dt
from dataclasses import dataclass

from core.display import cn_date
from core.office.docx import PaperForm
from core.office.xlsx import Col, Sheet, write_bytes

SEALED_NOTE = (
    "反映人信息、反映原文和原件另行加密封存，由保密管理人保管，不打印、不入卷；"
    "查阅须申请并经另一人批准，全程留痕。"
)
_SEALED = "另行封存"


@dataclass(frozen=True)
class OpinionLine:
    """What somebody wrote at one step."""

    step: str
    text: str
    name: str
    on: dt.date


@dataclass(frozen=True)
class PetitionData:
    """Everything the sheet shows, in words; the summary is the redacted one."""

    number: str
    office: str
    round: str
    team: str
    village: str
    received_on: dt.date
    registrar: str
    channel: str
    named: str
    kind: str
    category: str
    summary: str
    scope: str
    linked: str
    opinions: tuple[OpinionLine, ...]
    disposal: str
    receiver: str
    handler: str
    due_on: dt.date | None
    result: str
    reply: str
    replied_on: dt.date | None
    status: str


def petition_docx(data: PetitionData) -> bytes:
    """Render the sheet, in the order of the blank; the same data give the same bytes."""
    form = PaperForm(
        title="信访件登记表",
        created=data.received_on,
        author=data.office,
        heading=f"{data.round}　{data.team}",
        number=f"编号：{data.number}",
    )
    form.pairs([("受理时间", cn_date(data.received_on)), ("受理人", data.registrar)])
    form.pairs([("村（社区）", data.village), ("渠道", data.channel)])
    form.pairs([("是否实名", data.named), ("反映人", _SEALED), ("被反映人", _SEALED), ("类别", data.kind)])
    form.pairs([("涉及方面", data.category), ("受理范围", data.scope)], columns=1)
    form.block("反映的\n主要问题\n（脱敏摘要）", data.summary, min_height_mm=50)
    form.pairs([("重复、关联件", data.linked)], columns=1)
    form.grid(
        ["环节", "意见", "签名", "日期"],
        [[line.step, line.text, line.name, cn_date(line.on)] for line in data.opinions] or [["", "", "", ""]],
        [24, 76, 26, 30],
        align="clcc",
    )
    form.pairs([("办理方式", data.disposal), ("转往单位", data.receiver)])
    form.pairs([("承办人", data.handler), ("办理期限", cn_date(data.due_on) if data.due_on else "")])
    answer = f"\n{cn_date(data.replied_on)}答复：{data.reply}" if data.reply else ""
    form.block("结果及答复", data.result + answer, min_height_mm=36)
    form.signatures([("承办人", "", None), ("组长", "", None)])
    form.note(f"状态：{data.status}\n注：巡察组受理不作承诺。{SEALED_NOTE}")
    return form.to_bytes()


_COLUMNS = (
    Col("序号", 6, "int"),
    Col("登记表编号", 22, "center"),
    Col("受理日期", 12, "date"),
    Col("村（社区）", 12),
    Col("渠道", 10, "center"),
    Col("实名", 7, "center"),
    Col("联名人数", 8, "int"),
    Col("反映的主要问题（脱敏摘要）", 44),
    Col("类别", 12, "center"),
    Col("受理范围内", 9, "center"),
    Col("并入", 22, "center"),
    Col("办理方式", 12, "center"),
    Col("转往单位", 18),
    Col("承办人", 10, "center"),
    Col("期限", 12, "date"),
    Col("状态", 10, "center"),
    Col("办理结果", 32),
    Col("答复日期", 12, "date"),
    Col("办结日期", 12, "date"),
)


@dataclass(frozen=True)
class RegisterRow:
    """One petition as the register prints it."""

    number: str
    received_on: dt.date
    village: str
    channel: str
    named: str
    people: int
    summary: str
    kind: str
    in_scope: str
    merged_into: str
    disposal: str
    receiver: str
    handler: str
    due_on: dt.date | None
    status: str
    result: str
    replied_on: dt.date | None
    closed_on: dt.date | None


@dataclass(frozen=True)
class RegisterData:
    """The register with what it was narrowed to, in words, and the day it shows."""

    title: str
    narrowed: str
    office: str
    as_of: dt.date
    rows: tuple[RegisterRow, ...]


def register_xlsx(data: RegisterData) -> bytes:
    """Render the register; the same data give the same bytes."""
    lines = [
        (
            n, row.number, row.received_on, row.village, row.channel, row.named, row.people, row.summary, row.kind,
            row.in_scope, row.merged_into, row.disposal, row.receiver, row.handler, row.due_on, row.status,
            row.result, row.replied_on, row.closed_on,
        )
        for n, row in enumerate(data.rows, 1)
    ]  # fmt: skip
    heading = f"截至{cn_date(data.as_of)}，共{len(lines)}件" + (f"；{data.narrowed}" if data.narrowed else "")
    sheet = Sheet(
        "信访登记", _COLUMNS, lines, title=data.title, heading=heading, footnote=f"注：{SEALED_NOTE}"
    )
    return write_bytes([sheet], created=data.as_of, author=data.office)
