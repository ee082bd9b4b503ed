"""The rows a story rests on as a workbook: why they stand out, then each row with its file, sheet and line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.office.xlsx import Col, Sheet, write_bytes

_REASON_COLUMNS = (
    Col("序号", 6, "int"), Col("规则", 22), Col("轻重", 8, "center"), Col("年度", 14), Col("金额（元）", 16, "money"),
    Col("理由", 80),
)  # fmt: skip
_CAUTION = "由账册比对生成，只是疑点的依据，须与原账册、原凭证核对。行号为原文件中的行号。"


@dataclass(frozen=True)
class HitLine:
    """One hit: rule with its name, severity, years and reason in words, sum."""

    rule: str
    severity: str
    years: str
    amount: Decimal | None
    reason: str


@dataclass(frozen=True)
class RowLine:
    """One row: the rules that rest on it, where it stands, and its cells."""

    rules: str
    file: str
    sheet: str
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowTable:
    """Rows of one kind with the titles of their columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowLine, ...]


@dataclass(frozen=True)
class EvidenceData:
    """Everything the workbook shows; ``sources`` are the files with their SHA-256; ``left_out`` rows found no room."""

    office: str
    village: str
    title: str
    created: dt.date
    hits: tuple[HitLine, ...]
    tables: tuple[RowTable, ...]
    sources: tuple[tuple[str, str], ...]
    left_out: int = 0


def evidence_xlsx(data: EvidenceData) -> bytes:
    """The workbook; the same data give the same bytes."""
    return write_bytes(
        [_reasons(data), *(_rows(data, table) for table in data.tables), _sources(data)],
        created=data.created,
        author=data.office,
    )


def _reasons(data: EvidenceData) -> Sheet:
    more = f"另有{data.left_out}行没有列出，见账册比对页面。" if data.left_out else ""
    return Sheet(
        name="疑点",
        columns=_REASON_COLUMNS,
        rows=[
            (n, hit.rule, hit.severity, hit.years, hit.amount, hit.reason)
            for n, hit in enumerate(data.hits, 1)
        ],
        title="账册比对依据",
        heading=f"{data.village}　{data.title}",
        footnote=_CAUTION + more,
    )


def _rows(data: EvidenceData, table: RowTable) -> Sheet:
    fixed = [
        Col("序号", 6, "int"),
        Col("依据的规则", 14),
        Col("文件", 24),
        Col("工作表", 14),
        Col("行号", 8, "int"),
    ]
    return Sheet(
        name=table.title,
        columns=[*fixed, *(Col(title, 16) for title in table.columns)],
        rows=_numbered(table.rows),
        heading=f"{data.village}　{table.title}",
    )


def _numbered(rows: Sequence[RowLine]) -> list[tuple[object, ...]]:
    return [
        (number, row.rules, row.file, row.sheet, row.line, *row.cells) for number, row in enumerate(rows, 1)
    ]


def _sources(data: EvidenceData) -> Sheet:
    return Sheet(
        name="来源文件",
        columns=[Col("文件", 50), Col("SHA-256", 70)],
        rows=data.sources,
        heading="导入的原始文件未经改动，校验值可以复核",
    )
