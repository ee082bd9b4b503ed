"""The instant-fix order (表JB-1) as a Word form; the blank is the same form with nothing in it."""

import datetime as dt
from dataclasses import dataclass

from core.blanks import find_blank
from core.blanks.context import NOWHERE, SECRECY
from core.office.chinese import long_date
from core.office.docx import PaperForm
from core.office.paperform import HALF_LINE, ticks

DESIGNATION, TITLE = "JB-1", "问题即知即改交办单"
NOTE = "注：一式三份，村（社区）、镇（街道）党委、巡察组各一份；核验人不得是报告整改的人。"
_NO_DAY = "　　　年　　月　　日"


@dataclass(frozen=True)
class Signed:
    """A name and its day."""

    name: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class OrderRound:
    """One report with what was found of it; ``files``: what was handed in, a line each."""

    seq: int
    reported_on: dt.date | None
    text: str
    files: tuple[str, ...] = ()
    verdict: str = ""
    note: str = ""
    verified: Signed | None = None


@dataclass(frozen=True)
class OrderPaper:
    """Everything the printed order shows, in words; what has not happened yet stays to be written in.

    ``extension``: what was asked for and what came of it.
    """

    office: str = ""
    heading: str = ""
    number: str = ""
    doc_no: str = ""
    kind: str = ""
    to: str = ""
    cc: str = ""
    issued_on: dt.date | None = None
    due_on: dt.date | None = None
    problem: str = ""
    requirement: str = ""
    basis: str = ""
    also_common: str = ""
    finding_no: str = ""
    drafter: Signed = Signed()
    issuer: Signed = Signed()
    receipt: Signed | None = None
    rounds: tuple[OrderRound, ...] = ()
    principal: str = ""
    extension: tuple[str, str] = ("", "")
    withdrawn: str = ""


def lay_out(form: PaperForm, paper: OrderPaper) -> None:
    """Fill the ruled part, in the order of the paper form."""
    last = paper.rounds[-1] if paper.rounds else OrderRound(0, None, "")
    verified = last.verified or Signed()
    form.pairs(
        [
            ("交办文号", paper.doc_no),
            ("类　　别", paper.kind or ticks(["立行立改", "立查立处"], HALF_LINE)),
            ("交办单位", paper.to),
            ("抄送单位", paper.cc),
            ("交办日期", long_date(paper.issued_on) or _NO_DAY),
            ("办结期限", long_date(paper.due_on) or _NO_DAY),
        ]
    )
    form.block("问题摘要", paper.problem, min_height_mm=28)
    form.block("整改要求", paper.requirement, min_height_mm=22)
    form.pairs([("依　　据", paper.basis)], columns=1)
    form.pairs(
        [
            ("全镇排查", paper.also_common or ticks(["需要", "不需要"], HALF_LINE)),
            ("对应底稿编号", paper.finding_no),
        ]
    )
    receipt = paper.receipt or Signed()
    form.signatures(
        [
            ("经办人", paper.drafter.name, paper.drafter.on),
            ("组长", paper.issuer.name, paper.issuer.on),
            ("签收人（职务）", receipt.name, receipt.on),
        ],
        height_mm=17,
    )
    form.block("整改措施\n和结果", _report(last), min_height_mm=29)
    form.pairs([("报告日期", long_date(last.reported_on)), ("单位负责人", paper.principal)])
    asked, answered = paper.extension
    form.pairs(
        [
            ("申请延期", asked or ticks(["无", "有，理由："], HALF_LINE)),
            ("延至、批准人", answered),
            ("核验结论", last.verdict or ticks(["已改", "部分改", "未改"], HALF_LINE)),
            ("核验日期", long_date(verified.on)),
        ]
    )
    form.signatures([("核验人", verified.name, verified.on), ("核验人", "", None)], height_mm=16)


def _report(report: OrderRound) -> str:
    found = f"核验情况：{report.note}" if report.note else ""
    lines = [report.text, *report.files, found] if report.text else ["（附整改前后照片）"]
    return "\n".join(line for line in lines if line)


def order_docx(paper: OrderPaper) -> bytes:
    """Render the order; the same data give the same bytes."""
    if paper.issued_on is None:
        raise ValueError("an order is printed once it has been issued")
    form = PaperForm(
        title=TITLE,
        created=paper.issued_on,
        author=paper.office,
        mark=SECRECY,
        edition=find_blank(DESIGNATION).context(NOWHERE, 1).edition,
        heading=paper.heading,
        number=paper.number,
    )
    lay_out(form, paper)
    if len(paper.rounds) > 1:
        form.grid(
            ["次", "报告日期", "整改措施和结果", "核验", "核验情况"],
            [
                [row.seq, long_date(row.reported_on), row.text, row.verdict or "待核验", row.note]
                for row in paper.rounds
            ],
            [10, 26, 56, 18, 46],
            label="历次报告和核验",
            align="cclcl",
        )
    form.note(f"{paper.withdrawn}\n{NOTE}".strip())
    return form.to_bytes()
