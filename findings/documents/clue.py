"""The transfer sheet of a clue (问题线索移交单, XS-1) as Word: made for one request, kept nowhere."""

import datetime as dt
from dataclasses import dataclass

from core.display import cn_date
from core.office.docx import PaperForm
from findings.documents.paper import SignatureLine


@dataclass(frozen=True)
class ClueSheet:
    """Everything the sheet shows, in words; ``mark``: who prints it and when, across every page."""

    number: str
    office: str
    round: str
    team: str
    village: str
    title: str
    mode: str
    units: str
    persons: tuple[tuple[str, str, str, str, str], ...]
    facts: str
    disciplines: str
    category: str
    sources: str
    note: str
    files: tuple[str, ...]
    handing: tuple[SignatureLine, ...]
    receiving: tuple[SignatureLine, ...]
    handed_on: dt.date | None
    due_on: dt.date | None
    disposal: str
    handling: str
    result: str
    made_on: dt.date
    mark: str


NOTE = "注：一式两份，双方签字后各执一份，专人保管，不得复印、拍照、转发。"


def clue_sheet_docx(data: ClueSheet) -> bytes:
    """Render the sheet; the same data give the same bytes."""
    form = PaperForm(
        title="问题线索移交单", created=data.made_on, author=data.office, heading=f"{data.round}　{data.team}",
        number=f"编号：{data.number or '（移交时编号）'}", mark="内部资料　限知悉人",
    )  # fmt: skip
    form.watermark(data.mark)
    form.pairs([("线索名称", data.title)], columns=1)
    form.pairs(
        [
            ("被巡察单位", data.village), ("移交方式", data.mode), ("移交时间", cn_date(data.handed_on)),
            ("移交单位", data.units),
        ]
    )  # fmt: skip
    rows = [[number, *person] for number, person in enumerate(data.persons, 1)]
    form.grid(
        ["序号", "被反映人", "单　　位", "职　　务", "职　级", "政治面貌"], rows, [12, 27, 42, 30, 20, 25],
        align="c",
    )  # fmt: skip
    form.block("具体问题", data.facts, min_height_mm=36)
    form.pairs([("违反纪律", data.disciplines), ("问题分类", data.category)])
    form.block("线索来源", data.sources, min_height_mm=12)
    form.block("移交材料", "\n".join((*data.files, data.note)).strip(), min_height_mm=16)
    form.signatures([(line.label, line.name, line.on) for line in data.handing])
    form.signatures([(line.label, line.name, line.on) for line in data.receiving])
    form.pairs([("反馈期限", cn_date(data.due_on)), ("分类处置", data.disposal)])
    if data.handling or data.result:
        form.block("办理情况", data.handling)
        form.block("处理结果", data.result)
    form.note(f"{NOTE}\n{data.mark} 生成")
    return form.to_bytes()
