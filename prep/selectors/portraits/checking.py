"""What single cells cannot tell: one thing written twice, a term turned round, a gap in the years, a wrong unit."""

from collections.abc import Mapping
from decimal import Decimal
from statistics import median
from typing import Any

from core.display import cn_date, money
from core.office.parse import half_width
from prep.selectors.portraits.cells import PortraitCell, faulty
from prep.selectors.portraits.fields import MEMBERS, TABLES, YEARS, AskTable

Cells = dict[str, PortraitCell]
# A sum so many times too small was most likely written in 万元.
_TIMES = (Decimal(2_000), Decimal(50_000))
_MONEY = ("income", "expense", "debt")


def check_cells(cells: Cells, known: Mapping[int, Mapping[str, Any]]) -> Cells:
    """The cells with faults that show only beside others. ``known``: what the profile says, by year and field."""
    found = dict(cells)
    for table in TABLES:
        found |= _incomplete(table, found)
        found |= _twice(table, found)
    found |= _turned_round(found)
    return found | _wrong_unit(found, known)


def gaps(cells: Cells) -> list[str]:
    """Years that are missing between the first and the last, as sentences."""
    years = sorted(
        cell.value
        for key, cell in cells.items()
        if _is(key, "year", "year") and cell.value and not cell.fault
    )
    if not years:
        return ["历年数据一年也没有填。"]
    absent = [f"{year}年" for year in range(years[0], years[-1]) if year not in years]
    return [f"历年数据缺{'、'.join(absent)}，请向填表单位补要，不按零计。"] if absent else []


def rows_of(cells: Cells, table: AskTable) -> dict[int, dict[str, PortraitCell]]:
    """The rows of a list, by number."""
    rows: dict[int, dict[str, PortraitCell]] = {}
    for key, cell in cells.items():
        parts = key.split("/")
        if len(parts) == 3 and parts[0] == table.key:
            rows.setdefault(int(parts[1]), {})[parts[2]] = cell
    return rows


def named_row(key: str) -> str:
    """The row (``member/2``) that the cell of ``key`` gives its name to; empty for any other cell."""
    parts = key.split("/")
    table = next((table for table in TABLES if table.key == parts[0] and len(parts) == 3), None)
    return "/".join(parts[:2]) if table is not None and parts[2] in table.identity else ""


def _is(key: str, table: str, column: str) -> bool:
    parts = key.split("/")
    return len(parts) == 3 and parts[0] == table and parts[2] == column


def _incomplete(table: AskTable, cells: Cells) -> Cells:
    """A row that says something but not what about."""
    found = {}
    for number, row in rows_of(cells, table).items():
        filled = any(cell.text for key, cell in row.items() if key not in table.identity)
        for key in table.identity:
            cell = row.get(key, PortraitCell())
            if (
                filled
                and cell.value is None
                and not cell.fault
                and table.column(key).read in ("year", "name")
            ):
                fault = f"这一行没有填“{table.column(key).label}”，不知道说的是哪一{_COUNTED[table.key]}。"
                found[f"{table.key}/{number}/{key}"] = faulty(cell, fault)
    return found


_COUNTED = {"year": "年", "member": "人", "project": "个项目"}


def _twice(table: AskTable, cells: Cells) -> Cells:
    found, seen = {}, {}
    for number, row in rows_of(cells, table).items():
        parts = [row.get(key, PortraitCell()) for key in table.identity]
        if any(cell.fault or cell.value is None for cell in parts):
            continue
        identity = tuple(cell.value for cell in parts)
        if identity in seen:
            words = " ".join(cell.text for cell in parts)
            key = table.identity[0]
            where = row[key].place
            fault = f"“{words}”在{seen[identity]}已经填过，{where}又填了一遍。请改正；删去内容即不要这一行。"
            found[f"{table.key}/{number}/{key}"] = faulty(row[key], fault)
        else:
            seen[identity] = row[table.identity[0]].place or f"第{number + 1}行"
    return found


def _turned_round(cells: Cells) -> Cells:
    """A term that ends before it begins."""
    found = {}
    for number, row in rows_of(cells, MEMBERS).items():
        start, end = row.get("from_on", PortraitCell()), row.get("to_on", PortraitCell())
        if start.fault or end.fault or not start.value or not end.value or end.value >= start.value:
            continue
        fault = f"任职止（{cn_date(end.value)}）早于任职起（{cn_date(start.value)}），请核对；仍在任的清空。"
        found[f"{MEMBERS.key}/{number}/to_on"] = faulty(end, fault)
    return found


def _wrong_unit(cells: Cells, known: Mapping[int, Mapping[str, Any]]) -> Cells:
    """A sum far below the profile's, or below the other years', without a word on its unit."""
    found = {}
    rows = rows_of(cells, YEARS)
    for column in _MONEY:
        sums = [
            row[column].value
            for row in rows.values()
            if column in row and row[column].value and not row[column].fault
        ]
        for number, row in rows.items():
            cell = row.get(column, PortraitCell())
            if not cell.value or cell.fault or cell.note or half_width(cell.text).endswith("元"):
                continue
            year = (row["year"].value if "year" in row else None) or 0
            measure = known.get(year, {}).get(column) or (median(sums) if len(sums) > 2 else None)
            if measure and _TIMES[0] <= Decimal(measure) / cell.value <= _TIMES[1]:
                fault = (
                    f"“{cell.text}”像是以万元填的（参照数为{money(measure)}元）。"
                    f"是万元请写成“{cell.text}万”，确是元请写成“{cell.text}元”。"
                )
                found[f"{YEARS.key}/{number}/{column}"] = faulty(cell, fault)
    return found
