"""The watch list of a village (待查问题清单) as a Word table across the page, by category, with room to write."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.display import cn_date
from core.office.docx import PaperForm

_HEADERS = [
    "序号",
    "待查问题",
    "来源",
    "依据",
    "查法",
    "看什么材料",
    "承办人",
    "期限",
    "结果",
    "查核记录",
]
_WIDTHS_MM = [12, 36, 19, 26, 36, 30, 20, 29, 19, 36]
_TO_TICK = "□未发现\n□疑点\n□属实\n□已交办"


@dataclass(frozen=True)
class WatchLine:
    """One item in words; ``result`` is empty while it is open."""

    seq: int
    title: str
    origin: str
    basis: str
    method: str
    evidence_hint: str
    holder: str
    due_on: dt.date | None
    result: str
    note: str


@dataclass(frozen=True)
class WatchListData:
    """The whole list: its village, its items under their first-level categories."""

    village: str
    round: str
    team: str
    office: str
    day: dt.date
    groups: Sequence[tuple[str, Sequence[WatchLine]]]

    @property
    def count(self) -> int:
        """Number of items."""
        return sum(len(lines) for _, lines in self.groups)


def watch_list_docx(data: WatchListData) -> bytes:
    """Render the list; the same data give the same bytes."""
    form = PaperForm(
        title=f"{data.village}待查问题清单",
        created=data.day,
        author=data.office,
        heading=f"{data.round}　{data.team}",
        number=f"共{data.count}条",
        landscape=True,
    )
    for name, lines in data.groups:
        form.table(
            _HEADERS,
            [_cells(line) for line in lines],
            _WIDTHS_MM,
            caption=f"{name}（{len(lines)}条）",
            align="clcllllccl",
        )
    form.note(f"制表日期：{cn_date(data.day)}\n注：每条都要有结论并写明依据。内部资料，不得外传，用后收回。")
    return form.to_bytes()


def _cells(line: WatchLine) -> list[object]:
    return [
        line.seq, line.title, line.origin, line.basis, line.method, line.evidence_hint, line.holder,
        _day(line.due_on), line.result or _TO_TICK, line.note,
    ]  # fmt: skip


def _day(day: dt.date | None) -> str:
    """A day in two lines: the column is narrow, and no figure may be torn apart."""
    return f"{day.year}年\n{day.month}月{day.day}日" if day else ""
