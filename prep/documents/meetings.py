"""The record of a meeting as an internal Word form."""

import datetime as dt
from dataclasses import dataclass

from core.display import cn_datetime
from core.office.docx import PaperForm


@dataclass(frozen=True)
class Attendant:
    """One line of the attendance."""

    name: str
    post: str
    present: bool
    reason: str


@dataclass(frozen=True)
class VillageTalk:
    """What was said of one village."""

    name: str
    analysis: str
    focus: tuple[str, ...]


@dataclass(frozen=True)
class Minutes:
    """The whole record, in words."""

    kind: str
    name: str
    round: str
    team: str
    held_at: dt.datetime
    place: str
    chair: str
    recorder: str
    attendance: tuple[Attendant, ...]
    guests: tuple[str, ...]
    content: str
    villages: tuple[VillageTalk, ...]
    files: tuple[str, ...]
    recorded_at: dt.datetime | None
    signed_at: dt.datetime | None
    office: str
    hidden: int = 0


def minutes_docx(data: Minutes) -> bytes:
    """Render the record."""
    form = PaperForm(
        title=f"{data.kind}记录",
        created=data.held_at,
        author=data.office,
        heading=data.round,
        number=data.team,
    )
    form.pairs([("会议名称", data.name)], columns=1)
    form.pairs(
        [
            ("时间", cn_datetime(data.held_at)),
            ("地点", data.place),
            ("主持人", data.chair),
            ("记录人", data.recorder),
        ]
    )
    present = [row for row in data.attendance if row.present]
    form.pairs([("应到", f"{len(data.attendance)}人"), ("实到", f"{len(present)}人")])
    form.pairs([("到会", "、".join(f"{row.name}（{row.post}）" for row in present) or "—")], columns=1)
    away = [
        f"{row.name}（{row.post}，{row.reason or '未写明原因'}）"
        for row in data.attendance
        if not row.present
    ]
    form.pairs([("缺席", "、".join(away) or "无"), ("列席", "、".join(data.guests) or "无")], columns=1)
    form.block("会议内容", data.content, min_height_mm=30)
    for village in data.villages:
        focus = "".join(f"\n{number}.{line}" for number, line in enumerate(village.focus, 1))
        form.block(village.name, f"分析研判：{village.analysis or '—'}\n议定的重点：{focus or '—'}")
    if data.files:
        form.pairs([("附件", "；".join(data.files))], columns=1)
    form.signatures(
        [
            ("记录人", data.recorder if data.recorded_at else "", data.recorded_at),
            ("主持人", data.chair if data.signed_at else "", data.signed_at),
        ]
    )
    if data.hidden:
        form.note(f"注：打印人须回避的{data.hidden}个村（社区）不在本件。")
    return form.to_bytes()
