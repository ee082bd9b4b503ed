"""Survey tables as official forms: Word, turned, with repeated heads and sums; Excel as the blank book, filled in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.office.chinese import width
from core.office.docx import PaperForm
from core.office.formbook import FormCol, FormSheet, form_book
from core.office.wordxml import plain_text
from findings.documents.paper import SignatureLine
from findings.models import TableColumn, TableSpec

TITLE_BEFORE = "“三资”调查表"
NUMBER = FormCol("序号", 6, "int")
DESIGNATION = "表SZ-1"
# Characters beside each other on a turned A4 page in Word; the least a column of words takes, the most it asks for.
_LINE, _LEAST, _MOST = 52, 5, 20
# Who signs on paper beside the two of the team: the Anhui clean-up forms of 2010 name village, agency centre and town.
_VILLAGE_SIGNERS = ("村报账员", "村党组织书记", "镇农经（代理）中心", "镇分管负责人")


@dataclass(frozen=True)
class TableRow:
    """One row: what stands in each column, amounts and areas as numbers, full days as dates, the rest as text."""

    cells: tuple[Any, ...]


@dataclass(frozen=True)
class TableData:
    """Everything the printed sheet shows."""

    spec: TableSpec
    name: str
    number: str
    office: str
    round: str
    team: str
    village: str
    created: dt.date
    when: str
    place: str
    scope: str
    present: str
    remarks: str
    rows: tuple[TableRow, ...]
    sums: tuple[Decimal | None, ...]
    status: str
    signatures: tuple[SignatureLine, ...]

    @property
    def title(self) -> str:
        """Letter and title, as on the blank form."""
        return f"{TITLE_BEFORE}{self.spec.letter}　{self.spec.title}"


def columns_of(spec: TableSpec) -> tuple[FormCol, ...]:
    """The columns of a table as the Excel form has them, with their numbers before."""
    return (NUMBER, *(_form_col(column) for column in spec.columns))


def _form_col(column: TableColumn) -> FormCol:
    kind = "center" if column.secret else column.kind
    return FormCol(column.title, column.width, kind, column.choices, group=column.group, total=column.total)


# --- Word -------------------------------------------------------------------------------------------------


def table_docx(data: TableData) -> bytes:
    """The sheet on turned A4 pages; the same data give the same bytes. Many columns are split over two tables."""
    form = PaperForm(
        title=data.title,
        created=data.created,
        author=data.office,
        heading=f"{data.round}　{data.team}",
        number=f"编号：{data.number}",
        mark="内部",
        edition=DESIGNATION,
        landscape=True,
    )
    form.pairs([("村（社区）", data.village), ("清查时间", data.when)])
    form.pairs([("地点", data.place), ("清查范围", data.scope or "全村")])
    form.pairs([("在场人员", data.present)], columns=1)
    columns = _word_columns(data)
    parts = _parts(columns, data.spec)
    for number, part in enumerate(parts, 1):
        more = f"（{number}／{len(parts)}）" if len(parts) > 1 else ""
        form.note(f"金额单位：元{more}")
        lines = [
            [n, *texts] for n, texts in enumerate(zip(*(column.texts for column in part), strict=True), 1)
        ]
        if any(column.sum for column in part):
            lines.append(["合计", *(column.sum for column in part)])
        headers = ["序号", *(column.header for column in part)]
        form.table(headers, lines, [3, *_widths(part)], align="c" + "".join(column.align for column in part))
    # Two tables without a line between them would become one.
    form.note("二人清查，记录人先签，核对人复核后签；村、镇有关人员阅后签名。")
    if data.remarks:
        form.block("情况说明", data.remarks, min_height_mm=14)
    form.signatures((line.label, line.name, line.on) for line in data.signatures)
    form.signatures((label, "", None) for label in _VILLAGE_SIGNERS[:2])
    form.signatures((label, "", None) for label in _VILLAGE_SIGNERS[2:])
    form.note(f"注：{data.spec.note}\n状态：{data.status}")
    return form.to_bytes()


@dataclass(frozen=True)
class _WordColumn:
    """A column as Word shows it: its rows, its sum, how they stand, the room it needs and the room it would like."""

    header: str
    texts: tuple[str, ...]
    sum: str
    align: str
    least: float
    liked: float


def _word_columns(data: TableData) -> list[_WordColumn]:
    found = []
    for place, column in enumerate(data.spec.columns):
        texts = tuple(_words(column, row.cells[place]) for row in data.rows)
        total = _words(column, data.sums[place])
        whole = column.kind not in ("text", "center", "choice")
        # Where the font of the form is missing, digits are wider than half a character.
        need = 1.2 + max(2.0, *(width(text) for text in (*texts, total))) * (1.15 if whole else 1)
        align = "r" if column.kind in ("money", "number") else "l"
        liked = min(need, _MOST)
        least = need if whole else min(need, _LEAST)
        found.append(_WordColumn(column.label, texts, total, align, least, liked))
    return found


def _parts(columns: Sequence[_WordColumn], spec: TableSpec) -> list[list[_WordColumn]]:
    """Columns that stand side by side; every part begins with what its rows are about. Figures are never broken."""
    named = next(n for n, column in enumerate(spec.columns) if column.name == spec.named)
    parts: list[list[_WordColumn]] = [[]]
    for column in columns:
        if sum(other.least for other in parts[-1]) + column.least > _LINE:
            parts.append([columns[named]])
        parts[-1].append(column)
    return parts


def _widths(part: Sequence[_WordColumn]) -> list[float]:
    """What is left of the line goes to the columns that would like more."""
    spare = _LINE - sum(column.least for column in part)
    wanted = sum(column.liked - column.least for column in part)
    share = min(1.0, max(0.0, spare) / wanted) if wanted > 0 else 0.0
    return [column.least + share * (column.liked - column.least) for column in part]


def _words(column: TableColumn, value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if column.kind == "money" else f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain_text(value)


# --- Excel ------------------------------------------------------------------------------------------------


def tables_xlsx(sheets: Sequence[TableData]) -> bytes:
    """The workbook of the blank form, filled in: one page for each sheet, in the order given."""
    first = sheets[0]
    return form_book(
        [_sheet(data) for data in sheets],
        created=max(data.created for data in sheets),
        author=first.office,
    )


def _sheet(data: TableData) -> FormSheet:
    recorder, checker = (
        next((line.name for line in data.signatures if line.label == label), "")
        for label in ("记录人", "核对人")
    )
    # The note first: whoever reads the sheet in again knows the line by it.
    facts = f"清查时间：{data.when}　地点：{data.place}　范围：{data.scope or '全村'}　在场：{data.present or '—'}"
    remarks = f"\n情况说明：{data.remarks}" if data.remarks else ""
    return FormSheet(
        data.name,
        data.title,
        columns_of(data.spec),
        rows=0,
        given=[(None, *(_number(cell) for cell in row.cells)) for row in data.rows],
        mark="内部",
        edition=DESIGNATION,
        heading=f"{data.round}　{data.team}　被巡察党组织：{data.village}党组织",
        number=f"编号：{data.number}",
        footnote=f"注：{data.spec.note}金额单位：元。状态：{data.status}。\n{facts}{remarks}",
        signers=(f"填表人：{recorder}", "报账员", "党组织书记", f"核实人：{checker}", "日期"),
        wide=data.spec.wide,
    )


def _number(value: Any) -> Any:
    """A worksheet holds binary numbers; two decimals of less than ten million million survive the way."""
    return float(value) if isinstance(value, Decimal) else value
