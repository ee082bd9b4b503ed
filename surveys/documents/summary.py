"""调查测评汇总表: what villages answered and how they rated, for a round or one village, as a workbook with charts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.office.xlsx import Chart, Col, Sheet, write_bytes

HIDDEN = "＊"
_NOTE = f"{HIDDEN}　份数较少，为防止对号入座不单列；与之相连、可以相减得出的也不列，好评率以区间表示。"
_SIGN = "统计人：　　　　　　复核人：　　　　　　日期："
Value = str | int | float | Decimal | None


@dataclass(frozen=True)
class Summary:
    """Rows of the seven sheets, each in the order of its columns; a hidden number is :data:`HIDDEN`."""

    title: str
    heading: str
    office: str
    day: dt.date
    aspects: tuple[str, ...]
    counts: tuple[Sequence[Value], ...]
    items: tuple[Sequence[Value], ...]
    rates: tuple[Sequence[Value], ...]
    committees: tuple[Sequence[Value], ...]
    members: tuple[Sequence[Value], ...]
    words: tuple[Sequence[Value], ...]
    clues: tuple[Sequence[Value], ...]
    digests: tuple[str, ...]


def summary_xlsx(summary: Summary) -> bytes:
    """The workbook: the sheets of the summary in their order; those that have nothing say so by being empty."""
    sheets = [
        _sheet(summary, "份数", _COUNTS, summary.counts),
        _sheet(summary, "各题", _ITEMS, summary.items, note=_NOTE),
        _sheet(
            summary,
            "各方面",
            (
                Col("村（社区）", 16),
                Col("有效份数", 10, "int"),
                *[Col(name, 12, "number") for name in summary.aspects],
                Col("以区间表示的", 46),
            ),
            summary.rates,
            note=f"单位：%。有区间的，表和图中为下限。\n{_NOTE}",
            chart=Chart("各方面好评率（%）", 0, range(2, 2 + len(summary.aspects)), top=100),
        ),
        _sheet(
            summary,
            "班子测评",
            _COMMITTEES,
            summary.committees,
            chart=Chart("班子测评得分", 0, [9], top=100),
        ),
        _sheet(summary, "成员测评", _MEMBERS, summary.members),
        _sheet(summary, "意见建议", (Col("村（社区）", 16), Col("意见建议", 90)), summary.words, note=_WORDS),
        _sheet(summary, "疑点", _CLUES, summary.clues),
    ]
    return write_bytes(sheets, created=summary.day, author=summary.office)


_COUNTS = (
    Col("村（社区）", 16), Col("场合", 24), Col("发放", 9, "int"), Col("回收", 9, "int"), Col("未收回", 9, "int"),
    Col("有效", 9, "int"), Col("无效", 9, "int"),
)  # fmt: skip
_ITEMS = (
    Col("村（社区）", 16), Col("方面", 12), Col("题号", 7, "int"), Col("题目", 44),
    *[Col(name, 8, "int") for name in ("好", "较好", "一般", "差", "不了解", "未答")], Col("好评率", 12, "center"),
)  # fmt: skip
_COMMITTEES = (
    Col("村（社区）", 16), Col("票数", 8, "int"),
    *[Col(name, 8, "int") for name in ("好", "较好", "一般", "差", "弃权", "无效", "有效")], Col("得分", 9, "money"),
    Col("好评率（%）", 11, "money"), Col("各类人员得分", 52),
)  # fmt: skip
_MEMBERS = (
    Col("村（社区）", 16), Col("名次", 7, "int"), Col("姓名", 12), Col("职务", 26), Col("有效票", 9, "int"),
    Col("得分", 9, "money"), Col("好评率（%）", 11, "money"),
)  # fmt: skip
_CLUES = (
    Col("村（社区）", 16), Col("序号", 7, "int"), Col("疑点", 50), Col("承办人", 12), Col("查核情况", 12),
    Col("说明", 40),
)  # fmt: skip
_WORDS = "姓名、电话、证件号码已隐去；次序随机，与答案、人员类别、场合分开存放。"


def _sheet(
    summary: Summary, name: str, columns: Sequence[Col], rows: tuple[Sequence[Value], ...], *,
    note: str = "", chart: Chart | None = None,
) -> Sheet:  # fmt: skip
    seals = "".join(f"\n{line}" for line in summary.digests) if name == "各题" else ""
    return Sheet(
        name=name,
        title=f"{summary.title}（{name}）",
        heading=summary.heading,
        footnote="\n".join(filter(None, (note + seals, _SIGN))),
        columns=columns,
        rows=rows,
        chart=chart,
    )
