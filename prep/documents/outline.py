"""The outline of a talk as a Word form: head to fill in, every question with room for the answer under it."""

import datetime as dt
from dataclasses import dataclass

from core.office.docx import PaperForm

_CARE = "内部资料，仅供谈话人使用：不出示、不复制、不外传，谈话后收回。"
_ROOM_MM = 26


@dataclass(frozen=True)
class QuestionLine:
    """One question: its number, the numbers of its watch items, why it is asked."""

    number: int
    text: str
    must: bool
    items: tuple[int, ...]
    why: str


@dataclass(frozen=True)
class QuestionGroup:
    """Questions under one heading."""

    title: str
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class OutlineData:
    """Everything one printed outline shows. ``person`` is empty where it is filled in by hand or not kept at all."""

    made_on: dt.date
    office: str
    round: str
    team: str
    village: str
    kind: str
    person: str
    shielded: bool
    version: str
    groups: tuple[QuestionGroup, ...]

    @property
    def count(self) -> int:
        """How many questions there are."""
        return sum(len(group.lines) for group in self.groups)


def outlines_docx(papers: list[OutlineData]) -> bytes:
    """Render outlines one after the other, each on a new page; the same data give the same bytes."""
    first = papers[0]
    form = PaperForm(
        title=_title(first), created=first.made_on, author=first.office, heading=_heading(first),
        number=first.version,
    )  # fmt: skip
    _body(form, first)
    for paper in papers[1:]:
        form.next_form(title=_title(paper), heading=_heading(paper), number=paper.version)
        _body(form, paper)
    return form.to_bytes()


def _title(data: OutlineData) -> str:
    return f"谈话提纲（{data.kind}）"


def _heading(data: OutlineData) -> str:
    return f"{data.round}　{data.team}"


def _body(form: PaperForm, data: OutlineData) -> None:
    person = "（不登记）" if data.shielded else data.person
    form.pairs(
        [
            ("被巡察村（社区）", data.village),
            ("谈话对象", data.kind),
            ("姓名", person),
            ("职务或身份", ""),
            ("谈话时间", ""),
            ("谈话地点", ""),
            ("谈话人", ""),
            ("记录人", ""),
        ]
    )
    for group in data.groups:
        form.band(f"{group.title}（{len(group.lines)}问）")
        for line in group.lines:
            form.block(_margin(line), line.text, min_height_mm=_ROOM_MM)
    form.signatures([("谈话人", "", None), ("记录人", "", None)])
    form.note(f"共{data.count}问。{_CARE}")


def _margin(line: QuestionLine) -> str:
    """What stands beside a question: number, whether it must be asked, where in the watch list it comes from."""
    parts = [f"{line.number}"] + ["必问"] * line.must
    if line.items:
        parts.append(f"清单{'、'.join(map(str, line.items))}")
    return "\n".join(parts)
