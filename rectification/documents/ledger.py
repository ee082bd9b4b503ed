"""整改台账 as an Excel workbook: frozen rows in, bytes out."""

import datetime as dt
from dataclasses import dataclass

from core.display import percent
from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("序号", 6, "int"),
    Col("镇（街道）", 12),
    Col("村（社区）", 12),
    Col("反馈文号", 20, "center"),
    Col("问题类别", 14),
    Col("问题", 26),
    Col("问题表现", 40),
    Col("整改要求", 34),
    Col("整改层级", 10, "center"),
    Col("时限类别", 10, "center"),
    Col("责任单位", 18),
    Col("整改期限", 12, "date"),
    Col("整改措施", 36),
    Col("整改结果", 36),
    Col("状态", 10, "center"),
    Col("是否逾期", 9, "center"),
    Col("报送日期", 12, "date"),
    Col("核验人", 10, "center"),
    Col("核验日期", 12, "date"),
    Col("销号日期", 12, "date"),
    Col("销号依据", 30),
)


@dataclass(frozen=True)
class LedgerRow:
    """One item as the ledger prints it."""

    town: str
    village: str
    doc_no: str
    category: str
    title: str
    detail: str
    requirement: str
    level: str
    term: str
    owner: str
    due_on: dt.date
    plan: str
    result: str
    status: str
    late: bool
    reported_on: dt.date | None
    verifier: str
    verified_on: dt.date | None
    closed_on: dt.date | None
    basis: str


@dataclass(frozen=True)
class Ledger:
    """The ledger of a round on one day; ``done`` of the rows count as completed by ``formula``."""

    name: str
    office: str
    day: dt.date
    rows: tuple[LedgerRow, ...]
    done: int
    formula: str


def ledger_xlsx(ledger: Ledger) -> bytes:
    """Render the ledger; the completion rate stands under it with its formula."""
    late = sum(row.late for row in ledger.rows)
    sheet = Sheet(
        name="整改台账",
        title=f"{ledger.name}整改台账",
        heading=f"{ledger.office}　截至{ledger.day.year}年{ledger.day.month}月{ledger.day.day}日",
        footnote=(
            f"注：共{len(ledger.rows)}项，完成{ledger.done}项，逾期{late}项，"
            f"完成率{percent(ledger.done, len(ledger.rows))}。{ledger.formula}。"
        ),
        columns=_COLUMNS,
        rows=[_cells(number, row) for number, row in enumerate(ledger.rows, 1)],
    )
    return write_bytes([sheet], created=ledger.day, author=ledger.office)


def _cells(number: int, row: LedgerRow) -> list[object]:
    return [
        number,
        row.town,
        row.village,
        row.doc_no,
        row.category,
        row.title,
        row.detail,
        row.requirement,
        row.level,
        row.term,
        row.owner,
        row.due_on,
        row.plan,
        row.result,
        row.status,
        "逾期" if row.late else "",
        row.reported_on,
        row.verifier,
        row.verified_on,
        row.closed_on,
        row.basis,
    ]
