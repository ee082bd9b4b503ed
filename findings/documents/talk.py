"""The talk record (个别谈话记录) as a Word form, in the order of the blank paper: who, when, what was said."""

import datetime as dt
from dataclasses import dataclass

from core.office.docx import PaperForm
from findings.documents.paper import Head, SignatureLine

TITLE = "个别谈话记录"
NOTE = "注：谈话人员不少于两人，谈话人与记录人不得为同一人；谈话记录不得让被谈话人以外的人传阅。"


@dataclass(frozen=True)
class TalkLine:
    """One item of the outline."""

    question: str
    answer: str
    key_point: str


@dataclass(frozen=True)
class TalkData:
    """Everything the printed record shows, in words."""

    number: str
    office: str
    round: str
    team: str
    village: str
    created: dt.date
    when: str
    place: str
    category: str
    person: str
    post: str
    purpose: str
    talker: str
    recorder: str
    outline: str
    points: tuple[TalkLine, ...]
    read_back: bool
    status: str
    signatures: tuple[SignatureLine, ...]


def talk_docx(data: TalkData) -> bytes:
    """Render the record; the same data give the same bytes."""
    form = PaperForm(title=TITLE, created=data.created, author=data.office, **talk_head(data))
    talk_body(form, data)
    return form.to_bytes()


def talk_head(data: TalkData) -> Head:
    """What stands above the ruled part."""
    return {"heading": f"{data.round}　{data.team}", "number": f"编号：{data.number}"}


def talk_body(form: PaperForm, data: TalkData) -> None:
    """The whole filled form with the note at its foot."""
    form.pairs([("被巡察党组织", data.village), ("谈话地点", data.place)])
    form.pairs([("谈话时间", data.when)], columns=1)
    form.pairs([("谈话对象", data.person), ("职　　务", data.post), ("对象类别", data.category)])
    form.pairs([("谈话人", data.talker), ("记录人", data.recorder), ("所用提纲", data.outline)])
    form.pairs([("谈话目的", data.purpose)], columns=1)
    form.band("谈话内容")
    for line in data.points:
        form.block("问", line.question, min_height_mm=9)
        form.block("答", line.answer, min_height_mm=14)
    keys = [(n, line.key_point) for n, line in enumerate(data.points, 1) if line.key_point]
    form.grid(["对应问题", "要点"], keys or [("", "")], [24, 132], label="关键要点", align="c")
    form.pairs([("核对情况", "记录已当场宣读核对" if data.read_back else "记录未当场宣读核对")], columns=1)
    # The person talked to signs on paper, if at all: the system knows only the two inspectors.
    form.signatures(
        [("谈话对象（自愿）", "", None), *((line.label, line.name, line.on) for line in data.signatures)]
    )
    form.note(f"状态：{data.status}\n{NOTE}")
