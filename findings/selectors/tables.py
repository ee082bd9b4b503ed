"""Survey tables of a round as a list, one sheet as a page, a village's tables at a glance."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.ids import key_of
from findings.models import TABLES, Finding, Lead, LeadSource, SurveyTable, TableKind, TalkStatus
from findings.rules.hint_kinds import HintKind, by_kind
from findings.rules.table_around import Around
from findings.rules.table_figures import money, totals
from findings.rules.table_hints import Hint, hints
from findings.selectors.by_kind import KindFilters, KindList, kind_list
from findings.selectors.content import table_hash
from findings.selectors.table_hints import (
    day_of,
    in_order,
    limits_of,
    lines,
    sums_shown,
    village_hints,
    with_figures,
)
from villages.models import Round, VillageInspection


class TableFilters(KindFilters):
    """Choices among sheets; their rows are not searched."""

    KINDS = TableKind
    TEXTS = ("no", "scope", "place", "remarks", "village__name")


def with_table_relations(tables: Any) -> Any:
    """Join what rules and pages of a sheet read."""
    return tables.select_related(
        "inspection", "round__district", "team", "town", "village", "checker", "recorder"
    )


def table_list(viewer: Any, round_: Round, filters: TableFilters, *, cursor: str = "") -> KindList:
    """Sheets of a round the viewer may see, newest first, in a constant number of queries."""
    return kind_list(
        SurveyTable.objects.visible_to(viewer).alive().filter(round=round_),
        filters,
        dress=with_table_relations,
        label=lambda kind: f"{TABLES[kind].letter} {kind.label}",
        cursor=cursor,
    )


def table_page(viewer: Any, table: SurveyTable) -> dict[str, Any]:
    """What stands on a sheet's page: rows with their figures and hints, sums, signatures, what came of it."""
    found = village_hints(table)
    signatures = list(table.signatures.select_related("user").order_by("at", "id"))
    live = {mark.content_hash for mark in signatures if mark.cleared_at is None}
    prefix = f"table:{table.pk}:"
    leads = Lead.objects.visible_to(viewer).filter(
        source=LeadSource.LEDGER, source_key__startswith=prefix, inspection=table.inspection_id
    )
    known = {lead.source_key.removeprefix(prefix): lead for lead in leads}
    sums = sums_shown(table.spec, table.rows, day_of(table), table.kind)
    return {
        "lines": lines(table, found),
        "columns": table.spec.columns,
        "sums": [(column.label, sums.get(column.name, "")) for column in table.spec.columns],
        "hint_kinds": by_kind([(hint, known.get(hint.key)) for hint in found], lambda pair: pair[0].rule),
        "signatures": signatures,
        "seal_broken": bool(live) and live != {table_hash(table)},
        "cited": table.cited.select_related("finding__team", "finding__round").order_by("finding_id"),
    }


def village_tables(viewer: Any, inspection: Any) -> list[SurveyTable]:
    """The living sheets of a village ``viewer`` may see, in the order of the tables."""
    seen = SurveyTable.objects.visible_to(viewer)
    return in_order(with_table_relations(seen.alive().filter(inspection=inspection)))


def sheet_of_lead(viewer: Any, lead: Lead) -> SurveyTable | None:
    """The survey sheet a lead was seen in, where it comes from one that ``viewer`` may see."""
    origin, _, rest = lead.source_key.partition(":")
    if lead.source != LeadSource.LEDGER or origin != "table":
        return None
    key = key_of(rest.partition(":")[0])
    return SurveyTable.objects.visible_to(viewer).filter(pk=key, inspection=lead.inspection_id).first()


def citing(viewer: Any, table: SurveyTable) -> list[Finding]:
    """Workpapers of the village a row may be listed under."""
    rows = Finding.objects.visible_to(viewer).alive().filter(inspection=table.inspection_id)
    open_ones = rows.exclude(status__in=[*Finding.PUT_ASIDE, *Finding.CONFIRMED])
    return list(open_ones.select_related("team", "round", "handler", "inspection").order_by("-id")[:200])


# --- a village at a glance --------------------------------------------------------------------------------


@dataclass(frozen=True)
class GlanceSheet:
    """One sheet in the overview."""

    table: SurveyTable
    rows: int
    hints: int


@dataclass
class GlanceKind:
    """One of the tables of a village: its sheets, how many rows, its sums, what it suggests."""

    kind: TableKind
    sheets: list[GlanceSheet] = field(default_factory=list)
    sums: list[tuple[str, str]] = field(default_factory=list)
    hints: list[tuple[SurveyTable, Hint]] = field(default_factory=list)

    @property
    def spec(self) -> Any:
        """The description of the table."""
        return TABLES[self.kind]

    @property
    def hint_kinds(self) -> list[HintKind]:
        """Its hints in kinds, the worst first."""
        return by_kind(self.hints, lambda pair: pair[1].rule)

    @property
    def rows(self) -> int:
        """Rows of all its sheets."""
        return sum(sheet.rows for sheet in self.sheets)

    @property
    def state(self) -> tuple[str, str]:
        """In words and tone how far the table is."""
        if not self.sheets:
            return "没有登记", "neutral"
        states = Counter(sheet.table.status for sheet in self.sheets)
        if states[TalkStatus.SIGNED] == len(self.sheets):
            return "已签", "ok"
        waiting = len(self.sheets) - states[TalkStatus.SIGNED]
        return f"{waiting}张未签", "warn"


@dataclass(frozen=True)
class Glance:
    """A village's tables side by side, and what they say of each other."""

    kinds: list[GlanceKind]
    remarks: list[str]

    @property
    def hints(self) -> int:
        """Hints of all tables."""
        return sum(len(kind.hints) for kind in self.kinds)

    @property
    def missing(self) -> list[str]:
        """Tables without a sheet."""
        return [f"{kind.spec.letter} {kind.kind.label}" for kind in self.kinds if not kind.sheets]


def glance(viewer: Any, inspection: VillageInspection) -> Glance:
    """A village's tables as ``viewer`` sees them, in a constant number of queries."""
    sheets = village_tables(viewer, inspection)
    read = [with_figures(sheet) for sheet in sheets]
    limits, village = limits_of(inspection.round), Around(read)
    kinds = {kind: GlanceKind(kind) for kind in TableKind}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for sheet, figured in zip(sheets, read, strict=True):
        own = kinds[TableKind(sheet.kind)]
        found = hints(figured, day_of(sheet), limits, village)
        own.sheets.append(GlanceSheet(sheet, len(sheet.rows), len(found)))
        own.hints += [(sheet, hint) for hint in found]
        sums[sheet.kind].update(totals(sheet.spec, figured.rows))
    for kind, own in kinds.items():
        own.sums = [(column.label, _sum(column, sums[kind][column.name])) for column in own.spec.columns
                    if column.total and own.sheets]  # fmt: skip
    return Glance(list(kinds.values()), _compared(sheets, sums))


def _sum(column: Any, value: Any) -> str:
    return money(Decimal(value)) if column.kind == "money" else f"{Decimal(value).normalize():f}{column.unit}"


def _compared(sheets: list[SurveyTable], sums: Mapping[str, Counter[str]]) -> list[str]:
    """What two tables say about the same money, where they do not agree."""
    booked: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.kind == TableKind.DEALINGS:
            for row in sheet.rows:
                booked[row.get("subject", "")] += Decimal(row.get("balance") or 0)  # type: ignore[assignment]
    found = []
    arrears, receivable = sums[TableKind.CONTRACTS]["arrears"], booked["应收款"] + booked["内部往来"]
    if arrears > receivable:
        found.append(
            f"合同欠收合计{money(Decimal(arrears))}元，往来表里应收款和内部往来合计{money(Decimal(receivable))}元："
            "欠租可能没有全部挂账，请对照。"
        )
    works = sums[TableKind.WORKS]
    unpaid, payable = works["settled"] - works["paid"], booked["应付款"] + booked["长期借款及应付款"]
    if unpaid > payable:
        found.append(
            f"工程结算价比已付多{money(Decimal(unpaid))}元，往来表里应付款合计{money(Decimal(payable))}元：欠付工程款可能没有全部挂账，请对照。"
        )
    return found


def open_tables(inspection: VillageInspection) -> int:
    """Sheets without both signatures; none may be left when the stage ends."""
    return SurveyTable.objects.alive().filter(inspection=inspection).exclude(status=TalkStatus.SIGNED).count()
