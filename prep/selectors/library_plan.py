"""What a workbook of check points would do to a draft, row by row, without doing it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from core.office.columns import CellError, Row, TableReading, read_table
from prep.models import CheckPoint, CheckPointLibrary
from prep.selectors.library_file import CATEGORY, CODE, category_names, columns
from prep.selectors.traits import trait_labels

CREATE, CHANGE, UNCHANGED = "create", "change", "unchanged"
FIELDS = ("category", "title", "basis", "method", "evidence_hint", "traits", "attention", "active")
LABELS = {
    "category": "类别", "title": "要点", "basis": "依据", "method": "查法", "evidence_hint": "看什么材料",
    "traits": "适用类型", "attention": "关注类别", "active": "启用",
}  # fmt: skip


@dataclass(frozen=True)
class PointLine:
    """One good row: what it does to the point ``code`` (empty for a new one without a number) and which parts."""

    row: int
    action: str
    code: str
    values: dict[str, Any]
    changed: list[str]
    revision: int


@dataclass
class LibraryPlan:
    """The whole file: good rows, what is wrong with the others, points of the draft that are not in it."""

    lines: list[PointLine] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    untouched: int = 0

    def count(self, action: str) -> int:
        """How many good rows do ``action``."""
        return sum(line.action == action for line in self.lines)

    @property
    def faulty(self) -> int:
        """Rows with an error."""
        return len({(error["sheet"], error["row"]) for error in self.errors})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for a staged preview."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LibraryPlan":
        """What :meth:`to_json` was made from."""
        return cls(**data | {"lines": [PointLine(**line) for line in data["lines"]]})


def plan_library_import(library: CheckPointLibrary, content: bytes, filename: str) -> LibraryPlan:
    """Compare a workbook with a draft. Raises ``ServiceError`` when the file as a whole cannot be read."""
    reading = read_table(content, filename, columns(trait_labels()))
    known = {point.code: point for point in CheckPoint.objects.filter(library=library)}
    lines = _lines(reading, known, category_names(library))
    return LibraryPlan(
        lines=lines,
        errors=sorted((_plain(error) for error in reading.errors), key=lambda e: (e["sheet"], e["row"])),
        untouched=len(set(known) - {line.code for line in lines}),
    )


def _lines(
    reading: TableReading, known: dict[str, CheckPoint], categories: dict[str, str]
) -> list[PointLine]:
    found: list[PointLine] = []
    seen: dict[str, int] = {}
    for row in list(reading.rows):
        line = _line(row, known)
        first = seen.setdefault(line.code, row.number) if line.code else row.number
        if line.values["category"] not in categories:
            message = f"分类方案中没有类别“{line.values['category']}”，请填 A1 这样的代码。"
            reading.add_error(row.number, CATEGORY, message, row.sheet)
        elif first != row.number:
            reading.add_error(row.number, CODE, f"与第{first}行编号相同。", row.sheet)
        else:
            found.append(line)
    return found


def _line(row: Row, known: dict[str, CheckPoint]) -> PointLine:
    given = row.values
    code = str(given.get("code") or "").upper()
    values = {name: given.get(name) for name in FIELDS}
    values |= {"traits": values["traits"] or [], "attention": values["attention"] or []}
    values["category"] = str(values["category"]).upper()
    values["active"] = values["active"] is not False
    point = known.get(code)
    if point is None:
        return PointLine(row.number, CREATE, code, values, [], 0)
    changed = [LABELS[name] for name in FIELDS if getattr(point, name) != values[name]]
    return PointLine(row.number, CHANGE if changed else UNCHANGED, code, values, changed, point.revision)


def _plain(remark: CellError) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "message": remark.message, "sheet": remark.sheet}
