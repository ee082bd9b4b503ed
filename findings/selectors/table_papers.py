"""Survey sheets in the shape their printed forms take."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from findings.documents.paper import SignatureLine
from findings.documents.tables import TableData, TableRow
from findings.models import SurveyTable, TableColumn, TableSignature
from findings.rules.table_figures import completed, totals
from findings.selectors.table_hints import day_of, shown_value


def tables_data(tables: Sequence[SurveyTable]) -> list[TableData]:
    """The sheets for print; each has a name of its own as a worksheet."""
    marks: dict[Any, dict[str, TableSignature]] = {}
    live = TableSignature.objects.filter(table__in=tables, cleared_at__isnull=True).select_related("user")
    for mark in live:
        marks.setdefault(mark.table_id, {})[mark.role] = mark
    counts: Counter[str] = Counter()
    found = []
    for table in tables:
        counts[table.kind] += 1
        number = counts[table.kind]
        name = f"{table.spec.letter} {table.get_kind_display()}" + (f"（{number}）" if number > 1 else "")
        found.append(_data(table, name, marks.get(table.pk, {})))
    return found


def _data(table: SurveyTable, name: str, marks: dict[str, TableSignature]) -> TableData:
    spec, rows = table.spec, completed(table.kind, table.rows, day_of(table))
    sums = totals(spec, rows)
    return TableData(
        spec=spec,
        name=name,
        number=table.no or "首次签名时编号",
        office=f"{table.round.district.name}委巡察办",
        round=table.round.name,
        team=table.team.name,
        village=f"{table.town.name}{table.village.name}",
        created=day_of(table),
        when=_when(table),
        place=table.place,
        scope=table.scope,
        present=table.present,
        remarks=table.remarks,
        rows=tuple(
            TableRow(tuple(_value(table, column, row.get(column.name)) for column in spec.columns))
            for row in rows
        ),
        sums=tuple(sums.get(column.name) for column in spec.columns),
        status=table.get_status_display(),
        signatures=(
            _line("记录人", table.recorder, marks.get("recorder")),
            _line("核对人", table.checker, marks.get("checker")),
        ),
    )


def _value(table: SurveyTable, column: TableColumn, kept: Any) -> Any:
    if not kept:
        return None
    if column.kind in ("money", "number"):
        return Decimal(kept)
    if column.kind == "date" and len(kept) == len("2026-03-05"):
        return dt.date.fromisoformat(kept)
    return kept["tail"] if column.secret else shown_value(table.spec, column.name, kept)


def _line(label: str, person: Any, mark: TableSignature | None) -> SignatureLine:
    return SignatureLine(
        label, person.display_name if mark else "", timezone.localdate(mark.at) if mark else None
    )


def _when(table: SurveyTable) -> str:
    start = timezone.localtime(table.happened_at)
    text = f"{start.year}年{start.month}月{start.day}日{start:%H:%M}"
    return f"{text}—{timezone.localtime(table.ended_at):%H:%M}" if table.ended_at else text
