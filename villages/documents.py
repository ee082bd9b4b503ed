"""The two papers every member signs before opening a village, as Word forms: pledge and declaration of ties."""

import datetime as dt
from dataclasses import dataclass

from core.display import cn_date, cn_datetime
from core.office.docx import PaperForm


@dataclass(frozen=True)
class MemberPapers:
    """What both papers show. ``sworn_at`` and ``ties`` are empty on a form to be signed by hand."""

    name: str
    unit: str
    round: str
    team: str
    post: str
    days: str
    pledge: str
    version: int
    text: str
    ties: str
    named: tuple[str, ...]
    sworn_at: dt.datetime | None
    created: dt.date
    office: str


def _head(title: str, data: MemberPapers) -> PaperForm:
    form = PaperForm(title=title, created=data.created, author=data.office, heading=data.round)
    form.pairs(
        [
            ("姓名", data.name),
            ("原单位", data.unit or "—"),
            ("巡察组", data.team),
            ("组内职务", data.post),
            ("巡察时间", data.days),
            ("填表日期", cn_date(data.sworn_at) if data.sworn_at else ""),
        ]
    )
    return form


def _foot(form: PaperForm, label: str, data: MemberPapers) -> None:
    if data.sworn_at:
        form.signatures([(label, data.name, data.sworn_at)])
        form.note(f"本人于{cn_datetime(data.sworn_at)}在系统中输入登录密码签署。")
    else:
        form.signatures([(label, "", None)])
        form.note("手签的，签好后交巡察办存档；本人仍须在系统中签署，才能查看村（社区）的材料。")


def pledge_docx(data: MemberPapers) -> bytes:
    """The pledge with its text."""
    form = _head("保密承诺书", data)
    opening = f"本人参加{data.round}工作，对工作中知悉的秘密负有保密责任，郑重承诺："
    form.block(f"承诺内容\n（第{data.version}版）", f"{opening}\n{data.text}", min_height_mm=120)
    _foot(form, "承诺人", data)
    return form.to_bytes()


def ties_docx(data: MemberPapers) -> bytes:
    """The declaration of ties."""
    form = _head("回避情况申报表", data)
    form.pairs([("申报结果", data.ties or "□没有应当回避的情形　　□有，逐项申报如下")], columns=1)
    rows = [[number, line] for number, line in enumerate(data.named, 1)]
    form.grid(
        ["序号", "应当回避的地方和情形"],
        rows or [["", "无" if data.ties else ""] for _ in range(1 if data.ties else 4)],
        [14, 142],
    )
    form.block(
        "申报说明",
        "籍贯户籍在该村（社区）、近亲属在该村任职或居住、曾在该村或所在镇（街道）任职或共事、"
        "有承包经营等经济往来，以及其他可能影响公正的关系，都应当申报。任务中新出现的，当日补报。",
    )
    _foot(form, "申报人", data)
    return form.to_bytes()
