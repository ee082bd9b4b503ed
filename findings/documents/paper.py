"""The problem workpaper (问题底稿) as a Word form: four parts, as the paper form has them. No names of persons."""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict

from core.display import cn_date
from core.office.chinese import long_date
from core.office.docx import PaperForm


@dataclass(frozen=True)
class StepLine:
    """One step of discovery in words."""

    on: dt.date | None
    method: str
    people: str
    text: str


@dataclass(frozen=True)
class EvidenceLine:
    """One line of the list of supporting material."""

    seq: int
    name: str
    kind: str
    origin: str
    page_range: str


@dataclass(frozen=True)
class SignatureLine:
    """One place to sign: the capacity, and who signed when, if anybody has."""

    label: str
    name: str
    on: dt.date | None


@dataclass(frozen=True)
class PaperData:
    """Everything the printed workpaper shows, in words."""

    number: str
    prepared_on: dt.date
    office: str
    round: str
    team: str
    village: str
    villager_groups: str
    title: str
    category: str
    weight: str
    period: str
    amount: str
    quantity: str
    summary: str
    origins: str
    steps: tuple[StepLine, ...]
    facts: str
    evidence: tuple[EvidenceLine, ...]
    basis: tuple[str, ...]
    root_cause: str
    qualification: str
    response: str
    disposal: str
    open_question: str
    status: str
    signatures: tuple[SignatureLine, ...]


class Head(TypedDict):
    """The line right above the ruled part of a form."""

    heading: str
    number: str


TITLE = "问题底稿"
NOTE = "注：一事一底稿；涉及人员另存，不在本表打印。"


def paper_docx(data: PaperData) -> bytes:
    """Render the workpaper; the same data give the same bytes."""
    form = PaperForm(title=TITLE, created=data.prepared_on, author=data.office, **paper_head(data))
    paper_body(form, data)
    return form.to_bytes()


def paper_head(data: PaperData) -> Head:
    """What stands above the ruled part."""
    return {"heading": data.round, "number": f"编号：{data.number}"}


def paper_body(form: PaperForm, data: PaperData) -> None:
    """The whole filled form with the note at its foot."""
    lay_out(form, data)
    form.note(f"编制日期：{cn_date(data.prepared_on)}　状态：{data.status}\n{NOTE}")


def lay_out(form: PaperForm, data: PaperData, *, room: float = 1, two_pages: bool = False) -> None:
    """Put the four parts into ``form``.

    ``room`` times the usual height is left for texts still to be written; with ``two_pages`` the third part begins a
    page, as it does on the printed form.
    """
    _overview(form, data, room)
    _discovery(form, data, room)
    if two_pages:
        form.next_page()
    _evidence(form, data)
    _conclusion(form, data, room)
    form.signatures((line.label, line.name, line.on) for line in data.signatures)


def _overview(form: PaperForm, data: PaperData, room: float) -> None:
    form.pairs(
        [
            ("被巡察党组织", data.village),
            ("巡察组", data.team),
            ("涉及村组", data.villager_groups),
            ("问题类别", data.category),
            ("性质", data.weight),
            ("发生时间", data.period),
            ("涉及金额（元）", data.amount),
            ("涉及数量", data.quantity),
        ]
    )
    form.pairs([("主要特征", data.title)], columns=1)
    form.block("问题表现", data.summary, min_height_mm=20 * room)


def _discovery(form: PaperForm, data: PaperData, room: float) -> None:
    form.pairs([("问题来源", data.origins)], columns=1)
    form.grid(
        ["序号", "时间", "方式", "参加人员", "经过"],
        [[n, long_date(s.on), s.method, s.people, s.text] for n, s in enumerate(data.steps, 1)],
        [12, 28, 20, 30, 66],
        label="发现过程",
    )
    form.block("查证事实", data.facts, min_height_mm=20 * room)


def _evidence(form: PaperForm, data: PaperData) -> None:
    form.grid(
        ["序号", "材料名称", "来源种类", "形式", "页码"],
        [[e.seq, e.name, e.kind, e.origin, e.page_range] for e in data.evidence],
        [12, 76, 22, 20, 26],
        label="支撑材料目录",
    )


def _conclusion(form: PaperForm, data: PaperData, room: float) -> None:
    form.block("政策依据", "\n".join(data.basis), min_height_mm=20 * room)
    form.block("问题剖析", data.root_cause, min_height_mm=14 * room)
    form.pairs([("定性", data.qualification), ("处置建议", data.disposal)])
    form.block("当事人或村反映意见", data.response, min_height_mm=20 * room)
    if data.open_question:
        form.block("待查说明", data.open_question, min_height_mm=12 * room)
