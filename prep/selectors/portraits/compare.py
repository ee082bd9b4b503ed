"""The profile beside the village's own portrait and the town's: what differs, by how much, and what can be taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from prep.models import CommitteeMember, Portrait, PortraitKind, PortraitStatus, VillageProfile
from prep.selectors.portraits.cells import PortraitCell, worded
from prep.selectors.portraits.checking import rows_of
from prep.selectors.portraits.fields import (
    BASICS,
    LONG,
    MEMBERS,
    PROJECTS,
    TABLES,
    WELFARE,
    YEARS,
    Ask,
    AskTable,
    ask_of,
)
from prep.selectors.profile import VillageKnowledge, village_knowledge
from villages.models import VillageInspection

KINDS = (PortraitKind.SELF, PortraitKind.TOWN)
_GROUPS = (("基本情况", BASICS), ("困难群众和以往问题", WELFARE), ("文字说明", LONG))


@dataclass(frozen=True)
class Side:
    """What one portrait says: in words, whether it differs, and by how much; ``offered`` when it can be taken."""

    text: str = ""
    differs: bool = False
    size: str = ""
    offered: bool = False


@dataclass(frozen=True)
class CompareRow:
    """One thing: what the profile says and what the portraits say."""

    key: str
    label: str
    present: str
    sides: dict[str, Side]

    @property
    def differs(self) -> bool:
        """Does any portrait say something else?"""
        return any(side.differs for side in self.sides.values())

    @property
    def offers(self) -> list[str]:
        """Which portraits can be taken from."""
        return [kind for kind, side in self.sides.items() if side.offered]

    @property
    def usual(self) -> str:
        """Where the profile is blank, the first portrait that says something fills it unless people say otherwise."""
        return self.offers[0] if self.present == "—" and self.offers else ""


@dataclass(frozen=True)
class Comparison:
    """Groups of rows, and the portraits they come from."""

    groups: list[tuple[str, list[CompareRow]]]
    portraits: dict[str, Portrait]

    @property
    def rows(self) -> list[CompareRow]:
        """Every row."""
        return [row for _, rows in self.groups for row in rows]

    @property
    def differing(self) -> int:
        """How many rows differ."""
        return sum(row.differs for row in self.rows)


def newest_portraits(viewer: Any, inspection: VillageInspection) -> dict[str, Portrait]:
    """The portrait of each kind that counts: the newest that was not put aside."""
    rows = Portrait.objects.visible_to(viewer).filter(inspection=inspection)
    kept = rows.exclude(status=PortraitStatus.DISCARDED).select_related("file").order_by("id")
    return {row.kind: row for row in kept}


def cells_of(portrait: Portrait) -> dict[str, PortraitCell]:
    """The cells of a portrait as objects."""
    return {key: PortraitCell.from_json(cell) for key, cell in portrait.cells.items()}


def compare(viewer: Any, inspection: VillageInspection, traits: Mapping[str, str]) -> Comparison:
    """Present and portraits side by side; ``traits``: names by code. A constant number of queries."""
    portraits = newest_portraits(viewer, inspection)
    cells: dict[str, dict[str, PortraitCell]] = {
        kind: cells_of(portraits[kind]) for kind in KINDS if kind in portraits
    }
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    groups = [(title, [_scalar(ask, profile, cells, traits) for ask in asks]) for title, asks in _GROUPS]
    known = village_knowledge(viewer, inspection.village)
    groups[2:2] = [
        (table.title, rows)
        for table, rows in (
            (YEARS, _years(known, cells)),
            (MEMBERS, _lines(MEMBERS, present_rows(known, MEMBERS), cells)),
            (PROJECTS, _lines(PROJECTS, present_rows(known, PROJECTS), cells)),
        )
    ]
    return Comparison([(title, rows) for title, rows in groups if rows], portraits)


def _scalar(
    ask: Ask, profile: VillageProfile | None, cells: Mapping[str, Mapping[str, PortraitCell]], traits: Mapping[str, str]
) -> CompareRow:  # fmt: skip
    present = getattr(profile, ask.key) if profile else None
    sides = {kind: _side(ask, present, found.get(ask.key), traits) for kind, found in cells.items()}
    return CompareRow(ask.key, ask.label, worded(ask, present, traits), sides)


def _side(ask: Ask, present: Any, cell: PortraitCell | None, traits: Mapping[str, str] | None = None) -> Side:
    if cell is None or not (cell.text or cell.fault):
        return Side()
    if cell.fault:
        return Side(f"{cell.text}（没有读懂）")
    if cell.value in (None, ""):
        return Side(cell.text)
    same = set(present or []) == set(cell.value) if ask.read == "traits" else present == cell.value
    text = worded(ask, cell.value, traits)
    return Side(text) if same else Side(text, True, _size(ask, present, cell.value), True)


def _size(ask: Ask, present: Any, value: Any) -> str:
    """How far apart two numbers are, and in which direction; words for anything else."""
    if present in (None, "", []):
        return "档案空缺"
    if ask.read == "traits":
        return "类型不同"
    if (
        isinstance(present, int | Decimal)
        and isinstance(value, int | Decimal)
        and not isinstance(value, bool)
    ):
        gap = Decimal(value) - Decimal(present)
        sign = "多" if gap > 0 else "少"
        if not present:
            return f"{sign}{worded(ask, abs(gap))}"
        share = (abs(gap) * 100 / Decimal(present)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        amount = worded(ask, abs(gap)) if ask.read == "money" else f"{abs(gap):,}"
        return f"{sign}{amount}（{share}%）"
    return "内容不同"


# --- lists ------------------------------------------------------------------------------------------------


def present_rows(known: VillageKnowledge, table: AskTable) -> dict[str, Any]:
    """The profile's rows of a list by identity; of two terms in one post the newer one."""
    listed: dict[str, list[Any]] = {
        YEARS.key: known.years,
        MEMBERS.key: sorted(known.members, key=_began),
        PROJECTS.key: known.projects,
    }
    return {
        identity_of(table, {k: getattr(row, k) for k in table.identity}): row for row in listed[table.key]
    }


def _began(row: CommitteeMember) -> Any:
    return (row.from_on is not None, row.from_on)


def portrait_rows(cells: Mapping[str, PortraitCell], table: AskTable) -> dict[str, dict[str, PortraitCell]]:
    """A portrait's rows of a list by identity; rows whose identity was not understood cannot be taken."""
    found = {}
    for row in rows_of(dict(cells), table).values():
        parts = {key: row.get(key, PortraitCell()) for key in table.identity}
        if all(cell.value is not None and not cell.fault for cell in parts.values()):
            found[identity_of(table, {key: cell.value for key, cell in parts.items()})] = row
    return found


def identity_of(table: AskTable, values: Mapping[str, Any]) -> str:
    """What a row is called in keys: ``2023``, ``江予安|村委会委员``."""
    return "|".join(str(values[key]) for key in table.identity)


def _years(known: VillageKnowledge, cells: Mapping[str, Mapping[str, PortraitCell]]) -> list[CompareRow]:
    """A row for each figure of each year that anybody knows."""
    present = present_rows(known, YEARS)
    told = {kind: portrait_rows(found, YEARS) for kind, found in cells.items()}
    rows = []
    for year in sorted({*present, *(year for found in told.values() for year in found)}):
        for ask in YEARS.columns[1:]:
            here = getattr(present[year], ask.key) if year in present else None
            sides = {kind: _side(ask, here, found.get(year, {}).get(ask.key)) for kind, found in told.items()}
            if here is not None or any(side.text for side in sides.values()):
                label = f"{year}年{ask.label.partition('（')[0]}"
                rows.append(CompareRow(f"{YEARS.key}/{year}/{ask.key}", label, worded(ask, here), sides))
    return rows


def _lines(
    table: AskTable, present: Mapping[str, Any], cells: Mapping[str, Mapping[str, PortraitCell]]
) -> list[CompareRow]:
    """A row for each person or project: taken or left as a whole."""
    told = {kind: portrait_rows(found, table) for kind, found in cells.items()}
    names = [*present, *(name for found in told.values() for name in found if name not in present)]
    rows = []
    for name in dict.fromkeys(names):
        here = present.get(name)
        stored = {ask.key: getattr(here, ask.key) for ask in table.columns} if here is not None else {}
        sides = {kind: _line_side(table, stored, found.get(name)) for kind, found in told.items()}
        label = name.replace("|", "　")
        rows.append(CompareRow(f"{table.key}/{name}", label, _sentence(table, stored) or "—", sides))
    return rows


def _line_side(table: AskTable, stored: Mapping[str, Any], row: Mapping[str, PortraitCell] | None) -> Side:
    if row is None:
        return Side("表里没有", bool(stored), "档案有、表里没有" if stored else "")
    values = understood(row)
    text = _sentence(table, values)
    if not stored:
        return Side(text, True, "档案里没有", True)
    others = [table.column(key).label for key, value in values.items() if stored.get(key) != value]
    if not others:
        return Side(text)
    return Side(text, True, f"{'、'.join(others)}不同", True)


def understood(row: Mapping[str, PortraitCell]) -> dict[str, Any]:
    """What a row of a portrait says, without blanks and without what was not understood."""
    return {key: cell.value for key, cell in row.items() if cell.value not in (None, "") and not cell.fault}


def _sentence(table: AskTable, values: Mapping[str, Any]) -> str:
    parts = []
    for ask in table.columns:
        value = values.get(ask.key)
        if value in (None, "", False) or ask.key in table.identity:
            continue
        text = "一肩挑" if value is True else worded(ask, value)
        parts.append(f"{text}任" if ask.read == "since" else f"{text}止" if ask.read == "until" else text)
    return " ".join(parts) or ("（只有名称）" if values else "")


def label_of(key: str, cells: Mapping[str, PortraitCell]) -> str:
    """A cell in words: ``历年数据 2023 集体收入（元）``; a row without a name is told by its number."""
    parts = key.split("/")
    ask = ask_of(key)
    if len(parts) < 3:
        return ask.label
    table = next(table for table in TABLES if table.key == parts[0])
    about = table.identity[-1] if table is PROJECTS else table.identity[0]
    named = cells.get(f"{parts[0]}/{parts[1]}/{about}", PortraitCell()).text if about != parts[2] else ""
    return f"{table.title} {named or f'第{int(parts[1]) + 1}行'} {ask.label}"


def portrait_tables(
    cells: Mapping[str, PortraitCell], traits: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What was understood, for reading: single values, then each list as a table of its own."""
    singles = [
        {"label": ask.label, "text": worded(ask, cells[ask.key].value, traits), "cell": cells[ask.key]}
        for ask in (*BASICS, *WELFARE, *LONG)
        if ask.key in cells and cells[ask.key].text and not cells[ask.key].fault
    ]
    lists = []
    for table in TABLES:
        rows = [
            [_listed(ask, row.get(ask.key, PortraitCell())) for ask in table.columns]
            for row in rows_of(dict(cells), table).values()
        ]
        if rows:
            lists.append({"title": table.title, "heads": [ask.label for ask in table.columns], "rows": rows})
    return singles, lists


def _listed(ask: Ask, cell: PortraitCell) -> dict[str, str]:
    text = cell.text if cell.fault else worded(ask, cell.value) if cell.value is not None else cell.text
    return {"text": text or "—", "fault": cell.fault, "note": cell.note}
