"""即知即改交办单登记簿 as an Excel workbook: frozen rows in, bytes out."""

import datetime as dt
from dataclasses import astuple, dataclass

from core.display import percent
from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("序号", 6, "int"),
    Col("届次", 6, "int"),
    Col("年度", 7, "int"),
    Col("轮次", 6, "int"),
    Col("巡察组", 14),
    Col("村（社区）", 12),
    Col("文号", 20, "center"),
    Col("表单编号", 28, "center"),
    Col("类别", 10, "center"),
    Col("交办事项", 26),
    Col("问题摘要", 40),
    Col("整改要求", 36),
    Col("依据", 28),
    Col("交办单位", 20),
    Col("抄送单位", 20),
    Col("全镇排查", 9, "center"),
    Col("经办人", 10, "center"),
    Col("签发人", 10, "center"),
    Col("交办日期", 12, "date"),
    Col("原定期限", 12, "date"),
    Col("办结期限", 12, "date"),
    Col("签收人", 14, "center"),
    Col("签收日期", 12, "date"),
    Col("整改措施", 32),
    Col("整改结果", 32),
    Col("照片和材料（件）", 10, "int"),
    Col("报告日期", 12, "date"),
    Col("核验结论", 10, "center"),
    Col("核验人", 10, "center"),
    Col("核验日期", 12, "date"),
    Col("报告次数", 9, "int"),
    Col("延期", 28),
    Col("状态", 10, "center"),
    Col("是否逾期", 9, "center"),
    Col("对应底稿编号", 28, "center"),
)


@dataclass(frozen=True)
class RegisterRow:
    """One order as the register prints it, in the order of its columns."""

    term: int
    year: int
    round_no: int
    team: str
    village: str
    doc_no: str
    no: str
    kind: str
    title: str
    problem: str
    requirement: str
    basis: str
    to: str
    cc: str
    also_common: str
    drafter: str
    issuer: str
    issued_on: dt.date | None
    first_due_on: dt.date | None
    due_on: dt.date | None
    receipt_name: str
    receipt_on: dt.date | None
    measure: str
    result: str
    files: int
    reported_on: dt.date | None
    verdict: str
    verifier: str
    verified_on: dt.date | None
    reports: int
    extension: str
    status: str
    late: str
    finding_no: str


@dataclass(frozen=True)
class Register:
    """The register of a round on one day, with its figures."""

    name: str
    office: str
    day: dt.date
    rows: tuple[RegisterRow, ...]
    issued: int
    received: int
    closed: int
    late: int
    covered: int
    problems: int
    formula: str


def register_xlsx(register: Register) -> bytes:
    """Render the register; its figures stand under it with their formula."""
    day = register.day
    sheet = Sheet(
        name="交办单登记簿",
        title=f"{register.name}即知即改交办单登记簿",
        heading=f"{register.office}　截至{day.year}年{day.month}月{day.day}日",
        footnote=(
            f"注：已签发{register.issued}份，已签收{register.received}份，已办结{register.closed}份，"
            f"逾期{register.late}份；立行立改占全部问题{percent(register.covered, register.problems)}。"
            f"{register.formula}。"
        ),
        columns=_COLUMNS,
        rows=[[number, *astuple(row)] for number, row in enumerate(register.rows, 1)],
    )
    return write_bytes([sheet], created=day, author=register.office)
