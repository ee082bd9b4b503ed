"""Papers of a rating: the ballot, the count sheet of two people, the table of results as Word and Excel."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.display import cn_date
from core.office.paperform import BOX, PaperForm
from core.office.xlsx import Col, Sheet, write_bytes

LEVELS = ("好", "较好", "一般", "差")
MARKS = (*LEVELS, "弃权", "无效")
_HIDDEN = "＊"
_EMPTY_ROW = [""] * len(MARKS)


@dataclass(frozen=True)
class Frame:
    """Where and when: village, round, team, office, day of making."""

    village: str
    round: str
    team: str
    office: str
    day: dt.date

    @property
    def heading(self) -> str:
        """Round and team, as every paper names them."""
        return f"{self.round}　{self.team}"


@dataclass(frozen=True)
class BallotPaper:
    """The ballot: who is rated, in order."""

    frame: Frame
    subjects: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CountSheet:
    """One count sheet: occasion and group, the five figures, by subject the six counts, who counted."""

    place: str
    way: str
    figures: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    first: str
    second: str
    signed_on: dt.date | None


@dataclass(frozen=True)
class CountPaper:
    """The count sheets of a rating; without sheets an empty one to be filled in."""

    frame: Frame
    subjects: tuple[tuple[str, str], ...]
    sheets: tuple[CountSheet, ...]


@dataclass(frozen=True)
class ResultRow:
    """One subject in the table of results."""

    rank: int | None
    name: str
    post: str
    counts: tuple[int, ...]
    valid: int
    score: Decimal | None
    good_rate: Decimal | None
    formula: str
    groups: tuple[tuple[str, str, int, tuple[int | None, ...], str], ...]


@dataclass(frozen=True)
class ResultPaper:
    """Locked results: the committee first, then the members by rank."""

    frame: Frame
    ballots: int
    locked_on: dt.date
    method: str
    note: str
    digest: str
    rows: tuple[ResultRow, ...]


def ballot_docx(paper: BallotPaper) -> bytes:
    """The ballot people tick, secret and without a name."""
    form = PaperForm(
        title=f"{paper.frame.village}两委班子及成员民主测评票",
        created=paper.frame.day, author=paper.frame.office, heading=paper.frame.heading, number="票号：________",
    )  # fmt: skip
    form.pairs([("人员类别", "（按本人身份领票，不记姓名）")], columns=1)
    form.grid(
        ["序号", "测评对象", "职务", *LEVELS, "弃权"],
        [[n, name, post, *[BOX] * 5] for n, (name, post) in enumerate(paper.subjects, 1)],
        [12, 40, 44, 12, 12, 12, 12, 12],
        align="cllttttt",
        row_mm=12,
    )
    form.note(
        "说明：每个对象只选一项，在方框内打“√”；不选的按弃权计；同一对象划了两项以上的，该项无效。\n"
        "本票不记姓名。填好后请自行投入票箱。"
    )
    return form.to_bytes()


def counts_docx(paper: CountPaper) -> bytes:
    """The count sheets, filled in with what two people counted, or one empty sheet."""
    title = f"{paper.frame.village}民主测评计票单"
    form = PaperForm(
        title=title, created=paper.frame.day, author=paper.frame.office, heading=paper.frame.heading
    )
    empty = tuple((name, ()) for name, _ in paper.subjects)
    sheets = paper.sheets or (CountSheet("", "", (), empty, "", "", None),)
    for number, sheet in enumerate(sheets):
        if number:
            form.next_form(title=title, heading=paper.frame.heading)
        _count_page(form, sheet)
    return form.to_bytes()


def _count_page(form: PaperForm, sheet: CountSheet) -> None:
    labels = ("发出", "收回", "未收回", "有效票", "废票")
    figures = dict(zip(labels, sheet.figures or ("",) * len(labels), strict=True))
    form.pairs([("场合、类别", sheet.place), ("计票方式", sheet.way), *figures.items()], columns=2)
    if sheet.rows:
        form.grid(
            ["序号", "测评对象", *MARKS],
            [[n, name, *(counts or _EMPTY_ROW)] for n, (name, counts) in enumerate(sheet.rows, 1)],
            [12, 54, 15, 15, 15, 15, 15, 15],
            align="cl" + "c" * len(MARKS),
        )
    form.signatures([("计票人", sheet.first, None), ("监票人", sheet.second, sheet.signed_on)])
    form.note("发出＝收回＋未收回，收回＝有效票＋废票，每个对象各栏合计＝有效票。两人分别清点，一致后签名。")


def results_docx(paper: ResultPaper) -> bytes:
    """The table of results with how every score came about."""
    form = PaperForm(
        title=f"{paper.frame.village}两委班子及成员民主测评结果",
        created=paper.frame.day, author=paper.frame.office, heading=paper.frame.heading,
        landscape=True,
    )  # fmt: skip
    form.pairs([("有效测评票", f"{paper.ballots}张"), ("结果锁定", cn_date(paper.locked_on))])
    form.grid(
        ["名次", "测评对象", "职务", *MARKS, "有效", "得分", "好评率"],
        [
            [
                row.rank or "—",
                row.name,
                row.post,
                *row.counts,
                row.valid,
                _number(row.score),
                _percent(row.good_rate),
            ]
            for row in paper.rows
        ],
        [13, 40, 52, 15, 15, 15, 15, 15, 15, 15, 20, 20],
        align="cll" + "c" * 9,
    )
    form.block("计分办法", paper.method)
    form.block("计算过程", "\n".join(f"{row.name}：{row.formula}" for row in paper.rows))
    if paper.note:
        form.block("票数说明", paper.note)
    form.signatures([("统计人", "", None), ("复核人", "", None)])
    form.note(f"结果摘要（SHA-256）：{paper.digest}\n内部资料，只作了解班子情况和换届参考，不对外公布。")
    return form.to_bytes()


def results_xlsx(paper: ResultPaper) -> bytes:
    """The results as a workbook: scores with their formula, groups as far as they may be shown."""
    counts = [Col(mark, 8, "int") for mark in MARKS]
    note = f"票数说明：{paper.note}。" if paper.note else ""
    scores = Sheet(
        name="测评结果",
        title=f"{paper.frame.village}两委班子及成员民主测评结果",
        heading=f"{paper.frame.heading}　有效测评票{paper.ballots}张　{cn_date(paper.locked_on)}锁定",
        footnote=f"{paper.method}\n{note}结果摘要（SHA-256）：{paper.digest}\n"
        "统计人：　　　　　　复核人：　　　　　　日期：",
        columns=(
            Col("名次", 7, "center"), Col("测评对象", 18), Col("职务", 24), *counts, Col("有效票", 8, "int"),
            Col("得分", 9, "money"), Col("好评率（%）", 11, "money"), Col("计算过程", 52),
        ),
        rows=[
            [row.rank or "—", row.name, row.post, *row.counts, row.valid, _plain(row.score), _plain(row.good_rate),
             row.formula]
            for row in paper.rows
        ],
    )  # fmt: skip
    groups = Sheet(
        name="各类人员",
        title=f"{paper.frame.village}民主测评各类人员票数",
        heading=paper.frame.heading,
        footnote=f"{_HIDDEN}　票数较少，为防止对号入座不单列；与之相连、可以相减得出的也不列，得分以区间表示。",
        columns=(
            Col("测评对象", 18), Col("人员类别", 16), Col("权重", 8, "center"), Col("票数", 8, "int"),
            *[Col(mark, 8, "center") for mark in MARKS], Col("得分", 18, "center"),
        ),
        rows=[
            [row.name, label, weight or "—", ballots, *[_HIDDEN if c is None else str(c) for c in cells], score]
            for row in paper.rows
            for label, weight, ballots, cells, score in row.groups
        ],
    )  # fmt: skip
    sheets = [scores, groups] if any(row.groups for row in paper.rows) else [scores]
    return write_bytes(sheets, created=paper.frame.day, author=paper.frame.office)


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f}%"


def _plain(value: Decimal | None) -> Any:
    return "—" if value is None else value
